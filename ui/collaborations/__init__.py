"""Every collaboration of the firm."""
