"""Markdown to Checklist."""
