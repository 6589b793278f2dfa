"""The Home Office is asked of whom it must be, and told of to whoever must know; travel is decided by another than who asks."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from cases.models import Deadline, Notice
from cases.reference.home_office import HomeOfficeInterest, TravelState
from cases.services.deaths import record_death
from cases.services.home_office import owe_home_office, record_home_office
from cases.services.timetable import run_due
from cases.services.travels import (
    ask_travel,
    decide_travel,
    make_travel_letter,
    see_back,
    withdraw_travel,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    PersonFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    TravelFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def owed(case, kind):
    return Deadline.objects.unmet().ours().filter(case=case, kind=kind).first()


def written(case, interest, version=0, now=NOW, **columns):
    known = {"reference": "", "asked_on": TODAY, "answered_on": None, "caseworker": "A. Moss, 020 7946 0000", "conditions": ""}  # fmt: skip
    return record_home_office(
        case=case, interest=interest, version=version, by=case.officer, now=now, **known | columns
    )


def asked(case, now=NOW, **columns):
    known = {"where": "Gdańsk, Poland", "why": "Her grandmother’s funeral", "from_on": TODAY + 7 * DAY, "to_on": TODAY + 10 * DAY}  # fmt: skip
    return ask_travel(case=case, by=case.officer, now=now, **known | columns)


def granted(case, senior, **columns):
    return decide_travel(
        travel=asked(case, **columns), granted=True, because="She has kept every appointment", by=senior, now=NOW
    )  # fmt: skip


def test_the_night_asks_of_another_nationality_and_of_the_register_and_of_nobody_else(case):
    registered, british, unknown = CaseFactory(), CaseFactory(), CaseFactory()
    PersonFactory(case=case, nationality="Polish")
    PersonFactory(case=registered, nationality="British")
    RegistrationFactory(case=registered, type_code="HOIE")
    PersonFactory(case=british, nationality="Polish", second_nationality="British")
    PersonFactory(case=unknown)

    run_due(now=NOW)

    clocks = Deadline.objects.filter(kind="ask_home_office").values_list("case", flat=True)
    assert sorted(clocks) == sorted([case.pk, registered.pk])


def test_once_somebody_asked_it_is_not_owed_and_a_record_put_right_ends_it(case):
    person = PersonFactory(case=case, nationality="Polish")
    owe_home_office(case_ids=[case.pk], today=TODAY)
    written(case, HomeOfficeInterest.ASKED)
    assert owed(case, "ask_home_office") is None
    assert owe_home_office(case_ids=[case.pk], today=TODAY + DAY) == 0

    other = CaseFactory()
    PersonFactory(case=other, nationality="Polish")
    owe_home_office(case_ids=[other.pk], today=TODAY)
    type(person).objects.filter(case=other).update(second_nationality="British")
    owe_home_office(case_ids=[other.pk], today=TODAY + DAY)
    assert Deadline.objects.get(case=other).void


def test_removal_and_new_conditions_are_told_to_the_senior_without_a_word_of_them(case, senior):
    written(case, HomeOfficeInterest.BAIL, answered_on=TODAY, conditions="Reports on Mondays")
    written(
        case, HomeOfficeInterest.BAIL, version=1, answered_on=TODAY, conditions="Reports on Mondays", reference="A1"
    )  # fmt: skip
    written(
        case, HomeOfficeInterest.BAIL, version=2, answered_on=TODAY, conditions="Reports on Fridays"
    )

    texts = list(Notice.objects.filter(user=senior).values_list("text", flat=True))
    assert len(texts) == 2
    assert "Mondays" not in texts[0]


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(case):
    written(case, HomeOfficeInterest.ASKED)

    with pytest.raises(RuleBroken, match="meanwhile"):
        written(case, HomeOfficeInterest.NONE, answered_on=TODAY)


@pytest.mark.parametrize(
    ("interest", "columns", "why"),
    [
        ("asked", {"asked_on": None}, "when they were asked"),
        ("none", {}, "when the Home Office told us"),
        ("none", {"answered_on": TODAY, "caseworker": "-"}, "who at the Home Office"),
        ("bail", {"answered_on": TODAY}, "which conditions"),
        ("none", {"answered_on": TODAY - DAY}, "before they were asked"),
    ],
)
def test_an_answer_that_could_not_be_checked_is_refused(case, interest, columns, why):
    with pytest.raises(RuleBroken, match=why):
        written(case, interest, **columns)


def test_travel_is_decided_by_a_senior_who_did_not_ask_and_both_clocks_follow(case, senior):
    travel = asked(case)
    assert owed(case, "decide_travel").owner_role == Role.SPO
    assert Notice.objects.filter(user=senior).exists()

    decide_travel(travel=travel, granted=True, because="She has kept every appointment", by=senior, now=NOW)  # fmt: skip

    assert owed(case, "decide_travel") is None
    assert owed(case, "see_back").due_on == TODAY + 11 * DAY
    assert Notice.objects.filter(user=case.officer).exists()
    see_back(travel=travel, on=TODAY + 9 * DAY, by=case.officer, now=NOW + 10 * DAY)
    assert owed(case, "see_back") is None
    assert Entry.objects.filter(action="decided_travel", detail__to="granted").exists()


def test_a_senior_does_not_decide_what_they_asked(case, senior):
    travel = ask_travel(
        case=case, where="Gdańsk", why="A funeral", from_on=TODAY + DAY, to_on=TODAY + DAY, by=senior, now=NOW
    )  # fmt: skip

    with pytest.raises(RuleBroken, match="somebody else decides"):
        decide_travel(travel=travel, granted=True, because="It is right", by=senior, now=NOW)


def test_the_clocks_of_several_follow_the_first_and_then_the_next(case, senior):
    first = granted(case, senior)
    later = granted(case, senior, from_on=TODAY + 20 * DAY, to_on=TODAY + 24 * DAY)
    assert owed(case, "see_back").due_on == TODAY + 11 * DAY

    see_back(travel=first, on=TODAY + 10 * DAY, by=case.officer, now=NOW + 10 * DAY)
    assert owed(case, "see_back").due_on == TODAY + 25 * DAY
    withdraw_travel(travel=later, because="The house was sold", by=case.officer, now=NOW + 11 * DAY)

    assert owed(case, "see_back") is None
    assert Deadline.objects.filter(kind="see_back", void=True).count() == 1


def test_days_that_overlap_have_passed_or_are_answered_are_refused(case, senior):
    travel = granted(case, senior)

    with pytest.raises(RuleBroken, match="already"):
        asked(case, from_on=TODAY + 10 * DAY, to_on=TODAY + 12 * DAY)
    with pytest.raises(RuleBroken, match="has passed"):
        asked(case, from_on=TODAY - DAY, to_on=TODAY + DAY)
    with pytest.raises(RuleBroken, match="answered already"):
        decide_travel(travel=travel, granted=False, because="No longer", by=senior, now=NOW)
    with pytest.raises(RuleBroken, match="gone already"):
        withdraw_travel(travel=travel, because="No longer", by=senior, now=NOW + 8 * DAY)


def test_the_letter_says_what_they_may_do_and_nothing_of_why_or_whom(case, senior):
    RelatedPersonFactory(case=case, name="Bethany Roe", protected=True)
    travel = granted(case, senior, where="Bethany Roe’s, Gdańsk", why="Her secret reason")
    made = make_travel_letter(travel=travel, by=case.officer, today=TODAY)

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)

    assert "Gdańsk" in text
    assert "8 October 2018" in text
    for kept in ("Bethany", "secret", "kept every appointment"):
        assert kept not in text
    assert Entry.objects.filter(action="made_travel_letter").exists()


def test_without_leave_or_after_a_death_there_is_no_letter(case, senior):
    travel = TravelFactory(case=case)
    with pytest.raises(RuleBroken, match="not granted"):
        make_travel_letter(travel=travel, by=case.officer, today=TODAY)

    decide_travel(travel=travel, granted=True, because="It is right", by=senior, now=NOW)
    record_death(
        case=case, died_on=None, told_by="Her sister", in_custody=None, by=case.officer, now=NOW
    )

    with pytest.raises(RuleBroken, match="died"):
        make_travel_letter(travel=travel, by=case.officer, today=TODAY)
    assert travel.case.travels.get().state == TravelState.GRANTED
    assert owed(case, "see_back") is None
