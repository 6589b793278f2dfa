"""Each rule by itself; that none is missing is held by `test_every_rule_is_needed`."""

from datetime import date, timedelta

import pytest

from cases.reference.checks import CheckKind, Reply, SubjectKind
from cases.reference.information import InformationKind, RaiseKind, SaidBy
from cases.reference.reviews import EventKind
from cases.reference.visits import NotDone
from cases.rules.event_facts import (
    Allocated,
    Around,
    CaseHappenings,
    Convicted,
    Custody,
    Ended,
    Enforced,
    Failed,
    Home,
    MetAgencies,
    Moved,
    Noted,
    Overridden,
    Raised,
    Registered,
    Replied,
    RouteTaken,
    Settled,
    Told,
    Visited,
    WentWrong,
)
from cases.rules.events import MISSED_MATTERS, happened
from cases.services.policy import _first_versions

ON = date(2018, 8, 14)
SINCE, TODAY = date(2018, 4, 2), date(2018, 10, 1)


def told(kind, **more):
    return Told(1, kind, SaidBy.POLICE, ON, ON, **more)


def found(**facts):
    return [(one.kind, one.significant) for one in happened(CaseHappenings(**facts), SINCE, TODAY)]


ONE_OF_EACH = [
    ({"told": (told(InformationKind.CALL_OUT),)}, EventKind.CALL_OUT, True),
    ({"told": (told(InformationKind.ARREST),)}, EventKind.ARREST, True),
    ({"told": (told(InformationKind.CHILD),)}, EventKind.CHILD, True),
    ({"told": (told(InformationKind.ADULT),)}, EventKind.ADULT, True),
    ({"told": (told(InformationKind.SIGHTING),)}, EventKind.INFORMATION, True),
    ({"told": (told(InformationKind.HEALTH),)}, EventKind.INFORMATION, False),
    ({"told": (told(InformationKind.HEALTH, harm=True),)}, EventKind.INFORMATION, True),
    ({"told": (told(InformationKind.OTHER, attack=True),)}, EventKind.ATTACK, True),
    ({"replies": (Replied(1, CheckKind.POLICE, Reply.INFORMATION, ON),)}, EventKind.REPLY, True),
    ({"replies": (Replied(1, CheckKind.POLICE, Reply.NO_TRACE, ON),)}, EventKind.REPLY, False),
    ({"registers": (Registered(1, "Weapons", ON),)}, EventKind.REGISTER, True),
    ({"registers": (Registered(1, "Weapons", None, ON),)}, EventKind.REGISTER, False),
    ({"raises": (Raised(1, RaiseKind.FLAG, "Weapons", ON),)}, EventKind.RAISED, True),
    ({"around": (Around(1, SubjectKind.PARTNER, ON),)}, EventKind.NEW_PERSON, True),
    ({"around": (Around(1, SubjectKind.CHILD, None, None, ON),)}, EventKind.NEW_PERSON, True),
    ({"around": (Around(1, SubjectKind.PARTNER, None, ON),)}, EventKind.OTHER, True),
    ({"around": (Around(1, SubjectKind.OTHER, None, ON),)}, EventKind.OTHER, False),
    ({"homes": (Home(1, ON),)}, EventKind.NEW_ADDRESS, True),
    ({"homes": (Home(1, ON, no_fixed_abode=True),)}, EventKind.NEW_ADDRESS, True),
    ({"went_wrong": (WentWrong(1, ON, ON),)}, EventKind.MISSED, False),
    ({"went_wrong": (WentWrong(1, ON, ON), WentWrong(2, ON, ON, came=True))}, EventKind.MISSED, True),
    ({"moved": (Moved(1, ON), Moved(2, ON), Moved(3, ON))}, EventKind.MISSED, False),
    ({"failures": (Failed(1, ON, ON),)}, EventKind.FAILURE, True),
    ({"enforced": (Enforced("contact", 1, ON),)}, EventKind.FAILURE, True),
    ({"enforced": (Enforced("contact", 1, ON, recall=True),)}, EventKind.FAILURE, True),
    ({"settled": (Settled("recall", 1, "Recall: withdrawn", ON),)}, EventKind.FAILURE, True),
    ({"convictions": (Convicted(1, ON, sentenced=False),)}, EventKind.ARREST, True),
    ({"custody": (Custody(1, ON, held=True),)}, EventKind.CUSTODY, True),
    ({"routes": (RouteTaken(1, ON, "A group or programme"),)}, EventKind.ROUTE, True),
    ({"ended": (Ended("requirement", 1, "Unpaid Work", ON),)}, EventKind.PROGRAMME, True),
    ({"visits": (Visited(1, ON, frozenset({("signs", "fear")})),)}, EventKind.VISIT, True),
    ({"visits": (Visited(1, ON, frozenset({("home", "warm")})),)}, EventKind.VISIT, False),
    ({"visits": (Visited(1, ON, not_done=NotDone.REFUSED),)}, EventKind.VISIT, True),
    ({"visits": (Visited(1, ON, not_done=NotDone.STAFF),)}, EventKind.VISIT, False),
    ({"overrides": (Overridden(1, "Sign the plan", ON),)}, EventKind.OVERRIDE, False),
    ({"overrides": (Overridden(1, "Sign the plan", date(2018, 1, 1), ON),)}, EventKind.OVERRIDE, True),
    ({"allocations": (Allocated(1, ON),)}, EventKind.OFFICER, False),
    ({"agencies": (MetAgencies(1, "MARAC", ON, ON, decides=True),)}, EventKind.OTHER, True),
    ({"agencies": (MetAgencies(1, "Core group", ON, ON),)}, EventKind.OTHER, False),
    ({"notes": (Noted(1, ON),)}, EventKind.OTHER, True),
    ({"notes": (Noted(1, ON, "police called to the home"),)}, EventKind.OTHER, False),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "kind", "matters"), ONE_OF_EACH)
def test_what_happened_is_one_event_that_matters_or_not(facts, kind, matters):
    assert found(**facts) == [(kind, matters)]


THEY_WERE_THERE_OR_WERE_TOLD = [
    {"homes": (Home(1, ON),)},
    {"went_wrong": (WentWrong(1, ON, ON),)},
    {"failures": (Failed(1, ON, ON),)},
    {"convictions": (Convicted(1, ON, sentenced=False),)},
    {"custody": (Custody(1, ON, held=True),)},
    {"ended": (Ended("requirement", 1, "Unpaid Work", ON),)},
]
THEY_MAY_NOT_KNOW = [
    {"told": (told(InformationKind.CALL_OUT, harm=True),)},
    {"told": (told(InformationKind.ARREST),)},  # somebody said so: who, is not theirs to hear
    {"replies": (Replied(1, CheckKind.POLICE, Reply.INFORMATION, ON),)},
    {"registers": (Registered(1, "MARAC", ON),)},
    {"raises": (Raised(1, RaiseKind.RISK, "High", ON),)},
    {"around": (Around(1, SubjectKind.PARTNER, ON),)},
    {"around": (Around(1, SubjectKind.PARTNER, None, None, ON),)},
    {"enforced": (Enforced("contact", 1, ON, recall=True),)},
    {"settled": (Settled("recall", 1, "Recall: with the NPS", ON),)},
    {"visits": (Visited(1, ON, frozenset({("signs", "fear")})),)},
    {"overrides": (Overridden(1, "Sign the plan", date(2018, 1, 1), ON),)},
    {"routes": (RouteTaken(1, ON, "A group or programme"),)},
    {"notes": (Noted(1, ON),)},
    {"agencies": (MetAgencies(1, "MARAC", ON, ON, decides=True),)},
]


@pytest.mark.parametrize(
    ("facts", "known"),
    [(one, True) for one in THEY_WERE_THERE_OR_WERE_TOLD]
    + [(one, False) for one in THEY_MAY_NOT_KNOW],
)
def test_they_are_taken_to_know_of_what_befell_them_and_of_nothing_that_others_said(facts, known):
    [event] = happened(CaseHappenings(**facts), SINCE, TODAY)

    assert event.known_to_them == known


def test_nothing_happened_where_the_record_holds_nothing():
    assert found() == []


def test_where_they_lived_when_we_first_knew_them_is_no_move():
    assert found(homes=(Home(1, ON, first=True),)) == []


def test_how_many_missed_appointments_matter_is_policy():
    facts = CaseHappenings(went_wrong=tuple(WentWrong(n, ON, ON) for n in range(3)))

    [lenient] = happened(facts, SINCE, TODAY, missed_matters=4)
    [strict] = happened(facts, SINCE, TODAY, missed_matters=3)

    assert (lenient.significant, strict.significant) == (False, True)
    assert strict.what == "3 appointments missed"


def test_without_a_policy_it_is_as_the_first_version_says():
    assert _first_versions()["meeting"].body["missed_is_significant"] == MISSED_MATTERS


@pytest.mark.parametrize(
    ("came_on", "known"),
    [
        (SINCE - timedelta(days=1), 0),
        (SINCE, 1),
        (TODAY, 1),
        (TODAY + timedelta(days=1), 0),
    ],
)
def test_an_event_counts_from_the_day_we_learnt_of_it(came_on, known):
    one = Told(1, InformationKind.CALL_OUT, SaidBy.POLICE, date(2009, 1, 1), came_on)

    assert len(happened(CaseHappenings(told=(one,)), SINCE, TODAY)) == known


def test_a_breach_is_one_event_from_its_first_step_and_a_recall_another():
    steps = (
        Enforced("contact", 3, ON + timedelta(days=4)),
        Enforced("contact", 2, ON),
        Enforced("sentence", 1, ON, recall=True),
    )

    events = happened(CaseHappenings(enforced=steps), SINCE, TODAY)

    assert [(one.key, one.what, one.on) for one in events] == [
        ("breach-contact-2", "Breach, in 2 steps", ON),
        ("recall-sentence-1", "Recall", ON),
    ]


def test_keys_tell_everything_apart_that_may_happen():
    facts: dict[str, tuple] = {}
    for one, _, _ in ONE_OF_EACH:
        for field, rows in one.items():
            facts.setdefault(field, rows)

    keys = [one.key for one in happened(CaseHappenings(**facts), SINCE, TODAY)]

    assert len(keys) == len(set(keys)) == len(facts)


def test_events_come_earliest_first():
    replies = tuple(
        Replied(n, kind, Reply.INFORMATION, ON + timedelta(days=n))
        for n, kind in enumerate((CheckKind.POLICE, CheckKind.CHILDREN))
    )
    events = happened(
        CaseHappenings(replies=replies, failures=(Failed(1, ON + timedelta(days=9), ON + timedelta(days=9)),)), SINCE, TODAY
    )  # fmt: skip

    assert [one.kind for one in events] == [EventKind.REPLY, EventKind.REPLY, EventKind.FAILURE]
    assert [one.on for one in events] == sorted(one.on for one in events)
