"""The mail outbox and the worker that empties it."""
