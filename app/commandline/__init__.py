"""The subcommands of the program, one module for each."""
