"""How the end of a case is shown: what is still to do, what was said, what nDelius and the court are told, and earlier ends.

Source: docs/screens.md; `cases.rules.endings` (what is to do).
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Registration
from cases.queries.ending_days import DATES
from cases.queries.registers import register_name
from cases.reference.appointments import UNPAID_WORK
from cases.reference.endings import EndedBy, PersonAsked, Tell
from cases.rules.ending_answers import FLAG, said_of
from cases.rules.gaps import Weight
from cases.rules.words import ended as stopped
from cases.rules.words import listed, within_a_sentence
from staff.kit import Gap, Happening, Line, on

ELSEWHERE = {  # what is mended on another page: its name
    "review": "write-review",
    "hours": "case-unpaid-work",
}
BOXES = {"person_because": "person"}
SAID_LABELS = {
    "person_words": "What they said",
    "helped": "What helped",
    "not_helped": "What did not help",
    "person_because": "How they were asked, or why they could not be",
    "help": "Where they go for help",
    "open": "What is still open, and who sees to it",
}
COURT = (  # what an application to revoke for good progress is sent with
    "The application to revoke the order for good progress, through the NPS court team.",
    "What was ordered, and on which day each requirement was done.",
    "Attendance: how many appointments were kept, and what was done about any that were not.",
    "The risk of serious harm and of offending again now, and why it is no higher.",
    "What the person says, and where they go for help afterwards.",
    "Whether a victim liaison officer is to be told, and on which day they were.",
)


@dataclass(frozen=True)
class SaidPart:
    """A part of what was said, as a summary list."""

    title: str
    lines: list[Line]


def gaps_of(case, found, names, page=""):
    """What is still to do, each with where it is put right. `page`: the address that the form stands on; blank: here."""
    return [
        Gap(
            sentence=names.text(one.sentence),
            href=_href(case, one.question, page),
            rule=one.rule_and_source,
            warning=one.weight == Weight.WARNING,
        )
        for one in found
    ]


def _href(case, question, page):
    if question in ELSEWHERE:
        return reverse(ELSEWHERE[question], args=[case.crn])
    return f"{page}#id_{BOXES.get(question, question)}"


def said_parts(ending, names, reviewed_on=None, change=""):
    """Everything that was said, in the order of the page.

    `reviewed_on`: when the last review was signed, of one that is prepared; `change`: the address of the form.
    """
    said = said_of(ending.answers, ending.flags, ending.told)
    return [
        SaidPart("How it ends", [_way(ending, change), _reviewed(ending, reviewed_on)]),
        SaidPart("Registers", list(_registers(ending, names, change))),
        SaidPart("Who is told", list(_told(ending, names, change))),
        SaidPart("What they say", list(_person(said, names, change))),
        SaidPart("What is left", list(_left(said, names, change))),
    ]


def _way(ending, change):
    way = ending.ended_by_way or ending.answers.get("way", "")
    return Line("How", EndedBy(way).title if way else "Not said yet", change and f"{change}#id_way")


def _reviewed(ending, reviewed_on):
    """As it is now, or as it was when the case ended."""
    kept = ending.answers.get("evidence", {}).get("reviewed_on")
    day = date.fromisoformat(kept) if kept else reviewed_on
    return Line("Last review signed", on(day) if day else "None")


def _registers(ending, names, change):
    found = Registration.objects.filter(case=ending.case_id).order_by("type_code", "pk")
    for one in found:
        said = ending.flags.get(str(one.pk))
        if said is None and not one.active:
            continue
        where = change and f"{change}#id_{FLAG}{one.pk}"
        yield Line(
            register_name(one), _flag(said), where, names.text((said or {}).get("because", ""))
        )


def _flag(said):
    if said is None:
        return "Not said yet"
    if not said["keep"]:
        return "Closed"
    day = said.get("review_on")
    return f"Stays; looked at again on {on(date.fromisoformat(day))}" if day else "Stays"


def _told(ending, names, change):
    for whom in Tell:
        said = ending.told.get(str(whom))
        if said is None:
            continue
        where = change and f"{change}#id_tell-{whom}"
        if "because" in said:
            yield Line(whom.title, "Need not be told", where, names.text(said["because"]))
        else:
            day = on(date.fromisoformat(said["on"])) if said["on"] else "on a day not given yet"
            yield Line(whom.title, f"Told {day}", where, names.text(said["words"]))


def _person(said, names, change):
    asked = said.get("person", "")
    where = change and f"{change}#id_person"
    yield Line(
        "Whether they were asked", PersonAsked(asked).title if asked else "Not said yet", where
    )
    for code in ("person_words", "helped", "not_helped", "person_because"):
        if said.get(code):
            yield Line(SAID_LABELS[code], names.text(said[code]), where)


def _left(said, names, change):
    for code in ("help", "open"):
        if code == "help" or said.get(code):
            words = names.text(said.get(code, "")) or "Not said yet"
            yield Line(SAID_LABELS[code], words, change and f"{change}#id_{code}")


def for_ndelius(ending, names):
    """What the admin hub copies into nDelius, a sentence each."""
    ended_on = localdate(ending.ended_at)
    sentence = ending.sentence
    event = f"event {sentence.event}" if sentence and sentence.event else "the sentence"
    way = EndedBy(ending.ended_by_way)
    over_on = _ran_out_on(ending, ended_on) if way == EndedBy.EXPIRED else ended_on
    yield f"Terminate {event}: {way.title.lower()}, {on(over_on)}."
    rows = {str(one.pk): one for one in Registration.objects.filter(case=ending.case_id)}
    for key, said in ending.flags.items():
        if key not in rows:
            continue
        name, because = register_name(rows[key]), stopped(names.text(said["because"]))
        if said["keep"]:
            day = on(date.fromisoformat(said["review_on"]))
            yield f"Keep the register “{name}”, next review {day}: {because}"
        else:
            yield f"Close the register “{name}” on {on(ended_on)}: {because}"
    told = [
        within_a_sentence(whom.title) for whom in Tell if ending.told.get(str(whom), {}).get("on")
    ]
    if told:
        yield f"Record a contact: told that supervision ended: {listed(told)}."


def _ran_out_on(ending, ended_on):
    """Its last day as it is recorded; the day on which it was said where none is, or where hours of unpaid work may have kept
    the order in force after it (CJA 2003, s. 200)."""
    sentence = ending.sentence
    if sentence is None or sentence.requirements.filter(main_code__in=UNPAID_WORK).exists():
        return ended_on
    recorded = {getattr(sentence, name) for name in DATES}
    return min(ending.ends_on, ended_on) if ending.ends_on in recorded else ended_on


def early_words(ending, names):
    """ "Proposed on 3 May 2018: ..." of an early end that was decided; blank where none was."""
    said = ending.answers.get("early") if ending else None
    if not said:
        return ""
    what = "An early end is proposed" if said["propose"] else "An early end is not proposed"
    return f"{what}, {on(date.fromisoformat(said['on']))}: {names.text(said['because'])}"


def earlier_ends(case, names):
    """Every time it ended here, the latest first, and whether it was opened again."""
    rows = case.endings.exclude(ended_at=None).select_related("ended_by", "reopened_by")
    return [_happening(one, names) for one in rows.order_by("-ended_at", "-pk")]


def _happening(one, names):
    day = localdate(one.ended_at)
    text = f"{EndedBy(one.ended_by_way).title}. Kept until {on(one.keep_until)}."
    if one.reopened_at:
        who = f" by {one.reopened_by.name}" if one.reopened_by else ""
        because = names.text(one.reopened_because)
        text += f"\nOpened again on {on(localdate(one.reopened_at))}{who}: {because}"
    by = one.ended_by.name if one.ended_by else ""
    return Happening(title="Brought to its end", when=on(day), by=by, text=text, on=day.isoformat())


def ended_words(case):
    """ "1 October 2018, kept until 1 October 2024" of a case that ended here; blank otherwise."""
    found = case.endings.standing().order_by("-ended_at", "-pk").first()
    if found is None:
        return ""
    return f"{on(localdate(found.ended_at))}, kept until {on(found.keep_until)}"
