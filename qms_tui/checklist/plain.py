"""Guidance as it is read where Markdown is not rendered."""

import re

_STARTS_LINE = re.compile(r"[-*+|#]|\d{1,3}[.)]")


def plain_guidance(markdown: str) -> str:
    """Guidance as it is read: quote marks taken off, the lines of a paragraph joined."""
    lines: list[str] = []
    for line in markdown.splitlines():
        text = line.strip().lstrip(">").strip()
        goes_on = lines and lines[-1] and text and not _STARTS_LINE.match(text)
        if goes_on:
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
    return "\n".join(lines)
