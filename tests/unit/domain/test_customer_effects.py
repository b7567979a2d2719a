"""Commands about customers, contacts, engagements and participations."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.domain.changes import Actor, ConflictError, RejectedError, changes_between
from app.domain.commands import (
    AddContact,
    AddParticipation,
    ArchiveCustomer,
    CloseEngagement,
    CreateCustomer,
    CreateEngagement,
    EndParticipation,
    LinkCollaboration,
    RemoveContact,
    UpdateCustomer,
)
from app.domain.records import Access, Collaboration, Contact, Customer, Engagement, Participation
from tests.support.records_in_memory import RecordsInMemory, a_firm_at_work, context, run


def access_of(records: RecordsInMemory, collaboration_id: str) -> set[str | None]:
    rows = records.list_children("access", collaboration_id)
    return {row.staff_id for row in rows if isinstance(row, Access) and row.until is None}


def test_a_new_customer_comes_with_its_contacts() -> None:
    records = a_firm_at_work()
    run(
        records,
        CreateCustomer(
            customer=Customer(id="cu_ny", customer_number="2001", name="Ängsvik Bygg AB"),
            contacts=(Contact(id="ct_ny", customer_id="cu_ny", name="Åsa Äng"),),
        ),
    )
    assert records.find("customer", "cu_ny") is not None
    assert [c.id for c in records.list_of_customer("contact", "cu_ny")] == ["ct_ny"]


@pytest.mark.parametrize(
    ("customer", "code"),
    [
        (Customer(id="cu_ny", customer_number="1", name="  "), "invalid"),
        (Customer(id="cu_berg", customer_number="1", name="En till"), "exists"),
        (
            Customer(id="cu_ny", customer_number="1", name="X", organisation_number="165560360793"),
            "duplicate_number",
        ),
    ],
)
def test_a_customer_that_cannot_be_is_rejected(customer: Customer, code: str) -> None:
    with pytest.raises(RejectedError) as caught:
        run(a_firm_at_work(), CreateCustomer(customer=customer))
    assert caught.value.code == code


@pytest.mark.case(20)
def test_the_same_number_may_stand_with_another_serial() -> None:
    records = a_firm_at_work()
    for serial in (0, 1, 2):
        customer = Customer(
            id=f"cu_{serial}",
            customer_number=str(serial),
            name="Firma",
            kind="sole_firm",
            organisation_number="198507099805",
            serial=serial,
        )
        run(records, CreateCustomer(customer=customer))
    private = Customer(
        id="cu_p",
        customer_number="9",
        name="Person",
        kind="private_person",
        organisation_number="198507099805",
    )
    run(records, CreateCustomer(customer=private))
    assert records.find("customer", "cu_2") is not None
    assert records.find("customer", "cu_p") is not None


@pytest.mark.case(53)
def test_a_field_that_somebody_else_changed_is_a_conflict_and_writes_nothing() -> None:
    records = a_firm_at_work()
    before = records.find("customer", "cu_berg")
    with pytest.raises(ConflictError) as caught:
        run(
            records,
            UpdateCustomer(
                customer_id="cu_berg",
                set={
                    "name": {"from": "Bergs El", "to": "Bergs Elektriska"},
                    "office": {"from": "", "to": "Umeå"},
                },
            ),
        )
    assert list(caught.value.fields) == ["name"]
    assert caught.value.fields["name"].theirs == "Bergs El i Umeå AB"
    assert records.find("customer", "cu_berg") == before


def test_a_field_that_already_has_the_value_is_nothing_to_do() -> None:
    records = a_firm_at_work()
    effect = run(
        records,
        UpdateCustomer(customer_id="cu_berg", set={"name": {"from": "Något", "to": "Bergs El i Umeå AB"}}),
    )
    assert effect.changes == ()
    assert effect.events == ()


def test_an_update_of_nested_fields_and_dates_survives_the_wire() -> None:
    records = a_firm_at_work()
    before = records.find("customer", "cu_berg")
    assert isinstance(before, Customer)
    after = dataclasses.replace(
        before,
        address=dataclasses.replace(before.address, town="Luleå"),
        due_diligence=dataclasses.replace(before.due_diligence, state="done", done_on=date(2026, 1, 2)),
    )
    run(records, UpdateCustomer(customer_id="cu_berg", set=changes_between(before, after)))
    assert records.find("customer", "cu_berg") == after


@pytest.mark.parametrize("field", ["id", "state", "protected", "no_such_field"])
def test_fields_that_are_not_edited_this_way_are_refused(field: str) -> None:
    with pytest.raises(RejectedError) as caught:
        run(a_firm_at_work(), UpdateCustomer(customer_id="cu_berg", set={field: {"from": "", "to": "x"}}))
    assert caught.value.code == "invalid"


def test_a_protected_customer_does_not_exist_for_others() -> None:
    records = a_firm_at_work()
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    records.put(dataclasses.replace(customer, protected=True, protected_staff_ids=("st_olle",)))
    change = UpdateCustomer(customer_id="cu_berg", set={"office": {"from": "", "to": "Umeå"}})
    with pytest.raises(RejectedError) as caught:
        run(records, change)
    assert caught.value.code == "gone"
    run(records, change, context(actor=Actor(staff_id="st_olle")))


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (Actor(staff_id="st_x", sees="all"), True),
        (Actor(staff_id="st_x", sees="own"), False),
        (Actor(staff_id="st_karin", sees="own"), True),
        (Actor(staff_id="st_x", sees="office", office="Umeå"), True),
        (Actor(staff_id="st_x", sees="office", office="Lund"), False),
    ],
)
def test_what_a_person_sees_decides_what_exists(actor: Actor, *, sees: bool) -> None:
    records = a_firm_at_work()
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    records.put(dataclasses.replace(customer, office="Umeå"))
    change = UpdateCustomer(customer_id="cu_berg", set={"fiscal_year_end": {"from": "12-31", "to": "06-30"}})
    if sees:
        run(records, change, context(actor=actor))
    else:
        with pytest.raises(RejectedError):
            run(records, change, context(actor=actor))


def test_customers_without_an_office_are_of_nobodys_office() -> None:
    records = a_firm_at_work()
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    records.put(dataclasses.replace(customer, office=""))
    change = UpdateCustomer(customer_id="cu_berg", set={"fiscal_year_end": {"from": "12-31", "to": "06-30"}})
    with pytest.raises(RejectedError):
        run(records, change, context(actor=Actor(staff_id="st_x", sees="office", office="")))


def test_a_new_main_contact_takes_over() -> None:
    records = a_firm_at_work()
    run(records, AddContact(contact=Contact(id="ct_ny", customer_id="cu_berg", name="Anna", is_main=True)))
    per = records.find("contact", "ct_per")
    assert isinstance(per, Contact)
    assert not per.is_main
    with pytest.raises(RejectedError) as caught:
        run(records, RemoveContact(contact_id="ct_ny"))
    assert caught.value.code == "main_contact_needed"


def test_only_an_engagement_without_collaborations_closes_in_silence() -> None:
    records = a_firm_at_work()
    run(records, LinkCollaboration(collaboration_id="cl_old", customer_id="cu_berg", engagement_id="en_2026"))
    with pytest.raises(RejectedError) as caught:
        run(records, CloseEngagement(engagement_id="en_2026"))
    assert caught.value.code == "has_collaborations"


@pytest.mark.case(32)
def test_closing_an_engagement_leaves_its_collaborations_unlinked_with_the_reason() -> None:
    records = a_firm_at_work()
    run(records, LinkCollaboration(collaboration_id="cl_old", customer_id="cu_berg", engagement_id="en_2026"))
    run(records, CloseEngagement(engagement_id="en_2026", leave_unlinked=True))
    collaboration = records.find("collaboration", "cl_old")
    assert isinstance(collaboration, Collaboration)
    assert collaboration.engagement_id is None
    assert collaboration.customer_id == "cu_berg"
    assert collaboration.unlinked_because == "engagement_closed"
    assert access_of(records, "cl_old") == set()


def test_a_customer_with_collaborations_is_not_archived() -> None:
    records = a_firm_at_work()
    run(records, LinkCollaboration(collaboration_id="cl_old", customer_id="cu_berg", engagement_id="en_2026"))
    with pytest.raises(RejectedError) as caught:
        run(records, ArchiveCustomer(customer_id="cu_berg"))
    assert caught.value.code == "has_collaborations"


def test_access_follows_who_is_on_the_engagement() -> None:
    records = a_firm_at_work()
    run(records, LinkCollaboration(collaboration_id="cl_old", customer_id="cu_berg", engagement_id="en_2026"))
    assert access_of(records, "cl_old") == {"st_karin", "st_olle"}
    sara = Participation(id="pa_9", engagement_id="en_2026", customer_id="cu_berg", staff_id="st_sara")
    run(records, AddParticipation(participation=sara))
    assert access_of(records, "cl_old") == {"st_karin", "st_olle", "st_sara"}
    run(records, EndParticipation(participation_id="pa_2", to_on=date(2026, 11, 22)))
    assert access_of(records, "cl_old") == {"st_karin", "st_sara"}


def test_only_full_permission_changes_other_peoples_engagements() -> None:
    records = a_firm_at_work()
    sara = Participation(id="pa_9", engagement_id="en_2026", customer_id="cu_berg", staff_id="st_sara")
    with pytest.raises(RejectedError) as caught:
        run(records, AddParticipation(participation=sara), context(actor=Actor(staff_id="st_sara")))
    assert caught.value.code == "full_permission_needed"
    run(records, AddParticipation(participation=sara), context(actor=Actor(staff_id="st_olle")))


def test_a_new_owner_makes_the_former_one_a_participant() -> None:
    records = a_firm_at_work()
    olle = Participation(
        id="pa_9", engagement_id="en_lon", customer_id="cu_berg", staff_id="st_olle", role="owner"
    )
    run(records, AddParticipation(participation=olle))
    former = records.find("participation", "pa_3")
    assert isinstance(former, Participation)
    assert former.role == "participant"


def test_an_engagement_comes_with_its_participants() -> None:
    records = a_firm_at_work()
    engagement = Engagement(id="en_ny", customer_id="cu_berg", type="advice", title="Rådgivning")
    owner = Participation(
        id="pa_ny", engagement_id="en_ny", customer_id="cu_berg", staff_id="st_olle", role="owner"
    )
    run(records, CreateEngagement(engagement=engagement, participations=(owner,)))
    assert records.list_children("participation", "en_ny") == [owner]
    stray = dataclasses.replace(owner, engagement_id="en_2026")
    with pytest.raises(RejectedError):
        run(
            records,
            CreateEngagement(engagement=dataclasses.replace(engagement, id="en_3"), participations=(stray,)),
        )


@pytest.mark.parametrize(
    ("actor", "field", "value"),
    [
        (Actor(staff_id="st_olle", sees="own"), "account_manager_id", "st_olle"),
        (Actor(staff_id="st_olle", sees="office", office="Umeå"), "office", "Umeå"),
        (Actor(staff_id="st_olle", sees="office", office=""), "account_manager_id", "st_olle"),
        (Actor(staff_id="st_olle", sees="all", office="Umeå"), "account_manager_id", None),
    ],
)
def test_who_adds_a_customer_goes_on_seeing_it(actor: Actor, field: str, value: str | None) -> None:
    records = a_firm_at_work()
    new = Customer(id="cu_ny", customer_number="2001", name="Ängsvik Bygg AB")
    run(records, CreateCustomer(customer=new), context(actor=actor))
    assert getattr(records.find("customer", "cu_ny"), field) == value
    change = UpdateCustomer(customer_id="cu_ny", set={"fiscal_year_end": {"from": "12-31", "to": "06-30"}})
    run(records, change, context(actor=actor), id_="cmd_2")
