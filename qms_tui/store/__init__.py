"""The record on disk. Screens and commands see `base` only."""
