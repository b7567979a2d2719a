"""The firm in figures."""
