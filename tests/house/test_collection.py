"""Tests have the same names in each process that collects them, or those that share them run none."""

from __future__ import annotations

import gzip

import pytest

from tests.conftest import pytest_make_parametrize_id

NOW = [gzip.compress(b"{}", mtime=second) for second in (1, 2)]


@pytest.mark.parametrize("packed", NOW)
def test_what_was_packed_at_another_second_has_the_same_name(
    packed: bytes, request: pytest.FixtureRequest
) -> None:
    assert packed in NOW
    assert request.node.name.partition("[")[2].rstrip("]") == f"packed{NOW.index(packed)}"


def test_what_is_not_bytes_is_named_as_ever() -> None:
    assert pytest_make_parametrize_id("text", "argument") is None
