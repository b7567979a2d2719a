"""The two firms that every schedule begins with, and the company register behind the server."""

from __future__ import annotations

from datetime import date

from app.domain.records import (
    Address,
    Collaboration,
    Company,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Firm,
    LinkDecision,
    Participation,
    Record,
    Staff,
)
from app.server.gateway.register_company import RegisterCompany, RegisterPerson

FIRM, OTHER_FIRM = "fi_first0", "fi_second"
OFFICES = ("Umeå", "Växjö", "")
# The published numbers of domain.md: who gets one is decided by seed, so that two may want the same.
NUMBERS = ("165560360793", "162120000142", "162021005489", "165560160680")

ANNA = Staff(
    id="st_anna00",
    name="Anna Ek",
    email="anna@byran.example",
    full_permission=True,
    vendor_administrator=True,
)
CLARA = Staff(id="st_clara0", name="Clara Åström", email="clara@byran.example")
BO = Staff(id="st_bobo00", name="Bo Alm", email="bo@byran.example", sees="own")
EVA = Staff(id="st_evaeva", name="Eva Sund", email="eva@byran.example", sees="office", office="Umeå")
ODD = Staff(id="st_oddodd", name="Odd Li", email="odd@annan.example", full_permission=True)
PEOPLE = {FIRM: (ANNA, CLARA, BO, EVA), OTHER_FIRM: (ODD,)}

BIG_ENGAGEMENT = "en_big000"


def records_of(firm_id: str) -> list[Record]:
    """Return a firm's first records, the firm itself first."""
    if firm_id == OTHER_FIRM:
        return _small_firm()
    rows: list[Record] = [
        Firm(id=FIRM, name="Byrån AB", organisation_number="165560360793", offices=("Umeå", "Växjö")),
        *PEOPLE[FIRM],
    ]
    managers = (None, BO.id, EVA.id, None, ANNA.id, BO.id, None, None)
    for place, manager in enumerate(managers):
        customer_id = f"cu_start{place}"
        rows.append(
            Customer(
                id=customer_id,
                customer_number=str(place),
                name=f"Kund {place} AB",
                organisation_number=NUMBERS[place] if place < 2 else "",
                office=OFFICES[place % 3],
                account_manager_id=manager,
                address=Address(street="Storgatan 1", postal_code="903 26", town="Umeå"),
                due_diligence=DueDiligence(state="done"),
                engagement_letter=EngagementLetter(state="done"),
                protected=place == 7,
                protected_staff_ids=(ANNA.id,) if place == 7 else (),
            )
        )
        rows.append(
            Contact(
                id=f"ct_start{place}",
                customer_id=customer_id,
                name=f"Kontakt {place}",
                email=f"kontakt{place}@kund.example",
                is_main=True,
            )
        )
        rows += _engagement(place, customer_id)
    rows += [_collaboration(f"cl_linked{n}", "cu_start0", BIG_ENGAGEMENT) for n in range(9)]
    rows += [_collaboration(f"cl_loose{n}0", None, None) for n in range(4)]
    rows.append(
        LinkDecision(
            id="ld_start0",
            company_key="na:bolaget cl_loose00",
            collaboration_ids=("cl_loose00",),
            decision="none_of_these",
            by=ANNA.id,
        )
    )
    return rows


def companies() -> list[RegisterCompany]:
    """Return the companies that the vendor knows."""
    return [
        RegisterCompany(
            vendor_customer_number="4711001",
            name="Kund 0 AB",
            number=NUMBERS[0],
            people=(
                RegisterPerson(name="Per Bergström", email="per@kund.example", is_main_contact=True),
                RegisterPerson(name="Ida Holm", email="ida@kund.example"),
            ),
        )
    ]


def _engagement(place: int, customer_id: str) -> list[Record]:
    engagement_id = BIG_ENGAGEMENT if place == 0 else f"en_start{place}"
    staff = (CLARA, BO, EVA)[place % 3]
    return [
        Engagement(
            id=engagement_id, customer_id=customer_id, type="bookkeeping", title=f"Löpande bokföring {place}"
        ),
        Participation(
            id=f"pa_start{place}",
            engagement_id=engagement_id,
            customer_id=customer_id,
            staff_id=staff.id,
            role="owner",
            from_on=date(2026, 1, 1),
        ),
    ]


def _collaboration(id_: str, customer_id: str | None, engagement_id: str | None) -> Collaboration:
    return Collaboration(
        id=id_,
        company=Company(name=f"Bolaget {id_}"),
        source="byrastod",
        service="eekonomi" if engagement_id is None else None,
        customer_id=customer_id,
        engagement_id=engagement_id,
    )


def _small_firm() -> list[Record]:
    rows: list[Record] = [Firm(id=OTHER_FIRM, name="Annan byrå AB", organisation_number=""), ODD]
    for place in range(3):
        rows.append(
            Customer(id=f"cu_other{place}", customer_number=str(place), name=f"Annans kund {place} AB")
        )
        rows.append(Contact(id=f"ct_other{place}", customer_id=f"cu_other{place}", name="Annan kontakt"))
    return rows
