"""By what somebody can be required, or asked, to come, from the record as it stands."""

from datetime import UTC, datetime

import pytest

from cases.reference.codes import CustodyStatus
from grid.queries.hooks import hooks_of
from grid.reference.interventions import Hook
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    RarActivityFactory,
    RarEnoughFactory,
    RequirementFactory,
    SentenceFactory,
)
from tests.grid.on_licence import DAY, NEXT_SPRING, SPRING, TODAY, condition, licence

pytestmark = pytest.mark.django_db
GIVEN_UP = {"ended_on": SPRING, "ended_because": "He moved away."}


def hooked(case, hook):
    """What of their sentences is of this kind."""
    return [one for one in hooks_of([case.pk], TODAY)[case.pk].attached if one.hook is hook]


def planned(case):
    return hooks_of([case.pk], TODAY)[case.pk].planned


def credited(activity, days):
    """So many days of the log on which they did it."""
    for n in range(days):
        contact = ContactFactory(
            case=activity.case, requirement=activity.requirement, rar_activity=True,
            started_at=datetime(2018, 10, n + 1, 10, tzinfo=UTC),
        )  # fmt: skip
        AppointmentFactory(contact=contact, rar_activity=activity, case=activity.case)


# Programme requirements


def programme(**columns):
    return RequirementFactory(**{"main_code": "7", "main_name": "Court - Accredited Programme"} | columns)  # fmt: skip


def test_a_programme_requirement_names_what_the_court_ordered():
    sentence = SentenceFactory(expected_end_on=NEXT_SPRING)
    named = {"sentence": sentence, "sub_name": "Building Better Relationships"}
    programme(length=29, length_unit="Days", **named)
    programme(active=False, **named)
    programme(terminated_on=SPRING, **named)

    [found] = hooked(sentence.case, Hook.PROGRAMME)

    assert found.ordered == "building_better_relationships"
    assert found.words == "Programme requirement: Building Better Relationships, 29 days"
    assert (found.until, found.begun_on) == (NEXT_SPRING, None)


@pytest.mark.parametrize(
    "main_name, sub_name, ordered, said",
    [
        ("Thinking Skills Programme", "", "thinking_skills_programme", "Thinking Skills Programme"),
        ("Accredited programme: Resolve", "Evenings", "resolve", "Accredited programme: Resolve"),
        ("Resolve", "Building Better Relationships", "building_better_relationships", "Building Better Relationships"),
        ("Court - Accredited Programme", "Evenings", "", "Evenings"),
        ("Court - Accredited Programme", "", "", "no programme is named"),
    ],
)  # fmt: skip
def test_a_programme_is_read_from_either_name_of_the_requirement(
    main_name, sub_name, ordered, said
):
    requirement = programme(main_name=main_name, sub_name=sub_name)

    [found] = hooked(requirement.sentence.case, Hook.PROGRAMME)

    assert (found.ordered, found.words) == (ordered, f"Programme requirement: {said}")


@pytest.mark.parametrize(
    "order_ends, expected, until",
    [
        (NEXT_SPRING, NEXT_SPRING - DAY, NEXT_SPRING),
        (None, NEXT_SPRING - DAY, NEXT_SPRING - DAY),
        (None, None, None),
    ],
)
def test_a_programme_requirement_lives_to_the_end_of_the_order(order_ends, expected, until):
    requirement = programme(expected_end_on=expected, sentence__expected_end_on=order_ends)

    [found] = hooked(requirement.sentence.case, Hook.PROGRAMME)

    assert found.until == until


@pytest.mark.parametrize(
    "commenced_on, begun_on", [(SPRING, SPRING), (TODAY, TODAY), (TODAY + DAY, None), (None, None)]
)
def test_a_programme_is_under_way_from_the_day_on_which_it_commenced(commenced_on, begun_on):
    requirement = programme(commenced_on=commenced_on)

    [found] = hooked(requirement.sentence.case, Hook.PROGRAMME)

    assert found.begun_on == begun_on


# Days of a rehabilitation activity requirement


def test_the_days_of_a_rar_that_are_left_are_those_not_credited():
    requirement = RequirementFactory(length=10, sentence__expected_end_on=NEXT_SPRING)
    for _ in range(2):  # twice on one day, which counts once
        ContactFactory(case=requirement.sentence.case, requirement=requirement, rar_activity=True)

    [found] = hooked(requirement.sentence.case, Hook.RAR)

    assert (found.days_left, found.until) == (9, NEXT_SPRING)
    assert found.words == "Rehabilitation activity requirement, 10 days, 9 left"


@pytest.mark.parametrize(
    "ordered, booked, to_book",
    [(10, (), 9), (10, (1,), 8), (10, (1, 1, 2), 7), (3, (1, 2, 3), 0), (None, (1,), None)],
)
def test_days_that_are_booked_are_left_and_not_to_book_again(ordered, booked, to_book):
    """One is credited; the others are so many days from today, twice on one day counting once."""
    requirement = RequirementFactory(length=ordered, sentence__expected_end_on=NEXT_SPRING)
    case = requirement.sentence.case
    ContactFactory(case=case, requirement=requirement, rar_activity=True)
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    for days in booked:
        AppointmentFactory(
            case=case, at=noon + days * DAY, contact__requirement=requirement, contact__rar_activity=True
        )  # fmt: skip

    [found] = hooked(case, Hook.RAR)

    assert found.days_left == (None if ordered is None else ordered - 1)
    assert found.to_book == to_book


@pytest.mark.parametrize(
    "days, done, said",
    [
        (6, 0, "10 days, 10 left, 6 of them planned for other work"),
        (6, 2, "10 days, 8 left, 4 of them planned for other work"),
        (2, 3, "10 days, 7 left"),  # more was done than was planned
        (30, 0, "10 days, 10 left, 10 of them planned for other work"),  # no more than there are
    ],
)
def test_days_that_are_planned_for_other_work_are_told_and_still_left(days, done, said):
    activity = RarActivityFactory(what="Money and debt", days=days)
    RarActivityFactory(requirement=activity.requirement, what="Housing", days=3, **GIVEN_UP)
    credited(activity, done)

    [found] = hooked(activity.case, Hook.RAR)

    assert found.words == f"Rehabilitation activity requirement, {said}"
    assert found.days_left == 10 - done


def test_no_day_is_left_once_the_officer_has_said_that_those_done_are_enough():
    enough = RarEnoughFactory()

    [found] = hooked(enough.requirement.sentence.case, Hook.RAR)

    assert (found.days_left, found.to_book) == (0, 0)
    assert found.words.endswith("0 left: the officer has said that those done are enough")


def test_days_that_nobody_recorded_are_not_known_to_be_none():
    requirement = RequirementFactory(length=None)

    [found] = hooked(requirement.sentence.case, Hook.RAR)

    assert found.days_left is None
    assert "how many days is not recorded" in found.words


# Licence conditions, and supervision after the licence


def test_a_licence_hooks_by_a_condition_to_take_part_and_never_repeats_its_words():
    sentence = licence()
    condition(sentence)
    condition(sentence, "Curfew arrangement")
    condition(sentence, to_on=TODAY - DAY)
    condition(sentence, from_on=TODAY + DAY)

    [found] = hooked(sentence.case, Hook.LICENCE)

    assert found.until == NEXT_SPRING
    assert found.words == (
        "Licence condition: participation in programme or activities, as far as its own category says"
    )


@pytest.mark.parametrize(
    "category, there",
    [
        ("Participate or co-op with Programme or Activities", True),
        ("Licence - Accredited Programme", True),
        ("Participation in, or co-operation with, a programme or set of activities", True),
        ("Participation in programme or activities", True),
        ("Licence - Prohibited Contact", False),
        ("Supervision in the community", False),
    ],
)
def test_a_condition_to_take_part_is_known_by_whatever_name_a_prison_gives_it(category, there):
    sentence = licence()
    condition(sentence, category)

    assert bool(hooked(sentence.case, Hook.LICENCE)) is there


@pytest.mark.parametrize(
    "to_on, licence_end_on, until",
    [
        (NEXT_SPRING - DAY, NEXT_SPRING, NEXT_SPRING - DAY),
        (NEXT_SPRING + DAY, NEXT_SPRING, NEXT_SPRING),
        (None, NEXT_SPRING, NEXT_SPRING),
        (NEXT_SPRING, None, NEXT_SPRING),
        (None, None, None),
    ],
)
def test_a_condition_ends_with_itself_or_with_the_licence(to_on, licence_end_on, until):
    sentence = licence(licence_end_on=licence_end_on)
    condition(sentence, to_on=to_on)

    [found] = hooked(sentence.case, Hook.LICENCE)

    assert found.until == until


@pytest.mark.parametrize(
    "columns",
    [
        {"licence_end_on": TODAY - DAY},
        {"custody_status": CustodyStatus.RECALLED},
        {"custody_status": CustodyStatus.POST_SENTENCE},
        {"custody_status": CustodyStatus.POST_SENTENCE, "licence_end_on": None},
    ],
)
def test_a_licence_that_has_ended_or_was_recalled_hooks_nothing(columns):
    sentence = licence(**columns)
    condition(sentence)

    assert not hooked(sentence.case, Hook.LICENCE)


@pytest.mark.parametrize(
    "columns, there",
    [
        ({}, False),  # while the licence runs
        ({"licence_end_on": TODAY}, False),  # its last day
        ({"licence_end_on": TODAY - DAY}, True),
        ({"custody_status": CustodyStatus.POST_SENTENCE, "licence_end_on": None}, True),
        ({"licence_end_on": TODAY - DAY, "pss_end_on": TODAY - DAY}, False),
        ({"licence_end_on": TODAY - DAY, "custody_status": CustodyStatus.RECALLED}, False),
    ],
)
def test_post_sentence_supervision_hooks_once_the_licence_has_ended(columns, there):
    sentence = licence(**columns)

    assert bool(hooked(sentence.case, Hook.PSS)) is there


# Their own choice


def test_anybody_who_is_supervised_may_choose_to_come_until_the_last_of_their_sentences():
    case = CaseFactory()
    SentenceFactory(case=case, expected_end_on=NEXT_SPRING)
    SentenceFactory(case=case, expected_end_on=NEXT_SPRING)
    SentenceFactory(case=case, expected_end_on=NEXT_SPRING, supervision_end_on=NEXT_SPRING - DAY)
    licence(case=case)

    ends = [one.until for one in hooked(case, Hook.VOLUNTARY)]

    assert ends == [NEXT_SPRING + 30 * DAY, NEXT_SPRING, NEXT_SPRING - DAY]


def test_an_end_that_nobody_recorded_stands_beside_those_that_are_known():
    case = CaseFactory()
    SentenceFactory(case=case, expected_end_on=TODAY + DAY)
    SentenceFactory(case=case, expected_end_on=None)

    assert [one.until for one in hooked(case, Hook.VOLUNTARY)] == [TODAY + DAY, None]


# What is planned


def test_what_is_planned_of_their_days_is_known_by_its_title():
    activity = RarActivityFactory(what="Stepping Stones to Change")
    RarActivityFactory(requirement=activity.requirement, what="Making Amends", **GIVEN_UP)
    RarActivityFactory(requirement=activity.requirement, what="Money and debt")

    assert planned(activity.case) == {"stepping_stones"}


@pytest.mark.parametrize("days, done", [(2, set()), (3, {"making_amends"})])
def test_what_has_ended_is_done_only_by_as_many_days_as_were_planned(days, done):
    activity = RarActivityFactory(what="Making Amends", days=3, **GIVEN_UP)
    credited(activity, days)

    assert planned(activity.case) == done
