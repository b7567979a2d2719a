"""What a collaboration's chip says while a decision about it has not left the computer."""

from __future__ import annotations

import pytest

from ui.widgets.service_chips import state_chip, state_words, word_chip


@pytest.mark.parametrize(
    ("state", "mark", "words"),
    [
        ("received", "queued", "I utkorgen"),
        ("received", "sending", "Skickas"),
        ("received", "", "Mottaget"),
        ("received", "acknowledged", "Mottaget, genomfört"),
        ("ending", "queued", "Avslutas 2026-12-31, i utkorgen"),
        ("active", "", "Aktivt"),
    ],
)
def test_received_is_the_servers_word(state: str, mark: str, words: str) -> None:
    assert state_words(state, "2026-12-31", mark) == words
    assert state_chip("Scanner", state, mark=mark, ends_on="2026-12-31").hint == f"Scanner: {words}"
    assert word_chip(state, mark=mark, ends_on="2026-12-31").hint == words
