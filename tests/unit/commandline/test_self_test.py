"""A self-test that cannot fail says nothing."""

from __future__ import annotations

from app.commandline.self_test import take_step


def test_what_a_step_finds_is_its_detail() -> None:
    step = take_step("cache", lambda: "found")
    assert (step.name, step.ok, step.detail) == ("cache", True, "found")


def test_a_step_that_raises_has_failed_and_says_how() -> None:
    def fail() -> str:
        raise FileNotFoundError("services.toml")

    step = take_step("resources", fail)
    assert not step.ok
    assert step.detail == "FileNotFoundError: services.toml"
