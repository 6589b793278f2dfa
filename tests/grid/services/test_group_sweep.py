"""What the sweep of groups finds is decided anew once it is held: what changed meanwhile is left as it is, and fails nothing."""

from datetime import timedelta

import pytest

from grid.models import Series, SeriesPlace, SeriesSession
from grid.queries.places_over import GONE, RUN_OUT, WAITS_NO_MORE
from grid.reference.groups import PlaceState
from grid.services.group_sweep import sweep_places
from grid.services.places import give_place, keep_place, let_go
from grid.services.referrals import withdraw
from tests.factories import UserFactory
from tests.grid.a_place import joins, somebody
from tests.grid.planned_series import NOW, facilitator, planned, sessions_of, waits
from tests.grid.services.test_group_locks import beside, held
from tests.grid.services.test_places import send_last, was_at
from tests.grid.services.test_places_over import THE_END, how

pytestmark = pytest.mark.django_db(transaction=True)
SAID_NO = "They said no."


def a_series():
    return planned(leaders=[facilitator(skill="Making Amends")])


def keep(series, referral):
    return keep_place(referral=referral, series=series, by=UserFactory(), now=NOW)


def take(place):
    give_place(
        referral=place.referral, series=place.series, seen=(), by=UserFactory(), now=NOW
    )  # fmt: skip


def refuse(place):
    let_go(place=place, because=SAID_NO, by=UserFactory(), now=NOW)


def die(place):
    """As `leaving` does, in the case alone: the place that was kept is taken first."""
    take(place)
    place.case.left_as = "died"
    place.case.save(update_fields=["left_as"])


@pytest.mark.parametrize(
    ("change", "state", "because", "closed"),
    [
        (take, PlaceState.TAKEN, "", 1),
        (refuse, PlaceState.LET_GO, SAID_NO, 1),
        (die, PlaceState.LEFT, GONE, 2),
    ],
)
def test_a_place_that_changed_while_the_sweep_waited_is_decided_anew(
    change, state, because, closed
):
    series = a_series()
    first, second = (keep(series, waits(somebody())) for _ in range(2))
    swept = []

    with beside(lambda: swept.append(sweep_places(now=first.kept_until))) as waiting:
        held(Series, series.pk)
        waiting()
        change(first)

    assert how(first) == (state, because)
    assert how(second) == (PlaceState.LET_GO, RUN_OUT)
    assert swept == [closed]


def test_a_place_that_is_wanted_again_while_the_sweep_waited_is_kept():
    series = a_series()
    place, other = (keep(series, waits(somebody())) for _ in range(2))
    for one in (place, other):
        withdraw(referral=one.referral, because="They moved.", by=UserFactory(), now=NOW)

    with beside(lambda: sweep_places(now=NOW)) as waiting:
        held(Series, series.pk)
        waiting()
        SeriesPlace.objects.filter(pk=place.pk).update(referral=waits(place.case))

    assert how(place) == (PlaceState.KEPT, "")
    assert how(other) == (PlaceState.LET_GO, WAITS_NO_MORE)


def test_a_series_that_got_another_session_while_the_sweep_waited_is_not_finished():
    series, case = a_series(), somebody()
    place = joins(series, case)
    was_at(case, 6, "took_part")
    send_last(series)
    swept = []

    with beside(lambda: swept.append(sweep_places(now=THE_END))) as waiting:
        held(Series, series.pk)
        waiting()
        last = sessions_of(series)[-1]
        SeriesSession.objects.create(
            series=series,
            number=7,
            room=last.room,
            starts_at=last.starts_at + timedelta(weeks=1),
            ends_at=last.ends_at + timedelta(weeks=1),
        )

    assert how(place) == (PlaceState.TAKEN, "")
    assert swept == [0]
