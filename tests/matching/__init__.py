"""Tests of the suggestions for unlinked collaborations."""
