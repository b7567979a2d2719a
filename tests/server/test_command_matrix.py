"""Every command about what a person may not see: it is answered as if nothing of the kind were there.

The commands are those of the domain; one that is not listed here fails the build.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain import commands as c
from app.domain.ids import new_id
from app.domain.records import (
    Activation,
    ActivationItem,
    Collaboration,
    Company,
    Consent,
    Contact,
    Engagement,
    Invitation,
    LinkDecision,
    Participation,
    Recipient,
    Record,
    Staff,
)
from tests.server.sync_site import ANNA, BO, Client, SyncSite, customer

CLARA = Staff(
    id="st_clara",
    name="Clara Åström",
    email="clara@byran.example",
    full_permission=True,
    vendor_administrator=True,
)
"""Sees all and may do everything, but is not named on the protected customer."""

NUMBER = "5560360793"
CONSENT = Consent(text_version="1", by=CLARA.id, at=datetime(2026, 11, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Ids:
    """One customer, and the ids of what hangs on it."""

    name: str

    def of(self, kind: str) -> str:
        return f"{kind}_{self.name}"


HIDDEN, UNKNOWN, MINE = Ids("hidden"), Ids("unknown"), Ids("mine")


def rows_of(ids: Ids, **fields: Any) -> list[Record]:
    """Return a customer with one of everything."""
    cu, en = ids.of("cu"), ids.of("en")
    engagement = Engagement(id=en, customer_id=cu, type="bookkeeping", title="Redovisning 2026")
    company = Company(number=NUMBER, name=f"Bolag {ids.name}")
    return [
        customer(len(ids.name), id=cu, **fields),
        Contact(id=ids.of("ct"), customer_id=cu, name="Kim Berg", email=f"kim@{ids.name}.example"),
        engagement,
        Participation(id=ids.of("pa"), engagement_id=en, customer_id=cu, staff_id=ANNA.id, role="owner"),
        Activation(
            id=ids.of("av"),
            customer_id=cu,
            branch="with_service",
            state="stopped",
            items=(ActivationItem(collaboration_id=ids.of("cl"), service="scanner", engagement_id=en),),
            consent=CONSENT,
        ),
        Invitation(
            id=ids.of("in"),
            activation_id=ids.of("av"),
            customer_id=cu,
            state="sent",
            recipients=(Recipient(role="approver", name="Kim", email=f"kim@{ids.name}.example"),),
        ),
        Collaboration(
            id=ids.of("cl"),
            company=company,
            service="scanner",
            customer_id=cu,
            engagement_id=en,
            state="active",
        ),
        LinkDecision(
            id=ids.of("ld"),
            company_key=f"no:{NUMBER}|0",
            collaboration_ids=(ids.of("cl"),),
            decision="linked",
            customer_id=cu,
        ),
    ]


def change(name: str) -> dict[str, dict[str, Any]]:
    return {name: {"from": "en annan", "to": "en tredje"}}


def about(ids: Ids) -> dict[type[Any], c.Payload]:
    """Return a command of each kind about what hangs on the customer."""
    cu, en, cl, av, invitation = ids.of("cu"), ids.of("en"), ids.of("cl"), ids.of("av"), ids.of("in")
    engagement = Engagement(id=new_id("en"), customer_id=cu, type="bookkeeping", title="Redovisning 2027")
    recipients = (Recipient(role="approver", name="Kim", email="kim@annan.example"),)
    activation = Activation(
        id=new_id("av"),
        customer_id=cu,
        branch="",
        items=(ActivationItem(collaboration_id=new_id("cl"), service="scanner", engagement_id=en),),
        consent=CONSENT,
    )
    participation = Participation(
        id=new_id("pa"), engagement_id=en, customer_id=cu, staff_id=CLARA.id, role="participant"
    )
    payloads: list[c.Payload] = [
        c.UpdateCustomer(customer_id=cu, set=change("name")),
        c.ArchiveCustomer(customer_id=cu),
        c.RestoreCustomer(customer_id=cu),
        c.AddContact(contact=Contact(id=new_id("ct"), customer_id=cu, name="Ny")),
        c.UpdateContact(contact_id=ids.of("ct"), set=change("name")),
        c.RemoveContact(contact_id=ids.of("ct")),
        c.CreateEngagement(engagement=engagement),
        c.UpdateEngagement(engagement_id=en, set=change("title")),
        c.CloseEngagement(engagement_id=en, leave_unlinked=True),
        c.RollEngagement(engagement_id=en, engagement=engagement),
        c.AddParticipation(participation=participation),
        c.EndParticipation(participation_id=ids.of("pa"), to_on=date(2026, 12, 1)),
        c.ReplaceParticipation(engagement_id=en, staff_id=ANNA.id, by_staff_id=CLARA.id, role="owner"),
        c.RevealIdentity(customer_ids=(cu,), reason="x"),
        c.SetMainContact(customer_id=cu, name="Ny", email="ny@kund.example"),
        c.CreateActivation(activation=activation),
        c.ProceedActivation(activation_id=av, answer="registered"),
        c.CancelActivation(activation_id=av),
        c.ResendLoginInstructions(activation_id=av, email="kim@annan.example"),
        c.RemindInvitation(invitation_id=invitation),
        c.ResendInvitation(invitation_id=invitation, recipients=recipients),
        c.WithdrawInvitation(invitation_id=invitation),
        c.AssignService(collaboration_id=cl, service="utlagg", seen_service="annan"),
        c.LinkCollaboration(collaboration_id=cl, customer_id=MINE.of("cu")),
        c.UnlinkCollaboration(collaboration_id=cl, seen_engagement_id="en_annan"),
        c.MoveCollaboration(collaboration_id=cl, engagement_id=MINE.of("en"), seen_engagement_id="en_annan"),
        c.UpdateCollaboration(collaboration_id=cl, set=change("variant")),
        c.EndCollaboration(collaboration_id=cl, choice="service_ends"),
        c.CancelEndCollaboration(collaboration_id=cl),
        c.SetLinkDecision(
            decision_id=new_id("ld"), company_key="no:1|0", collaboration_ids=(cl,), decision="none_of_these"
        ),
        c.RevokeLinkDecision(decision_id=ids.of("ld")),
    ]
    return {type(payload): payload for payload in payloads}


def referring_to(ids: Ids) -> dict[str, c.Payload]:
    """Return commands about a customer of one's own that name what hangs on the other one."""
    cu, mine = ids.of("cu"), MINE.of("cu")
    activation = Activation(
        id=new_id("av"),
        customer_id=mine,
        branch="",
        items=(ActivationItem(collaboration_id=new_id("cl"), service="utlagg", engagement_id=ids.of("en")),),
        consent=CONSENT,
        due_diligence_reason="x",
    )
    set_predecessor = {"predecessor_id": {"from": None, "to": cu}}
    return {
        "predecessor": c.UpdateCustomer(customer_id=mine, set=set_predecessor),
        "predecessor of a new one": c.CreateCustomer(customer=customer(77, predecessor_id=cu)),
        "engagement of an activation": c.CreateActivation(activation=activation),
        "engagement of a link": c.LinkCollaboration(
            collaboration_id="cl_unlinked", customer_id=mine, engagement_id=ids.of("en")
        ),
        "customer of a link": c.LinkCollaboration(collaboration_id="cl_unlinked", customer_id=cu),
        "engagement of a move": c.MoveCollaboration(
            collaboration_id=MINE.of("cl"), engagement_id=ids.of("en"), seen_engagement_id=MINE.of("en")
        ),
        "one among others to reveal": c.RevealIdentity(customer_ids=(mine, cu), reason="x"),
    }


def taking(ids: Ids) -> dict[str, c.Payload]:
    """Return commands that make something new under the id of what is there already."""
    mine = MINE.of("cu")
    contact = Contact(id=ids.of("ct"), customer_id="cu_new", name="Tagen")
    engagement = Engagement(id="en_new", customer_id=mine, type="bookkeeping", title="Ny")
    participation = Participation(
        id=ids.of("pa"), engagement_id="en_new", customer_id=mine, staff_id=CLARA.id, role="participant"
    )
    item = ActivationItem(collaboration_id=ids.of("cl"), service="utlagg", engagement_id=MINE.of("en"))
    activation = Activation(
        id="av_new",
        customer_id=mine,
        branch="",
        items=(item,),
        consent=CONSENT,
        due_diligence_reason="x",
    )
    here = replace(participation, engagement_id=MINE.of("en"))
    rolled = replace(engagement, id="en_rolled")
    return {
        "customer": c.CreateCustomer(customer=customer(78, id=ids.of("cu"))),
        "contact": c.AddContact(contact=replace(contact, customer_id=mine)),
        "contact of a new customer": c.CreateCustomer(
            customer=customer(79, id="cu_new"), contacts=(contact,)
        ),
        "engagement": c.CreateEngagement(engagement=replace(engagement, id=ids.of("en"))),
        "participation of a new engagement": c.CreateEngagement(
            engagement=engagement, participations=(participation,)
        ),
        "participation": c.AddParticipation(participation=here),
        "participation of a roll": c.RollEngagement(
            engagement_id=MINE.of("en"),
            engagement=rolled,
            participations=(replace(participation, engagement_id="en_rolled"),),
        ),
        "activation": c.CreateActivation(activation=replace(activation, id=ids.of("av"))),
        "collaboration of an activation": c.CreateActivation(activation=activation),
        "decision": c.SetLinkDecision(
            decision_id=ids.of("ld"), company_key="no:1|0", collaboration_ids=(), decision="later"
        ),
        "decision of a link": c.LinkCollaboration(
            collaboration_id="cl_unlinked", customer_id=mine, decision_id=ids.of("ld")
        ),
    }


OF_NO_CUSTOMER = {c.CreateCustomer, c.UpdateStaff, c.LeaveStaff, c.UpdateFirm}
"""Commands that make a customer, or are about the firm and its staff."""


@pytest.fixture
def stage(site: SyncSite) -> SyncSite:
    site.write(CLARA)
    site.write(*rows_of(HIDDEN, protected=True, protected_staff_ids=(ANNA.id,)))
    mine = rows_of(MINE, account_manager_id=BO.id, organisation_number="5560160680")
    unlinked = Collaboration(
        id="cl_unlinked", company=Company(number="2021005489", name="Okopplad AB"), state="active"
    )
    site.write(*mine, unlinked)
    return site


def rows(site: SyncSite) -> dict[tuple[str, str], Any]:
    """Return what there is of the hidden customer, as somebody who is named on it gets it."""
    found, _ = site.client(ANNA).pull()
    return {key: change["data"] for key, change in found.items() if HIDDEN.name in key[1]}


def told(client: Client, payload: c.Payload) -> dict[str, Any]:
    """Return what the person is told, without what differs in any case."""
    [result] = client.push(payload)
    return {name: value for name, value in result.items() if name not in ("id", "seq", "head")}


def test_every_command_is_listed() -> None:
    assert about(HIDDEN).keys() | OF_NO_CUSTOMER == set(c.COMMAND_TYPES.values())


@pytest.mark.parametrize("staff", [CLARA, BO], ids=["sees all", "sees own"])
def test_what_is_hidden_is_answered_as_what_is_not_there(stage: SyncSite, staff: Staff) -> None:
    client = stage.client(staff)
    before, wrong = rows(stage), []
    for kind, payload in about(HIDDEN).items():
        hidden, unknown = told(client, payload), told(client, about(UNKNOWN)[kind])
        if hidden != unknown or hidden["status"] != "rejected":
            wrong.append((kind.__name__, hidden, unknown))
    for name, payload in referring_to(HIDDEN).items():
        hidden, unknown = told(client, payload), told(client, referring_to(UNKNOWN)[name])
        if hidden != unknown or hidden["status"] != "rejected":
            wrong.append((name, hidden, unknown))
    assert wrong == []
    assert rows(stage) == before


def test_nothing_new_takes_the_place_of_what_is_there(stage: SyncSite) -> None:
    client = stage.client(CLARA)
    before, wrong = rows(stage), []
    for name, payload in taking(HIDDEN).items():
        result = told(client, payload)
        if (result["status"], result.get("code")) != ("rejected", "exists"):
            wrong.append((name, result))
    assert wrong == []
    assert rows(stage) == before


def test_who_changed_what_is_hidden_is_not_told_with_a_conflict(stage: SyncSite) -> None:
    """A command that says that it is about another record than it is."""
    client = stage.client(CLARA)
    wrong = client.wire(
        c.UpdateCustomer(customer_id=MINE.of("cu"), set=change("name")), entity=HIDDEN.of("cu")
    )
    anna = stage.client(ANNA)
    [seen] = anna.push(c.ArchiveCustomer(customer_id=UNKNOWN.of("cu")))
    assert seen["status"] == "rejected"
    anna.push(
        c.UpdateCustomer(customer_id=HIDDEN.of("cu"), set={"notes": {"from": "", "to": "hemligt"}}),
    )
    [result] = client.send(wrong).json()["results"]
    assert (result["status"], result["code"]) == ("rejected", "invalid")
    assert ANNA.id not in str(result)


def test_those_who_see_it_are_answered_otherwise(stage: SyncSite) -> None:
    """The control: for somebody who is named on the customer the comparison finds differences."""
    client = stage.client(ANNA)
    differing = [
        kind
        for kind, payload in about(HIDDEN).items()
        if told(client, payload) != told(client, about(UNKNOWN)[kind])
    ]
    assert len(differing) > len(about(HIDDEN)) // 2
