"""Statements that are worded once a process: each reader, case and day gets its own rows, whoever asked before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Prefetch, Q
from django.test.utils import CaptureQueriesContext

from cases.models import Absence, Case, Contact, Deadline
from cases.models.made_once import NotOfThisReaderAlone
from cases.models.worded_once import worded_once
from cases.queries import due, work
from cases.queries.work_order import ORDER, late_days, ranked
from staff.permissions import Action, Role
from tests.factories import (
    AbsenceFactory,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 1)
DAYS = (TODAY, TODAY + timedelta(days=3), date(2018, 12, 24))


@pytest.fixture
def people():
    """Everybody of two teams, with cases that owe something before, on and after the days asked about."""
    found = []
    for team in (TeamFactory(), TeamFactory()):
        officers = [UserFactory(role=Role.OFFICER, team=team) for _ in range(2)]
        found += [*officers, UserFactory(role=Role.SPO, team=team)]
        for officer in officers:
            for number in range(2):
                case = CaseFactory(team=team, officer=officer)
                StandingFactory(case=case)
                owners = (Role.OFFICER, Role.SPO)
                for kind, owner, on in zip(
                    ("make_plan", "name_officer"), owners, DAYS, strict=False
                ):
                    DeadlineFactory(
                        case=case, kind=kind, owner_role=owner, due_on=on + timedelta(days=number)
                    )
    found += [UserFactory(role=role, team=None) for role in (Role.HEAD, Role.AUDITOR, Role.HUB)]
    away, cover, *_ = found
    AbsenceFactory(user=away, cover=cover, from_on=TODAY, to_on=TODAY)
    return found


def plain(user, today):
    """As Django words it anew."""
    now, week, coming = work._sections(user.role, today)
    owed = ranked(work.owed_by(user, today), user.role, today).select_related(*work.FACTS)
    return (
        list(owed.filter(now).order_by(*ORDER)),
        list(owed.filter(week).order_by("due_on", *ORDER)),
        list(owed.filter(coming).order_by("due_on", *ORDER)),
    )


def test_my_work_is_the_same_as_worded_anew_for_each_reader_and_day(people):
    seen = 0
    for today in DAYS:
        for user in people:
            worst, week, coming = plain(user, today)
            days = (0, 9_999), today, work._sunday(today), *late_days(today)
            assert work._worst(user, (0, 9_999), today, *late_days(today)) == worst
            assert work._this_week(user, *days) == week
            assert work._coming_up(user, *days) == coming
            counts = work.counts_of(user, today)
            assert (counts["today"], counts["week"], counts["coming"]) == tuple(
                map(len, (worst, week, coming))
            )
            seen += len(worst) + len(week) + len(coming)
    assert seen > 30


def test_what_comes_with_a_row_comes_in_the_same_statement(people):
    officer = people[0]
    work._worst(officer, (0, 9_999), TODAY, *late_days(TODAY))

    with CaptureQueriesContext(connection) as asked:
        first, *_ = work._worst(officer, (0, 9_999), TODAY, *late_days(TODAY))
        said = first.case.officer.username, first.case.officer.pk, first.points

    assert len(asked) == 1
    assert said[:2] == (officer.username, officer.pk)
    assert (
        said[2] == ranked(work.owed_by(officer, TODAY), officer.role, TODAY).get(pk=first.pk).points
    )


def test_a_case_gets_its_own_rows_and_the_kinds_it_is_asked_about():
    one, other = CaseFactory(), CaseFactory()
    mine = [DeadlineFactory(case=one, kind=kind) for kind in ("make_plan", "home_visit")]
    DeadlineFactory(case=other, kind="make_plan")

    assert set(due._owed_on(one.pk, (), ())) == set(mine)
    assert due._owed_on(one.pk, (), ("home_visit",)) == mine[1:]
    assert due._owed_on(one.pk, ("home_visit",), ()) == mine[:1]
    assert [row.case_id for row in due._owed_on(other.pk, (), ())] == [other.pk]
    assert due._owed_on(0, (), ()) == []


def test_moments_and_codes_are_asked_anew():
    @worded_once
    def before(crn, now):
        return Contact.objects.filter(case__crn=crn, started_at__lt=now).order_by("pk")

    noon = datetime(2018, 10, 1, 12, tzinfo=UTC)
    early, late = (ContactFactory(started_at=noon + timedelta(hours=hour)) for hour in (0, 3))

    assert before(early.case.crn, noon + timedelta(hours=1)) == [early]
    assert before(early.case.crn, noon) == []
    assert before(late.case.crn, noon + timedelta(hours=1)) == []
    assert before(late.case.crn, noon + timedelta(hours=9)) == [late]


def test_values_and_prefetched_rows_come_as_the_queryset_says():
    @worded_once
    def keys(user):
        return Case.objects.filter(officer=user).order_by("pk").values_list("pk", flat=True)

    @worded_once
    def with_deadlines(user):
        return Case.objects.filter(officer=user).order_by("pk").prefetch_related("deadlines")

    one = DeadlineFactory()
    other = DeadlineFactory(case__officer=UserFactory())

    for deadline in (one, other, one):
        assert keys(deadline.case.officer) == [deadline.case_id]
        (case,) = with_deadlines(deadline.case.officer)
        assert list(case.deadlines.all()) == [deadline]


def test_what_changes_between_two_looks_shows_in_the_second(people):
    @worded_once
    def covered(user):
        return Absence.objects.filter(cover=user, cancelled_on=None)

    cover = people[1]
    assert len(covered(cover)) == 1
    Absence.objects.update(cancelled_on=TODAY)
    assert covered(cover) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda user, today: Deadline.objects.filter(due_on=today + timedelta(days=1)),
        lambda user, today: Deadline.objects.filter(due_on=date(2018, 10, 1)),
        lambda user, today: Deadline.objects.filter(case__officer=user.pk + 1),
        lambda user, today: Deadline.objects.filter(case__officer__username=str(user.pk)),
        lambda user, today: Case.objects.prefetch_related(
            Prefetch("deadlines", Deadline.objects.filter(due_on=today))
        ),
        lambda user, today: Case.objects.filter(
            officer__in=list(Absence.objects.covered_by(user).values_list("user", flat=True))
        ),
    ],
    ids=[
        "a day reckoned from it",
        "a day of its own",
        "a key reckoned from it",
        "in other words",
        "read after it",
        "read before it",
    ],
)
def test_what_is_reckoned_from_what_is_asked_is_refused(build):
    with pytest.raises(NotOfThisReaderAlone):
        worded_once(build)(UserFactory(), TODAY)


def test_what_is_worded_otherwise_for_another_reader_is_refused():
    def build(user):
        odd = user.pk % 2
        return Case.objects.filter(Q(officer=user) if odd else Q(officer=user, team=user.team_id))

    with pytest.raises(NotOfThisReaderAlone):
        worded_once(build)(UserFactory())


def test_of_what_it_does_not_know_it_words_nothing():
    read = worded_once(lambda share: Case.objects.filter(pk=share))

    with pytest.raises(KeyError):
        read(0.5)


def test_where_nobody_can_have_rows_nothing_is_asked():
    @worded_once
    def none(user):
        return Case.objects.open_to(user, Action.VIEW_WORK).none()

    reader = UserFactory()

    with CaptureQueriesContext(connection) as asked:
        assert none(reader) == []
    assert len(asked) == 0
