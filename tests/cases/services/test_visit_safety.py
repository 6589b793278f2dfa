"""How staff may visit an address: proposed, decided by a senior where there is reason to, brought up to date."""

from datetime import date, timedelta

import pytest

from cases.models import Deadline, Enquiry, HomeVisit, Notice, VisitSafety
from cases.queries.visit_safety import in_the_way
from cases.reference.codes import Register
from cases.services.visit_safety import ask_before_first_visit, decide_visit_safety
from cases.services.visits import set_out
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_visit import (
    TOMORROW,
    arranged,
    colleague,
    decided,
    proposed,
    visited_case,
)
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    CaseFactory,
    EnquiryFactory,
    InformationFactory,
    ReadingFactory,
    RegistrationFactory,
    RelatedPersonFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def case():
    return visited_case()


@pytest.fixture
def senior(case):
    return colleague(case, Role.SPO)


def stops(case, safety):
    """Why nobody may go by this decision, as the record stands."""
    safety = VisitSafety.objects.select_related("address").get(pk=safety.pk)
    return in_the_way(case, [safety], TODAY)[safety.pk]


def owes(case):
    return Deadline.objects.unmet().filter(case=case, kind="decide_visit_safety")


def test_where_nothing_calls_for_a_senior_the_officers_own_decision_stands_at_once(case):
    safety = proposed(case)

    assert (safety.decided_by, safety.review_on) == (case.officer, date(2019, 4, 1))
    assert not safety.needs_senior
    assert not owes(case).exists()
    assert stops(case, safety) == []


@pytest.mark.parametrize("register", [Register.RISK_TO_STAFF, Register.WEAPONS])
def test_a_register_about_staff_puts_it_to_the_senior_and_the_clock_starts(case, senior, register):
    RegistrationFactory(case=case, type_code=register)

    safety = proposed(case)

    assert safety.needs_senior
    assert safety.decided_at is None
    assert owes(case).get().owner_role == Role.SPO
    assert "Nobody goes until you decide" in Notice.objects.get(user=senior).text
    assert "waits for a senior" in stops(case, safety)[0]


def test_a_concern_the_police_have_not_answered_puts_it_to_the_senior():
    case = CaseFactory()
    AddressFactory(case=case)
    RegistrationFactory(case=case, type_code=Register.DOMESTIC_ABUSE_PERPETRATOR)

    assert proposed(case).needs_senior


def test_the_seniors_decision_stands_stops_the_clock_and_tells_whoever_asked(case, senior):
    safety = decided(case, senior, way="paired")

    assert (safety.way, safety.decided_by) == ("paired", senior)
    assert not owes(case).exists()
    assert Notice.objects.filter(user=case.officer, text__contains="two staff together").exists()
    actions = set(Entry.objects.filter(crn=case.crn).values_list("action", flat=True))
    assert {"asked_visit_safety", "decided_visit_safety"} <= actions


def test_nobody_decides_what_they_asked_for_nor_what_is_decided_already(case, senior):
    asked = proposed(case, by=senior, ask_senior=True)
    with pytest.raises(RuleBroken, match="somebody else decides"):
        decide_visit_safety(
            safety=asked, way="alone", because="I know him.", seen=(), by=senior, now=NOW
        )

    done = decided(case, senior)
    with pytest.raises(RuleBroken, match="meanwhile"):
        decide_visit_safety(
            safety=done,
            way="alone",
            because="We know him.",
            seen=(),
            by=colleague(case, Role.SPO),
            now=NOW,
        )


def test_a_senior_may_send_one_officer_to_a_risk_to_staff_with_a_reason_of_their_own(case, senior):
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)

    safety = decided(case, senior, way="alone")

    assert (safety.way, safety.because) == ("alone", "Two of us have been before.")


def test_a_new_one_takes_the_place_of_what_stood_for_that_address(case):
    first, second = proposed(case), proposed(case, signal="none", fallback="The phone box outside")

    first.refresh_from_db()
    assert first.replaced_on == TODAY
    assert list(VisitSafety.objects.filter(replaced_on=None)) == [second]


def test_another_address_has_a_decision_of_its_own(case):
    other = AddressFactory(case=case, status_code="B", lines="9 Other Road")

    here, there = proposed(case), proposed(case, address=other)

    assert VisitSafety.objects.filter(replaced_on=None).count() == 2
    assert (here.where, there.where) == (
        "4 Example Street, Reading, RG1 1AA",
        "9 Other Road, Reading, RG1 1AA",
    )


@pytest.mark.parametrize("given", [{"to_on": TODAY}, {"case": None}])
def test_only_where_they_live_now_is_decided_on(case, given):
    address = AddressFactory(**{"case": case} | ({} if "case" in given else given))

    with pytest.raises(RuleBroken, match="where they live now"):
        proposed(case if "case" not in given else CaseFactory(), address=address)


@pytest.mark.parametrize("given", [{"state": "closed"}, {"retained_by": "Jo Ash"}])
def test_nobody_visits_on_a_case_that_is_not_ours(given):
    case = CaseFactory(**given)
    AddressFactory(case=case)

    with pytest.raises(RuleBroken, match="not open to us"):
        proposed(case)
    assert not Enquiry.objects.exists()


def new_register(case):
    RegistrationFactory(case=case, type_code=Register.WEAPONS)
    return "Weapons"


def new_neighbour(case):
    RelatedPersonFactory(case=case, lives_with=True, name="Robin Marsh")
    return "A child lives with them"


def new_information(case):
    ReadingFactory(case=case, information=InformationFactory(harm=True))
    return "somebody could be hurt"


def incident(case):
    visit = arranged(case, safety=case.visit_safety.get(replaced_on=None))
    HomeVisit.objects.filter(pk=visit.pk).update(seen={"signs": ["dogs"]})
    return "dog"


def police_told_us(case):
    EnquiryFactory(case=case, kind="police", analysed=True, reply="information")
    return "The police gave information"


@pytest.mark.parametrize(
    "happened", [new_register, new_neighbour, new_information, incident, police_told_us]
)
def test_what_has_changed_since_stops_visits_until_it_is_brought_up_to_date(case, senior, happened):
    safety = decided(case, senior)
    assert stops(case, safety) == []

    words = happened(case)

    (found,) = stops(case, safety)
    assert words in found
    assert "Bring it up to date" in found
    assert "Robin" not in found
    again = decided(case, senior, now=LATER)
    assert stops(case, again) == []


def test_nobody_goes_to_an_address_that_they_have_left(case):
    safety = proposed(case)
    visit = arranged(case, safety=safety)
    case.addresses.update(to_on=TOMORROW.date())
    assert stops(case, safety) == []

    case.addresses.update(to_on=TODAY)

    (found,) = stops(case, safety)
    assert "left this address on 1 October 2018" in found
    with pytest.raises(RuleBroken, match="left this address"):
        arranged(case, safety=safety)
    with pytest.raises(RuleBroken, match="left this address"):
        set_out(visit=visit, call_by=TOMORROW + timedelta(hours=1), by=case.officer, now=TOMORROW)


# What a first visit waits on


def test_before_a_first_visit_the_police_the_council_and_childrens_social_care_are_asked():
    case = CaseFactory()
    AddressFactory(case=case)
    RelatedPersonFactory(case=case, lives_with=True)

    proposed(case, ask_senior=True)

    asked = Enquiry.objects.filter(case=case, because="home_visit")
    assert set(asked.values_list("kind", flat=True)) == {"police", "address", "children"}


def test_what_has_been_asked_is_not_asked_again(case):
    assert ask_before_first_visit(case=case, by=case.officer, today=TODAY) == []


def test_a_new_address_is_asked_about_before_the_visit(case):
    case.addresses.update(to_on=TODAY)
    AddressFactory(case=case, lines="9 Other Road")

    opened = ask_before_first_visit(case=case, by=case.officer, today=TODAY)

    assert {one.kind for one in opened} == {"police", "address"}
    assert ask_before_first_visit(case=case, by=case.officer, today=TODAY) == []
