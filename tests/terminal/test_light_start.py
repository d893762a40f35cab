"""What a screen imports before its first paint: the person waits for that."""

import sys
from pathlib import Path

import pexpect
import pytest
from pty_terminal import BOUND, environ

TELL = """
import sys
from pathlib import Path
from qms_tui.cli.main import qms_tui
from qms_tui.screens.recorder import Recorder

start = Recorder.start

def painted(recorder):
    modules = " ".join(sorted(sys.modules))
    start(recorder)
    Path("modules").write_text(modules)

Recorder.start = painted
qms_tui(sys.argv[1:])
"""
HEAVY = {
    *("pydantic", "markdown_it", "yaml", "rapidfuzz", "textual.widgets._text_area"),
    *("qms_tui.workflow.walk", "qms_tui.checklist.model", "qms_tui.records.models"),
    *("qms_tui.screens.giving", "qms_tui.screens.walk_lines", "qms_tui.screens.conflict_lines"),
}


@pytest.mark.parametrize(
    ("arguments", "first", "then"),
    [
        ([], "Quality checks and audits", "Start a check"),
        (["run", "weekly-check"], "weekly-check", "Median first-answer time"),
    ],
    ids=["home", "walk"],
)
def test_the_first_screen_is_painted_light(
    tmp_path: Path, store_path: Path, arguments: list[str], first: str, then: str
) -> None:
    python = ["-c", TELL, *arguments]
    child = pexpect.spawn(sys.executable, python, cwd=tmp_path, env=environ(store_path), timeout=BOUND)
    child.expect_exact(first)  # the title of the first frame
    child.expect_exact(then)
    child.close(force=True)
    modules = set((tmp_path / "modules").read_text().split())
    assert "qms_tui.screens.recorder" in modules
    assert HEAVY & modules == set()
