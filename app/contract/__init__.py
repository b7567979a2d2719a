"""The wire format: one definition that the client and the server share."""
