"""Contact delivered, planned and asked for by the standard: three numbers over the same days, and what stands beside.

The standard is the contact level of the GRID, planned is that of the plan in force. Each asks for whole contacts,
and each contact falls due on the last day of its week, fortnight or calendar month; weeks and fortnights run
from the day on which supervision in the community began with us, months are those of the calendar and count only
where all of one was supervised. So a part of a week asks for nothing, and a contact is asked for once its days are over.
Delivered are days on which they were seen face to face. No level asks for less than one a calendar month.
A week, fortnight or month that lies wholly within pauses (custody, hospital, a warrant, at large, deported) asks for none.

Source: GRID policy (local), contact levels; CRC contract, schedule 9 AK (one face to face offered a calendar
month to whoever was supervised for all of it); report 2.3 (contact was below what plans set out); features, idea 18.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from cases.reference.appointments import FACE_TO_FACE, FACE_TO_FACE_CODES
from cases.reference.codes import CONTACT_ORDER, ContactLevel, Titled
from cases.rules.away import Away, wholly_away

VERSION = "2"
LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
WEEK, FORTNIGHT, FOUR_WEEKS = 7, 14, 28  # days
EASES_AFTER = 12 * WEEK  # days of weekly contact, then fortnightly
SECOND_FOR = 60  # days with a second contact each week


class NotCounted(Titled):
    """Why no standard is counted for somebody."""

    CUSTODY = "custody", "In custody"
    UNPAID_WORK = "unpaid-work", "Unpaid work alone, which has its own rule"
    CURFEW = "curfew", "A curfew alone, which the tagging contractor watches"
    NO_LEVEL = "no-level", "No contact level"
    NO_START = "no-start", "No day on which supervision began"


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which contact is counted: whole days, up to yesterday."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Supervised:
    """Since when somebody is supervised in the community by us, and how often they are to be seen."""

    began_on: date | None
    level: ContactLevel | str = ""  # of the GRID; blank: none
    planned: ContactLevel | str = ""  # of the plan in force; blank: no plan, or it does not say
    held: bool = False
    unpaid_work_alone: bool = False
    ends_on: date | None = None
    curfew_alone: bool = False
    away: tuple[Away, ...] = ()

    @property
    def not_counted(self):
        """Why no standard is counted, or None."""
        if self.held:
            return NotCounted.CUSTODY
        if self.unpaid_work_alone:
            return NotCounted.UNPAID_WORK
        if self.curfew_alone:
            return NotCounted.CURFEW
        if not self.level:
            return NotCounted.NO_LEVEL
        return NotCounted.NO_START if self.began_on is None else None

    @property
    def not_asked_for(self):
        """Whether no contact is owed whatever the level: in custody, or an order without supervision."""
        return self.held or self.unpaid_work_alone or self.curfew_alone

    @property
    def below(self):
        """Whether the plan has them seen less often than the GRID asks."""
        return bool(
            self.level
            and self.planned
            and CONTACT_ORDER[ContactLevel(self.planned)] < CONTACT_ORDER[ContactLevel(self.level)]
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, as far as contact is counted by it."""

    at: datetime
    attended: bool | None = None
    appointment: bool = True  # offered beforehand
    stands: bool = True  # neither called off, nor moved, nor stood down by us
    face_to_face: bool = True
    telephone: bool = False
    home_visit: bool = False

    @property
    def day(self):
        return self.at.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Figures:
    """What was asked for and what was done over the same days. Everything but the first two counts days."""

    standard: int = 0
    planned: int | None = None  # None: no plan says
    delivered: int = 0  # seen face to face: `kept` and `unplanned`
    kept: int = 0  # offered, and they came
    unplanned: int = 0  # seen without an appointment that was offered
    offered: int = 0  # a face-to-face appointment stood: `kept`, `missed` or `unsaid`
    missed: int = 0
    unsaid: int = 0  # nobody has said whether they came
    telephone: int = 0
    home_visits: int = 0


def is_face_to_face(code, where=""):
    """Whether they are seen by it: by its type, and where it was booked here by how they were to meet."""
    return code in FACE_TO_FACE_CODES and (not where or where in FACE_TO_FACE)


def window_of(today, weeks):
    return Window(today - timedelta(weeks=weeks), today - DAY)


def counted_from(supervised, window):
    """The first day that counts: of the window, or of supervision where that came later."""
    return max(window.first, supervised.began_on or window.first)


def due_days(level, began_on, window, away=()):
    """The day on which each contact that the level asks for falls due within the window, in order.

    None of a period that lies wholly `away`.
    """
    if level == ContactLevel.MONTHLY:
        return _month_ends(began_on, window, away)
    due: list[date] = []
    for start, end, how_many in _periods(level, (window.first - began_on).days):
        first, on = began_on + timedelta(days=start), began_on + timedelta(days=end - 1)
        if on > window.last:
            return due
        if on >= window.first and not wholly_away(away, first, on):
            due += [on] * how_many
    return due


def _periods(level, lived):
    """(days after the start before a week or fortnight, and once it has passed, contacts in it), without an end.

    Those of the first `lived` days are passed over four weeks at a time, which end with a period at every level.
    """
    end = max(0, lived // FOUR_WEEKS * FOUR_WEEKS)
    while True:
        start = end
        eased = level == ContactLevel.WEEKLY_THEN_FORTNIGHTLY and end >= EASES_AFTER
        end += FORTNIGHT if eased or level == ContactLevel.FORTNIGHTLY else WEEK
        second = level == ContactLevel.WEEKLY_FRONT_LOADED and end <= SECOND_FOR
        yield start, end, 2 if second else 1


def _month_ends(began_on, window, away):
    due, first = [], window.first.replace(day=1)
    while (last := month_end(first)) <= window.last:
        if first >= began_on and not wholly_away(away, first, last):
            due.append(last)
        first = last + DAY
    return due


def month_end(day):
    """The last day of its calendar month."""
    return day + relativedelta(day=31)


def figures(supervised, lines, window):
    """The figures of one case; None where no standard is counted."""
    if supervised.not_counted:
        return None
    began_on, plan, away = supervised.began_on, supervised.planned, supervised.away
    return replace(
        done(lines, counted_from(supervised, window), window.last),
        standard=len(due_days(supervised.level, began_on, window, away)),
        planned=len(due_days(plan, began_on, window, away)) if plan else None,
    )


def done(lines, first, last):
    """What was offered and done from the first day to the last, each day once under each figure."""
    dated = [(one.day, one) for one in lines]
    days = _days_of([(day, one) for day, one in dated if first <= day <= last])
    return Figures(**{name: len(held) for name, held in days.items()})


def days_of(lines):
    """{figure: its days}, those of `Figures` that are counted from the log."""
    return _days_of([(one.day, one) for one in lines])


def _days_of(dated):
    face = [(day, one) for day, one in dated if one.face_to_face]
    offers = [(day, one) for day, one in face if one.appointment and one.stands]
    seen = {day for day, one in face if one.attended}
    offered = {day for day, _ in offers}
    kept = {day for day, one in offers if one.attended}
    unsaid = {day for day, one in offers if one.attended is None} - kept
    return {
        "delivered": seen,
        "kept": kept,
        "unplanned": seen - kept,
        "offered": offered,
        "missed": offered - kept - unsaid,
        "unsaid": unsaid,
        "telephone": {day for day, one in dated if one.telephone and one.attended},
        "home_visits": {day for day, one in dated if one.home_visit and one.attended},
    }


# Of many people


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of some people added up, and how many people stand behind."""

    people: int = 0  # counted
    below: int = 0  # whose plan is below the standard
    no_plan: int = 0
    short: int = 0  # seen less often than the standard asks
    not_offered: int = 0  # of whom contact is asked, and neither offered nor delivered
    standard: int = 0
    planned: int = 0  # of those with a plan that says
    standard_with_plan: int = 0  # of the same, so that the two may be set side by side
    delivered: int = 0
    kept: int = 0
    unplanned: int = 0
    offered: int = 0
    missed: int = 0
    unsaid: int = 0
    telephone: int = 0
    home_visits: int = 0


COUNTS = tuple(one.name for one in fields(Figures))


def summed(of_people):
    """The sums over (Supervised, Figures or None) of each person; those not counted are left out."""
    counted = [(who, found) for who, found in of_people if found]
    sums = {name: sum(getattr(found, name) or 0 for _, found in counted) for name in COUNTS}
    groups = [among(who, found) for who, found in counted]
    people = {name: sum(name in group for group in groups) for name in PEOPLE}
    beside = sum(found.standard for _, found in counted if found.planned is not None)
    return Sums(people=len(counted), standard_with_plan=beside, **people, **sums)


PEOPLE = ("below", "no_plan", "short", "not_offered")


def among(supervised, found):
    """Under which of PEOPLE somebody who is counted stands."""
    held = {
        "below": supervised.below,
        "no_plan": found.planned is None,
        "short": found.delivered < found.standard,
        "not_offered": bool(found.standard) and not found.offered and not found.delivered,
    }
    return frozenset(name for name, stands in held.items() if stands)


# The floor: one face to face offered a calendar month


def month_owed(supervised, offered_on, today, notice_days):
    """The day by which an appointment is to be offered this calendar month, from so many days before it ends.

    None while nothing is owed: one is offered, or was held, on a day of this month; they are in custody, are on
    unpaid work or a curfew alone, are not supervised for the whole of the month, or have been away on every day of it.
    """
    first, last = today.replace(day=1), month_end(today)
    began, ends = supervised.began_on, supervised.ends_on
    whole = began is not None and began <= first and (ends is None or ends >= last)
    if not whole or supervised.not_asked_for or wholly_away(supervised.away, first, today):
        return None
    if today < last - timedelta(days=notice_days):
        return None
    return None if any(first <= day <= last for day in offered_on) else last


def month_met(opened_on, offered_on):
    """Whether what was owed in the month of that day is done: offered in it, or late."""
    return any(day >= opened_on.replace(day=1) for day in offered_on)
