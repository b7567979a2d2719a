"""A new service and a new variant are entries of the catalogue: activated and ended without any code."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue import Catalogue, load_catalogue
from app.catalogue.loader import CATALOGUE_FOLDER
from app.domain.commands import CreateActivation, EndCollaboration
from app.domain.records import Activation, Collaboration
from app.server.gateway.register_company import RegisterPerson
from app.server.gateway.vendor import CompanyQuery
from app.server.store import open_store
from tests.cases.office import BERGS, KARIN, PER, Office, company, open_office
from tests.server.sync_site import FIRM, sync_site
from tests.support.clocks import FixedClock

NEW_SERVICE = """
[[service]]
code = "visma_tid"
label = { sv = "Visma Tid", en = "Visma Time" }
short = { sv = "Tid", en = "Time" }
purpose = { sv = "Tidrapporter", en = "Time sheets" }
web_address = "https://vismaspcs.se/"
help_page = "activation"
engagement_types = ["bookkeeping"]
ends_first = ["scanner"]
holds_records = true
products = ["Tid"]

    [[service.field]]
    name = "variant"
    label = { sv = "Variant", en = "Variant" }
    default = "bas"
    options = [
        { value = "bas", label = { sv = "Bas", en = "Base" } },
        { value = "stor", label = { sv = "Stor", en = "Large" }, switches_off = ["lon_direkt"] },
    ]

    [[service.field]]
    name = "payer"
    label = { sv = "Fakturamottagare", en = "Payer" }
    default = "firm"
    options = [
        { value = "firm", label = { sv = "Byrån", en = "The firm" } },
        { value = "customer", label = { sv = "Kunden", en = "The customer" } },
    ]

    [[service.rule]]
    when = { variant = ["stor"] }
    field = "payer"
    allowed = ["firm"]
    why = { sv = "I varianten Stor betalar byrån.", en = "In the variant Large the firm pays." }

    [[service.end]]
    code = "all_deleted"
    deletes = true
    label = { sv = "Allt raderas", en = "Everything is deleted" }
    consequence = { sv = "Alla tidrapporter raderas.", en = "All time sheets are deleted." }

    [[service.checklist]]
    stage = "before_end"
    code = "sheets_printed"
    required = true
    text = { sv = "Tidrapporterna är utskrivna", en = "The time sheets are printed" }
"""
NEW_VARIANT = '{ value = "mini", label = { sv = "Mini", en = "Mini" }, modules = ["invoicing"] },\n        '
COMPANY = CompanyQuery(number=BERGS.organisation_number)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """Give the catalogue with one service and one variant more."""
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE_FOLDER, folder)
    file = folder / "services.toml"
    text = file.read_text(encoding="utf-8")
    first = '{ value = "start", label = { sv = "Start", en = "Start" }, modules = ["invoicing"] },'
    assert text.count(first) == 1
    file.write_text(text.replace(first, NEW_VARIANT + first) + NEW_SERVICE, encoding="utf-8")
    return load_catalogue(folder)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock, catalogue: Catalogue) -> Iterator[Office]:
    """Give a firm whose server and vendor have that catalogue."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock, terms=catalogue)
    try:
        with (
            sync_site(store, catalogue=catalogue) as site,
            open_office(site, clock, tmp_path) as opened,
        ):
            yield opened
    finally:
        store.close()


def push(office: Office, payload: CreateActivation | EndCollaboration) -> tuple[str, str]:
    """Send a command as the protocol has it; return its status and code."""
    (result,) = office.site.client(KARIN).push(payload)
    office.work()
    return result["status"], result.get("code", "")


def test_a_new_service_is_activated_used_and_ended(office: Office) -> None:
    office.gateway.fill([company(lon_direkt=True)])
    (found,) = office.check(BERGS)
    new = office.activation(BERGS, "visma_tid", registration=found)

    def with_values(variant: str, payer: str) -> CreateActivation:
        item = replace(new.items[0], variant=variant, payer=payer)
        return CreateActivation(activation=replace(new, items=(item,)))

    assert push(office, with_values("stor", "customer")) == ("rejected", "choice_not_allowed")
    assert push(office, with_values("enorm", "firm")) == ("rejected", "choice_not_allowed")
    assert push(office, with_values("stor", "firm")) == ("applied", "")
    mail = office.store.mail_tray.list_mails(FIRM)
    assert any("Visma Tid" in one.text for one in mail)
    office.reply({"visma_tid": "approved"})
    (collaboration,) = office.list_all(Collaboration)
    assert (collaboration.service, collaboration.variant, collaboration.state) == (
        "visma_tid",
        "stor",
        "active",
    )
    (after,) = office.check(BERGS)
    assert [(one.code, one.variant) for one in after.services] == [("visma_tid", "stor")]
    assert after.lon_direkt is False, "what the variant switches off is data, too"
    wanted = EndCollaboration(collaboration_id=collaboration.id, choice="all_deleted", typed=BERGS.name)
    assert push(office, wanted) == ("rejected", "checklist_incomplete")
    assert push(office, replace(wanted, choice="customer_continues")) == ("rejected", "end_choice_missing")
    ticked = replace(wanted, checklist=("sheets_printed",))
    assert push(office, replace(ticked, typed="")) == ("rejected", "typed_wrong")
    assert push(office, ticked) == ("applied", "")
    assert office.get(Collaboration, collaboration.id).state == "ended"
    at_vendor = office.gateway.find_company(COMPANY)
    assert at_vendor is not None
    assert at_vendor.subscriptions == ()


def test_a_new_variant_is_chosen_like_the_others(office: Office) -> None:
    office.gateway.fill([company(people=(PER, RegisterPerson(name="Eva Ek", email="eva@bergsel.example")))])
    (found,) = office.check(BERGS)
    new = office.activation(BERGS, "eekonomi", registration=found)
    item = replace(new.items[0], variant="mini", payer="firm", period_months=12)
    assert push(office, CreateActivation(activation=replace(new, items=(item,)))) == ("applied", "")
    assert office.get(Activation, new.id).state == "sent"
    office.reply({"eekonomi": "approved"})
    (after,) = office.check(BERGS)
    assert [one.variant for one in after.services] == ["mini"]


def test_the_programs_own_catalogue_has_neither(office: Office, tmp_path: Path) -> None:
    """A control: without the data the variant is refused."""
    own = load_catalogue()
    assert not own.service("visma_tid").known
    field = own.service("eekonomi").find_field("variant")
    assert field is not None
    assert "mini" not in {option.value for option in field.options}
