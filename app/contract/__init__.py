"""The wire format, defined once for client and server (protocol of app/server)."""
