"""The activation wizard."""
