"""Why the system refused is told in the person's language, and never as errno."""

from __future__ import annotations

import errno
import os
import socket

import pytest

from app.commandline.sentences import say_problem
from app.errors import SamverkaError
from app.system_causes import CAUSES, UNKNOWN, explain_cause, name_cause
from ui.messages import Messages

NOT_MAPPED = errno.ELOOP


class FromWindowsError(OSError):
    """An error as Windows gives it: with a number of its own beside errno."""

    def __init__(self, winerror: int, number: int = errno.EINVAL) -> None:
        super().__init__(number, "The system said something")
        self.winerror = winerror


def refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (refused(errno.ENOSPC), "full"),
        (refused(errno.EACCES), "forbidden"),
        (refused(errno.EROFS), "read_only"),
        (refused(errno.ENOENT), "missing"),
        (refused(errno.EIO), "failing"),
        (refused(errno.EMFILE), "too_many_open"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "refused"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "reset"),
        (socket.gaierror(socket.EAI_NONAME, "x"), "name_unknown"),
        (TimeoutError("timed out"), "timed_out"),
        (FromWindowsError(32, errno.EACCES), "in_use"),
        (FromWindowsError(112), "full"),
        (FromWindowsError(10061), "refused"),
        (FromWindowsError(9999, errno.ENOSPC), "full"),
        (refused(NOT_MAPPED), UNKNOWN),
        (OSError("no number"), UNKNOWN),
    ],
)
def test_the_cause_is_named(error: OSError, cause: str) -> None:
    assert name_cause(error) == cause


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("cause", sorted(CAUSES))
def test_every_cause_has_words_in_both_languages(cause: str, language: str) -> None:
    said = Messages(language).sentence("config_not_written", cause=cause)
    assert "{" not in said
    assert cause == UNKNOWN or said != Messages(language).sentence("config_not_written", cause=UNKNOWN)


def test_a_full_disk_is_told_in_swedish_by_the_window_and_the_command_line() -> None:
    error = SamverkaError("file_not_written", file="lista.csv", **explain_cause(refused(errno.ENOSPC)))
    headline, _ = Messages("sv").headline_and_body(error)
    assert headline == "Filen lista.csv gick inte att skriva: disken är full."
    assert say_problem(error, "sv").startswith(headline)
    assert os.strerror(errno.ENOSPC) not in say_problem(error, "sv")


def test_the_systems_own_text_of_an_unknown_cause_is_kept_for_the_details() -> None:
    error = SamverkaError("file_not_written", file="lista.csv", **explain_cause(refused(NOT_MAPPED)))
    assert os.strerror(NOT_MAPPED) not in Messages("sv").for_error(error)
    assert say_problem(error, "sv").endswith(os.strerror(NOT_MAPPED))
