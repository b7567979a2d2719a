"""The texts that are fixed word for word: consequences, consent, law (interface design, "Swedish texts")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.records import Branch
from app.errors import SamverkaError


@dataclass(frozen=True, slots=True)
class Passage:
    """A fixed text; ``lead`` is shown in bold before it and may be empty."""

    text: str
    lead: str = ""

    @property
    def plain(self) -> str:
        """Return lead and text as one running text."""
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Texts:
    """The fixed texts by key (``consequence.registered``) and language."""

    passages: Mapping[tuple[str, str], Passage]
    consent_version: str

    def passage(self, key: str, language: str, **values: object) -> Passage:
        """Return the text of this key with its placeholders filled in.

        Raises:
            SamverkaError: ``text_missing`` for an unknown key or a placeholder without a value.
        """
        wanted = "en" if language.startswith("en") else "sv"
        passage = self.passages.get((key, wanted))
        if passage is None:
            raise SamverkaError("text_missing", key=key, language=wanted)
        try:
            return Passage(passage.text.format_map(values), passage.lead.format_map(values))
        except KeyError as error:
            raise SamverkaError("text_missing", key=key, placeholder=str(error.args[0])) from error

    def text(self, key: str, language: str, **values: object) -> str:
        """Return the same as one running text."""
        return self.passage(key, language, **values).plain

    def consequence(self, branch: str, language: str) -> Passage:
        """Return what happens in this branch; for a service in ``WITH_SERVICE`` the same as without it."""
        return self.passage(f"consequence.{_text_key_of(branch)}", language)

    def staff_access(self, branch: str, engagements: Sequence[str], language: str) -> Passage:
        """Return who at the firm gets access, and when: at once, or when the customer has approved.

        ``engagements`` are their titles; of several it is one sentence.
        """
        *before, last = engagements
        key = "staff.at_once" if branch == Branch.NOT_REGISTERED else "staff.when_approved"
        if not before:
            return self.passage(key, language, engagement=last)
        named = self.text("staff.and", language, before=", ".join(before), last=last)
        return self.passage(f"{key}_several", language, engagement=named)

    def consent(self, branch: str, language: str) -> Passage:
        """Return the sentence to tick; the customer's own yes is only part of it where nobody else asks.

        While the branch is unknown the stricter sentence is used: it holds for both.
        """
        asks_customer_later = _text_key_of(branch) in {"registered", "owns_subscription"}
        return self.passage(
            "consent.registered" if asks_customer_later else "consent.not_registered", language
        )

    def commit(self, branch: str, language: str) -> str:
        """Return the words of the button that sends; while the branch is unknown it goes to the outbox."""
        key = _text_key_of(branch)
        return self.text("commit.outbox" if key == "unknown" else f"commit.{key}", language)


def _text_key_of(branch: str) -> str:
    match branch:
        case Branch.NOT_REGISTERED | Branch.OWNS_SUBSCRIPTION:
            return branch
        case Branch.WITHOUT_SERVICE | Branch.WITH_SERVICE:
            return "registered"
        case _:
            return "unknown"
