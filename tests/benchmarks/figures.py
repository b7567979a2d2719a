"""What a measurement says, and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. ``ours`` and ``floor`` are in ``unit``; ``details`` are further figures of the same run."""

    name: str
    unit: str
    ours: float
    floor: float
    target: str
    runs: int = 1
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Return how many times the floor ours is."""
        return self.ours / self.floor if self.floor else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the figure for a machine."""
        return {**asdict(self), "ratio": round(self.ratio, 3)}

    def lines(self) -> list[str]:
        """Return the figure for a person."""
        head = (
            f"{self.name}: {self.ours:.1f} {self.unit}, floor {self.floor:.1f} {self.unit}, "
            f"ratio {self.ratio:.2f}, runs {self.runs} (target: {self.target})"
        )
        return [head, *(f"    {name}: {value}" for name, value in self.details.items())]
