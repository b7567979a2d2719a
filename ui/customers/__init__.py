"""The customer list."""
