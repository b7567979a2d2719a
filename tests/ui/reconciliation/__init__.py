"""The screen *Okopplade* against a real server."""
