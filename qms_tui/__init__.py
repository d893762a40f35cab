"""qms-tui: walk audits and inspections in a terminal; keep findings, actions and their trail."""

__version__ = "0.1.0"
