"""What has come in about a case, as its reader may see it.

One piece of information may name several people under supervision. Its words are withheld from whoever
is shut out of the case it is mainly about; of the others it names, those shut out see no name.
Source: product rules, information in and limited access.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Limit, Reading, RelatedPerson, Subject
from cases.models.worded_once import worded_once
from cases.queries.paging import Page, page_of
from cases.queries.raising import in_force
from cases.queries.reach import open_among
from cases.reference.codes import Register, Sharing
from cases.reference.information import (
    InformationKind,
    RaiseKind,
    ReadAs,
    ReadingState,
    Relation,
    SaidBy,
)
from cases.rules.information import mirrored
from cases.rules.names import without_names
from cases.rules.raising import contact_above, levels_above
from cases.rules.words import sentence, within_a_sentence
from staff.kit import Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

SIZE = 20  # on a page of the list
KNOWN = ("information__by", "information__document", "read_by", "raised")


@dataclass(frozen=True)
class Named:
    """Somebody else under supervision whom the information names, from this case's side."""

    words: str  # "Was attacked by Marsh, Alex (X123456)"
    href: str = ""
    kept: str = ""  # whom to ask, where access is limited


@dataclass(frozen=True)
class Told:
    """One reading of one piece of information."""

    number: int
    title: str
    href: str
    came: str  # "3 May 2018, 2pm"
    happened: str
    said_by: str
    recorded_by: str
    words: str
    withheld: str  # why the words are not shown; blank where they are
    harm: bool
    sharing: str
    document: int | None
    tag: Tag
    outcome: str
    because: str
    unread: bool
    named: list[Named]


@dataclass(frozen=True)
class Around:
    """The other cases that some information names, and how far this reader may see them."""

    readings: dict  # {information: its readings}
    kept: dict  # {case: the limit that shuts the reader out}
    opened: frozenset
    protected: dict  # {case: names around it that the reader may not see}


def find_reading(case, pk):
    """The reading with this number, if it is of this case."""
    return case.readings.select_related("case", *KNOWN).filter(pk=pk).first()


def information_of(case, names, user, after=""):
    """A page of what has come in about the case, latest first, as (rows, what comes next)."""
    found = _a_page_after(case, after) if after else Page.begun(_latest(case.pk), SIZE, "pk")
    around = _around(found.rows, user)
    return [_told(one, names, around) for one in found.rows], found.next_after


def _a_page_after(case, after):
    readings = case.readings.select_related("case", *KNOWN)
    return page_of(readings, keys=("-pk",), after=after, size=SIZE, known_by="pk")


@worded_once
def _latest(case):
    readings = Reading.objects.filter(case=case).select_related("case", *KNOWN)
    return readings.order_by("-pk")[: SIZE + 1]


def told(reading, names, user):
    """One reading, as this reader may see it."""
    return _told(reading, names, _around([reading], user))


def rises_to_choose(case):
    """What may be raised on the case now, as (kind and value, words)."""
    stands = in_force(case)
    levels = [(RaiseKind.RISK, one, "risk of serious harm") for one in levels_above(stands.level)]
    contact = [(RaiseKind.CONTACT, one, "contact") for one in contact_above(stands.contact_level)]
    flags = [(RaiseKind.FLAG, one, "flag") for one in Register]
    return [
        (f"{kind}:{one.value}", f"{sentence(words)}: {within_a_sentence(one.title)}")
        for kind, one, words in [*levels, *contact, *flags]
    ]


def recorded_today(user, today):
    """What this member of staff recorded today, by CRN alone, and whether it has been read."""
    readings = Reading.objects.filter(information__by=user, information__at__date=today)
    return [
        {
            "crn": one.case.crn,
            "what": InformationKind(one.information.kind).title,
            "when": say_time(localtime(one.information.at).time()),
            "tag": _mark(one),
            "read_by": f"{one.read_by.name}, {on(one.read_on)}" if one.read_by else "",
        }
        for one in readings.select_related("case", "information", "read_by").order_by("-pk")
    ]


def unread_harm(case):
    """What came in that says somebody could be hurt and nobody has read, the oldest first, in words."""
    readings = case.readings.unread().filter(information__harm=True).order_by("pk")
    return tuple(
        f"{InformationKind(kind).title} recorded {say_date(localtime(at).date())}"
        for kind, at in readings.values_list("information__kind", "information__at")
    )


def _around(readings, user):
    """Everything that deciding what may be shown needs, in a fixed number of statements."""
    information = [one.information_id for one in readings]
    here = {one.case_id for one in readings}
    by_information = defaultdict(list)
    named = Reading.objects.filter(information__in=information).select_related("case")
    for one in named.order_by("pk"):
        by_information[one.information_id].append(one)
    others = {
        one.case_id for rows in by_information.values() for one in rows if one.case_id not in here
    }
    limits = Limit.objects.against(user).filter(case__in=others)
    return Around(
        readings=by_information,
        kept={limit.case_id: limit for limit in limits},
        opened=open_among(others, user, Action.VIEW_CASE),
        protected=_protected(others, user),
    )


def _protected(cases, user):
    """Names around those cases that this reader may not see, by case."""
    if not cases:
        return {}
    seen = Case.objects.open_to(user, Action.VIEW_PROTECTED_NAMES).filter(pk__in=cases)
    kept = Case.objects.filter(pk__in=cases).exclude(pk__in=seen.values("pk"))
    around = RelatedPerson.objects.filter(case__in=kept, protected=True).values_list("case", "name")
    asked = Subject.objects.filter(enquiry__case__in=kept, protected=True)
    found = defaultdict(list)
    for case, name in around.union(asked.values_list("enquiry__case", "name")):
        found[case].append(name)
    return found


def _told(reading, names, around):
    information = reading.information
    withheld, words = _words(reading, names, around)
    at = localtime(information.at)
    return Told(
        number=reading.pk,
        title=InformationKind(information.kind).title,
        href=reverse("see-information", args=[reading.case.crn, reading.pk]),
        came=f"{say_date(at.date())}, {say_time(at.time())}",
        happened=on(information.happened_on),
        said_by="" if withheld else _source(reading, names, around),
        recorded_by=information.by.name if information.by else "",
        words=words,
        withheld=withheld,
        harm=information.harm,
        sharing=Sharing(information.sharing).title,
        document=information.document_id if reading.main else None,
        tag=_mark(reading),
        outcome=_outcome(reading),
        because=_shown(reading.because, reading, names, around),
        unread=reading.state == ReadingState.UNREAD,
        named=[
            _named(reading, one, around)
            for one in around.readings[information.pk]
            if one.pk != reading.pk and (reading.main or one.main)
        ],
    )


def _source(reading, names, around):
    information = reading.information
    who = _shown(information.who, reading, names, around)
    return f"{SaidBy(information.said_by).title}: {who}"


def _words(reading, names, around):
    """Why the words are withheld, and the words."""
    for one in _others(reading, around):
        if one.main and one.case_id in around.kept:
            limit = around.kept[one.case_id]
            return f"The words are about {one.case.crn}. {limit.message} Ask {limit.ask}.", ""
    return "", _shown(reading.information.text, reading, names, around)


def _shown(words, reading, names, around):
    """Words without the names of those this reader is shut out of, and of those protected around them."""
    others = _others(reading, around)
    hidden = [one.case.name for one in others if one.case_id in around.kept]
    hidden += [name for one in others for name in around.protected.get(one.case_id, ())]
    return without_names(names.text(words), hidden, names.own)


def _others(reading, around):
    return [one for one in around.readings[reading.information_id] if one.pk != reading.pk]


def _named(reading, other, around):
    """The other from this side: who did what to whom."""
    relation = mirrored(other.relation) if reading.main else Relation(reading.relation)
    start = relation.title
    if other.case_id in around.kept:
        limit = around.kept[other.case_id]
        return Named(f"{start} {other.case.crn}", kept=f"{limit.message} Ask {limit.ask}.")
    if other.case_id in around.opened:
        href = reverse("case", args=[other.case.crn])
        return Named(f"{start} {other.case.name} ({other.case.crn})", href=href)
    return Named(f"{start} {other.case.crn}")


def _mark(reading):
    return tag("to-read" if reading.state == ReadingState.UNREAD else "read")


def _outcome(reading):
    if reading.state == ReadingState.UNREAD:
        return ""
    how = ReadAs(reading.read_as).title.removesuffix(", because")
    return f"{how}. {reading.read_by.name}, {on(reading.read_on)}"
