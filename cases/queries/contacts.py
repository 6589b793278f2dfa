"""The log of contact, a page at a time, latest first.

Source: nDelius contact documents. System-generated lines are kept and left out until asked for.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from cases.queries.paging import page_of
from cases.rules.words import counted, shortened
from staff.kit import Happening, tag
from staff.rules.dates import say_date, say_time

SIZE = 40  # contacts on a page of the log
RECENT = 8  # on the overview
GIST = 280  # letters of the notes that the overview shows


@dataclass(frozen=True)
class Wanted:
    """What the reader of the log asked for, as codes and dates."""

    kind: str = ""  # code of a contact type
    outcome: str = ""  # code of an outcome
    from_on: date | None = None
    to_on: date | None = None
    system: bool = False  # lines that nDelius wrote by itself, too


@dataclass(frozen=True)
class Day:
    """The contacts of one day."""

    title: str
    items: list[Happening]


@dataclass(frozen=True)
class Log:
    """One page of the log."""

    days: list[Day]
    shown: int
    next_after: str


def log_of(case, wanted, names, after, now):
    """The page of the log that follows the contact `after`, grouped by day."""
    found = page_of(
        _matching(case, wanted), keys=("-started_at", "-pk"), after=after, size=SIZE, known_by="pk"
    )
    days: dict[date, list[Happening]] = {}
    for one in found.rows:
        days.setdefault(localtime(one.started_at).date(), []).append(happening(one, names, now))
    return Log(
        days=[Day(f"{day:%A} {say_date(day)}", items) for day, items in days.items()],
        shown=len(found.rows),
        next_after=found.next_after,
    )


def recent_contacts(case, names, now):
    """The latest few that have happened, in short, for the overview; and whether there are more."""
    past = _matching(case, Wanted()).filter(started_at__lte=now)
    found = list(past.order_by("-started_at", "-pk")[: RECENT + 1])
    items = [happening(one, names, now, dated=True, longest=GIST) for one in found[:RECENT]]
    return items, len(found) > RECENT


def next_appointment(case, names, now):
    """The first that is still to come, as (when, what and where); None when there is none."""
    coming = case.contacts.filter(appointment=True, started_at__gt=now, outcome_code="")
    first = coming.order_by("started_at", "pk").first()
    if first is None:
        return None
    where = f", {names.text(first.place)}" if first.place else ""
    return _when(localtime(first.started_at)), f"{first.type_name or first.type_code}{where}"


def kinds_of(case):
    """(code, name) of every type and of every outcome in the log of this case."""
    contacts = case.contacts.order_by()
    kinds = contacts.values_list("type_code", "type_name").distinct()
    outcomes = (
        contacts.exclude(outcome_code="").values_list("outcome_code", "outcome_name").distinct()
    )
    return _choices(kinds), _choices(outcomes)


def _choices(pairs):
    named = {code: name or code for code, name in pairs}
    return sorted(named.items(), key=lambda pair: pair[1].lower())


def _matching(case, wanted):
    contacts = case.contacts.all()
    if not wanted.system:
        contacts = contacts.filter(system_generated=False)
    if wanted.kind:
        contacts = contacts.filter(type_code=wanted.kind)
    if wanted.outcome:
        contacts = contacts.filter(outcome_code=wanted.outcome)
    if wanted.from_on:
        contacts = contacts.filter(started_at__gte=_midnight(wanted.from_on))
    if wanted.to_on:
        contacts = contacts.filter(started_at__lt=_midnight(wanted.to_on + timedelta(days=1)))
    return contacts


def _midnight(day):
    return datetime.combine(day, time(), get_current_timezone())


def happening(one, names, now, *, dated=False, longest=0):
    """One contact as an entry of a timeline. With `longest`, its notes cut to that many letters."""
    at = localtime(one.started_at)
    when = _when(at) if dated else _hour(at) or "Time not recorded"
    notes = names.text(one.notes)
    return Happening(
        title=_title(one),
        when=when,
        by=one.staff_name or one.staff_code,
        text="\n".join(
            filter(None, [_facts(one, names, now), shortened(notes, longest) if longest else notes])
        ),
        tag=_mark(one),
        on=at.isoformat(timespec="minutes"),
    )


def _title(one):
    title = one.type_name or one.type_code
    return f"{title} (sensitive)" if one.sensitive else title


def _when(at):
    return ", ".join(filter(None, [say_date(at.date()), _hour(at)]))


def _hour(at):
    """The time of day; blank at midnight, which is how a date without one arrives."""
    return "" if at.time() == time() else say_time(at)


def _facts(one, names, now):
    """What came of it, in a sentence or two."""
    credited = f"{counted(one.minutes_credited, 'minute')} credited" if one.minutes_credited else ""
    said = [
        "Not to be shared with the person on probation" if one.sensitive else "",
        _outcome(one, now),
        one.enforcement_name or one.enforcement_code,
        credited,
        "A day of a rehabilitation activity requirement" if one.rar_activity else "",
        f"At {names.text(one.place)}" if one.place else "",
        "Written by nDelius itself" if one.system_generated else "",
    ]
    return ". ".join(filter(None, said))


def _outcome(one, now):
    if one.outcome_name or one.outcome_code or not one.appointment:
        return one.outcome_name or one.outcome_code
    return "Still to come" if one.started_at > now else "Outcome not recorded"


def _mark(one):
    """Whether an appointment was kept."""
    if not one.appointment or one.attended is None:
        return None
    if one.attended:
        return tag("attended")
    return tag("missed") if not one.complied else None
