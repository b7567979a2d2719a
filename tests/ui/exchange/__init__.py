"""The import screen and the export of lists, on the real use cases."""
