"""The command in this process, and a checklist and answers to use it on."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from qms_tui.cli.main import qms_tui

CHECKLIST = """\
---
checklist: 1
title: Cold store round
id: cold-store
kind: inspection
---
## Systems

- [ ] Doors close by themselves {#doors}
  - severity: major
  - clause: ISO 9001 8.5.1
- [ ] Temperature {#temp}
  - limits: 2..8 °C
- [ ] Did any customer wait? {#waited}
  - answer: yes/no
  - expect: no
  - if yes:
    - [ ] Which customer? {#who}
      - answer: text
"""

ANSWERS = """\
doors: {result: n, statement: "Door 3 stays open", note: "門 [/] 🙂", evidence: "the seal is torn"}
temp: 12
waited: no
"""


class Cli:
    """`cli("nc", "list")` is the result; `cli.json(...)` its document."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store"
        self.runner = CliRunner()

    def __call__(self, *args: str, input: str | bytes = "", code: int = 0) -> Result:
        result = self.runner.invoke(qms_tui, args, input=input, prog_name="qms-tui")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    def json(self, *args: str) -> Any:
        result = self(*args, "--json")
        assert result.stderr == ""
        return json.loads(result.stdout_bytes)

    def refused(self, *args: str, code: int, input: str = "") -> str:
        """The one line that an error is."""
        result = self(*args, input=input, code=code)
        lines = result.stderr.splitlines()
        assert result.stdout == "" and len(lines) == 1 and lines[0].startswith("qms-tui: "), result.output
        return lines[0]

    def record(self, answers: str = ANSWERS, *args: str) -> str:
        """An audit from answers; its number."""
        (self.folder / "answers.yaml").write_text(answers, "utf-8")
        return self("run", "cold-store.md", "--answers", "answers.yaml", *args).stdout.strip()
