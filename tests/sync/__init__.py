"""The client's synchronisation against the real server over real HTTP."""
