"""The client's encrypted cache and outbox.

Mirror tables change only by a pull; the outbox is the only table that a person's action writes, besides
local drafts and settings. What the screens show is the mirror with the live commands over it, kept in the
derived ``overlay`` and ``shown_*`` tables in the transaction that writes mirror or outbox.
"""
