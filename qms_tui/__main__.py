"""`python -m qms_tui`, also in a bare checkout."""

from qms_tui.cli.main import entry

entry()
