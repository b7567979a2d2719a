"""Samverka without its windows: everything in here runs and is tested without a display."""

__version__ = "0.1.0"
