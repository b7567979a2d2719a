"""Att göra: what waits for a person."""
