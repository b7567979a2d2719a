"""app/server/gateway/README.md says of every call, answer and refusal what a gateway must hold to."""

from __future__ import annotations

import dataclasses
import inspect
import re

from app.catalogue import load_catalogue
from app.server.gateway.vendor import CompanyAnswer, VendorGateway
from tests.support.guards import ROOT

FOLDER = ROOT / "app" / "server" / "gateway"


def rows_under(heading: str) -> dict[str, str]:
    """Return the table under a heading: each name in the first column → the rest of its row."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows: dict[str, str] = {}
    for line in part.splitlines():
        first, _, rest = line.removeprefix("|").partition("|")
        if line.startswith("|"):
            rows |= dict.fromkeys(re.findall(r"`(\w+)`", first), rest)
    return rows


def test_every_call_has_its_row_and_no_row_is_of_a_call_that_is_not_there() -> None:
    calls = {name for name, _ in inspect.getmembers(VendorGateway, inspect.isfunction) if name[0] != "_"}
    assert set(rows_under("The calls")) == calls


def test_every_field_of_an_answer_is_told() -> None:
    told = set(rows_under("What `check` returns"))
    assert told == {field.name for field in dataclasses.fields(CompanyAnswer)}


def test_every_refusal_stands_in_a_row() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py")))
    codes = set(re.findall(r'VendorRefusedError\("(\w+)"\)', sources))
    codes |= {item.refusal for one in load_catalogue().services for item in one.checklist if item.refusal}
    told = " ".join(rows_under("The calls").values())
    assert {code for code in codes if f"`{code}`" not in told} == set()
