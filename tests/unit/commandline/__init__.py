"""The words of the command line: what they call, and what is said about wrong ones."""
