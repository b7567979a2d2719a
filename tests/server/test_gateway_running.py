"""The register's calls about running services: changed, ended, handed over; each once for its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.catalogue import load_catalogue
from app.domain.records import ActivationContact, Address, LicencesLeft, Person
from app.server.gateway.register import RegisterGateway, end_by_customer
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.gateway.vendor import CompanyQuery, NewCompany, Seat, ServiceOrder, VendorRefusedError
from app.server.store import Store
from tests.support.clocks import FixedClock
from tests.support.guards import ROOT

SEAT = Seat(firm_id="fi_1", firm_name="Byrån AB")
OTHER = Seat(firm_id="fi_2", firm_name="Annan Byrå AB")
COMPANY = CompanyQuery(number="165560360793")
TODAY = date(2026, 11, 23)
PER = RegisterPerson(name="Per Berg", email="per@bergsel.example", is_main_contact=True)


def work(service: str, seat: Seat = SEAT) -> RegisterCollaboration:
    return RegisterCollaboration(firm_id=seat.firm_id, firm_name=seat.firm_name, service=service)


def held(service: str, **fields: object) -> RegisterSubscription:
    values = {"service": service, "payer": "firm", "owner": "firm"}
    return RegisterSubscription(**(values | fields))  # type: ignore[arg-type]


BERGS = RegisterCompany(
    vendor_customer_number="5001",
    name="Bergs El AB",
    number="165560360793",
    people=(PER,),
    subscriptions=(held("scanner"), held("eekonomi", variant="pro", period_months=12)),
    collaborations=(work("scanner"), work("eekonomi")),
)


@pytest.fixture
def gateway(store: Store, clock: FixedClock) -> RegisterGateway:
    made = RegisterGateway(store.register, clock)
    made.fill([BERGS])
    return made


def present(gateway: RegisterGateway) -> RegisterCompany:
    found = gateway.find_company(COMPANY)
    assert found is not None
    return found


def states(gateway: RegisterGateway) -> dict[str, str]:
    return {one.service: one.state for one in present(gateway).collaborations}


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(VendorRefusedError) as caught:
        call()
    return caught.value.code


def end(gateway: RegisterGateway, service: str, on: date = TODAY, **more: str) -> None:
    choice = more.get("choice", "service_ends")
    gateway.end(SEAT, COMPANY, service, on, choice, idempotency_key=more.get("key", f"end:{service}:{on}"))


def test_an_end_waits_for_its_day_and_then_takes_the_service_along(
    gateway: RegisterGateway, clock: FixedClock
) -> None:
    end(gateway, "scanner", TODAY + timedelta(days=2))
    assert states(gateway)["scanner"] == "active"
    clock.advance(timedelta(days=1))
    assert states(gateway)["scanner"] == "active"
    clock.advance(timedelta(days=1))
    assert states(gateway)["scanner"] == "ended"
    assert [one.service for one in present(gateway).subscriptions] == ["eekonomi"]


def test_a_customer_that_goes_on_alone_keeps_and_pays_the_service(gateway: RegisterGateway) -> None:
    end(gateway, "scanner", choice="customer_continues")
    kept = next(one for one in present(gateway).subscriptions if one.service == "scanner")
    assert (kept.owner, kept.payer) == ("customer", "customer")


def test_another_firms_work_keeps_the_service(gateway: RegisterGateway) -> None:
    gateway.fill([replace(BERGS, collaborations=(work("scanner"), work("scanner", OTHER)))])
    end(gateway, "scanner")
    assert [one.service for one in present(gateway).subscriptions] == ["scanner", "eekonomi"]


def test_what_the_vendor_does_not_end(gateway: RegisterGateway) -> None:
    assert refusal(lambda: end(gateway, "utlagg")) == "unknown_service"
    assert refusal(lambda: end(gateway, "eekonomi")) == "ends_before_others"
    end(gateway, "scanner")
    gateway.fill([replace(present(gateway), bank_link=True)])
    assert refusal(lambda: end(gateway, "eekonomi")) == "has_bank_link"
    gateway.fill([replace(present(gateway), bank_link=False, people=())])
    assert refusal(lambda: end(gateway, "eekonomi")) == "main_contact_missing"
    gateway.fill([replace(present(gateway), people=(PER,))])
    end(gateway, "eekonomi")
    assert states(gateway) == {"scanner": "ended", "eekonomi": "ended"}


def test_a_key_does_its_work_once(gateway: RegisterGateway) -> None:
    end(gateway, "scanner", TODAY + timedelta(days=9), key="one")
    gateway.cancel_end(SEAT, COMPANY, "scanner", idempotency_key="two")
    end(gateway, "scanner", TODAY + timedelta(days=9), key="one")
    assert [one.ends_on for one in present(gateway).collaborations] == [None, None]


def test_an_end_is_called_off_before_its_day_only(gateway: RegisterGateway) -> None:
    end(gateway, "scanner")
    code = refusal(lambda: gateway.cancel_end(SEAT, COMPANY, "scanner", idempotency_key="late"))
    assert code == "already_ended"


def test_terms_are_changed_by_the_firm_that_works_there_and_decides(gateway: RegisterGateway) -> None:
    order = ServiceOrder(service="eekonomi", variant="smart", payer="customer", period_months=3)
    gateway.change(SEAT, COMPANY, order, idempotency_key="a")
    changed = next(one for one in present(gateway).subscriptions if one.service == "eekonomi")
    assert (changed.variant, changed.payer, changed.period_months) == ("smart", "customer", 3)
    stranger = refusal(lambda: gateway.change(OTHER, COMPANY, order, idempotency_key="b"))
    assert stranger == "unknown_service"
    gateway.fill([replace(BERGS, subscriptions=(held("eekonomi", owner="customer"),))])
    theirs = refusal(lambda: gateway.change(SEAT, COMPANY, order, idempotency_key="c"))
    assert theirs == "customer_owns_subscription"


def test_a_main_contact_is_one_person_and_an_administrator(gateway: RegisterGateway) -> None:
    eva = Person(name="Eva Ny", email="eva@bergsel.example")
    gateway.set_main_contact(SEAT, COMPANY, eva, "+46701234567", idempotency_key="a")
    people = {one.email: (one.is_administrator, one.is_main_contact) for one in present(gateway).people}
    assert people == {PER.email: (True, False), eva.email: (True, True)}
    stranger = refusal(lambda: gateway.set_main_contact(OTHER, COMPANY, eva, "", idempotency_key="b"))
    assert stranger == "main_contact_exists"
    namesake = Person(name="Någon Annan", email=PER.email)
    assert (
        refusal(lambda: gateway.set_main_contact(SEAT, COMPANY, namesake, "", idempotency_key="c"))
        == "contact_is_other_person"
    )


def test_an_address_is_corrected_until_the_person_has_logged_in(gateway: RegisterGateway) -> None:
    right = Person(name=PER.name, email="per.berg@bergsel.example")
    gateway.correct_contact(COMPANY, PER.email, right, idempotency_key="a")
    assert [one.email for one in present(gateway).people] == [right.email]
    assert present(gateway).people[0].is_main_contact
    gateway.note_login(COMPANY, right.email, datetime(2026, 11, 23, tzinfo=UTC), idempotency_key="b")
    back = Person(name=PER.name, email=PER.email)
    late = refusal(lambda: gateway.correct_contact(COMPANY, right.email, back, idempotency_key="c"))
    assert late == "unknown_person"


def test_licences_are_used_once_and_run_out(gateway: RegisterGateway) -> None:
    left = LicencesLeft(service="skatt_bokslut_pro", licence="period", left=1)
    gateway.fill([], [(SEAT.firm_id, [left])])
    order = ServiceOrder(service="skatt_bokslut_pro", options={"licence": "period"})
    for _ in range(2):
        gateway.activate(SEAT, COMPANY, [order], idempotency_key="one")
    (answer,) = gateway.check(SEAT, [COMPANY])
    assert [row.left for row in answer.licences_left] == [0]
    gateway.activate(SEAT, COMPANY, [order], idempotency_key="shares the present one")
    new = NewCompany(name="Ny AB", number="165560160680", kind="legal_person")
    contact = ActivationContact(name="Maja", email="maja@ny.example", address=Address())
    none_left = refusal(lambda: gateway.register(SEAT, new, contact, [order], idempotency_key="two"))
    assert none_left == "no_licence_left"
    assert gateway.find_company(CompanyQuery(number=new.number)) is None, "nothing of it is kept"
    (other,) = gateway.check(OTHER, [COMPANY])
    assert other.licences_left == (), "a firm does not see another's"


def test_the_customers_own_end_is_told_to_the_firm_it_concerns(
    gateway: RegisterGateway, store: Store, clock: FixedClock
) -> None:
    end_by_customer(store.register, clock, SEAT.firm_id, COMPANY, "scanner", TODAY, "Per Berg")
    (news,) = gateway.list_ended_elsewhere(SEAT)
    assert (news.company, news.service, news.on, news.by) == (COMPANY, "scanner", TODAY, "Per Berg")
    assert gateway.list_ended_elsewhere(OTHER) == []
    assert states(gateway) == {"scanner": "ended", "eekonomi": "active"}
    unknown = refusal(
        lambda: end_by_customer(store.register, clock, SEAT.firm_id, COMPANY, "utlagg", TODAY, "")
    )
    assert unknown == "unknown_service"


def test_every_refusal_can_be_read_without_its_circumstances() -> None:
    """Only the code reaches the firm: a sentence with a gap in it would be shown with the gap."""
    folder = ROOT / "app" / "server" / "gateway"
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    codes = set(re.findall(r'VendorRefusedError\("(\w+)"\)', sources))
    codes |= {item.refusal for one in load_catalogue().services for item in one.checklist if item.refusal}
    assert {"ends_before_others", "has_bank_link", "no_licence_left"} <= codes
    for language in ("sv", "en"):
        text = (ROOT / "resources" / "messages" / f"{language}.toml").read_text(encoding="utf-8")
        sentences = tomllib.loads(text)
        assert {code: sentences[code] for code in codes if "{" in sentences[code]} == {}
