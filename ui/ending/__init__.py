"""Ending collaborations."""
