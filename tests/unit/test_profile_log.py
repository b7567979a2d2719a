"""The window's log keeps what helps and nothing that must not be there, and never stands in the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.profile_log import FILE_NAME, LARGEST_FILE, ProfileLog, read_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "logs"
    made = ProfileLog(folder)
    yield folder
    made.close()


def test_own_events_are_kept_and_only_warnings_of_libraries(log: Path) -> None:
    logging.getLogger("app.sync.runner").info("a round went well")
    logging.getLogger("urllib3").info("starting a connection")
    logging.getLogger("urllib3").warning("connection lost")
    text = "\n".join(read_log(log))
    assert "a round went well" in text
    assert "connection lost" in text
    assert "starting a connection" not in text


@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        ("850709-9805", "no customer with 850709-9805 was found"),
        ("198507099805", "duplicate 198507099805"),
        ("eva.bjork@byran.example", "sent to eva.bjork@byran.example"),
        ("hunter2hunter2", "Authorization: Bearer hunter2hunter2"),
        ("s3cret", "proxy http://anna:s3cret@proxy.example:8080 refused"),
    ],
)
def test_what_must_not_be_there_is_taken_out(log: Path, secret: str, sentence: str) -> None:
    logging.getLogger("app").warning(sentence)
    text = (log / FILE_NAME).read_text(encoding="utf-8")
    assert secret not in text
    assert sentence.split()[0] in text, "control: the line itself is there"


def test_a_traceback_is_redacted_too(log: Path) -> None:
    try:
        raise ValueError("row of 850709-9805")
    except ValueError:
        logging.getLogger("ui").exception("failed")
    text = "\n".join(read_log(log))
    assert "ValueError: row of …" in text


def test_files_are_small_and_few(log: Path) -> None:
    line = "x" * 1000
    for _ in range(5 * LARGEST_FILE // 1000):
        logging.getLogger("app").info(line)
    files = sorted(log.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= LARGEST_FILE for file in files)


def test_a_folder_that_takes_no_log_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    log = ProfileLog(tmp_path / "logs")
    logging.getLogger("app").warning("goes nowhere")
    log.close()
    assert read_log(tmp_path / "logs") == []


def test_after_the_end_nothing_is_written(tmp_path: Path) -> None:
    log = ProfileLog(tmp_path)
    logging.getLogger("app").info("before")
    log.close()
    log.close()
    logging.getLogger("app").info("after")
    assert [line.split()[-1] for line in read_log(tmp_path)] == ["before"]
