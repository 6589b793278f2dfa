"""Those who look for a place, from the record as it stands."""

from datetime import date, datetime, timedelta

import pytest

from cases.models import NonAssociation
from cases.reference.codes import Sex
from grid.models import Room
from grid.queries.seekers import places_of_groups, seekers_of
from grid.reference.groups import CanGo, SeriesState
from grid.rules.sessions import LONDON
from grid.services.weeks import say_of_place
from tests.factories import (
    AddressFactory,
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    PersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
)
from tests.grid.a_week import CALLED_OFF, NOW, TODAY, lives_at, point, say, site, tie
from tests.grid.planned_series import planned, sessions_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOME, NEAR, FAR = "RG1 2AA", "RG1 1AA", "OX1 1AA"


@pytest.fixture(autouse=True)
def map_of_it():
    """A kilometre to the one, twenty to the other, on one line from west to east."""
    point(HOME, 471000)
    point(NEAR, 472000)
    point(FAR, 491000)


def seeker_of(case, today=TODAY):
    return seekers_of([case.pk], today)[case.pk]


def of_place(case, place, can_go, because=""):
    say_of_place(case=case, place=place, can_go=can_go, because=because, by=case.officer, now=NOW)


def at_home(**columns):
    case = CaseFactory(**columns)
    lives_at(case, HOME)
    return case


# Where groups may be held


def test_a_place_counts_while_a_room_of_it_is_in_use():
    used, shut = site(), site()
    Room.objects.filter(place=shut).update(closed_on=TODAY)
    closed = site(closed_on=TODAY)
    site(room=False)

    assert set(places_of_groups(TODAY)) == {used}
    assert set(places_of_groups(TODAY - DAY)) == {used, shut, closed}


def test_or_while_a_series_there_has_a_session_to_come():
    series = planned()
    Room.objects.update(closed_on=TODAY)
    last = sessions_of(series)[-1].starts_at.astimezone(LONDON).date()

    assert list(places_of_groups(last)) == [series.place]
    assert list(places_of_groups(last + DAY)) == []
    series.state, series.state_because = SeriesState.CALLED_OFF, "Too few"
    series.save()
    assert list(places_of_groups(TODAY)) == []


# The way


@pytest.mark.parametrize(
    ("by_way_of", "near", "far"),
    [
        # 1,300 m of road: 15.6 minutes at 5 km an hour, shorter than any wait; 26,000 m: walked in 312 minutes
        ("foot", 16, 312),
        ("bus", 15, 97),  # 1.3 km at 18 and ten to wait: 14.33; 26 km: 86.67 and ten
        ("car", 7, 44),  # 1.3 km at 40 and five: 6.95; 26 km: 39 and five
    ],
)
def test_minutes_each_way_as_they_get_about(by_way_of, near, far):
    case, one, other = at_home(), site(NEAR), site(FAR)
    say(case, by_way_of=by_way_of)

    assert seeker_of(case).minutes == {one.pk: near, other.pk: far}


def test_by_bus_where_nobody_has_asked():
    case, one = at_home(), site(NEAR)

    found = seeker_of(case)

    assert (found.week, found.minutes) == (None, {one.pk: 15})


def test_what_is_not_known_is_left_out():
    case, one = at_home(), site(NEAR)
    site("ZZ9 9ZZ")
    site("")
    nowhere, no_point, moved = CaseFactory(), CaseFactory(), at_home()
    lives_at(no_point, "ZZ9 9ZZ")
    moved.addresses.update(to_on=TODAY)

    found = seekers_of([case.pk, nowhere.pk, no_point.pk, moved.pk], TODAY)

    assert found[case.pk].minutes == {one.pk: 15}
    assert [found[pk].minutes for pk in (nowhere.pk, no_point.pk, moved.pk)] == [{}, {}, {}]


def test_from_where_they_live_now():
    case, one = CaseFactory(), site(NEAR)
    AddressFactory(case=case, postcode=NEAR)
    AddressFactory(case=case, postcode="rg12aa")  # written otherwise, and the last of them

    assert seeker_of(case).minutes == {one.pk: 15}


# Places they prefer, and where they must not go


def test_what_they_say_of_places():
    case, liked, feared = at_home(), site(NEAR), site(FAR)
    of_place(case, liked, CanGo.PREFERS)
    of_place(case, feared, CanGo.CANNOT, "Somebody who threatens him lives near by")

    found = seeker_of(case)

    assert (found.prefers, found.barred) == ({liked.pk}, {feared.pk})


def area(case, easting, radius, **columns):
    """An order that bans a circle on the line from west to east."""
    one = RestrictionFactory(case=case, terms="areas", **columns)
    RestrictedAreaFactory(restriction=one, outline={"centre": [easting, 173000], "radius": radius})


@pytest.mark.parametrize(
    ("radius", "days", "barred"),
    [
        (400, {}, False),  # the place is half a kilometre from the middle
        (500, {}, True),
        (600, {"from_on": date(2018, 10, 2)}, False),  # not yet
        (600, {"from_on": date(2018, 1, 1), "to_on": date(2018, 9, 30)}, False),  # over
        (600, {"from_on": date(2018, 1, 1), "to_on": date(2018, 10, 1)}, True),  # its last day
        (600, {"ended_on": date(2018, 9, 1), "ended_because": "Discharged"}, False),
    ],
)
def test_a_place_in_an_area_that_an_order_bans_is_barred(radius, days, barred):
    case, place = at_home(), site(NEAR)
    site(FAR)
    area(case, 472500, radius, **{"from_on": TODAY} | days)

    assert seeker_of(case).barred == ({place.pk} if barred else set())
    assert seeker_of(CaseFactory()).barred == set()


# Whom they are with


@pytest.mark.parametrize(
    ("sex", "identity", "said", "woman", "chose"),
    [
        (Sex.FEMALE, "not_asked", True, True, True),
        (Sex.FEMALE, "not_asked", None, True, False),
        (Sex.FEMALE, "not_asked", False, True, False),
        (Sex.MALE, "GIF", True, True, True),  # by her own account
        (Sex.MALE, "not_asked", None, False, False),
        (Sex.UNKNOWN, "not_asked", None, False, False),
    ],
)
def test_women_and_what_they_chose(sex, identity, said, woman, chose):
    case = CaseFactory(sex=sex)
    PersonFactory(case=case, gender_identity=identity)
    say(case, women_only=said)

    company = seeker_of(case).company

    assert (company.woman, company.women_only) == (woman, chose)


def test_a_choice_says_nothing_once_the_record_says_he_is_a_man():
    case = CaseFactory(sex=Sex.FEMALE)
    say(case, women_only=True)
    case.sex = Sex.MALE
    case.save()

    assert seeker_of(case).company.women_only is False


def apart(one, other, **days):
    one, other = sorted((one, other), key=lambda case: case.pk)
    return NonAssociation.objects.create(
        one=one, other=other, why="A fight", **{"from_on": TODAY} | days
    )


def test_whoever_must_be_kept_apart_whichever_way_round_it_is_recorded():
    first, case, last, free = (CaseFactory() for _ in range(4))
    apart(first, case)
    apart(case, last)
    apart(case, free, from_on=date(2018, 1, 1), to_on=TODAY, ended_because="Settled")

    assert seeker_of(case).company.apart == {first.pk, last.pk}
    assert seeker_of(last).company.apart == {case.pk}


def test_the_days_on_which_they_come_to_the_same_place():
    case, other, place = CaseFactory(), CaseFactory(), site(name="Reading office")
    apart(case, other)
    tuesday = datetime(2018, 10, 2, 23, 30, tzinfo=LONDON)  # still that day by the clock
    AppointmentFactory(case=other, at=tuesday, place=place)
    AppointmentFactory(case=other, at=tuesday + DAY, place=place, **CALLED_OFF)
    AppointmentFactory(case=other, at=NOW - 2 * DAY, place=place)
    AppointmentFactory(case=other, at=tuesday + 2 * DAY)  # nowhere of ours
    brought = {"case": other, "appointment": True, "outcome_code": ""}
    ContactFactory(**brought, source_id="9", started_at=tuesday + 3 * DAY, place="READING OFFICE")
    AppointmentFactory(case=CaseFactory(), at=tuesday + 4 * DAY, place=place)

    assert seeker_of(case).apart_days == {place.pk: {date(2018, 10, 2), date(2018, 10, 5)}}
    assert seeker_of(CaseFactory()).apart_days == {}


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_statements_however_many_they_are(django_assert_num_queries, number):
    cases = [at_home() for _ in range(number)]
    places = [site(NEAR), site(FAR)]
    for case in cases:
        say(case)
        tie(case)
        area(case, 472500, 600)
        of_place(case, places[1], CanGo.PREFERS)
        other = CaseFactory()
        apart(case, other)
        AppointmentFactory(case=other, place=places[0])

    with django_assert_num_queries(14):
        found = seekers_of([one.pk for one in cases], TODAY)

    for case in cases:
        seeker = found[case.pk]
        assert (seeker.barred, seeker.prefers) == ({places[0].pk}, {places[1].pk})
        assert set(seeker.apart_days) == {places[0].pk}
        assert len(seeker.company.apart) == 1
