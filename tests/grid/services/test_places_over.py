"""Places are let go by themselves once nobody can use them. Source: product rules, groups."""

from datetime import date, timedelta

import pytest

from cases.models import Appointment, Case, Notice, Sentence
from cases.reference.codes import CustodyStatus
from cases.services.leaving import leave
from grid.models import Referral, SeriesPlace
from grid.queries.places_over import GONE, IN_CUSTODY, RUN_OUT, WAITS_NO_MORE
from grid.reference.groups import PlaceState, ReferralState
from grid.services import group_sweep
from grid.services.group_sweep import sweep_places
from grid.services.places import keep_place
from grid.services.referrals import withdraw
from tests.factories import UserFactory
from tests.grid.a_place import expected, joins, somebody
from tests.grid.planned_series import FIRST, NOW, TUESDAYS, at, facilitator, oxford, planned, waits
from tests.grid.services.test_places import send_last, was_at

pytestmark = pytest.mark.django_db
THE_END = at(TUESDAYS[-1], 20, 30)


@pytest.fixture
def series():
    return planned(leaders=[facilitator(skill="Making Amends")])


def how(place):
    place = SeriesPlace.objects.get(pk=place.pk)
    return place.state, place.closed_because


def goes_to_prison(case, free_on):
    Sentence.objects.filter(case=case).update(
        custody_status=CustodyStatus.IN_CUSTODY, expected_release_on=free_on
    )


def test_what_stands_is_left_alone(series):
    case = somebody()
    place = joins(series, case)
    keep_place(referral=waits(somebody()), series=series, by=UserFactory(), now=NOW)

    assert sweep_places(now=NOW) == 0
    assert how(place) == (PlaceState.TAKEN, "")
    assert len(expected(case)) == 6


def test_a_place_that_was_kept_too_long_is_let_go(series):
    place = keep_place(referral=waits(somebody()), series=series, by=UserFactory(), now=NOW)

    sweep_places(now=place.kept_until)

    assert how(place) == (PlaceState.LET_GO, RUN_OUT)


def test_a_place_kept_for_somebody_who_is_taken_off_the_list_is_let_go(series):
    referral = waits(somebody())
    place = keep_place(referral=referral, series=series, by=UserFactory(), now=NOW)

    withdraw(referral=referral, because="They moved to Kent.", by=UserFactory(), now=NOW)

    assert sweep_places(now=NOW) == 1
    assert how(place) == (PlaceState.LET_GO, WAITS_NO_MORE)


def test_a_place_kept_for_somebody_who_was_given_another_is_let_go(series):
    referral = waits(somebody())
    kept = keep_place(referral=referral, series=series, by=UserFactory(), now=NOW)
    place = oxford(name="Another office")
    other = planned(place=place, leaders=[facilitator("Gil Gray")])

    given = joins(other, referral=referral)

    assert sweep_places(now=NOW) == 1
    assert how(kept) == (PlaceState.LET_GO, WAITS_NO_MORE)
    assert how(given) == (PlaceState.TAKEN, "")


@pytest.mark.parametrize("left_as", ["died", "ended", "elsewhere"])
def test_whoever_is_supervised_here_no_more_has_no_place(series, left_as):
    case, other = somebody(), somebody()
    place, stays = joins(series, case), joins(series, other)
    leave(case=case, left_as=left_as, because="They left.", by=UserFactory(), now=NOW)

    assert sweep_places(now=NOW) == 1

    assert how(place) == (PlaceState.LEFT, GONE)
    assert expected(case) == []
    assert how(stays) == (PlaceState.TAKEN, "")
    because = Appointment.objects.filter(contact__case=case).values_list(
        "called_off_because", flat=True
    )
    assert set(because) == {"They left."}
    said = Notice.objects.filter(case=case, text__contains="has left Making Amends")
    assert not said.filter(text__contains="waits").exists()


def test_whoever_is_kept_by_the_nps_has_no_place(series):
    case = somebody()
    place = joins(series, case)
    Case.objects.filter(pk=case.pk).update(retained_by="mappa")

    sweep_places(now=NOW)

    assert how(place) == (PlaceState.LEFT, GONE)
    assert not Appointment.objects.standing().filter(contact__case=case).exists()


@pytest.mark.parametrize(
    ("free_on", "state"),
    [
        (None, PlaceState.LEFT),
        (FIRST, PlaceState.LEFT),
        (FIRST - timedelta(days=1), PlaceState.TAKEN),
    ],
)
def test_custody_ends_a_place_unless_they_are_out_in_time(series, free_on, state):
    case = somebody()
    place = joins(series, case)
    goes_to_prison(case, free_on)

    sweep_places(now=NOW)

    assert how(place) == (state, IN_CUSTODY if state == PlaceState.LEFT else "")
    assert bool(expected(case)) == (state == PlaceState.TAKEN)
    assert Referral.objects.get(case=case).state == ReferralState.ACCEPTED


def test_a_place_kept_for_somebody_in_custody_is_let_go(series):
    case = somebody()
    place = keep_place(referral=waits(case), series=series, by=UserFactory(), now=NOW)
    goes_to_prison(case, date(2019, 3, 1))

    sweep_places(now=NOW)

    assert how(place) == (PlaceState.LET_GO, IN_CUSTODY)


def test_a_series_that_is_over_is_finished_by_itself_once_its_register_is_sent(series):
    case = somebody()
    place = joins(series, case)
    was_at(case, 6, "took_part")

    sweep_places(now=THE_END)
    assert how(place)[0] == PlaceState.TAKEN

    send_last(series)
    sweep_places(now=THE_END)
    assert how(place)[0] == PlaceState.FINISHED
    assert Referral.objects.get(case=case).state == ReferralState.DONE


def test_one_that_fails_holds_up_no_other(series, monkeypatch):
    first, second = joins(series), joins(series)
    Case.objects.filter(pk__in=[first.case_id, second.case_id]).update(left_as="died")
    real = group_sweep.leave_series

    def fails_once(*, place, **given):
        if place.pk == first.pk:
            raise ValueError("It failed.")
        return real(place=place, **given)

    monkeypatch.setattr(group_sweep, "leave_series", fails_once)
    with pytest.raises(ExceptionGroup, match="Places in groups that failed"):
        sweep_places(now=NOW)

    assert how(first)[0] == PlaceState.TAKEN
    assert how(second) == (PlaceState.LEFT, GONE)
