"""The program, started as a person starts it, that prints when it has painted and when it is loaded.

Run as a program: ``timed_window.py SCREEN painted|loaded|modules WORDS…``; the words are those of main.py.
"""

import json
import os
import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])

from app.commandline.entry import run_program  # noqa: E402 - after the path
from app.commandline.window import prepare_imports  # noqa: E402 - after the path

prepare_imports()  # as the command of the window does before it imports it
from ui.application import Application  # noqa: E402 - after the path

UNTIL = sys.argv[2]


def say(what: str) -> None:
    """Print the time, and end where this is what was asked for."""
    print(what, time.time_ns(), time.process_time_ns(), flush=True)
    if what == UNTIL:
        os._exit(0)


def say_painted() -> None:
    """The first picture is there."""
    if UNTIL == "modules":
        print("modules", json.dumps(sorted(sys.modules)), flush=True)
        os._exit(0)
    say("painted")


class TimedApplication(Application):
    """Goes to the screen that was asked for and tells."""

    def show(self, start_screen: str = "") -> None:
        self.window.painted.connect(say_painted)
        self.context.when_ready(lambda: say("loaded"))
        super().show(sys.argv[1])


if __name__ == "__main__":
    sys.modules["ui.application"].__dict__["Application"] = TimedApplication
    sys.exit(run_program(sys.argv[3:]))
