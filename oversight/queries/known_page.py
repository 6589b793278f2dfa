"""What was known of a case on the day of a charge, as its reader may see it, and what stands differently since.

Source: local policy on serious further offences. Every name and word passes through the reader's `Names`; names that were
protected on that day stay so, and so do those that have been since.
"""

from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap

from django.utils.timezone import localtime

from cases.rules.known_then import How, later, seal
from cases.rules.names import KEPT
from oversight.queries.known_then.changed_by import changed_by
from oversight.queries.known_then.whole import SECTIONS, known_now
from staff.kit import Line
from staff.rules.dates import say_date, say_time

SAID = {How.ADDED: "Added since", How.CHANGED: "Changed since", How.REMOVED: "Taken away since"}
BLANK = "Nothing stood here"


@dataclass(frozen=True)
class EntryShown:
    title: str
    lines: list[Line]
    mark: str  # "Changed since"; blank: it stands as it did


@dataclass(frozen=True)
class SectionShown:
    code: str
    title: str
    entries: list[EntryShown]


@dataclass(frozen=True)
class LaterShown:
    title: str
    mark: str
    by: str  # who and when, as far as the history says
    lines: list[Line]


@dataclass(frozen=True)
class KnownPage:
    at: str
    whole: bool  # the seal holds
    sealed: str
    sections: list[SectionShown]
    later: list[LaterShown]


def known_page(found, names, may, now):
    """For one reader, in a fixed number of statements. `may`: what they may do on the case."""
    known = found.known
    today = known_now(found.case, now, _since(known))
    moved = [one for one in later(known, today) if _may_read(one.section, may)]
    keys = _kept(known) | _kept(today)
    reader = _reader(names, known)
    by = changed_by([one.key for one in moved], found.recorded_at)
    marks = {one.key: SAID[one.how] for one in moved}
    return KnownPage(
        at=_when(localtime(found.recorded_at)),
        whole=seal(known) == found.sealed,
        sealed=" ".join(wrap(found.sealed, 8)),
        sections=[
            _section(one, reader, keys, marks)
            for one in known.get("sections", [])
            if _may_read(one["code"], may)
        ],
        later=[_later(one, reader, keys, by) for one in moved],
    )


def _since(known):
    return date.fromisoformat(known["since"]) if "since" in known else None


def _may_read(code, may):
    return code in SECTIONS and SECTIONS[code].action in may


def _kept(known):
    """The keys of what is told only to those who see protected names."""
    return {
        entry["id"]
        for section in known.get("sections", [])
        for entry in section["entries"]
        if entry.get("kept")
    }


def _reader(names, known):
    if names.all_seen:
        return names
    return replace(names, kept=tuple(dict.fromkeys([*names.kept, *known.get("protected", [])])))


def _section(one, names, kept, marks):
    entries = [_entry(each, names, kept, marks.get(each["id"], "")) for each in one["entries"]]
    return SectionShown(one["code"], one["title"], entries)


def _entry(one, names, kept, mark):
    if one["id"] in kept and not names.all_seen:
        return EntryShown(KEPT, [], mark)
    lines = [Line(label, names.text(words)) for label, words in one["lines"]]
    return EntryShown(names.text(one["title"]), lines, mark)


def _later(one, names, kept, by):
    hidden = one.key in kept and not names.all_seen
    section = SECTIONS[one.section].title
    title = KEPT if hidden else names.text(one.title)
    lines = [] if hidden else [_moved(each, one.how, names) for each in one.moved]
    return LaterShown(f"{section}: {title}", SAID[one.how], by.get(one.key, ""), lines)


def _moved(one, how, names):
    """What stands now, and under it what stood on the day."""
    reads = names.text(one.reads) or BLANK
    if how == How.ADDED:
        return Line(one.label, reads)
    return Line(one.label, reads, detail=f"On the day: {names.text(one.was) or BLANK.lower()}")


def _when(at):
    return f"{say_date(at.date())}, {say_time(at.time())}"
