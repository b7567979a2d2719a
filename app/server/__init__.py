"""The collaboration server: one firm's decisions, in one order, for every client."""
