"""The example script walks one problem from the check that found it to an effect, by commands alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "one-problem.sh"


def run(store: Path, *command: str) -> str:
    environ = {**os.environ, "QMS_STORE": str(store), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(command, env=environ, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.mark.slow
def test_one_problem_from_a_weekly_check_to_its_lesson(store_dir: Path, tmp_path: Path) -> None:
    number = run(store_dir, "bash", str(EXAMPLE)).splitlines()[-1]
    run(store_dir, "qms-tui", "export", "--nc", number, "-f", "md,json", "-o", str(tmp_path / "out"))
    data = json.loads((tmp_path / "out" / f"{number}.json").read_text("utf-8"))
    assert (data["status"], data["cycle"], data["audit"][:2]) == ("closed", 2, "A-") and data["lesson"]
    first, second = data["cycles"]
    assert [why["label"] for why in first["causes"]] == ["1", "1.1", "1.1.1", "1.2", "1.2.1"]
    assert first["weaknesses"] == second["weaknesses"] == []
    assert len(first["actions"]) == 2 and len(second["actions"]) == 1
    assert [c["effectiveness"]["verdict"] for c in (first, second)] == ["not_effective", "effective"]
    assert {event["by"] for event in data["timeline"]} == {"anna", "ben", "cleo", "dora"}
    document = (tmp_path / "out" / f"{number}.md").read_text("utf-8")
    assert "before ######" in document and "cycle 2 begins at analysis" in document
    assert run(store_dir, "qms-tui", "nc", "list", "--open", "--fail") == ""
