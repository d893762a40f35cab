"""Diagnostics are gathered here while a file is read."""

from qms_tui.checklist.model import Diagnostic


class Report:
    """What is wrong in a field is an error in a strict file (`checklist: 1`) and a warning in a plain one."""

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.diagnostics: list[Diagnostic] = []

    def add(self, code: str, line: int, column: int, message: str, help: str = "") -> None:  # noqa: A002
        """`line` and `column` count from 0 here and from 1 in the diagnostic."""
        if code.startswith("E"):
            severity = "error" if self.strict else "warning"
        else:
            severity = "warning" if code.startswith("W") else "info"
        self.diagnostics.append(Diagnostic(line + 1, max(column, 0) + 1, code, severity, message, help))  # type: ignore[arg-type]

    def sorted(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(self.diagnostics, key=lambda d: (d.line, d.column, d.code)))
