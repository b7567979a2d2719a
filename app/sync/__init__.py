"""Carries the outbox to the server and the server's changes to the cache.

``engine`` does one round of plain calls, ``policy`` judges what went wrong, ``runner`` is the thread.
"""
