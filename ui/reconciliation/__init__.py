"""Unlinked collaborations."""
