"""The command on a store of its own, in this process and as a process of its own where that matters."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_helpers import CHECKLIST, Cli


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMS_STORE", str(tmp_path / "store"))
    (tmp_path / "cold-store.md").write_text(CHECKLIST, "utf-8")
    return Cli(tmp_path)


@pytest.fixture
def process(cli: Cli) -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """The command as a process; further arguments are those of subprocess.run."""

    def run(*args: str, env: dict[str, str] | None = None, **more: Any) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "qms_tui", *args],
            env={**os.environ, **(env or {})},
            cwd=cli.folder,
            timeout=60,
            check=False,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
        )

    return run
