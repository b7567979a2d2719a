"""The client's cache and outbox, on real encrypted files."""
