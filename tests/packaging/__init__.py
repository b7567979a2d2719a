"""Setting up, building and what the built folder may hold."""
