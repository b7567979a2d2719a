"""Tests without disk or display."""
