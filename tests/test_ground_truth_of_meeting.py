"""The product held to what the demonstration planted of meeting people: the diary, outcomes to log, decisions, days
of activity, contact, and what is owed on each.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.utils.timezone import get_current_timezone, localtime

from cases.management.demo.night import owe_what_is_due
from cases.models import (
    Appointment,
    Case,
    ComplianceDecision,
    Contact,
    Deadline,
    HomeVisit,
    Message,
    OpeningHours,
    Place,
    Recommendation,
    Review,
    ReviewedEvent,
    VisitSafety,
)
from cases.queries.contact_figures import figures_of, sums_of
from cases.queries.differences import changed_something
from cases.queries.outcomes import unlogged
from cases.queries.rar import rar_of_cases
from cases.queries.reminders import about_person, known_of
from cases.queries.visit_safety import safety_facts
from cases.reference.agencies import Delivery, MessageKind
from cases.rules.reminders import decide
from cases.rules.visit_safety import changed_since
from cases.services.policy import meeting_policy
from staff.models import User
from staff.permissions import Role
from tests.demonstration import PEOPLE, TODAY, demonstrated

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime.combine(TODAY, time(), get_current_timezone())
OWED = {
    "log_outcome",
    "call_same_day",
    "offer_again",
    "decide_absence",
    "book_interpreter",
    "home_visit",
    "decide_visit_safety",
    "monthly_contact",
    "book_rar_day",
    "review_case",
    "answer_recommendation",
    "do_recommendation",
    "decide_contest",
}
ANSWERED = {"changed", "singly", "together"}
# As they stand, where they are not named so
REVIEWED = dict.fromkeys({*ANSWERED, "hollow"}, "complete") | {"unread": "waiting"}
HOLLOW = {"hollow", "unread"}
RECOMMENDED = {"upheld": "withdrawn"}


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


def crns(truth, **wanted):
    """CRNs of the people planted so."""
    return {
        one["crn"]
        for one in truth["people"]
        if all(one[key] == value for key, value in wanted.items())
    }


def said_of(contact):
    return [contact.case.crn, contact.type_code, localtime(contact.started_at).date().isoformat()]


# The log


def test_a_log_holds_from_thirty_to_two_hundred_lines_and_fewer_for_those_who_have_just_come(truth):
    settled = Case.objects.ours().filter(arrived_on__lt=TODAY.replace(month=8))
    lines = Counter(Contact.objects.values_list("case", flat=True))

    counts = {case: lines[case] for case in settled.values_list("pk", flat=True)}

    assert counts
    assert min(counts.values()) >= 30
    assert max(lines.values()) <= 220
    assert sum(lines.values()) / PEOPLE > 45


# The diary


def test_every_site_has_a_place_with_its_hours_and_three_keep_an_evening_for_women(truth):
    women = OpeningHours.objects.filter(women_only=True)

    assert Place.objects.exclude(team=None).count() == 8
    assert set(OpeningHours.objects.values_list("place", flat=True)) == set(
        Place.objects.values_list("pk", flat=True)
    )
    assert women.count() == 3


def test_what_is_to_come_is_what_was_arranged(truth):
    coming = Appointment.objects.to_come(MIDNIGHT).select_related("contact__case")

    found = sorted(
        [*said_of(one.contact), f"{localtime(one.contact.started_at):%H:%M}"] for one in coming
    )

    assert found == truth["meeting"]["diary"]


def test_nobody_but_a_woman_is_expected_in_the_hours_kept_for_women(truth):
    expected = Appointment.objects.to_come(MIDNIGHT).filter(contact__started_at__hour__gte=17)

    late = [
        one for one in expected.select_related("contact__case", "place") if _in_the_evening(one)
    ]

    assert {one.contact.case.crn for one in late} <= crns(truth, woman=True)


def _in_the_evening(one):
    return localtime(one.contact.started_at).time() >= time(17, 30)


def test_outcomes_to_log_are_those_that_nobody_said(truth):
    limited = set(truth["limited"])
    planted = Counter()
    team_of = {one["crn"]: one["team"] for one in truth["people"]}
    for crn, *_ in truth["meeting"]["unlogged"]:
        planted[team_of[crn]] += crn not in limited

    for senior in User.objects.filter(role=Role.SPO).select_related("team"):
        found = unlogged(senior, MIDNIGHT, team=True).exclude(case__crn__in=limited)

        assert found.count() == planted[senior.team.code]


# What went wrong


def test_decisions_stand_as_planted_with_whether_anybody_was_rung(truth):
    decisions = ComplianceDecision.objects.select_related("appointment__contact__case")

    found = sorted([*said_of(one.appointment.contact), one.state, one.called] for one in decisions)

    assert found == truth["meeting"]["decisions"]
    assert {state for *_, state, _ in found} == {"awaiting", "acceptable", "failure"}


def test_a_voluntary_absence_opens_no_decision(truth):
    assert not ComplianceDecision.objects.filter(appointment__enforces="voluntary").exists()


def test_what_is_owed_of_meeting_is_what_was_planted(truth):
    owed = Deadline.objects.unmet().filter(kind__in=OWED)

    found = sorted(
        [crn, kind, due_on.isoformat()]
        for crn, kind, due_on in owed.values_list("case__crn", "kind", "due_on")
    )

    assert found == truth["meeting"]["owed"]


# Days of activity, and contact


def test_days_of_activity_are_counted_as_planted_and_what_has_stalled_is_found(truth):
    ours = list(Case.objects.ours().values_list("pk", flat=True))

    counted = rar_of_cases(ours, TODAY, meeting_policy(TODAY).rar_stall_weeks)

    found = {
        one.case.crn: [
            one.tally.ordered,
            one.tally.planned,
            len(one.tally.booked),
            len(one.tally.credited),
        ]
        for one in counted
    }
    assert found == truth["meeting"]["rar"]
    stalled = {one.case.crn: one.since.isoformat() for one in counted if one.since}
    assert stalled == truth["meeting"]["stalled"]


def test_contact_figures_equal_a_count_made_apart_from_the_rule(truth):
    ours = Case.objects.ours().values_list("pk", "crn")
    weeks = meeting_policy(TODAY).contact_weeks

    counted = figures_of([pk for pk, _ in ours], TODAY, weeks)

    found = {
        crn: {
            name: getattr(counted[pk].figures, name)
            for name in ("standard", "planned", "delivered", "offered", "missed", "unsaid")
        }
        for pk, crn in ours
        if counted[pk].figures
    }
    placed = crns(truth, place="group")
    planted = truth["meeting"]["contact"]
    assert {crn: one for crn, one in found.items() if crn in placed} == {
        crn: one for crn, one in planted.items() if crn in placed
    }


def test_some_plans_are_below_the_standard_and_half_of_them_say_why(truth):
    placed = crns(truth, place="group")
    ours = list(Case.objects.ours().filter(crn__in=placed).values_list("pk", flat=True))

    counted = figures_of(ours, TODAY, meeting_policy(TODAY).contact_weeks)

    below = [one for one in counted.values() if one.figures and one.supervised.below]
    assert below
    assert {bool(one.because) for one in below} == {True, False}


def test_of_about_half_contact_is_less_than_the_standard_as_the_report_found(truth):
    ours = list(Case.objects.ours().values_list("pk", flat=True))

    sums = sums_of(figures_of(ours, TODAY, meeting_policy(TODAY).contact_weeks).values())

    assert 0.4 <= sums.short / sums.people <= 0.6


# Reminders


def test_the_reminders_that_wait_are_those_that_may_go_and_none_is_due_yet(truth):
    reminders = Message.objects.filter(kind=MessageKind.REMINDER, delivery=Delivery.WAITING)
    waiting = reminders.select_related("appointment__contact__case")

    found = sorted(said_of(one.appointment.contact) for one in waiting)

    assert found == truth["meeting"]["reminders"]
    assert not waiting.due(MIDNIGHT + timedelta(days=2)).exists()


def test_the_product_would_have_arranged_those_and_says_why_of_the_others(truth, settings):
    settings.TEXT_READY = True
    coming = Appointment.objects.to_come(MIDNIGHT + timedelta(days=3)).filter(remind=True)
    waiting = Message.objects.filter(delivery=Delivery.WAITING).exclude(appointment=None)
    now = localtime(MIDNIGHT + timedelta(hours=12))

    because = {
        one.pk: decide(known_of(one, about_person(one.contact.case)), meeting_policy(TODAY), now)
        for one in coming.select_related("contact__case", "place")
    }

    assert {pk for pk, found in because.items() if not found.because} == set(
        waiting.values_list("appointment", flat=True)
    )
    assert len({found.because for found in because.values()}) >= 4


# Reviews and recommendations


def test_reviews_stand_as_they_were_left(truth):
    found = dict(Review.objects.values_list("case__crn", "state"))

    assert found == {crn: REVIEWED.get(kind, kind) for crn, kind, _ in truth["meeting"]["reviews"]}


def test_reviews_that_say_what_could_be_said_of_anybody_are_found_and_no_others(truth):
    signed = Review.objects.exclude(signed_at=None)

    found = set(signed.filter(hollow=True).values_list("case__crn", flat=True))

    planted = {crn for crn, kind, _ in truth["meeting"]["reviews"] if kind in HOLLOW}
    assert planted
    assert found == planted


def test_about_half_of_the_reviews_that_are_complete_change_nothing_as_the_report_found(truth):
    complete = Review.objects.completed()

    share = complete.filter(hollow=True).count() / complete.count()

    assert 0.35 <= share <= 0.6


@pytest.mark.parametrize("kind", sorted(ANSWERED | HOLLOW))
def test_events_that_matter_are_answered_as_planted(truth, kind):
    planted = {crn for crn, was, _ in truth["meeting"]["reviews"] if was == kind}
    events = ReviewedEvent.objects.filter(review__case__crn__in=planted, significant=True)

    answers = set(events.values_list("answer", flat=True))

    assert planted
    assert "" not in answers
    assert ("change" in answers) == (kind == "changed")
    assert events.filter(answered_with=None).exists() or kind != "singly"


def test_what_a_review_kept_of_before_and_after_shows_the_change_that_it_names(truth):
    planted = {crn for crn, kind, _ in truth["meeting"]["reviews"] if kind == "changed"}
    reviews = Review.objects.filter(case__crn__in=planted).select_related("case")

    shown = {one.case.crn for one in reviews if changed_something(one)}

    assert shown == planted


def test_recommendations_stand_as_they_were_answered(truth):
    found = dict(Recommendation.objects.values_list("case__crn", "state"))

    assert found == {
        crn: RECOMMENDED.get(state, state) for crn, state, _ in truth["meeting"]["recommendations"]
    }


# The nights, and the watch


def test_the_night_opens_and_closes_nothing_more(truth):
    before = set(Deadline.objects.values_list("pk", "due_on", "met_on"))

    owe_what_is_due(TODAY)

    assert set(Deadline.objects.values_list("pk", "due_on", "met_on")) == before


def test_nobody_has_been_to_a_home_that_is_said_to_be_visited_by_nobody(truth):
    unvisited = set(truth["defects"]["home visit necessary and not made"])

    assert unvisited
    assert not HomeVisit.objects.filter(appointment__contact__case__crn__in=unvisited).exists()


def test_nothing_is_said_to_have_changed_since_it_was_decided_how_staff_may_visit(truth):
    decided = VisitSafety.objects.exclude(decided_at=None).select_related("case", "address")

    assert decided
    for one in decided:
        assert changed_since(one.seen, safety_facts(one.case, TODAY, one.address)) == []


def test_nobody_is_on_the_way_to_a_home_so_that_no_alert_is_raised(truth):
    assert not HomeVisit.objects.under_way().exists()
