"""Everything the overview of a case shows, in a fixed number of statements.

Source: product rules; docs/screens.md.
"""

from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.queries.checks import CheckSummary, enquiries_of, summary_of
from cases.queries.contacts import next_appointment, recent_contacts
from cases.queries.due import due_rows, nothing_until
from cases.queries.people import Around, holders, people_around
from cases.queries.raising import provisional_on
from cases.queries.registers import OnRegister, registers_of
from cases.queries.sentences import SentenceView, sentences_of
from cases.reference.codes import CaseState, ContactLevel, Place, Rosh
from cases.reference.groups import group_name
from cases.reference.information import RaiseKind
from cases.rules.words import within_a_sentence
from staff.kit import DueRow, Happening, Line, Tag, on, tag

CONTACT = "Contact"


@dataclass(frozen=True)
class Stands:
    """Where the case stands in the GRID and how often the person is to be seen."""

    title: str
    tag: Tag | None
    lines: list[Line]
    updating: bool  # its facts have changed since it was placed


@dataclass(frozen=True)
class Overview:
    gist: str  # where the case stands, in a line
    stands: Stands
    sentences: list[SentenceView]
    due: list[DueRow]
    until: str  # when something next falls due, where nothing is owed today
    checks: CheckSummary
    registers: list[OnRegister]
    registers_ended: list[OnRegister]
    timeline: list[Happening]
    more_contacts: bool
    people: list[Around]
    holders: list[Happening]


def overview_of(case, header, now):
    """The overview for the reader whose page this is, at this moment."""
    names, may, today = header.names, header.may, localtime(now).date()
    timeline, more = recent_contacts(case, names, now)
    coming = next_appointment(case, names, now)
    current, ended = registers_of(case, names, today)
    where = stands(case, coming, provisional_on(case))
    return Overview(
        gist=_gist(where, coming),
        stands=where,
        sentences=sentences_of(case, names, today, current=True),
        due=due_rows(case, names, may, today),
        until=nothing_until(case, may, today),
        checks=summary_of(case, enquiries_of(case), names, may, today),
        registers=current,
        registers_ended=ended,
        timeline=timeline,
        more_contacts=more,
        people=people_around(case, names),
        holders=holders(case),
    )


def _gist(where, coming):
    """ "Medium, 50 to 74. Contact: fortnightly. Next seen 3 May 2018, 2pm." """
    contact = next((line.value for line in where.lines if line.label == CONTACT), "")
    seen = f"Contact: {within_a_sentence(contact)}." if contact else ""
    next_seen = f"Next seen {coming[0]}." if coming else ""
    return " ".join(filter(None, [f"{where.title}.", seen, next_seen]))


def stands(case, coming, raised):
    """From `Standing`, and what was `raised` ({kind: words}); how it came about is on the placement page."""
    standing = getattr(case, "standing", None)
    if standing is None:
        return Stands("Not yet placed", tag("updating"), [], updating=True)
    title, mark = _where(case, standing)
    return Stands(
        title=title,
        tag=mark,
        lines=[
            *_contact(standing, raised),
            *_next(case, coming),
            *_harm(standing, raised),
            *_dates(standing),
        ],
        updating=standing.facts_as_at != case.facts_changed_at,
    )


def _where(case, standing):
    match Place(standing.place):
        case Place.GROUP:
            return group_name(standing.group), tag("placed")
        case Place.ESCALATE:
            return "A risk for the NPS", tag("escalate")
        case Place.CANNOT:
            return f"Cannot be placed: needs {standing.needs}", tag("cannot-place")
        case Place.RETAINED:
            return f"Managed by the NPS: {case.retained_by}", tag("nps")
    return CaseState(case.state).title, tag("not-placed")


def _contact(standing, raised):
    if not standing.contact_level:
        return []
    holding = "A holding level until the person is placed" if standing.holding else ""
    detail = raised.get(RaiseKind.CONTACT, holding)
    return [Line(CONTACT, ContactLevel(standing.contact_level).title, detail=detail)]


def _next(case, coming):
    if coming:
        return [Line("Next seen", coming[0], detail=coming[1])]
    supervised = case.is_supervised
    return [Line("Next seen", "No appointment recorded")] if supervised else []


def _harm(standing, raised):
    level = Rosh(standing.harm).title if standing.harm else "Not recorded"
    return [Line("Risk of serious harm", level, detail=raised.get(RaiseKind.RISK, ""))]


def _dates(standing):
    lines = [Line("Placed", on(standing.placed_on))]
    if standing.expires_on:
        lines.append(Line("Judgement runs out", on(standing.expires_on)))
    return lines
