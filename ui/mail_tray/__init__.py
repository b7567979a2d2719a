"""The mail tray of the sample firm."""
