"""The product held to what the demonstration planted of the life of cases: who comes, changes hands, is put to the NPS,
cannot be seen, has died and ends, as the pages that look across cases show it to a senior, an officer and the hub.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from cases.models import (
    Case,
    Deadline,
    Death,
    Departure,
    DutyTurn,
    Ending,
    Fare,
    FurtherOffence,
    WalkIn,
)
from cases.reference.pauses import PauseKind
from cases.services.arrivals_owed import follow_arrivals
from cases.services.taking_over import take_over_left
from grid.reference.escalation import EscalationState
from oversight.queries.departures import leaver_rows
from staff.models import User
from staff.permissions import Role
from tests.clock import frozen
from tests.demonstration import TODAY, demonstrated
from unpaidwork.services.endings import owe_endings_chunk

pytestmark = pytest.mark.django_db
NOW = datetime.combine(TODAY, time(9), get_current_timezone())
LOOKING_ON = sorted([Role.SPO, Role.HUB, Role.OFFICER])
EVERY_TEAM = "all"
ROW = re.compile(r"<tr[^>]*data-row.*?</tr>")
CRN = re.compile(r"T\d{6}")
KEPT = 'aria-label="Cases of limited access"'
QUIET = {"not_referred"}
# What nobody can do of somebody who cannot be seen
NEEDS_THEM = {"first_appointment", "hold_induction", "make_plan", "monthly_contact", "home_visit"}


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


@pytest.fixture
def planted(truth):
    return truth["life"]


@pytest.fixture
def befell(planted):
    return planted["befell"]


class Shown:
    """A page as somebody is shown it: its rows by CRN, and all its words."""

    def __init__(self, answer):
        assert answer.status_code == 200
        page = unescape(re.sub(r"\s+", " ", answer.content.decode()))
        listed, _, kept = page.partition(KEPT)
        self.rows = [(CRN.search(row), _plain(row)) for row in ROW.findall(listed)]
        self.words = _plain(page)
        self.kept = set(CRN.findall(kept))

    @property
    def crns(self):
        return [found.group() for found, _ in self.rows if found]

    def of(self, crn):
        (row,) = [words for found, words in self.rows if found and found.group() == crn]
        return row


def _plain(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))


@pytest.fixture
def show(client):
    def get(role, name, **asked):
        with frozen(NOW):
            client.force_login(User.objects.get(username=role))
            return Shown(client.get(reverse(name), {"team": EVERY_TEAM} | asked))

    return get


@pytest.fixture
def reached(truth, befell):
    """Of these CRNs, those that the role is shown: an officer sees the team's and what is offered, nobody what is kept."""

    def of(role, crns):
        user = User.objects.get(username=role)
        kept = set(Case.objects.masked_to(user).values_list("crn", flat=True))
        near = {one["crn"] for one in truth["people"] if one["team"] == user.team.code}
        near.add(befell["offered_late"])
        return {crn for crn in crns if crn not in kept and (role != Role.OFFICER or crn in near)}

    return of


def day(text):
    return date.fromisoformat(text)


# Who comes


@pytest.mark.parametrize("role", LOOKING_ON)
def test_arrivals_are_those_planted_and_counted_as_they_are_listed(
    truth, planted, show, reached, role
):
    wanted = reached(role, [crn for crn, *_ in planted["arrivals"]])

    page = show(role, "arrivals")

    assert set(page.crns) == wanted
    assert len(page.crns) == len(wanted)
    assert f" {len(wanted)} arrivals " in page.words
    kept = reached(role, truth["limited"])
    assert page.kept <= truth["limited"].keys()
    assert not page.kept & kept


@pytest.mark.parametrize(
    ("stands", "place", "still"), [("unowned", 3, False), ("unbooked", 4, False), ("unread", 5, False)]
)  # fmt: skip
def test_what_is_still_to_do_of_arrivals_is_what_was_planted(planted, show, stands, place, still):
    wanted = {one[0] for one in planted["arrivals"] if one[place] is still}

    page = show(Role.HUB, "arrivals", stands=stands)

    assert set(page.crns) == wanted


def test_whoever_nobody_was_named_for_on_the_first_day_is_red_and_first(befell, show):
    page = show(Role.SPO, "arrivals")

    assert "Overdue" in page.of(befell["unowned"])
    assert "Name an officer" in page.of(befell["unowned"])
    assert "Not read yet" in page.of(befell["unread"])
    assert befell["settled"] not in page.crns


@pytest.mark.parametrize("role", LOOKING_ON)
def test_cases_that_nobody_holds_are_those_who_came_and_those_who_fell_to_the_seniors(
    truth, planted, befell, show, reached, role
):
    unowned = {crn for crn, _, _, owned, *_ in planted["arrivals"] if not owned}
    # And whom the NPS has in name only, so that nobody here was ever named
    ours = [one for one in truth["people"] if one["place"] not in {"retained", "no_sentence"}]
    nobodys = {one["crn"] for one in ours if not one["officer"]}
    wanted = reached(role, nobodys)

    page = show(role, "unowned")

    assert unowned | {befell["fallen"]} <= nobodys

    assert set(page.crns) == wanted
    assert len(page.crns) == len(wanted)
    assert not page.kept & reached(role, truth["limited"])


def test_why_the_officer_of_the_one_who_is_settled_was_named_is_read_on_the_case(client, befell):
    with frozen(NOW):
        client.force_login(User.objects.get(username=Role.SPO))
        page = client.get(reverse("case-holder", args=[befell["settled"]])).content.decode()

    assert "Holds the fewest of the team" in page


# Changing hands


@pytest.mark.parametrize("role", LOOKING_ON)
def test_hand_overs_that_wait_or_were_refused_are_those_planted(
    planted, befell, show, reached, role
):
    offered = [befell["offered"], befell["offered_late"], *planted["leaving"]["offered"]]
    waiting = reached(role, offered)
    refused = reached(role, [befell["refused"]])

    page = show(role, "hand-overs")

    assert Counter(page.crns) == Counter([*waiting, *refused])
    assert f" {len(waiting)} hand-over" in page.words
    assert "Refused" in page.of(befell["refused"])


def test_somebody_leaves_with_every_second_case_offered_and_the_rest_still_theirs(planted):
    leaving = planted["leaving"]
    for role in (Role.SPO, Role.HUB):
        (row,) = leaver_rows(User.objects.get(username=role), TODAY)

        assert row.username == leaving["who"]
        assert row.last_day == day(leaving["last_on"])
        assert row.offered == len(leaving["offered"]) > 0
        assert row.here == len(leaving["cases"]) - len(leaving["offered"])


def test_what_fell_to_the_seniors_and_what_was_accepted_have_the_holder_that_was_planted(
    truth, befell
):
    holders = dict(Case.objects.values_list("crn", "officer__username"))

    assert holders[befell["accepted"]] == Role.OFFICER
    assert holders[befell["fallen"]] is None
    assert Departure.objects.get(user__username=truth["life"]["gone"]).done_on == TODAY
    assert {crn: name or "" for crn, name in holders.items()} == {
        one["crn"]: one["officer"] for one in truth["people"]
    }


# Put to the NPS


@pytest.mark.parametrize("role", LOOKING_ON)
def test_escalations_stand_where_they_were_left(planted, show, reached, role):
    stands = {crn: state for crn, state in planted["escalations"].items() if state not in QUIET}
    wanted = reached(role, stands)

    page = show(role, "escalations")

    assert set(page.crns) == wanted
    assert f" {len(wanted)} escalations " in page.words
    for crn in wanted:
        assert EscalationState(stands[crn]).title in page.of(crn)


def test_a_risk_that_was_not_referred_is_listed_with_why(befell, show):
    page = show(Role.HUB, "escalations", show="settled")

    assert page.crns == [befell["nps_not_referred"]]
    assert "the police have withdrawn" in page.of(befell["nps_not_referred"])


# Who cannot be seen


@pytest.mark.parametrize("role", LOOKING_ON)
def test_who_cannot_be_seen_is_listed_with_why_and_whom_anybody_asked(planted, show, reached, role):
    pauses = {crn: (kind, asked) for crn, kind, _, asked in planted["pauses"]}
    wanted = reached(role, pauses)

    page = show(role, "standing-still-list")

    assert set(page.crns) == wanted
    assert f" {len(wanted)} entries " in page.words
    for crn in wanted:
        kind, asked = pauses[crn]
        assert PauseKind(kind).title in page.of(crn)
        if kind in {"warrant", "at_large"}:
            said = f"Asked {day(asked).day} {day(asked):%B}" if asked else "Nobody has asked yet"
            assert said in page.of(crn)


def test_asking_the_police_is_late_of_one_of_them(befell, show):
    page = show(Role.SPO, "standing-still-list")

    late = [crn for crn in page.crns if "Asking again is" in page.of(crn)]

    assert late == [befell["warrant_late"]]


def test_no_clock_that_needs_the_person_runs_while_they_cannot_be_seen(planted):
    away = [crn for crn, *_ in planted["pauses"]]
    owed = Deadline.objects.unmet().filter(case__crn__in=away)

    running = set(owed.filter(paused_on=None).values_list("kind", flat=True))

    assert not running & NEEDS_THEM
    assert owed.filter(kind__in=NEEDS_THEM, paused_on__isnull=False).exists()


# Death


def test_of_one_who_died_the_family_is_still_to_be_told_and_nothing_else_is_owed(befell):
    death = Death.objects.get(case__crn=befell["died"])
    running = Deadline.objects.unmet().filter(case=death.case, paused_on=None)

    assert set(death.told) == {"nps"}
    assert [one.kind for one in running] == ["tell_of_death"]
    assert not death.case.contacts.to_come(NOW).exists()
    undone = Death.objects.get(case__crn=befell["death_undone"])
    assert undone.undone_at is not None
    assert undone.case.deadlines.unmet().filter(kind="see_again").exists()


# The end


def coming_to_their_end(truth):
    """{CRN: last day} of those near it or past it: unpaid work that is left keeps an order in force."""
    works = truth["unpaid_work"]["works"]
    return {
        crn: day(on)
        for crn, on, by_work in truth["life"]["endings"]
        if not (by_work and works[crn]["state"] == "open")
    }


@pytest.mark.parametrize("role", LOOKING_ON)
def test_cases_that_end_are_those_planted_and_each_number_is_that_of_its_list(
    truth, befell, show, reached, role
):
    ends = coming_to_their_end(truth)
    wanted = {
        "near": [crn for crn, on in ends.items() if on >= TODAY],
        "late": [crn for crn, on in ends.items() if on < TODAY],
        "ready": [befell["ending_ready"]],
        "early": [befell["early"]],
        "ended": [befell["ended"]],
        "unseen": [],
    }
    said = {
        "near": "coming to their end",
        "late": "past their last day",
        "ready": "waiting for a senior",
        "early": "early ends proposed",
        "ended": "ended here",
        "unseen": "ended without a last look",
    }

    for name, crns in wanted.items():
        there = reached(role, crns)
        page = show(role, "endings", show=name)

        assert set(page.crns) == there, name
        assert f" {len(there)} {said[name]}" in page.words
        assert f" {len(there)} in all " in page.words


def test_each_ending_lacks_what_was_left_out_of_it_and_no_more(client, befell, show):
    page = show(Role.SPO, "endings", show="near")
    late = show(Role.SPO, "endings", show="late")

    with frozen(NOW):
        undecided = Shown(client.get(reverse("case-ending", args=[befell["ending_register"]])))
    assert "say whether the register stays or is closed" in undecided.words
    assert "Nothing is left to do." in late.of(befell["ending_ready"])
    assert "a senior ends it" in late.of(befell["ending_ready"])
    assert befell["reopened"] in page.crns
    ended = Ending.objects.get(case__crn=befell["reopened"], ended_at__isnull=False)
    assert ended.reopened_at is not None


# What is under way beside


@pytest.fixture
def beside(planted):
    return planted["beside"]


def test_at_the_desk_one_waits_one_was_given_a_fare_and_one_team_has_its_rota(planted, beside):
    (waits,) = WalkIn.objects.waiting()
    (fare,) = Fare.objects.standing()
    turns = DutyTurn.objects.standing().filter(team__code=planted["rota"])

    assert (waits.case.crn, fare.case.crn) == (beside["walk_in"], beside["fare"])
    days = [one.on for one in turns]
    assert len(days) == len(set(days)) >= 18
    assert min(days) == TODAY
    assert not DutyTurn.objects.exclude(pk__in=turns).exists()


@pytest.mark.parametrize(
    ("kind", "name", "late"),
    [
        ("send_meeting_report", "marac", True),
        ("send_meeting_report", "core_group", False),
        ("answer_court", "court", False),
        ("tell_victim_liaison", "victim", False),
        ("decide_travel", "travel", False),
        ("acknowledge_complaint", "complaint", False),
        ("notify_further_offence", "charged", False),
        ("see_walk_in", "walk_in", False),
    ],
)
def test_what_is_owed_beside_is_owed_on_whom_it_was_planted(beside, kind, name, late):
    owed = Deadline.objects.unmet().filter(case__crn=beside[name], kind=kind)

    (clock,) = owed
    others = Deadline.objects.unmet().filter(kind=kind).exclude(case__crn__in=beside.values())

    assert (clock.due_on < TODAY) is late
    assert not others.exists()


def test_of_whoever_is_charged_what_was_known_is_kept_and_few_may_open_the_case(truth, beside):
    charge = FurtherOffence.objects.get()

    assert charge.case.crn == beside["charged"]
    assert charge.known
    assert (
        truth["limited"][beside["charged"]] == "unlisted"
    )  # nobody is named: who looks at it follows


# The nights


def test_the_nights_of_arrivals_endings_and_leavers_find_nothing_more(truth):
    before = set(Deadline.objects.values_list("pk", "due_on", "met_on", "paused_on"))

    counts = follow_arrivals(by=None, today=TODAY, now=NOW)
    owe_endings_chunk(after=0, today=TODAY, now=NOW)
    fell = take_over_left(now=NOW + timedelta(minutes=1))

    assert set(Deadline.objects.values_list("pk", "due_on", "met_on", "paused_on")) == before
    assert (counts, fell) == ({"arrived": 0, "settled": 0}, 0)
