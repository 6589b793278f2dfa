"""Who is covered by what an agency answered, and who is not: no reply may reassure about anybody else.

Source: product rules, checks ("a reply covers only those: never 'no domestic abuse'"). Somebody is
covered when they were asked about under the name and date of birth they have now, and answered about.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from cases.reference.checks import OPEN_STATES, CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.checks import IN_SHORT
from cases.rules.enquiries import About, asked_about
from cases.rules.replies import ANSWERS
from cases.rules.words import counted, listed, sentence
from staff.rules.dates import say_date


class Stand(StrEnum):
    """How one of those around the person stands with one agency, the surest first."""

    COVERED = auto()
    CHANGED = auto()  # answered about, under a name or a date of birth that they do not have now
    WAITING = auto()  # asked about, in an enquiry that is open
    NOT_NEEDED = auto()  # somebody said why they need not be asked about
    UNANSWERED = auto()  # asked about, and the agency did not say
    NOT_ASKED = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """One of those an enquiry asks about, as they were asked about, and what came of it."""

    kind: CheckKind
    about: About
    state: EnquiryState
    reply: Reply | str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One of those asked about in the words their reader may see, and what was answered."""

    words: str
    place: bool
    reply: Reply | str


# Whom the strip counts as not asked about, of each agency that must be asked
COUNTED = {
    CheckKind.CHILDREN: (SubjectKind.CHILD, "child", "children"),
    CheckKind.POLICE: (SubjectKind.PARTNER, "partner", "partners"),
}
GAPS = {
    Stand.NOT_ASKED: "{agency} not asked about {whom}",
    Stand.UNANSWERED: "{agency} did not answer about {whom}",
    Stand.CHANGED: "{agency} asked about {whom} under other details",
}
FIRST = {  # how each outcome is said where it comes first, with the day and the agency
    Reply.NO_TRACE: "No trace on {on} for {whom}, asked of {of}",
    Reply.INFORMATION: "Information on {on} about {whom}, asked of {of}",
    Reply.PARTIAL: "Part of an answer on {on} about {whom}, asked of {of}",
    Reply.REFUSED: "Answer refused on {on} about {whom}, asked of {of}",
    "": "No answer on {on} about {whom}, asked of {of}",
}
THEN = {
    Reply.INFORMATION: "Information about {whom}",
    Reply.PARTIAL: "Part of an answer about {whom}",
    Reply.REFUSED: "Answer refused about {whom}",
    "": "No answer about {whom}",
}


def how_they_stand(kind, around, answers):
    """[(About, Stand)] of each of those around the person now whom this agency can answer about."""
    by_whom = defaultdict(list)
    for one in answers:
        if one.kind == kind:
            by_whom[_who(one.about)].append(one)
    return [(one, _stand(one, by_whom[_who(one)])) for one in asked_about(kind, around)]


def not_covered(kind, around, answers):
    """Those of them about whom nothing that was answered can be relied on."""
    stands = how_they_stand(kind, around, answers)
    return [one for one, stand in stands if stand != Stand.COVERED]


def gaps(around, answers):
    """What the strip says is not known: whom an agency that must be asked has not spoken of.

    Where the police were never asked at all, the strip says that instead.
    """
    said = []
    for kind, (whom, noun, nouns) in COUNTED.items():
        if kind == CheckKind.POLICE and not any(one.kind == kind for one in answers):
            continue
        stands = how_they_stand(kind, around, answers)
        for stand, words in GAPS.items():
            number = sum(found == stand and one.kind == whom for one, found in stands)
            if number:
                agency = sentence(IN_SHORT[kind])
                said.append(words.format(agency=agency, whom=counted(number, noun, nouns)))
    return said


def what_a_reply_covers(said, *, on, asked_of):
    """ "No trace on 3 May 2018 for A and B at 4 X Street, asked of Y. Information about C".

    Never that there is none. `said`: each of those asked about, as this reader may see them.
    """
    parts: list[str] = []
    for reply, then in {Reply.NO_TRACE: "No trace for {whom}", **THEN}.items():
        about = [one for one in said if one.reply == reply]
        if about:
            words = then if parts else FIRST[reply]
            parts.append(words.format(whom=_whom(about), on=say_date(on), of=asked_of))
    if not parts:
        return f"Reply of {say_date(on)}, about nobody by name, asked of {asked_of}"
    return ". ".join(parts)


def whom_it_leaves_out(others):
    """ "Does not cover: E (child, born 3 May 2012)". `others` in words; blank where there is nobody."""
    return f"Does not cover: {'; '.join(others)}" if others else ""


def whom_all_leave_out(others):
    """The same of every reply of a kind together."""
    return f"Not covered by any reply: {'; '.join(others)}" if others else ""


def _stand(now, answers):
    """How somebody stands as they are now, given all that was asked about them."""
    answered = [one for one in answers if one.reply in ANSWERS]
    if any(_same_details(one.about, now) for one in answered):
        return Stand.COVERED
    if any(one.state in OPEN_STATES for one in answers):
        return Stand.WAITING
    if answered:
        return Stand.CHANGED
    if any(one.state == EnquiryState.NOT_NEEDED for one in answers):
        return Stand.NOT_NEEDED
    return Stand.UNANSWERED if any(one.on for one in answers) else Stand.NOT_ASKED


def _who(about):
    """Who or where it is, by whatever name."""
    if about.kind == SubjectKind.PERSON:
        return "person"
    return about.related_person_id or _folded(about.name)


def _same_details(asked, now):
    """Whether the agency looked for whom we mean: the person, by the name and date of birth they have."""
    same_name = _folded(asked.name) == _folded(now.name)
    return same_name and asked.born_on == now.born_on


def _folded(name):
    return " ".join(name.casefold().replace(",", " ").split())


def _whom(said):
    people = [one.words for one in said if not one.place]
    places = [one.words for one in said if one.place]
    if not people:
        return listed(places)
    at = f" at {listed(places)}" if places else ""
    return f"{listed(people)}{at}"
