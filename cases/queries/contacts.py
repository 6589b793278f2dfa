"""The log of contact, a page at a time, latest first.

Source: nDelius contact documents. System-generated lines are kept and left out until asked for.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Contact
from cases.models.worded_once import worded_once
from cases.queries.days import midnight
from cases.queries.paging import page_of
from cases.reference.appointments import Decided
from cases.rules.words import counted, shortened
from staff.kit import Happening, Tag, tag
from staff.rules.dates import say_date, say_time

SIZE = 40  # contacts on a page of the log
RECENT = 8  # on the overview
GIST = 280  # letters of the notes that are shown before they are opened
MARKS = {Decided.AWAITING: "awaiting-decision", Decided.FAILURE: "failure"}
BESIDE = ("booking__decision",)  # what a line says comes with it


@dataclass(frozen=True)
class Wanted:
    """What the reader of the log asked for, as codes and dates."""

    kind: str = ""  # code of a contact type
    outcome: str = ""  # code of an outcome
    who: str = ""  # code of a member of staff
    from_on: date | None = None
    to_on: date | None = None
    appointments: bool = False  # only those
    missed: bool = False  # only appointments that were missed without a good reason
    sensitive: bool = False  # only what is kept from the person
    system: bool = False  # lines that nDelius wrote by itself, too
    text: str = (
        ""  # words looked for in the notes: they come from a kept search, never from an address
    )


@dataclass(frozen=True)
class LogLine:
    """One line of the log: its notes whole, and in short where they are long."""

    key: int
    title: str
    when: str
    on: str
    by: str
    facts: str
    notes: str
    gist: str  # blank where the notes are short
    href: str  # the page of an appointment
    tag: Tag | None = None


@dataclass(frozen=True)
class Day:
    """The contacts of one day."""

    title: str
    items: list[LogLine]


@dataclass(frozen=True)
class Log:
    """One page of the log."""

    days: list[Day]
    shown: int
    next_after: str


def log_of(case, wanted, names, after, now):
    """The page of the log that follows the contact `after`, grouped by day."""
    found = lines_of(case, wanted, names, after=after)
    days: dict[date, list[LogLine]] = {}
    for one in found.rows:
        one.case = case
        days.setdefault(localtime(one.started_at).date(), []).append(_line(one, names, now))
    return Log(
        days=[Day(f"{day:%A} {say_date(day)}", items) for day, items in days.items()],
        shown=len(found.rows),
        next_after=found.next_after,
    )


def lines_of(case, wanted, names, *, after, size=SIZE):
    """One page of the contacts that were asked for, as rows."""
    matching = _matching(case.contacts.all(), wanted).select_related(*BESIDE)
    if wanted.text:
        matching = _saying(matching, wanted.text, names)
    return page_of(matching, keys=("-started_at", "-pk"), after=after, size=size, known_by="pk")


def _saying(contacts, text, names):
    """Those in whose notes this reader is shown the words. What is taken out for them is not found either."""
    if names.all_seen or not names.kept:
        return contacts.filter(notes__icontains=text)
    wanted = text.casefold()
    written = contacts.exclude(notes="").order_by().values_list("pk", "notes")
    shown = [pk for pk, notes in written if wanted in names.text(notes).casefold()]
    return contacts.filter(pk__in=shown)


def recent_contacts(case, names, now):
    """The latest few that have happened, in short, for the overview; and whether there are more."""
    found = _latest(case.pk, now)
    for one in found:
        one.case = case
    items = [happening(one, names, now, dated=True, longest=GIST) for one in found[:RECENT]]
    return items, len(found) > RECENT


@worded_once
def _latest(case, now):
    past = _matching(Contact.objects.filter(case=case), Wanted()).filter(started_at__lte=now)
    return past.select_related(*BESIDE).order_by("-started_at", "-pk")[: RECENT + 1]


def next_appointment(case, names, now):
    """The first that is still to come, as (when, what, where and with whom); None when there is none."""
    first = next(iter(_first_to_come(case.pk, now)), None)
    if first is None:
        return None
    where = f", {names.text(first.place)}" if first.place else ""
    officer = getattr(getattr(first, "booking", None), "officer", None)
    # Said only where it is somebody else: whose the case is stands at the top of the page
    who = f", with {officer.name}" if officer and officer.pk != case.officer_id else ""
    return _when(localtime(first.started_at)), f"{first.type_name or first.type_code}{where}{who}"


@worded_once
def _first_to_come(case, now):
    coming = Contact.objects.filter(case=case).to_come(now).select_related("booking__officer")
    return coming.order_by("started_at", "pk")[:1]


def kinds_of(case):
    """(code, name) of every type, of every outcome and of everybody who wrote in the log of this case.

    A code that has been called two things is called what it was called last.
    """
    contacts = case.contacts.order_by()
    return tuple(_choices(contacts, one) for one in ("type", "outcome", "staff"))


def _choices(contacts, kind):
    code, name = f"{kind}_code", f"{kind}_name"
    named = contacts.exclude(**{code: ""}).values_list(code, name).annotate(last=Max("started_at"))
    pairs = {code: name or code for code, name, _ in named.order_by("last", name)}
    return sorted(pairs.items(), key=lambda pair: pair[1].lower())


def _matching(contacts, wanted):
    if not wanted.system:
        contacts = contacts.filter(system_generated=False)
    if wanted.kind:
        contacts = contacts.filter(type_code=wanted.kind)
    if wanted.outcome:
        contacts = contacts.filter(outcome_code=wanted.outcome)
    if wanted.who:
        contacts = contacts.filter(staff_code=wanted.who)
    if wanted.appointments or wanted.missed:
        contacts = contacts.filter(appointment=True)
    if wanted.missed:
        contacts = contacts.filter(attended=False, complied=False)
    if wanted.sensitive:
        contacts = contacts.filter(sensitive=True)
    if wanted.from_on:
        contacts = contacts.filter(started_at__gte=midnight(wanted.from_on))
    if wanted.to_on:
        contacts = contacts.filter(started_at__lt=midnight(wanted.to_on + timedelta(days=1)))
    return contacts


def _line(one, names, now):
    """One contact as a line of the log."""
    at = localtime(one.started_at)
    notes = names.text(one.notes)
    short = shortened(notes, GIST)
    return LogLine(
        key=one.pk,
        title=_title(one),
        when=_hour(at) or "Time not recorded",
        on=at.isoformat(timespec="minutes"),
        by=one.staff_name or one.staff_code,
        facts=_facts(one, names, now),
        notes=notes,
        gist=short if len(notes) > GIST else "",
        href=_page_of(one),
        tag=mark_of(one),
    )


def _page_of(one):
    return reverse("appointment", args=[one.case.crn, one.pk]) if one.appointment else ""


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
        tag=mark_of(one),
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


def mark_of(one):
    """Whether an appointment was kept, and what it came to where somebody has decided."""
    decision = getattr(getattr(one, "booking", None), "decision", None)
    if decision and decision.state in MARKS:
        return tag(MARKS[decision.state])
    if not one.appointment or one.attended is None:
        return None
    if one.attended:
        return tag("attended")
    return tag("missed") if not one.complied else None
