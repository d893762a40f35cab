"""Bundled checklists, by language."""
