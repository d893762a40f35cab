"""Widgets that draw by line and send few bytes."""
