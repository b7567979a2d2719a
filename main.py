"""Samverka: see, start, link, follow up and end collaborations between a firm and its customers."""

import sys


def main() -> int:
    """Run the program with the words it was started with and return its exit status."""
    from app.commandline.entry import run_program

    return run_program(sys.argv[1:])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # Only a frozen program is started again by multiprocessing with special words; elsewhere the
        # import would be paid for nothing before the first picture.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
