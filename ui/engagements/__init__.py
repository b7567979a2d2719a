"""Engagements through the year, and who is on them."""
