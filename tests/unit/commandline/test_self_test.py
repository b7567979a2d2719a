"""A self-test that cannot fail says nothing."""

from __future__ import annotations

from app.commandline.self_test import make_lists_in_another_process, take_step
from app.storage.shown_process import MakingProcess


def test_what_a_step_finds_is_its_detail() -> None:
    step = take_step("cache", lambda: "found")
    assert (step.name, step.ok, step.detail) == ("cache", True, "found")


def test_a_step_that_raises_has_failed_and_says_how() -> None:
    def fail() -> str:
        raise FileNotFoundError("services.toml")

    step = take_step("resources", fail)
    assert not step.ok
    assert step.detail == "FileNotFoundError: services.toml"


def test_lists_that_are_made_in_this_process_have_failed() -> None:
    def start_and_kill() -> MakingProcess:
        process = MakingProcess()
        process.kill()
        return process

    step = take_step("lists", lambda: make_lists_in_another_process(start_and_kill))
    assert (step.ok, step.detail) == (False, "SelfTestError: 1 of 1 parts were made in this process")
    assert take_step("lists", make_lists_in_another_process).ok
