"""What somebody said of their week, and places for groups, as tests make them."""

from datetime import UTC, datetime, time

from cases.models import PostcodePoint
from grid.models import Commitment, Room
from grid.reference.parts_of_day import PartOfDay
from grid.services import weeks as services
from tests.factories import AddressFactory, PlaceFactory

NOW = datetime(2018, 10, 1, 8, tzinfo=UTC)  # a Monday, at nine by the clock in London
TODAY = NOW.date()
MONDAY, TUESDAY, SATURDAY = 0, 1, 5
MORNING, AFTERNOON, EVENING = PartOfDay
NINE, ELEVEN, SIX, EIGHT = time(9), time(11), time(18), time(20)
CALLED_OFF = {"called_off_at": NOW, "asked_by": "us", "called_off_because": "Ill"}
TUESDAY_EVENING = {TUESDAY: [EVENING]}


def say(case, parts=TUESDAY_EVENING, hours=(), by=None, now=NOW, **said):
    known = {"by_way_of": "bus", "note": ""} | said
    return services.say_week(
        case=case, parts=parts, hours=list(hours), by=by or case.officer, now=now, **known
    )


def tie(case, words="work", weekday=TUESDAY, from_at=NINE, to_at=SIX, now=NOW, **days):
    return services.add_commitment(
        case=case, words=words, weekday=weekday, from_at=from_at, to_at=to_at, by=case.officer, now=now, **days
    )  # fmt: skip


def old_tie(case, **columns):
    """A row that no service would take today, such as one that is over."""
    known = {
        "words": "work", "weekday": TUESDAY, "from_at": NINE, "to_at": SIX, "recorded_at": NOW,
        "recorded_by": case.officer,
    }  # fmt: skip
    return Commitment.objects.create(case=case, **known | columns)


def point(postcode, easting, northing=173000):
    return PostcodePoint.objects.create(
        postcode=postcode.replace(" ", ""), easting=easting, northing=northing
    )


def lives_at(case, postcode):
    return AddressFactory(case=case, postcode=postcode)


def site(postcode="RG1 1AA", room=True, **columns):
    """A place with a room for groups."""
    place = PlaceFactory(postcode=postcode, **columns)
    if room:
        Room.objects.create(place=place, name="Room 1", holds=12)
    return place
