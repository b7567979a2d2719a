"""What is said about a file that cannot be read, where there are no details to open."""

from __future__ import annotations

import errno
import os

import pytest

from app.system_causes import explain_cause
from app.usecases.importing import Remark
from ui.exchange.wording import remark_words
from ui.messages import Messages

NOT_MAPPED = errno.ELOOP


def words(language: str, number: int) -> str:
    """Return the remark about a file that the system refused with this number."""
    error = OSError(number, os.strerror(number))
    return remark_words(Messages(language), Remark("file_not_readable", explain_cause(error)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_systems_own_text_ends_the_remark_only_where_the_cause_is_unknown(language: str) -> None:
    assert words(language, NOT_MAPPED).endswith(f" ({os.strerror(NOT_MAPPED)})")
    assert os.strerror(errno.EACCES) not in words(language, errno.EACCES)
