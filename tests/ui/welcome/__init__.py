"""Tests of ui.welcome."""
