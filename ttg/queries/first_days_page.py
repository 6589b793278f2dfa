"""The first days after release of one person as their page shows them: hour by hour, with the ways, and what cannot be kept.

Source: `ttg.queries.first_days`; Through the Gate reference 6. A warning never refuses anything.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.reference.appointments import FACE_TO_FACE_CODES, TYPES
from cases.rules.contact_figures import is_face_to_face
from cases.rules.words import counted
from staff.kit import Happening, Line, Link
from staff.permissions import Action
from staff.rules.dates import say_time
from ttg.models import NoHomePlan
from ttg.queries.first_days import FirstDays, by_day, first_days_of
from ttg.queries.first_places import where_of
from ttg.queries.home import say_place
from ttg.queries.needs import NO_STAY, stay_of
from ttg.reference.home import Item, ItemState
from ttg.rules.first_days import say_day
from ttg.rules.first_days_limits import say_curfew, say_minutes

NO_DAY = "The day of release is not known. Record it under Custody and dates, and their first days would be here."
NOBODY = "Nobody has said"
NO_TIME = "Any time on this day"
NOT_KNOWN = "Not known how far from the place before"
MEDICINES = (Item.SCRIPT, Item.MEDICATION, Item.NALOXONE)
MONEY = (Item.BENEFIT, Item.GRANT)


@dataclass(frozen=True)
class DayShown:
    title: str
    rows: list[Happening]


@dataclass(frozen=True)
class FirstDaysPage:
    lead: str = ""
    nothing: str = ""  # why there is no timetable; blank where there is one
    hard: str = ""  # what is hard about the day itself
    cannot: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    days: list[DayShown] = field(default_factory=list)
    parts: list[Line] = field(default_factory=list)  # what everybody needs in these days
    actions: list[Link] = field(default_factory=list)


def first_days_page(case, names, may, today):
    """For the reader whose page this is, in a fixed number of statements."""
    stay = stay_of(case)
    if stay is None:
        return FirstDaysPage(nothing=NO_STAY)
    found = first_days_of([stay], today).get(stay.pk)
    sheet = Link("Gate sheet", reverse("gate-sheet", args=[case.crn]))
    if found is None:
        return FirstDaysPage(nothing=NO_DAY, actions=[sheet])
    plan = NoHomePlan.objects.standing().filter(custody=stay).first()
    day = found.out.date()
    return FirstDaysPage(
        lead=f"{counted(found.hours, 'hour')} from {say_time(found.out)} on {say_day(day)}, when they are taken to leave prison.",
        hard=found.hard,
        cannot=[names.text(one.words) for one in found.cannot],
        unknown=[names.text(one.words) for one in found.unknown],
        days=_days(found, names),
        parts=_parts(case, found, plan, names, may),
        actions=[sheet],
    )


def say_way(way):
    """ "About 36 minutes from the place before"."""
    if way is None:
        return NOT_KNOWN
    return f"About {say_minutes(way)} from the place before" if way else "The same place"


def _days(found, names):
    shown = []
    for day, (stops, errands) in by_day(found).items():
        rows = [_stop(one, found, names) for one in stops]
        rows += [_errand(one, names) for one in errands]
        if found.home and day in found.way_home:
            rows.append(_home(day, found, names))
        shown.append(DayShown(say_day(day), rows))
    return shown


def _stop(one, found, names):
    until = f" to {say_time(one.ends)}" if one.ends > one.starts else ""
    lines = [one.where or "Where is not recorded"]
    if one.remote:
        lines = [one.where]
    elif one.key in found.way:
        lines.append(say_way(found.way[one.key]))
    return Happening(
        title=names.text(one.what),
        when=f"{say_time(one.starts)}{until}",
        text=names.text(". ".join(lines)),
        on=one.starts.isoformat(),
    )


def _errand(one, names):
    return Happening(names.text(one.what), NO_TIME, text=names.text(one.where), on=one.on.isoformat())  # fmt: skip


def _home(day, found, names):
    place = say_place(found.home, names)
    curfew = found.curfew
    when = "For the night"
    if curfew and curfew.from_at:
        when = f"By {say_time(curfew.from_at)}, for the curfew"
    return Happening("Home", when, text=f"{place}. {say_way(found.way_home[day])}", on=day.isoformat())  # fmt: skip


def _parts(case, found, plan, names, may):
    """What everybody needs in these days, and how far it is: the same lines on every page, whatever is missing."""
    book = reverse("book-appointment", args=[case.crn]) if Action.BOOK_APPOINTMENT in may else ""
    writes = Action.WRITE_RESETTLEMENT in may
    home, hand, needs = (
        reverse(page, args=[case.crn]) if writes else ""
        for page in ("release-home", "release-in-hand", "release-needs")
    )
    lines = [
        Line("Tonight", _tonight(found, plan, names), home),
        Line("Officer", _officer(case, found), book),
        Line("Medicines", _items(found, MEDICINES), hand),
        Line("Money and the Jobcentre", _items(found, MONEY), hand),
        Line("Curfew", _curfew(found.curfew)),
    ]
    lines += [Line(one.service.name, "Asked, and no time is given", needs) for one in found.waiting]
    lines += [_no_hour(one) for one in found.no_hour]
    return lines


def _tonight(found, plan, names):
    if found.home:
        return say_place(found.home, names)
    return names.text(plan.tonight) if plan else "Nowhere is confirmed, and no plan for tonight is signed"  # fmt: skip


def _officer(case, found: FirstDays):
    """The first appointment face to face with their officer in these days."""
    for one in sorted(found.contacts, key=lambda one: (one.started_at, one.pk)):
        booking = getattr(one, "booking", None)
        theirs = booking is None or booking.officer_id == case.officer_id
        if theirs and one.type_code in FACE_TO_FACE_CODES and is_face_to_face(one.type_code, where_of(one)):  # fmt: skip
            at = localtime(one.started_at)
            return f"{say_day(at.date())} at {say_time(at)}"
    return "No appointment with the officer is booked in these days"


def _items(found, items):
    said = [
        f"{item.title}: {ItemState(found.items[item]).title.lower()}"
        for item in items
        if item in found.items
    ]
    return ". ".join(said) or NOBODY


def _curfew(curfew):
    if curfew is None:
        return "None is recorded"
    if not curfew.from_at:
        return "There is one, and its hours are not recorded"
    return f"At home from {say_curfew(curfew)}"


def _no_hour(one):
    kind = TYPES.get(one.type_code)
    what = kind.title if kind else one.type_name or "Appointment"
    return Line(what, f"{say_day(localtime(one.started_at).date())}, at an hour that is not recorded")  # fmt: skip
