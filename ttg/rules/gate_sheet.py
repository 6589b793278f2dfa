"""The sheet somebody takes through the gate: where they go, whom they see, what they carry, whom to ring.

It is always made, whatever is missing: what is not arranged says so and whom to ring, and is never a blank. What would
give somebody else away is left out the same way, so that nobody reads from a gap that there is something to tell.
Sources: Through the Gate reference 6 (gate sheet), 7 (T3, T4; the impossible first day); product rules, sharing.
"""

from calendar import day_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.rules.giveaways import gives_a_name, why_not
from cases.rules.words import ended, listed, shortened
from staff.rules.dates import say_date, say_time
from ttg.reference.home import Item, ItemState
from ttg.rules.first_days_limits import say_minutes

LONGEST = 400  # letters of one line; the sheet is one page
MOST = 5  # services on it, the soonest first
MOST_DUE, LONGEST_DUE = 8, 160  # of the first days, and letters of one
WAITED_FOR = (ItemState.NEEDED, ItemState.APPLIED, ItemState.RETURNED)
UNPRINTABLE = "This is written in letters we cannot print here."
PRINTED = ((0x20, 0x7E), (0xA0, 0x17F), (0x1E80, 0x1E85), (0x1EF2, 0x1EF3), (0x2013, 0x2014), (0x2018, 0x201D))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meets:
    """Somebody to see, by the clock here. Blank and None: not known."""

    who: str
    at: datetime | None = None
    where: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something of the first days. `at` midnight with `timed` False: at any time that day. `way`: minutes from the place before."""

    what: str
    at: datetime
    where: str = ""
    way: int | None = None
    timed: bool = True


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the sheet is made from. `kept`: of `cases.rules.giveaways`."""

    called: str
    crn: str
    telephone: str  # of the officer's team, or else of us all
    organisation: str
    made_on: date
    kept: Any
    leaves_on: date | None = None
    home: str = ""  # the address that is confirmed
    tonight: str = ""  # the plan of a senior for somebody with nowhere to go
    officer: str = ""
    sees_officer: Meets | None = None
    services: Sequence[Meets] = ()
    items: Sequence[tuple[str, str, bool]] = ()  # (item, its state, whether it is with them)
    meets: Meets | None = None
    first: Sequence[Due] = ()  # of the first days, in order
    curfew: str = ""  # its hours
    kept_badly: bool = False  # not all of the first days can be kept as it stands


def sheet_of(facts):
    """The sheet as its file places it, plain values through and through."""
    parts = (
        ("Where you go tonight", _tonight(facts)),
        ("Who meets you at the gate", _meets(facts)),
        ("Your first days", _first(facts)),
        ("Your probation officer", _officer(facts)),
        ("Other appointments", _services(facts)),
        ("What you carry", _carries(facts)),
        ("Whom to ring", _ring(facts)),
    )
    leaves = _day(facts.leaves_on) if facts.leaves_on else f"Not known yet: ring {facts.telephone}"
    return {
        "title": f"{facts.called}, you leave prison" if facts.called else "You leave prison",
        "crn": facts.crn,
        "leaves": leaves,
        "parts": [
            {"heading": heading, "lines": [shortened_to(one) for one in lines]}
            for heading, lines in parts
        ],
        "made": f"{facts.organisation}, {say_date(facts.made_on)}",
    }


def printable(sheet, telephone):
    """The same sheet where a letter of it cannot be printed: the line says so, and whom to ring."""
    instead = f"{UNPRINTABLE} Ask us: ring {_only_printed(telephone)}."
    parts = [
        part | {"lines": [one if is_printed(one) else instead for one in part["lines"]]}
        for part in sheet["parts"]
    ]
    title = sheet["title"] if is_printed(sheet["title"]) else "You leave prison"
    texts = {name: _only_printed(sheet[name]) for name in ("crn", "leaves", "made")}
    return sheet | texts | {"title": title, "parts": parts}


def is_printed(text):
    """Whether every letter of it is one that the sheet can always print: also Welsh."""
    return all(any(low <= ord(one) <= high for low, high in PRINTED) for one in text)


def shortened_to(text):
    """In one line, and no longer than the page holds. What is cut says so."""
    return _in_room(text, LONGEST)


def _tonight(facts):
    if facts.home:
        # They are told where they go. A name in it may be one they are not to read.
        return [_ask(facts) if gives_a_name(facts.home, facts.kept) else ended(facts.home)]
    if facts.tonight:
        return [_safe(facts.tonight, facts)]
    return [_not_arranged(facts)]


def _meets(facts):
    if facts.meets is None:
        return [f"Nobody is arranged to meet you. To ask for somebody, ring {facts.telephone}."]
    return [_said(facts.meets, facts)]


def _first(facts):
    """Hour by hour, with the ways. What is not known of it is no gap, and what cannot be kept says whom to ring."""
    lines = [_due(one, facts) for one in facts.first[:MOST_DUE]]
    if len(facts.first) > MOST_DUE:
        lines.append(f"There is more. Ask us: ring {facts.telephone}.")
    if facts.curfew:
        lines.append(f"Curfew: be at home from {facts.curfew}.")
    if facts.kept_badly:
        lines.append(f"Not all of this can be done as it stands. Before you leave, ring {facts.telephone}: we put it right.")  # fmt: skip
    return lines or [_not_arranged(facts)]


def _due(one, facts):
    when = f"{day_name[one.at.weekday()]} {say_time(one.at)}" if one.timed else f"{day_name[one.at.weekday()]}, when it is open"  # fmt: skip
    what = _ask(facts) if why_not(one.what, facts.kept) else ended(one.what)
    where = _safe(one.where, facts) if one.where else ""
    way = f"Allow {say_minutes(one.way)} to get there." if one.way else ""
    said = " ".join(filter(None, (f"{when}: {what}", where)))
    room = LONGEST_DUE - len(way) - 1
    return " ".join(filter(None, (_in_room(said, room), way)))


def _in_room(text, room):
    text = " ".join(text.split())
    return text if len(text) <= room else shortened(text, room)


def _officer(facts):
    if facts.sees_officer is None:
        who = f"{facts.officer}. " if facts.officer else ""
        return [f"{who}{_not_arranged(facts)}"]
    return [_said(facts.sees_officer, facts)]


def _services(facts):
    above = {(one.what, one.at) for one in facts.first[:MOST_DUE]}
    known = sorted((one for one in facts.services if one.at), key=lambda one: one.at)
    known = [one for one in known if (one.who, one.at) not in above]
    unknown = [one for one in facts.services if not one.at]
    rows = [*known, *unknown]
    lines = [_said(one, facts) for one in rows[:MOST]]
    if len(rows) > MOST:
        lines.append(f"There are more. Ask us: ring {facts.telephone}.")
    if not lines and facts.services:
        return ["All of them are under your first days, above."]
    return lines or [_not_arranged(facts)]


def _carries(facts):
    held = [Item(one).title for one, state, given in facts.items if given or state == ItemState.READY]  # fmt: skip
    waits = [Item(one).title for one, state, given in facts.items if not given and state in WAITED_FOR]  # fmt: skip
    lines = [f"{listed(held)}."] if held else []
    if waits:
        lines.append(f"Not there yet: {listed(waits)}. Ring {facts.telephone}.")
    return lines or [_not_arranged(facts)]


def _ring(facts):
    who = f"Ask for {facts.officer}. If they are not there, ask" if facts.officer else "Ask"
    return [f"{facts.telephone}. {who} for the duty officer. Say your CRN: {facts.crn}."]


def _said(one, facts):
    """Who, when and where. What is not known says whom to ring."""
    ring = one.telephone or facts.telephone
    when = f"{_day(one.at.date())} at {say_time(one.at)}" if one.at else f"No time yet: ring {ring}"
    if not one.where:
        return f"{one.who}. {when}. To ask where, ring {ring}." if one.at else f"{one.who}. {when}."
    return f"{one.who}. {when}. {_safe(one.where, facts)}"


def _safe(text, facts):
    return _ask(facts) if why_not(text, facts.kept) else ended(text)


def _ask(facts):
    return f"Ask us where and when: ring {facts.telephone}."


def _not_arranged(facts):
    return f"Not arranged yet: ring {facts.telephone}."


def _day(day):
    return f"{day_name[day.weekday()]} {say_date(day)}"


def _only_printed(text):
    return "".join(one for one in text if is_printed(one))
