"""What was decided, by whom and when, in a chain that shows tampering."""
