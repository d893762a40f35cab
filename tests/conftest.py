"""What every test may use: a store of its own, an actor, and no skipping where everything must run."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from qms_tui.store.base import Actor, Store
from qms_tui.store.open import open_store

os.environ["LC_ALL"] = "C.UTF-8"  # words and bundled checklists are compared in English, on any machine
os.environ.pop("LANGUAGE", None)
_STATE = tempfile.TemporaryDirectory(prefix="qms-state-")
os.environ["XDG_STATE_HOME"] = _STATE.name  # where drafts lie that a store cannot take: not at home


# In CI the same examples every time: what they find is not the luck of one run. Elsewhere new ones are looked for.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto`: screens and terminals wait half of their time."""
    return 2 * len(os.sched_getaffinity(0))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skipped test is a failed one: a tool is missing that CI installs."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"


@pytest.fixture
def store_dir(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(store_dir: Path) -> Iterator[Store]:
    opened = open_store(store_dir)
    yield opened
    opened.close()


@pytest.fixture
def anna() -> Actor:
    return Actor("anna")


@pytest.fixture
def ben() -> Actor:
    return Actor("ben")
