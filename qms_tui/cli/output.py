"""Data on stdout: one JSON document, or aligned columns for people."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.store.base import Receipt


def print_json(data: object) -> None:
    """One UTF-8 document with stable keys."""
    sys.stdout.flush()
    text = _dumped(data)
    stream = sys.stdout.buffer
    stream.write((escaped(text) if sys.stdout.isatty() else text).encode() + b"\n")
    stream.flush()


_LONG = 200  # rows; a longer list has a row a line, which is written in half of the time
_row = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _dumped(data: object) -> str:
    if isinstance(data, list) and len(data) > _LONG:
        return "[\n" + ",\n".join(map(_row, data)) + "\n]"
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def say(text: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Print a text of the record or of a checklist: its lines stay, its control characters do not."""
    click.echo(clean(text), nl=nl, err=err)


def say_if_unchanged(receipt: "Receipt") -> None:
    """Where all stood so already, say that nothing was recorded."""
    if not receipt.wrote:
        say(_("nothing to record: nothing was changed"), err=True)


def clean(text: str) -> str:
    """A text of several lines without control characters, safe to print on a terminal."""
    return "\n".join(map(one_line_text, text.replace("\r\n", "\n").split("\n")))


def escaped(document: str) -> str:
    """A JSON document that means the same, its control characters (C1 and bidirectional ones too) as `\\u` escapes."""
    if document.isprintable():
        return document
    return "".join(
        char if char.isprintable() or char in _JOINERS or char == "\n" else json.dumps(char)[1:-1] for char in document
    )


Column = str | Callable[[Mapping[str, Any]], Any]
"""Of a table: a key of its rows, or what makes the cell of a row."""


def print_rows(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, Column]], none: str, *, as_json: bool
) -> None:
    """A list as one JSON document, or as a table of `columns` with their headings; `none` is said where it is empty."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        say(none, err=True)
    cells = [
        [row[column] for row in rows] if isinstance(column, str) else list(map(column, rows))
        for _heading, column in columns
    ]
    print_table([heading for heading, _column in columns], list(zip(*cells, strict=True)))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Columns as wide as their widest cell; on a terminal the last one is cut at the edge."""
    if not rows:
        return
    columns = map(_as_wide, zip(headings, *rows, strict=True))
    texts = ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]
    if sys.stdout.isatty():
        import shutil

        room = shutil.get_terminal_size().columns
        texts = [_cut(text, room) for text in texts]
    print("\n".join(texts))


def _as_wide(column: Sequence[Any]) -> list[str]:
    """Each cell of a column filled up to its widest. What all cells are is asked of all at once."""
    cells = ["" if cell is None else str(cell) for cell in column]
    if not "".join(cells).isprintable():
        cells = list(map(one_line_text, cells))
    widths = list(map(len if "".join(cells).isascii() else text_width, cells))
    widest = max(widths)
    return [cell + " " * (widest - width) for cell, width in zip(cells, widths, strict=True)]


_JOINERS = "\u200c\u200d"  # parts of words and of emoji


def one_line_text(text: str) -> str:
    """A text on one line without control characters (bidirectional ones too), safe to print on a terminal."""
    if text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char for char in text if char.isspace() or char.isprintable() or char in _JOINERS
    )


def text_width(text: str) -> int:
    """Cells on a terminal; wcwidth's tables are loaded only for a text that needs them."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def _cut(text: str, room: int) -> str:
    if text.isascii():
        return text[:room]
    end = len(text)
    while text_width(text[:end]) > room:
        end -= 1
    return text[:end]
