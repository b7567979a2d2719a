"""The settings: what really works, and takes hold at once."""
