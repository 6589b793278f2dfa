"""What is worded once a process for every reader: each gets what is theirs, whoever asked before them.

What is worded stays to the end of the process, so that in every test somebody else may have asked first; where it
matters, somebody has.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import F, Value
from django.utils.timezone import localdate, now

from cases.models import (
    Absence,
    Assessment,
    Assignment,
    Case,
    Deadline,
    Enquiry,
    Flag,
    Limit,
    Override,
)
from cases.models import case as reach_of_cases
from cases.models.made_once import (
    AMONG,
    STAND_INS,
    Asked,
    NotOfThisReaderAlone,
    counted_at_once,
    made_once,
)
from cases.queries import work
from cases.queries.due import shown_to
from cases.queries.work import owed_by, waiting_for
from cases.reference.codes import Capacity
from cases.reference.deadlines import KINDS
from oversight.queries import team as board
from staff.models import Team, User
from staff.permissions import Action, Role, reach
from tests.factories import (
    AbsenceFactory,
    AssessmentFactory,
    AssignmentFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    FlagFactory,
    OverrideFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.once import undone

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2018, 10, 1), date(2018, 10, 2)
# Each that is made once, and the column of a table whose rows it chooses
WORDED = {
    "limits": (reach_of_cases._limits_against, Limit, "pk"),
    "asked to meet": (reach_of_cases._asked_to_meet, Assignment, "case"),
    "assigned": (reach_of_cases._assigned_to, Assignment, "case"),
    "assigned but by groups": (reach_of_cases._assigned_but_by_groups, Assignment, "case"),
    "assigned to work": (reach_of_cases._assigned_to_work, Assignment, "case"),
    "assigned as their own": (reach_of_cases._assigned_as_their_own, Assignment, "case"),
    "assigned or offered": (reach_of_cases._assigned_or_offered, Assignment, "case"),
    "covered": (reach_of_cases._covered_by, Absence, "user"),
    "teams covered": (reach_of_cases._teams_covered_by, Absence, "user__team"),
}


def open_to(user, action=Action.VIEW_CASE):
    return set(Case.objects.open_to(user, action))


def away_now(user, cover):
    return AbsenceFactory(user=user, cover=cover, from_on=localdate(), to_on=localdate())


def everything_about(user):
    """Cases at each distance from this reader, limits for and against them, and whom they cover."""
    yesterday = localdate() - timedelta(days=1)
    AssignmentFactory(user=user, from_on=yesterday)
    AssignmentFactory(user=user, from_on=yesterday, capacity=Capacity.GATE)
    if user.team:
        AssignmentFactory(user=None, team=user.team, from_on=yesterday)
        CaseFactory(team=user.team)
    limit(CaseFactory(officer=user), kept_out=[user])
    limit(CaseFactory(officer=user), restricted=True, let_in=[user])
    limit(CaseFactory(officer=user), restricted=True)
    away_now(CaseFactory().officer, user)
    senior = UserFactory(role=Role.SPO)
    CaseFactory(team=senior.team)
    away_now(senior, user)
    CaseFactory(team=None, officer=None, officer_since=None)


@pytest.mark.parametrize("name", WORDED)
def test_it_chooses_for_each_reader_what_is_chosen_when_it_is_worded_anew(name):
    worded, model, column = WORDED[name]
    readers = [UserFactory(role=role, **given) for role in Role for given in ({}, {"team": None})]
    for reader in readers:
        everything_about(reader)

    def chosen(rows):
        return sorted(model.objects.filter(**{f"{column}__in": rows}).values_list("pk", flat=True))

    of_each = [chosen(worded(reader)) for reader in readers]

    assert of_each == [chosen(worded.__wrapped__(reader)) for reader in readers]
    assert all(of_each)
    assert len(set(map(tuple, of_each))) == len(readers)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_a_team", [True, False], ids=["team", "no-team"])
def test_what_is_open_to_a_reader_does_not_hang_on_who_asked_before(role, in_a_team, monkeypatch):
    """The same readers in either order, and with everything worded anew for each."""
    given = {} if in_a_team else {"team": None}
    first, second = UserFactory(role=role, **given), UserFactory(role=role, **given)
    for reader in (first, second):
        everything_about(reader)

    at_each_reach = {reach(role, action): action for action in Action}

    def found(reader):
        return {far: open_to(reader, action) for far, action in at_each_reach.items()}

    one_way = found(first), found(second)
    other_way = found(second), found(first)
    for worded, *_ in WORDED.values():
        monkeypatch.setattr(reach_of_cases, worded.__name__, worded.__wrapped__)
    anew = found(first), found(second)

    assert one_way == other_way[::-1] == anew


def test_two_of_a_role_reach_each_their_own_cases_and_what_their_team_was_given():
    first, second = UserFactory(), UserFactory()
    near = {}
    for reader in (first, second):
        to_them, to_team = CaseFactory(), CaseFactory()
        AssignmentFactory(case=to_them, user=reader, from_on=TODAY)
        AssignmentFactory(case=to_team, user=None, team=reader.team, from_on=TODAY)
        near[reader] = {CaseFactory(officer=reader), to_them, to_team}

    found = [open_to(reader) for reader in (first, second, first)]

    assert found == [near[first], near[second], near[first]]


def test_only_the_one_of_two_who_is_kept_out_is_kept_out():
    first, second = UserFactory(), UserFactory()
    case, other = (CaseFactory(team=first.team) for _ in range(2))
    for kept_from, reader in ((case, first), (other, second)):
        limit(kept_from, kept_out=[reader])
    for of in (case, other):
        for reader in (first, second):
            AssignmentFactory(case=of, user=reader, from_on=TODAY)

    def masked(reader):
        return [row.crn for row in Case.objects.masked_to(reader)]

    assert (open_to(first), masked(first)) == ({other}, [case.crn])
    assert (open_to(second), masked(second)) == ({case}, [other.crn])


def test_only_the_one_of_two_who_is_let_in_is_let_in():
    first, second = UserFactory(), UserFactory()
    case, other = CaseFactory(), CaseFactory()
    for reader in (first, second):
        for of in (case, other):
            AssignmentFactory(case=of, user=reader, from_on=TODAY)
    limit(case, restricted=True, let_in=[first])
    limit(other, restricted=True, let_in=[second])

    assert (open_to(first), open_to(second), open_to(first)) == ({case}, {other}, {case})


def test_only_the_one_of_two_who_covers_reaches_the_cases_of_the_absent():
    cover, other, case = UserFactory(), UserFactory(), CaseFactory()
    away_now(case.officer, cover)

    assert (open_to(other), open_to(cover), open_to(other)) == (set(), {case}, set())


def test_only_the_one_of_two_seniors_who_covers_decides_for_the_team():
    cover, other, case = UserFactory(role=Role.SPO), UserFactory(role=Role.SPO), CaseFactory()
    away_now(UserFactory(role=Role.SPO, team=case.team), cover)

    decided = [open_to(reader, Action.DECIDE_PLACEMENT) for reader in (other, cover, other)]

    assert decided == [set(), {case}, set()]


def test_who_leaves_a_team_or_comes_to_another_reaches_what_is_theirs_now():
    user, other = UserFactory(role=Role.SPO), TeamFactory()
    before, after = CaseFactory(), CaseFactory()
    AssignmentFactory(case=before, user=None, team=user.team, from_on=TODAY)
    AssignmentFactory(case=after, user=None, team=other, from_on=TODAY)

    found = [open_to(user, Action.DECIDE_PLACEMENT) for user.team in (user.team, other, None)]

    assert found == [{before}, {after}, set()]


def test_whose_role_changes_reaches_what_the_new_role_does():
    user, case = UserFactory(role=Role.SPO), CaseFactory()
    away_now(UserFactory(role=Role.SPO, team=case.team), user)

    found = [
        open_to(user, Action.DECIDE_PLACEMENT) for user.role in (Role.SPO, Role.OFFICER, Role.SPO)
    ]

    assert found == [{case}, set(), {case}]


def test_an_emergency_view_or_a_limit_that_comes_later_is_seen_at_once():
    user, case = UserFactory(), CaseFactory()
    AssignmentFactory(case=case, user=user, from_on=TODAY)

    assert open_to(user) == {case}
    limit(case, kept_out=[user])
    assert open_to(user) == set()


@pytest.mark.parametrize("name", WORDED)
@pytest.mark.parametrize("role", Role)
def test_the_numbers_asked_with_are_those_of_the_reader_who_asks(name, role):
    worded, *_ = WORDED[name]
    # of numbers that no team has, as both count on by themselves
    first, second = (UserFactory(pk=key, role=role) for key in (70_000_001, 70_000_002))
    stand_ins = {value for somebody in STAND_INS for value in somebody.values()}

    asked = [worded(reader) for reader in (first, second, first)]

    for reader, other, found in zip(
        (first, second, first), (second, first, second), asked, strict=True
    ):
        numbers = [value for value in found.params if isinstance(value, int) and value is not True]
        assert reader.pk in numbers
        assert set(numbers) <= {reader.pk, reader.team_id}
        assert not {other.pk, other.team_id} & set(numbers)
        assert not stand_ins & set(found.params)
        assert list(found.params) == list(worded.__wrapped__(reader).query.sql_with_params()[1])


def owed_to(user, **columns):
    return DeadlineFactory(case=CaseFactory(officer=user), triggered_on=date(2018, 9, 1), **columns)


def test_what_waits_is_counted_of_the_reader_and_the_day_that_are_asked():
    first, second = UserFactory(), UserFactory()
    for reader, due_on in ((first, TODAY), (first, TOMORROW), (second, TOMORROW)):
        owed_to(reader, due_on=due_on)

    counts = [
        waiting_for(reader, day)
        for reader, day in [(first, TODAY), (second, TODAY), (second, TOMORROW), (first, TOMORROW), (first, TODAY)]
    ]  # fmt: skip

    assert counts == [1, 0, 1, 2, 1]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_a_team", [True, False], ids=["team", "no-team"])
def test_what_waits_is_as_many_as_when_it_is_counted_anew(role, in_a_team):
    readers = [UserFactory(role=role, **({} if in_a_team else {"team": None})) for _ in range(2)]
    for reader in readers:
        everything_about(reader)
    owners = (Role.OFFICER, Role.SPO, Role.HEAD, Role.COORDINATOR, Role.RESETTLEMENT)
    for case in Case.objects.all():
        for kind, (owner, due_on) in zip(KINDS, product(owners, (TODAY, TOMORROW)), strict=False):
            DeadlineFactory(case=case, kind=kind, owner_role=owner, due_on=due_on)

    for reader in readers:
        for day in (TODAY, TOMORROW):
            now, _, _ = work._sections(role, day)
            if role != Role.HUB:  # whose work is counted otherwise
                assert waiting_for(reader, day) == owed_by(reader, day).filter(now).count()


def test_nothing_is_read_while_it_is_worded(django_assert_num_queries):
    """What was in the tables then would be there for everybody after."""
    readers = [UserFactory(role=role, **given) for role in Role for given in ({}, {"team": None})]
    builds = [worded.__wrapped__ for worded, *_ in WORDED.values()]

    with django_assert_num_queries(0):
        for reader in readers:
            for build in builds:
                made_once(build)(reader)
            if reader.role in (Role.OFFICER, Role.SPO, Role.HEAD, Role.COORDINATOR, Role.RESETTLEMENT):  # fmt: skip
                made_once(work._waiting.__wrapped__)(reader, TODAY)


@pytest.mark.parametrize(
    "reads",
    [
        lambda user: Case.objects.filter(surname=user.last_name).values("pk"),
        lambda user: Case.objects.filter(team__name=user.team.name).values("pk"),
        lambda user: Case.objects.filter(officer__is_active=user.is_active).values("pk"),
    ],
    ids=["name", "team", "active"],
)
def test_what_reads_more_of_its_reader_is_not_worded(reads):
    with pytest.raises(NotOfThisReaderAlone):
        made_once(reads)(UserFactory())


@pytest.mark.parametrize(
    "reckons",
    [
        lambda user, today: User.objects.filter(pk=user.pk + 1).values("pk"),
        lambda user, today: Deadline.objects.filter(due_on__lte=today + timedelta(days=7)).values("pk"),
        lambda user, today: Deadline.objects.filter(due_on__month=today.month).values("pk"),
        lambda user, today: User.objects.filter(**{"pk" if user.pk % 2 else "team": 1}).values("pk"),
        lambda user, today: User.objects.filter(pk__in=[user.pk, *range(today.month)]).values("pk"),
    ],
    ids=["number", "later-day", "month", "words", "how-many"],
)  # fmt: skip
def test_what_reckons_from_its_reader_or_the_day_is_not_worded(reckons):
    with pytest.raises(NotOfThisReaderAlone):
        made_once(reckons)(UserFactory(), TODAY)


@pytest.mark.parametrize(
    ("column", "day"),
    [("last_login__date__lt", localdate), ("last_login__lt", now)],
    ids=["day", "moment"],
)
def test_what_asks_of_the_day_it_is_worded_on_is_not_kept(column, day):
    """Who covers whom would be of that day until the process ends: the database is asked what day it is."""

    @made_once
    def since(user):
        return User.objects.filter(pk=user.pk, **{column: day()}).values("pk")

    with pytest.raises(NotOfThisReaderAlone):
        since(UserFactory())


def test_a_number_that_only_looks_like_a_readers_is_left_alone():
    """A constant of the query is the same for both who do not exist, whatever it is."""
    constants = [value for one in STAND_INS for asked, value in one.items() if asked != Asked.DAY]

    @made_once
    def odd(user):
        rows = User.objects.filter(pk=user.pk)
        for number, constant in enumerate(constants):
            rows = rows.annotate(**{f"odd_{number}": Value(constant)})
        return rows.values("pk", *(f"odd_{number}" for number in range(len(constants))))

    user = UserFactory()

    assert list(odd(user).params) == [*constants, user.pk]


def test_nothing_is_kept_of_a_role_of_whom_nothing_is_asked():
    @made_once
    def of_officers(user):
        return User.objects.filter(pk=user.pk) if user.role == Role.OFFICER else User.objects.none()

    user = UserFactory(role=Role.SPO)
    with pytest.raises(EmptyResultSet):
        of_officers(user)
    user.role = Role.OFFICER

    assert user.pk in of_officers(user).params
    assert User.objects.filter(pk=F("pk")).exists()


# What is counted of cases in one statement


def plainly(reader, team):
    """What a board says, each by a statement of its own that is worded anew."""
    cases = board.cases_of(reader, team)
    reached = Case.objects.within_reach(reader, Action.VIEW_TEAM).supervised()
    flags = shown_to(reader, Flag.objects.raised().beside_complaints(), kind="deadline__kind")
    places = Counter(cases.values_list("standing__place", flat=True))
    checks = Enquiry.objects.overdue(TODAY).filter(case__in=cases)
    waiting = Assessment.objects.filter(state="waiting", case__in=cases.ours())
    return {
        "unplaced": places.pop(None, 0),
        "places": dict(places),
        "groups": dict(Counter(cases.exclude(standing__group="").exclude(standing=None).values_list("standing__group", flat=True))),
        "kept": len((reached.filter(team=team) if team else reached).masked_to(reader)),
        "checks": Counter(checks.values_list("case__officer", "kind")),
        "flags": dict(Counter(flags.filter(case__in=cases).values_list("told", flat=True))),
        "to_countersign": waiting.count(),
        "overrides": dict(Counter(Override.objects.open().filter(case__in=cases).values_list("state", flat=True))),
        "routes": Deadline.objects.unmet().filter(kind="book_replacement", case__in=cases).count(),
    }  # fmt: skip


def said(found):
    checks = Counter(
        {
            (one.officer.pk if one.officer else None, kind): count
            for one in found.checks
            for kind, count in one.by_kind.items()
        }
    )
    return {**vars(found), "checks": checks}


def happened_to(case, number, by):
    """Something of each that a board counts, and of some what it does not."""
    done = {"closed_on": date(2018, 10, 20)} if number % 5 == 4 else {}
    for kind in ("make_plan", "tell_victim_liaison", "book_replacement", "answer_complaint"):
        late = DeadlineFactory(case=case, kind=kind, triggered_on=date(2018, 9, 1))
        FlagFactory(deadline=late, told=Role.SPO if number % 3 else Role.HEAD, **done)
    EnquiryFactory(case=case, due_on=date(2018, 9, 20))
    signed = {"state": "waiting", "signed_at": now(), "signed_by": by} if number % 2 else {}
    OverrideFactory(assessment=AssessmentFactory(case=case, begun_by=by, **signed), asked_by=by)
    if number % 3:
        group = "LC50" if number % 2 else "M0"
        StandingFactory(case=case, place="group", group=group, needs="")


@pytest.fixture(scope="class", params=[True, False], ids=["team", "no-team"])
def two(request, django_db_setup, django_db_blocker):
    """Keys of two readers, with everything about each and much that has happened. It hangs on no role."""
    given = {} if request.param else {"team": None}
    with django_db_blocker.unblock(), undone():
        readers = [UserFactory(**given) for _ in range(2)]
        for reader in readers:
            everything_about(reader)
        CaseFactory(team=readers[0].team, state="no_sentence")
        CaseFactory(team=readers[0].team, retained_by="An officer of the NPS")
        for number, case in enumerate(Case.objects.order_by("pk")):
            happened_to(case, number, readers[0])
        yield [reader.pk for reader in readers]


class TestABoard:
    """In a class, at the end of which what its tests begin from is taken back."""

    @pytest.mark.parametrize("role", Role)
    def test_it_counts_for_each_reader_what_is_counted_plainly(self, two, role):
        User.objects.filter(pk__in=two).update(role=role)
        readers = [User.objects.get(pk=key) for key in two]
        teams = [None, *Team.objects.filter(pk__in=Case.objects.values("team"))]

        for reader in (*readers, readers[0]):
            for team in teams:
                assert said(board.board(reader, team, TODAY)) == plainly(reader, team)


def test_a_board_is_one_statement_and_one_more_for_a_kind_that_is_kept(django_assert_num_queries):
    senior = UserFactory(role=Role.SPO)
    case = CaseFactory(team=senior.team)
    FlagFactory(case=case, deadline=DeadlineFactory(case=case))
    board.board(senior, senior.team, TODAY)

    with django_assert_num_queries(1):
        assert sum(board.board(senior, senior.team, TODAY).flags.values()) == 1

    kept = DeadlineFactory(case=case, kind="tell_victim_liaison")
    FlagFactory(case=case, deadline=kept)
    with django_assert_num_queries(2):
        assert sum(board.board(senior, senior.team, TODAY).flags.values()) == 2


def users_but(user):
    return User.objects.exclude(pk=user.pk).values_list("pk")


def test_what_is_asked_about_is_told_from_the_reader_and_is_not_reckoned_from():
    @counted_at_once
    def of_team(user, of, today):
        mine = Case.objects.filter(team=of).values_list("pk", "officer")
        return mine, {
            "there": users_but(user).filter(team=of),
            "held": Case.objects.filter(pk__in=AMONG).values_list("crn"),
        }

    @counted_at_once
    def reckoned(user, of, today):
        mine = Case.objects.filter(team=of).values_list("pk", "officer")
        return mine, {"there": users_but(user).filter(team=of + 1)}

    @counted_at_once
    def begun_elsewhere(user, of, today):
        return Case.objects.filter(team=of + 1).values_list("pk", "officer"), {}

    user, other = UserFactory(), UserFactory()
    beside = UserFactory(team=other.team)
    case = CaseFactory(team=other.team)

    assert of_team(user, user.team_id, TODAY) == {"there": [], "held": []}
    assert set(of_team(user, other.team_id, TODAY)["there"]) >= {(other.pk,), (beside.pk,)}
    assert of_team(user, other.team_id, TODAY)["held"] == [(case.crn,)]
    assert (other.pk,) not in of_team(other, other.team_id, TODAY)["there"]
    for one in (reckoned, begun_elsewhere):
        with pytest.raises(NotOfThisReaderAlone):
            one(user, user.team_id, TODAY)


def test_what_can_have_no_rows_is_not_asked_for(django_assert_num_queries):
    @counted_at_once
    def no_cases(user, of, today):
        return Case.objects.none(), {"there": User.objects.values_list("pk")}

    @counted_at_once
    def no_rows(user, of, today):
        return Case.objects.values_list("pk", "officer"), {"there": User.objects.none()}

    user = UserFactory()

    with django_assert_num_queries(0):
        assert no_cases(user, None, TODAY)["there"] == []
        assert no_rows(user, None, TODAY)["there"] == []
