"""What goes wrong, by seed: which fault comes where, how many there were, and the trace of it all."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass, field

_IDS = re.compile(r"\b(?:cu|ct|en|pa|rg|av|iv|cl|ax|ld|ev|cmd|dv|vo|mo|rq|fi|st)_[0-9a-z_]{6,}\b")


class KilledError(BaseException):
    """A process is gone: no ``except Exception`` of the program may see it."""


class ViolationError(AssertionError):
    """One of I1–I10 does not hold; the text says which, and where."""


@dataclass(slots=True)
class Trace:
    """What happened, in order. Ids are numbered as they come up, so that two runs can be compared."""

    lines: list[str] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def note(self, *words: object) -> None:
        """Add a line."""
        self.lines.append(_IDS.sub(self._number, " ".join(str(word) for word in words)))

    def digest(self) -> str:
        """Return what two runs of the same seed have in common."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    def _number(self, found: re.Match[str]) -> str:
        id_ = found.group()
        return self._known.setdefault(id_, f"{id_.partition('_')[0]}#{len(self._known)}")


@dataclass(slots=True)
class Fuse:
    """Burns down by one at every step of a process; at zero the process dies."""

    left: int = 0
    burnt: int = 0

    def burn(self) -> None:
        """Take a step. Raises KilledError where it was the last one."""
        self.burnt += 1
        if self.left > 0:
            self.left -= 1
            if self.left == 0:
                raise KilledError

    def put_out(self) -> None:
        """Let nothing happen any more."""
        self.left = 0


class Faults:
    """Decides by seed what goes wrong, and counts it. ``stop`` ends all of it."""

    def __init__(self, dice: random.Random, trace: Trace) -> None:
        self.dice = dice
        self.trace = trace
        self.counts: Counter[str] = Counter()
        self.is_on = True

    def happens(self, kind: str, chance: float) -> bool:
        """Tell whether this goes wrong now; if so it is counted."""
        if not self.is_on or self.dice.random() >= chance:
            return False
        self.note(kind)
        return True

    def note(self, kind: str) -> None:
        """Count a fault."""
        self.counts[kind] += 1
        self.trace.note("fault", kind)

    def stop(self) -> None:
        """From now on everything works."""
        self.is_on = False
        self.trace.note("faults stop")
