"""What is worded once a process for every reader: each gets what is theirs, whoever asked before them.

What is worded stays to the end of the process, so that in every test somebody else may have asked first; where it
matters, somebody has.
"""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import EmptyResultSet, ObjectDoesNotExist
from django.db.models import F, Value
from django.utils.timezone import localdate, now

from cases.models import Absence, Assignment, Case, Deadline, Limit
from cases.models import case as reach_of_cases
from cases.models.made_once import (
    STAND_INS,
    Asked,
    NotOfThisReaderAlone,
    made_once,
    rows_made_once,
)
from cases.queries import work
from cases.queries.work import owed_by, waiting_for
from cases.reference.deadlines import KINDS
from oversight.queries import team as board
from staff.models import User
from staff.permissions import Action, Role, reach
from tests.factories import (
    AbsenceFactory,
    AssignmentFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    FlagFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2018, 10, 1), date(2018, 10, 2)
# Each that is made once, and the column of a table whose rows it chooses
WORDED = {
    "limits": (reach_of_cases._limits_against, Limit, "pk"),
    "assigned": (reach_of_cases._assigned_to, Assignment, "case"),
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
    for name in ("_limits_against", "_assigned_to", "_covered_by", "_teams_covered_by"):
        monkeypatch.setattr(reach_of_cases, name, getattr(reach_of_cases, name).__wrapped__)
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
    first, second = UserFactory(role=role), UserFactory(role=role)
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
    with pytest.raises(ObjectDoesNotExist):
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


# Rows that are asked with words made once


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_a_team", [True, False], ids=["team", "no-team"])
def test_a_board_counts_for_each_reader_what_is_counted_when_it_is_worded_anew(role, in_a_team):
    given = {} if in_a_team else {"team": None}
    readers = [UserFactory(role=role, **given) for _ in range(2)]
    for reader in readers:
        everything_about(reader)
    for case in Case.objects.all():
        late = DeadlineFactory(case=case, triggered_on=date(2018, 9, 1), due_on=date(2018, 9, 3))
        FlagFactory(deadline=late, case=case)
        EnquiryFactory(case=case, due_on=date(2018, 9, 20))
    teams = [None, *Case.objects.exclude(team=None).values_list("team", flat=True).distinct()]

    def anew(reader, team):
        asked = board._counted.__wrapped__(reader, team, TODAY)
        return {name: sorted(map(tuple, rows), key=str) for name, rows in asked.items()}

    for reader in (*readers, readers[0]):
        for team in teams:
            found = board._counted(reader, team, TODAY)

            assert {name: sorted(rows, key=str) for name, rows in found.items()} == anew(
                reader, team
            )


def test_what_is_asked_about_is_told_from_the_reader_and_is_not_reckoned_from():
    @rows_made_once
    def of_team(user, of, today):
        return {"there": User.objects.filter(team=of).exclude(pk=user.pk).values_list("pk")}

    @rows_made_once
    def reckoned(user, of, today):
        return {"there": User.objects.filter(team=of + 1).values_list("pk")}

    user, other = UserFactory(), UserFactory()
    beside = UserFactory(team=other.team)

    assert of_team(user, user.team_id, TODAY) == {"there": []}
    assert set(of_team(user, other.team_id, TODAY)["there"]) == {(other.pk,), (beside.pk,)}
    assert of_team(other, other.team_id, TODAY) == {"there": [(beside.pk,)]}
    with pytest.raises(NotOfThisReaderAlone):
        reckoned(user, user.team_id, TODAY)


def test_what_can_have_no_rows_is_not_asked_for(django_assert_num_queries):
    @rows_made_once
    def none(user, of, today):
        return {"there": User.objects.none().values_list("pk")}

    user = UserFactory()

    with django_assert_num_queries(0):
        assert none(user, None, TODAY) == {"there": []}
