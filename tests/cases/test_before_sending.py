"""Cases 11 to 19: what is said before anything is sent, and what the server holds to all the same."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.commands import CancelActivation, CreateActivation, UpdateCollaboration, UpdateFirm
from app.domain.records import (
    Activation,
    Collaboration,
    Customer,
    DueDiligence,
    FirmSettings,
    LicencesLeft,
)
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.gateway.vendor import CompanyQuery
from tests.cases.office import (
    BERGS,
    CONTACT,
    FARM,
    HANNA,
    PER,
    Office,
    company,
    engagement_of,
    sentence,
)
from tests.server.sync_site import FIRM

ELIN = RegisterPerson(
    name="Elin Mo", email="elin@annanbyra.example", firm_name="Annan Byrå AB", is_main_contact=True
)


@pytest.mark.case(11)
def test_11_without_an_administrator_nobody_can_answer(office: Office) -> None:
    office.gateway.fill([company(people=(dataclasses.replace(PER, is_administrator=False),))])
    activation = office.invite("scanner")
    assert (activation.state, activation.stopped_because) == ("stopped", "no_administrator")
    assert office.warned(BERGS, "utlagg")["no_administrator"] == "blocks"
    assert office.mails() == []


@pytest.mark.case(12)
def test_12_another_firms_people_do_not_answer_for_the_customer(office: Office) -> None:
    office.gateway.fill([company(people=(ELIN,))])
    activation = office.invite("scanner")
    assert (activation.state, activation.stopped_because) == ("stopped", "other_firm_only_administrator")
    assert office.warned(BERGS, "utlagg")["other_firm_only_administrator"] == "blocks"
    assert office.mails() == []
    office.gateway.fill([company(people=(ELIN, HANNA))])
    invited = office.invite("utlagg")
    recipients = office.invitation_of(invited).recipients
    assert [(r.email, r.role) for r in recipients] == [(HANNA.email, "approver"), (ELIN.email, "informed")]


@pytest.mark.case(13)
def test_13_another_firm_is_a_warning(office: Office) -> None:
    other = RegisterCollaboration(firm_id="fi_other", firm_name="Lönebyrån AB", service="lon_smart")
    office.gateway.fill([company(collaborations=(other,))])
    (found,) = office.check(BERGS)
    assert [(one.service, one.firm_name) for one in found.other_firms] == [("lon_smart", "Lönebyrån AB")]
    assert office.warned(BERGS, "lon_smart")["other_firm_named"] == "warns"
    assert "other_firm_named" not in office.warned(BERGS, "scanner")
    assert office.invite("lon_smart").state == "sent"


@pytest.mark.case(14)
def test_14_a_subscription_of_the_customers_own_is_asked_for_and_never_changed(office: Office) -> None:
    own = RegisterSubscription(service="eekonomi", variant="smart", payer="customer", owner="customer")
    office.gateway.fill([company(subscriptions=(own,))])
    activation = office.invite("eekonomi")
    assert activation.branch == "owns_subscription"
    office.reply({"eekonomi": "approved"})
    (collaboration,) = office.list_all(Collaboration)
    assert collaboration.state == "active"
    office.check(BERGS)
    error = office.refused(
        UpdateCollaboration(
            collaboration_id=collaboration.id,
            set={"variant": {"from": collaboration.variant, "to": "pro"}},
        )
    )
    assert error.code == "customer_owns_subscription"
    at_vendor = office.gateway.find_company(CompanyQuery(number=BERGS.organisation_number))
    assert at_vendor is not None
    assert at_vendor.subscriptions == (own,)


@pytest.mark.case(15)
def test_15_without_an_ongoing_engagement_nothing_starts(office: Office) -> None:
    lonely = dataclasses.replace(
        FARM, id="cu_lonely", customer_number="1020", organisation_number="162120000142"
    )
    office.site.write(lonely)
    office.desk.round()
    new = office.activation(lonely, "scanner", contact=CONTACT)
    assert office.refused(CreateActivation(activation=new)).code == "engagement_missing"
    assert office.warned(lonely, "scanner")["no_ongoing_engagement"] == "blocks"
    office.site.write(*engagement_of(lonely, state="closed"))
    office.desk.round()
    error = office.refused(CreateActivation(activation=new))
    assert error.code == "engagement_closed"
    assert sentence(error) == "Uppdraget är avslutat."


@pytest.mark.case(16)
def test_16_an_engagement_without_participants_is_a_warning_and_gives_nobody_access(office: Office) -> None:
    quiet = dataclasses.replace(
        FARM, id="cu_quiet", customer_number="1021", organisation_number="162120000142"
    )
    office.site.write(quiet, *engagement_of(quiet))
    office.desk.round()
    assert office.warned(quiet, "scanner")["no_participants"] == "warns"
    new = office.activation(quiet, "scanner", contact=CONTACT)
    office.decide(CreateActivation(activation=new))
    (collaboration,) = office.list_all(Collaboration)
    assert collaboration.state == "active"
    assert not {id_ for id_ in office.access(collaboration.id) if id_.startswith("st_")}


@pytest.mark.case(17)
def test_17_without_a_licence_left_nothing_is_sent(office: Office) -> None:
    used_up = LicencesLeft(service="skatt_bokslut_pro", licence="period", left=0)
    one = LicencesLeft(service="skatt_bokslut_pro", licence="year", left=1)
    office.gateway.fill([company()], [(FIRM, [used_up, one])])
    (found,) = office.check(BERGS)
    assert set(found.licences_left) == {used_up, one}
    blocked = office.warned(BERGS, "skatt_bokslut_pro")
    assert "blocks" in {severity for code, severity in blocked.items() if code.startswith("no_licence_left")}
    new = office.activation(BERGS, "skatt_bokslut_pro", registration=found)

    def with_licence(licence: str) -> Activation:
        items = tuple(
            dataclasses.replace(item, collaboration_id=f"cl_{licence}", options={"licence": licence})
            for item in new.items
        )
        return dataclasses.replace(new, id=f"av_{licence}", items=items)

    office.decide(CreateActivation(activation=with_licence("period")))
    stopped = office.get(Activation, "av_period")
    assert (stopped.state, stopped.stopped_because) == ("stopped", "no_licence_left")
    office.decide(CancelActivation(activation_id="av_period"))
    office.decide(CreateActivation(activation=with_licence("year")))
    office.reply({"skatt_bokslut_pro": "approved"})
    (after,) = office.check(BERGS)
    assert {row.licence: row.left for row in after.licences_left} == {"period": 0, "year": 0}


@pytest.mark.case(18)
def test_18_lon_direkt_is_told_of_and_switched_off(office: Office) -> None:
    office.gateway.fill([company(lon_direkt=True)])
    (found,) = office.check(BERGS)
    assert found.lon_direkt is True
    start = ("variant", "start")
    assert office.warned(BERGS, "lon_smart", change=start)["lon_direkt_off"] == "warns"
    assert "lon_direkt_off" not in office.warned(BERGS, "lon_smart", change=("variant", "standard"))
    new = office.activation(BERGS, "lon_smart", registration=found)
    (item,) = new.items
    new = dataclasses.replace(new, items=(dataclasses.replace(item, variant="start", payer="firm"),))
    customer_pays = dataclasses.replace(
        new, id="av_x", items=(dataclasses.replace(item, variant="start", payer="customer"),)
    )
    assert office.refused(CreateActivation(activation=customer_pays)).code == "choice_not_allowed"
    office.decide(CreateActivation(activation=new))
    office.reply({"lon_smart": "approved"})
    (after,) = office.check(BERGS)
    assert after.lon_direkt is False


@pytest.mark.case(19)
def test_19_due_diligence_is_asked_about_or_blocks_as_the_firm_says(office: Office) -> None:
    unknown = dataclasses.replace(FARM, due_diligence=DueDiligence(state="ongoing"))
    office.site.write(unknown)
    office.desk.round()
    new = office.activation(unknown, "scanner", contact=CONTACT)
    error = office.refused(CreateActivation(activation=new))
    assert error.code == "due_diligence_reason_missing"
    assert "skriv varför ni fortsätter ändå" in sentence(error)
    assert office.warned(unknown, "scanner")["due_diligence_reason_missing"] == "blocks"
    assert office.warned(unknown, "scanner", reason="Klart på fredag")["due_diligence_not_done"] == "warns"
    before = dataclasses.asdict(FirmSettings())
    strict = UpdateFirm(
        firm_id=FIRM, set={"settings": {"from": before, "to": before | {"due_diligence_blocks": True}}}
    )
    office.decide(strict)
    reasoned = dataclasses.replace(new, due_diligence_reason="Klart på fredag")
    error = office.refused(CreateActivation(activation=reasoned))
    assert error.code == "due_diligence_missing"
    loose = {"settings": {"from": before | {"due_diligence_blocks": True}, "to": before}}
    office.decide(UpdateFirm(firm_id=FIRM, set=loose))
    office.decide(CreateActivation(activation=reasoned))
    assert office.get(Activation, new.id).due_diligence_reason == "Klart på fredag"
    assert [event.before for event in office.events("activation_received")] == ["Klart på fredag"]


def test_the_wizard_and_the_server_know_the_same_customer(office: Office) -> None:
    """A control: nothing is in the way of a customer with everything in order."""
    office.gateway.fill([company()])
    office.check(BERGS)
    assert office.warned(BERGS, "scanner") == {}
    assert isinstance(office.get(Customer, BERGS.id), Customer)
