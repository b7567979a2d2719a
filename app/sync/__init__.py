"""Carries the outbox to the server and the server's changes to the cache."""
