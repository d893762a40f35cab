"""Markdown as a tree of blocks with their lines; inline markup is read only where a text has any."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

MAX_NESTING = 160
"""Levels of nesting that are read (a nested list takes two); deeper text is left out, as recursion has an end."""

_KINDS = {
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "table_open": "table",
    "tr_open": "row",
    "th_open": "cell",
    "td_open": "cell",
}
_MARKUP = re.compile(r"[\\`*_\[\]<>&!]")


@dataclass(slots=True, eq=False)
class Block:
    """`kind` is a value of `_KINDS`, or the token type without `_open`. Lines count from 0, `end` is excluded.

    `text` is the source of a paragraph, heading, cell or HTML block. `checked` is None where an item has no task box.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    level: int = 0
    marker: str = ""
    checked: bool | None = None
    children: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """`source` has line ends of one kind; `lines` are its lines; `front` is the source of the front matter or None."""

    source: str
    lines: list[str]
    blocks: list[Block]
    front: str | None
    env: dict[str, Any]


@cache
def _block_parser() -> MarkdownIt:
    options = {"tasklists": True, "maxNesting": MAX_NESTING}
    md = MarkdownIt("commonmark", options).enable("table").use(front_matter_plugin)
    return md.disable(["inline", "text_join"])


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def read(text: str) -> Document:
    """The document of `text`; never raises on any text."""
    env: dict[str, Any] = {}
    source = re.sub(r"\r\n?", "\n", text).replace("\0", "\ufffd")
    tokens = _block_parser().parse(source, env) if source else []
    front = None
    if tokens and tokens[0].type == "front_matter":
        front = tokens.pop(0).content
    return Document(source, source.split("\n"), _tree(tokens), front, env)


def _tree(tokens: list[Token]) -> list[Block]:
    root = Block("root", 0, 0)
    stack = [root]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        parent = stack[-1]
        if token.type == "inline":
            parent.text = token.content
            continue
        start, end = token.map or (parent.start, parent.end)
        block = Block(_KINDS.get(token.type) or token.type.removesuffix("_open"), start, end)
        parent.children.append(block)
        if token.type == "html_block":
            block.text = token.content
        if token.nesting > 0:
            if block.kind == "item":
                block.checked = token.meta.get("checked")
                block.marker = token.info + token.markup
            elif block.kind == "heading":
                block.level = int(token.tag[1:])
            stack.append(block)
    return root.children


def plain(text: str, env: dict[str, Any]) -> tuple[str, list[str]]:
    """The text without markup on one line, and the links in it as Markdown: `("See the plan", ["[plan](p.md)"])`."""
    if not _MARKUP.search(text):
        return " ".join(text.split()), []
    md = _inline_parser()
    children: list[Token] = []
    md.inline.parse(text, md, env, children)
    words: list[str] = []
    links: list[str] = []
    starts: list[tuple[int, str]] = []
    for token in children:
        match token.type:
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "html_inline":
                words.append(" " if token.content.lower().startswith(("<br", "<!--")) else "")
            case "link_open":
                starts.append((len(words), str(token.attrs.get("href", ""))))
            case "link_close":
                at, target = starts.pop()
                links.append(f"[{''.join(words[at:])}]({target})")
            case _:
                words.append(token.content)
    return " ".join("".join(words).split()), links
