"""How the program ends, for scripts that call it."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of the command line; they are stable."""

    DONE = 0
    PROBLEMS = 1
    """Done, with problems, each of them named."""
    WRONG_USE = 2
    FAILED = 3
    """It could not be done."""
