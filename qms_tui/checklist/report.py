"""Diagnostics are gathered here while a file is read."""

from typing import NamedTuple

from qms_tui.checklist.model import Diagnostic, Level


class Place(NamedTuple):
    """`line` and `column` count from 0; `length` is the number of characters that are meant."""

    line: int
    column: int = 0
    length: int = 1


class Report:
    """What is wrong in a field is an error in a strict file (`checklist: 1`) and a warning in a plain one."""

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.diagnostics: list[Diagnostic] = []

    def add(self, code: str, place: Place, message: str, help: str = "") -> None:
        """`code` begins with E for an error, with W for a warning; else it is only told."""
        severity: Level
        if code.startswith("E"):
            severity = "error" if self.strict else "warning"
        else:
            severity = "warning" if code.startswith("W") else "info"
        line, column, length = place.line + 1, max(place.column, 0) + 1, max(place.length, 1)
        self.diagnostics.append(Diagnostic(line, column, code, severity, message, help, length))

    def sorted(self) -> tuple[Diagnostic, ...]:
        """By where they are, then by code."""
        return tuple(sorted(self.diagnostics, key=lambda d: (d.line, d.column, d.code)))
