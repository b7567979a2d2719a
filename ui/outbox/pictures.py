"""The outbox's other lists, for `main.py screenshot`."""

from ui.pressed_pictures import pressed

PICTURES = {tab: pressed("outbox", f"outboxTab_{tab}") for tab in ("waiting", "attention", "history")}
