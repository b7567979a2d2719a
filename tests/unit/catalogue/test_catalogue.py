"""What the program may ask the catalogue, on the data that ships."""

from __future__ import annotations

import pytest

from app.catalogue import Catalogue, EngagementProposalKind, MappingKind, load_catalogue
from app.domain.records import Branch, CustomerKind, Engagement, EngagementState

EIGHT = [
    "eekonomi",
    "ekonomioversikt",
    "scanner",
    "skatt_bokslut_pro",
    "digitala_fakturor",
    "lon_anstalld",
    "lon_smart",
    "utlagg",
]


@pytest.fixture
def catalogue() -> Catalogue:
    return load_catalogue()


def engagement(type_code: str, year: int | None = None, **changes: str) -> Engagement:
    name = f"{type_code} {year or ''}".strip()
    return Engagement(
        id=f"en_{name}", customer_id="cu_1", type=type_code, title=name, fiscal_year=year, **changes
    )


def test_all_eight_services_are_there_in_the_domain_s_order(catalogue: Catalogue) -> None:
    assert [service.code for service in catalogue.services] == EIGHT


@pytest.mark.case(33)
def test_unknown_codes_are_shown_as_they_are(catalogue: Catalogue) -> None:
    service = catalogue.service("hologram")
    assert (service.label.text("sv"), service.known) == ("hologram", False)
    assert service.fields_for(Branch.NOT_REGISTERED) == ()
    assert not catalogue.fits("hologram", engagement("bookkeeping", 2026))
    kind = catalogue.engagement_type("moon_landing")
    assert (kind.label.text("en"), kind.known) == ("moon_landing", False)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("eekonomi", ["variant", "payer", "period_months"]),
        ("ekonomioversikt", ["payer", "period_months"]),
        ("scanner", []),
        ("skatt_bokslut_pro", ["licence"]),
        ("digitala_fakturor", ["payer"]),
        ("lon_anstalld", ["variant"]),
        ("lon_smart", ["variant", "payer"]),
        ("utlagg", ["pricing", "payer"]),
    ],
)
def test_each_form_asks_what_the_domain_says(catalogue: Catalogue, code: str, names: list[str]) -> None:
    service = catalogue.service(code)
    assert [field.name for field in service.fields_for(Branch.WITHOUT_SERVICE)] == names
    assert service.fields_for(Branch.OWNS_SUBSCRIPTION) == ()


def test_variants_of_the_bookkeeping_service(catalogue: Catalogue) -> None:
    field = catalogue.service("eekonomi").find_field("variant")
    assert field is not None
    assert [option.label.sv for option in field.options] == [
        "Start",
        "Bokföring",
        "Fakturering",
        "Smart",
        "Pro",
    ]


def test_the_customer_s_present_variant_and_payer_are_preselected(catalogue: Catalogue) -> None:
    facts = {"branch": Branch.WITH_SERVICE}
    values = catalogue.service("eekonomi").preset_values(facts, {"variant": "pro", "payer": "customer"})
    assert (values["variant"], values["payer"]) == ("pro", "customer")


def test_the_customer_is_payer_by_default_where_it_already_pays(catalogue: Catalogue) -> None:
    service = catalogue.service("eekonomi")
    assert service.preset_values({"branch": Branch.WITHOUT_SERVICE})["payer"] == "firm"
    facts = {"branch": Branch.WITHOUT_SERVICE, "customer_pays": "yes"}
    assert service.preset_values(facts)["payer"] == "customer"


def test_nothing_is_chosen_where_the_customer_owns_the_subscription(catalogue: Catalogue) -> None:
    assert catalogue.service("eekonomi").preset_values({"branch": Branch.OWNS_SUBSCRIPTION}) == {}


def test_a_private_person_always_has_the_yearly_licence(catalogue: Catalogue) -> None:
    service = catalogue.service("skatt_bokslut_pro")
    facts = {"branch": Branch.NOT_REGISTERED, "customer_kind": CustomerKind.PRIVATE_PERSON}
    assert service.preset_values(facts) == {"licence": "year"}
    [refusal] = service.refusals({"licence": "period"}, facts)
    assert (refusal.field, refusal.why.sv) == ("licence", "En privatperson har alltid licensen År.")
    company = {**facts, "customer_kind": CustomerKind.LEGAL_PERSON}
    assert service.refusals({"licence": "period"}, company) == ()


def test_the_firm_always_pays_for_payroll_start(catalogue: Catalogue) -> None:
    service = catalogue.service("lon_smart")
    facts = {"branch": Branch.WITHOUT_SERVICE, "customer_pays": "yes"}
    assert service.preset_values(facts, {"variant": "start"})["payer"] == "firm"
    assert service.preset_values(facts, {"variant": "start", "payer": "customer"})["payer"] == "firm"
    assert service.refusals({"variant": "start", "payer": "customer"}, facts)
    assert not service.refusals({"variant": "standard", "payer": "customer"}, facts)


@pytest.mark.case(18)
def test_payroll_start_warns_where_lon_direkt_is_on(catalogue: Catalogue) -> None:
    service = catalogue.service("lon_smart")
    on = {"branch": Branch.WITH_SERVICE, "lon_direkt": "on"}
    assert [caution.code for caution in service.cautions_for({"variant": "start"}, on)] == ["lon_direkt_off"]
    assert service.cautions_for({"variant": "standard"}, on) == ()
    assert service.cautions_for({"variant": "start"}, {**on, "lon_direkt": "off"}) == ()


@pytest.mark.case(41)
def test_a_downgrade_names_what_is_lost(catalogue: Catalogue) -> None:
    service = catalogue.service("eekonomi")
    lost = [label.sv for label in service.lost_modules("pro", "bokforing")]
    assert lost == ["fakturering", "offerter och order", "integrationer"]
    assert service.lost_modules("bokforing", "pro") == ()
    assert service.lost_modules("", "start") == ()
    assert catalogue.service("scanner").lost_modules("a", "b") == ()


def test_a_missing_value_is_named(catalogue: Catalogue) -> None:
    refusals = catalogue.service("utlagg").refusals({"payer": "firm"}, {"branch": Branch.NOT_REGISTERED})
    assert [refusal.field for refusal in refusals] == ["pricing"]


def test_what_deletes_data_says_so(catalogue: Catalogue) -> None:
    deleting = {
        (service.code, choice.code)
        for service in catalogue.services
        for choice in service.end_choices
        if choice.deletes
    }
    assert deleting == {("ekonomioversikt", "all_deleted"), ("utlagg", "all_deleted")}


@pytest.mark.case(45)
def test_services_end_in_the_order_of_their_dependencies(catalogue: Catalogue) -> None:
    order = catalogue.in_ending_order(["eekonomi", "utlagg", "scanner", "ekonomioversikt"])
    assert order == ("ekonomioversikt", "scanner", "eekonomi", "utlagg")
    assert catalogue.in_ending_order(["eekonomi"]) == ("eekonomi",)


def test_checklists_by_stage(catalogue: Catalogue) -> None:
    assert len(catalogue.service("lon_anstalld").checklist_at("before_end")) == 3
    assert len(catalogue.service("digitala_fakturor").checklist_at("after_start")) == 1
    assert catalogue.service("digitala_fakturor").checklist_at("before_end") == ()


@pytest.mark.case(33)
@pytest.mark.parametrize(
    ("product", "kind", "services", "variant"),
    [
        ("AutoInvoice", MappingKind.EXACT, ("digitala_fakturor",), ""),
        ("Visma eEkonomi Fakturering", MappingKind.EXACT, ("eekonomi",), "fakturering"),
        ("SKATT OCH BOKSLUT PRO", MappingKind.EXACT, ("skatt_bokslut_pro",), ""),
        ("Lön", MappingKind.AMBIGUOUS, ("lon_anstalld", "lon_smart"), ""),
        ("Fakturering", MappingKind.AMBIGUOUS, ("eekonomi", "digitala_fakturor"), ""),
        ("Visma Tid", MappingKind.UNKNOWN, (), ""),
        ("", MappingKind.UNKNOWN, (), ""),
    ],
)
def test_product_names_of_the_source_systems(
    catalogue: Catalogue, product: str, kind: MappingKind, services: tuple[str, ...], variant: str
) -> None:
    mapping = catalogue.map_product(product)
    assert (mapping.kind, mapping.services, mapping.variant) == (kind, services, variant)
    assert mapping.service == (services[0] if kind == MappingKind.EXACT else None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("spiris ekonomiöversikt", "ekonomioversikt"),
        ("bokföring & fakt", "eekonomi"),
        ("Min lön", "lon_anstalld"),
    ],
)
def test_search_finds_old_and_new_names(catalogue: Catalogue, text: str, code: str) -> None:
    assert [service.code for service in catalogue.search_services(text)] == [code]


def test_one_fitting_engagement_is_proposed(catalogue: Catalogue) -> None:
    engagements = [engagement("payroll"), engagement("bookkeeping", 2026)]
    proposal = catalogue.propose_engagement("lon_smart", engagements)
    assert proposal.kind == EngagementProposalKind.PROPOSED
    assert proposal.engagement == engagements[0]


def test_of_one_type_only_the_latest_year_fits(catalogue: Catalogue) -> None:
    years = [engagement("bookkeeping", 2025), engagement("bookkeeping", 2026)]
    assert catalogue.propose_engagement("scanner", years).engagement == years[1]


def test_several_fitting_engagements_are_asked_about(catalogue: Catalogue) -> None:
    engagements = [engagement("vat", 2026), engagement("year_end", 2025)]
    proposal = catalogue.propose_engagement("eekonomi", engagements)
    assert proposal.kind == EngagementProposalKind.ASK
    assert [one.type for one in proposal.fitting] == ["year_end", "vat"]
    assert proposal.engagement is None


def test_a_closed_engagement_never_fits(catalogue: Catalogue) -> None:
    closed = engagement("payroll", state=EngagementState.CLOSED)
    assert catalogue.propose_engagement("lon_smart", [closed]).kind == EngagementProposalKind.CREATE
