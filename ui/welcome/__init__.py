"""The first start and signing in."""
