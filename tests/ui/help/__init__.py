"""Tests of ui.help."""
