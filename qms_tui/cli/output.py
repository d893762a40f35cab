"""Data on stdout: one JSON document, or aligned columns for people."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

import click


def print_json(data: object) -> None:
    """One UTF-8 document with stable keys."""
    sys.stdout.flush()
    stream = sys.stdout.buffer
    stream.write(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n")
    stream.flush()


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Columns as wide as their widest cell; on a terminal the last one is cut at the edge."""
    if not rows:
        return
    cells = [["" if cell is None else one_line_text(str(cell)) for cell in row] for row in rows]
    widths = [max(_width(text) for text in column) for column in zip(headings, *cells, strict=True)]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
    for line in (list(headings), *cells):
        text = "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip()
        click.echo(_cut(text, room))


def one_line_text(text: str) -> str:
    """A text without line breaks or control characters, safe to print in a row."""
    return "".join(" " if char in "\n\r\t" else char for char in text if char in "\n\r\t" or char.isprintable())


def _width(text: str) -> int:
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _cut(text: str, room: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += _cells(char)
        if used > room:
            return text[:index]
    return text
