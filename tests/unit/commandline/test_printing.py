"""What the commands print, to a reader that goes away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PRINT_A_LOT = """
from app.commandline.printing import print_line, print_json
for number in range(100_000):
    {how}("line " + str(number))
"""


def run_and_read_one_line(how: str) -> tuple[bytes, int, bytes]:
    """Run a program that prints much, read one line of it, close the pipe, and return how it ended."""
    script = PRINT_A_LOT.format(how=how)
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        first = program.stdout.readline()
        program.stdout.close()
        words = program.stderr.read()
    return first, program.returncode, words


def test_who_reads_only_the_first_lines_sees_no_failure_of_the_program() -> None:
    first, status, words = run_and_read_one_line("print_line")
    assert first == b"line 0\n"
    assert status == 3
    assert words == b""


def test_the_same_holds_for_documents() -> None:
    assert run_and_read_one_line("print_json") == (b'"line 0"\n', 3, b"")


def test_work_goes_on_when_nobody_reads_how_far_it_has_come() -> None:
    script = """
from app.commandline.printing import print_line, print_progress
for number in range(10_000):
    print_progress("progress " + str(number))
print_line("the result")
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stderr.readline()
        program.stderr.close()
        assert program.stdout.read() == b"the result\n"
    assert program.returncode == 0


def test_without_this_care_the_reader_sees_a_traceback() -> None:
    _first, _status, words = run_and_read_one_line("(lambda t: print(t, flush=True))")
    assert b"BrokenPipeError" in words
