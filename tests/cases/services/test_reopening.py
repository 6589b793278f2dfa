"""A case that ended here is opened again by somebody who says why, or by a new sentence; and nothing that was owed is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case, Deadline, Issue
from cases.reference.deadlines import KINDS, Unit
from cases.reference.holding import LeftAs
from cases.reference.pauses import RUN_AFTER_LEAVING
from cases.rules.calendar import working_days_between
from cases.services.deadlines import open_deadline
from cases.services.reopening import reopen_case
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases import an_ending
from tests.cases.an_ending import DAY, at_its_end, senior_of
from tests.cases.importing.extracts import NOW as IMPORTED
from tests.cases.importing.extracts import bring_in, conviction, offender
from tests.factories import NOW, TODAY, UserFactory

pytestmark = pytest.mark.django_db
WHY = "The court found that he had not worked his hours"
AFTER = IMPORTED + timedelta(days=16)
# No case ends while an agency has not answered, and otherwise no interim plan is owed
OWED = sorted(set(KINDS) - {"end_case", "propose_early_end", "interim_plan"})


def reopened(case, now=NOW, by=None):
    return reopen_case(case=case, because=WHY, by=by or senior_of(case), now=now)


def test_it_is_supervised_again_and_the_ending_stays_on_record_with_why():
    case = at_its_end()
    an_ending.ended(case)
    senior = senior_of(case)

    ending = reopened(case, by=senior)

    case.refresh_from_db()
    assert case.is_supervised
    assert (ending.reopened_by, ending.reopened_because) == (senior, WHY)
    assert ending.ended_at
    assert not case.endings.standing().exists()
    assert Entry.objects.get(action="reopened_case").by == senior


def test_it_may_end_and_be_opened_again_any_number_of_times():
    case = at_its_end()
    for _ in range(3):
        an_ending.ended(case)
        reopened(case)

    assert case.endings.count() == 3


@pytest.mark.parametrize(("role", "because", "refused"), [
    (Role.OFFICER, WHY, "A senior probation officer or the head"),
    (Role.SPO, "n/a", "Say why it is opened again"),
    (Role.SPO, "x y" * 300, "500 characters"),
])  # fmt: skip
def test_it_is_opened_by_a_senior_who_says_why(role, because, refused):
    case = at_its_end()
    an_ending.ended(case)

    with pytest.raises(RuleBroken, match=refused):
        reopen_case(case=case, because=because, by=UserFactory(role=role), now=NOW)


def test_what_has_not_ended_here_is_not_opened_again():
    case = at_its_end()

    with pytest.raises(RuleBroken, match="not been brought to its end here"):
        reopened(case)
    Case.objects.update(left_as=LeftAs.DIED)
    with pytest.raises(RuleBroken, match="not been brought to its end here"):
        reopened(case)


@settings(
    max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    kinds=st.dictionaries(st.sampled_from(OWED), st.integers(0, 40), max_size=6),
    away=st.lists(st.integers(0, 200), min_size=1, max_size=3),
)
def test_whatever_was_owed_goes_on_from_where_it_stood(kinds, away):
    case = at_its_end()
    began = {
        kind: open_deadline(
            case=case, kind=kind, triggered_on=TODAY, why="By rule", by=None, today=TODAY,
            due_on=TODAY + days * DAY,
        )
        for kind, days in kinds.items()
    }  # fmt: skip
    now = NOW
    for days in away:
        an_ending.ReviewFactory(case=case, complete=True, signed_at=now)
        an_ending.ended(case, now=now)
        runs = Deadline.objects.unmet().ours().filter(case=case)
        assert set(runs.values_list("kind", flat=True)) == kinds.keys() & RUN_AFTER_LEAVING
        now += timedelta(days=days)
        reopened(case, now)

    for kind, was in began.items():
        now_owed = Deadline.objects.get(pk=was.pk)
        assert (now_owed.met_on, now_owed.void, now_owed.paused_on) == (None, False, None)
        if kind in RUN_AFTER_LEAVING:
            assert now_owed.due_on == was.due_on
            continue
        assert _left(kind, now_owed.due_on, now.date()) >= _left(kind, was.due_on, TODAY)


def _left(kind, due_on, today):
    """Days, or working days, until it is due."""
    if KINDS[kind].unit is Unit.DAYS:
        return (due_on - today).days
    return working_days_between(today, due_on)


# What an extract says of it


@pytest.fixture
def case(tmp_path):
    """Brought in, and ended here on the day of the extract."""
    bring_in(tmp_path, offender(), conviction())
    case = Case.objects.get()
    case.officer = UserFactory()
    case.sentences.update(expected_end_on=IMPORTED.date())
    case.save()
    an_ending.RegistrationFactory(case=case, type_code="RLRH")
    an_ending.ReviewFactory(case=case, complete=True, signed_at=IMPORTED)
    an_ending.ended(case, now=IMPORTED)
    return case


def test_an_extract_that_still_shows_it_open_changes_nothing_and_says_so_once(case, tmp_path):
    bring_in(tmp_path, offender(), conviction())
    bring_in(tmp_path, offender(), conviction())

    case.refresh_from_db()
    assert case.left_as == LeftAs.ENDED
    assert (
        Issue.objects.unsettled()
        .get(kind="ended_here_and_open")
        .what.endswith("nDelius still shows it open")
    )


def test_a_new_sentence_opens_it_again_by_itself(case, tmp_path):
    new = conviction(
        number=2,
        convictionDate="2018-11-20",
        sentence={"description": "ORA Community Order", "startDate": "2018-11-20"},
    )

    bring_in(tmp_path, offender(), conviction(), new, now=AFTER, today=AFTER.date())

    case.refresh_from_db()
    assert case.is_supervised
    because = case.endings.get().reopened_because
    assert because == "nDelius brought a new sentence, passed or begun on 20 November 2018"
    assert Entry.objects.filter(action="reopened_case", crn=case.crn).count() == 1
    assert case.arrivals.filter(sentence__convicted_on=date(2018, 11, 20)).count() == 1
    assert not Issue.objects.unsettled().filter(kind="ended_here_and_open").exists()


def test_an_older_sentence_that_comes_late_does_not(case, tmp_path):
    bring_in(tmp_path, offender(), conviction(), conviction(number=2, convictionDate="2017-01-01"))

    case.refresh_from_db()
    assert case.left_as == LeftAs.ENDED


def test_an_extract_that_closes_it_settles_what_was_to_be_put_right(case, tmp_path):
    bring_in(tmp_path, offender(), conviction())
    over = conviction(active=False)
    over["sentence"] = over["sentence"] | {"terminationDate": str(date(2018, 11, 5))}

    bring_in(tmp_path, offender(currentDisposal="0"), over)

    case.refresh_from_db()
    assert case.state == "no_sentence"
    assert not Issue.objects.unsettled().filter(kind="ended_here_and_open").exists()
