"""Where what somebody does in the first days after release lies, as far as its postcode is recorded and can be placed.

A place that nobody gave a postcode has none: the middle of a town is not near by itself. Source: `ttg.rules.first_days`.
"""

from datetime import time

from django.utils.timezone import localtime

from cases.models import PostcodePoint
from cases.reference.appointments import TYPES, Where
from cases.rules.giveaways import POSTCODE

REMOTE = (Where.TELEPHONE, Where.VIDEO)


def points_of(raw):
    """{postcode: point} of everything that is named, in one statement."""
    codes = set()
    for one in raw:
        codes.add(compact(one.stay.prison.postcode) if one.stay.prison else "")
        codes.add(compact(one.home.postcode) if one.home else "")
        codes.update(code_of(each, one.home) for each in one.contacts)
        codes.update(code_of_service(each) for each in one.referrals)
    rows = PostcodePoint.objects.filter(pk__in=codes - {""})
    return {pk: (east, north) for pk, east, north in rows.values_list("pk", "easting", "northing")}


def code_of(contact, home):
    """The postcode of where an appointment is; blank where nobody has said."""
    if where_of(contact) == Where.HOME:
        return compact(home.postcode) if home else ""
    booking = getattr(contact, "booking", None)
    if booking and booking.place:
        return compact(booking.place.postcode)
    return _code_in(contact.place)


def code_of_service(one):
    """Of its own address only where the appointment is there: elsewhere in the town is not near by itself."""
    if one.first_postcode:
        return compact(one.first_postcode)
    there, said = one.service.address.casefold(), one.first_where.casefold()
    if not said or (there and (said in there or there in said)):
        return compact(one.service.postcode)
    return _code_in(one.first_where)


def _code_in(text):
    found = POSTCODE.search(text)
    return "".join(found.groups()).upper() if found else ""


def where_of(contact):
    booking, kind = getattr(contact, "booking", None), TYPES.get(contact.type_code)
    return booking.where if booking else kind.where if kind else ""


def place_of(contact):
    booking = getattr(contact, "booking", None)
    if booking and booking.place:
        return ", ".join(filter(None, [booking.place.name, booking.place.address]))
    if where_of(contact) in (Where.HOME, *REMOTE):
        return Where(where_of(contact)).title
    return contact.place


def is_timed(contact):
    """Whether the hour is known: a record that gives the day alone has midnight."""
    return localtime(contact.started_at).time() != time() or contact.ended_at is not None


def compact(postcode):
    return "".join(postcode.split()).upper()
