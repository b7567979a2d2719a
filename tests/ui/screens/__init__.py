"""Screens on the cache of the sample firm, through the real use cases."""
