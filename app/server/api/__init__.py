"""The server's routes for the program."""
