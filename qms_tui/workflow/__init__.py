"""Use cases that screens and commands call."""
