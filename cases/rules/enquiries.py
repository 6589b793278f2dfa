"""Which enquiries fall due on a case, because of what, and whom each must ask about.

Source: product rules, checks ("due because"); report 2.1 (checks not made because domestic abuse
or children were not what the offence was about). Before an assessment is signed, a first home
visit, a call-out, a review and allocation to unpaid work are told by whoever does those things.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum, auto

from dateutil.relativedelta import relativedelta

from cases.reference.checks import (
    OPEN_STATES,
    PUT_RIGHT,
    Because,
    CheckKind,
    EnquiryState,
    SubjectKind,
)


class Concern(StrEnum):
    DOMESTIC_ABUSE = auto()
    CHILD = auto()
    ADULT = auto()


# Which agencies a concern is put to
ASKED_ABOUT = {
    Concern.DOMESTIC_ABUSE: (CheckKind.POLICE, CheckKind.CHILDREN),
    Concern.CHILD: (CheckKind.CHILDREN, CheckKind.POLICE),
    Concern.ADULT: (CheckKind.ADULTS,),
}
BEFORE_RELEASE = (CheckKind.POLICE, CheckKind.ADDRESS)
# Somebody new around the person, by what they are to them
ASKED_OF_NEW = {
    SubjectKind.PARTNER: (CheckKind.POLICE,),
    SubjectKind.CHILD: (CheckKind.POLICE, CheckKind.CHILDREN),
    SubjectKind.OTHER: (CheckKind.POLICE,),
    SubjectKind.ADDRESS: (CheckKind.POLICE, CheckKind.ADDRESS),
}
THE_PERSON = "person:"  # how the key of the person on probation begins
# Who looks the person up by name and date of birth; a court goes by the order, a prison by its own number
LOOKED_UP_BY = (CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS, CheckKind.OTHER_AREA)
NOT_ASKED = (EnquiryState.NOT_NEEDED, EnquiryState.SUPERSEDED)
# Whom each agency can answer about
ANSWERS_ABOUT = {
    CheckKind.CHILDREN: (SubjectKind.PERSON, SubjectKind.CHILD, SubjectKind.ADDRESS),
    CheckKind.ADULTS: (SubjectKind.PERSON, SubjectKind.OTHER, SubjectKind.ADDRESS),
    CheckKind.ADDRESS: (SubjectKind.PERSON, SubjectKind.ADDRESS),
    CheckKind.COURT_TERMS: (SubjectKind.PERSON,),
    CheckKind.PRISON: (SubjectKind.PERSON,),
    CheckKind.OTHER_AREA: (SubjectKind.PERSON,),
}


@dataclass(frozen=True, slots=True)
class About:
    """A person or an address that an enquiry can ask about."""

    kind: SubjectKind
    name: str
    born_on: date | None = None
    related_person_id: int | None = None
    protected: bool = False
    since: date | None = None  # when they came into the person's life; None: always, or not known
    authority: str = ""  # local authority they live in, or that an address lies in
    postcode: str = ""

    @property
    def key(self):
        """What makes two mentions the same question: who it is and how they are known, or the
        words of the address. A name or birth date put right is another question.
        """
        words = " ".join(self.name.casefold().replace(",", " ").split())
        who = THE_PERSON if self.kind == SubjectKind.PERSON else self.related_person_id
        return f"{who} {words} {self.born_on or ''}" if who else words


@dataclass(frozen=True, slots=True)
class Enquired:
    """An enquiry already on the case, whatever came of it."""

    kind: CheckKind
    state: EnquiryState
    triggered_on: date
    replied_on: date | None = None
    covers: frozenset[str] = frozenset()  # keys of its subjects


@dataclass(frozen=True)
class CheckFacts:
    """What decides which enquiries are due. Of children, None means that nobody has asked."""

    began_on: date  # supervision by us
    sentenced_on: date  # from when an enquiry counts for this supervision
    about: tuple[About, ...]  # the person first, then those around them and where they live
    concerns: dict[Concern, date | None] = field(default_factory=dict)  # the latest of each, since
    has_children: bool | None = None
    lives_with_children: bool | None = None
    has_contact_with_children: bool | None = None
    may_pose_risk_to_children: bool | None = None
    unclear_about_children: bool = False  # asked, and still not clear
    release_on: date | None = None
    enquired: tuple[Enquired, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """An enquiry that should be opened."""

    kind: CheckKind
    because: Because
    triggered_on: date
    about: tuple[About, ...]
    note: str = ""


def children_must_be_asked_about(facts):
    """Whether children's social care must be asked: yes, no, or None while it cannot be told."""
    aspects = (
        facts.has_children,
        facts.lives_with_children,
        facts.has_contact_with_children,
        facts.may_pose_risk_to_children,
    )
    concerns = {Concern.DOMESTIC_ABUSE, Concern.CHILD} & facts.concerns.keys()
    if any(aspects) or concerns or facts.unclear_about_children:
        return True
    return None if None in aspects else False


def enquiries_due(facts, policy, today):
    """The enquiries to open now, at most one of a kind; none that is under way, and none twice."""
    found = []
    for kind in CheckKind:
        same = [one for one in facts.enquired if one.kind == kind]
        considered = max(map(_considered_on, same), default=date.min)
        under_way = any(one.state in OPEN_STATES for one in same)
        triggers = [*_events(kind, facts, policy, today), *_refresh(kind, same, facts, policy)]
        triggers = [
            (on, because)
            for on, because in triggers
            if on <= today and considered < _counts_from(on, because, facts) and not under_way
        ]
        new = _new_around(kind, same, facts, today)
        if triggers:
            on, because = min(triggers, key=lambda one: one[0])
            found.append(Due(kind, because, on, asked_about(kind, facts.about)))
        elif person := _put_right(kind, same, facts):  # whoever is new follows the night after
            found.append(Due(kind, Because.NEW_PERSON, today, (person,), PUT_RIGHT))
        elif new:
            found.append(_about_new(kind, same, new, facts, today))
    return found


def asked_about(kind, about):
    """Of those around the person, the ones this agency can answer about."""
    kinds = ANSWERS_ABOUT.get(kind, tuple(SubjectKind))
    return tuple(one for one in about if one.kind in kinds)


def _considered_on(enquired):
    """Until when this enquiry, or the decision that none was needed, speaks for the case."""
    return max(filter(None, (enquired.triggered_on, enquired.replied_on)))


def _counts_from(on, because, facts):
    """An enquiry made between sentence and arrival answers the start."""
    return facts.sentenced_on if because == Because.START else on


def _events(kind, facts, policy, today):
    """What makes this kind due, with the day it did."""
    began = facts.began_on
    if kind == CheckKind.POLICE:
        yield began, Because.START
    if kind == CheckKind.CHILDREN and _children_from_the_start(facts):
        yield began, Because.START
    for concern, since in facts.concerns.items():
        if kind in ASKED_ABOUT[concern]:
            new = since is not None and since > began
            yield (since, Because.NEW_CONCERN) if new else (began, Because.START)
    if facts.release_on and facts.release_on >= today:
        asked = kind in BEFORE_RELEASE
        children = kind == CheckKind.CHILDREN and children_must_be_asked_about(facts)
        if asked or children:
            opens = facts.release_on - timedelta(days=policy.release_days)
            yield max(opens, began), Because.RELEASE


def _children_from_the_start(facts):
    """A child who came later is somebody new, and a concern speaks for itself."""
    children = [one for one in facts.about if one.kind == SubjectKind.CHILD]
    all_new = children and all(one.since and one.since > facts.began_on for one in children)
    if all_new and not facts.may_pose_risk_to_children:
        return False
    return children_must_be_asked_about(replace(facts, concerns={}))


def _refresh(kind, same, facts, policy):
    """Every so many months while there is a concern that this agency is asked about."""
    if same and any(kind in ASKED_ABOUT[concern] for concern in facts.concerns):
        last = max(map(_considered_on, same))
        yield last + relativedelta(months=policy.refresh_months), Because.REFRESH


def _new_around(kind, same, facts, today):
    """Those around the person now whom no enquiry since supervision began, or still open, asks about."""
    asked = _speaking(same, facts)
    covered = frozenset().union(*(one.covers for one in asked))
    return [
        one
        for one in facts.about
        if kind in ASKED_OF_NEW.get(one.kind, ())
        and one.key not in covered
        and _is_new(one, asked, facts, today)
    ]


def _speaking(same, facts):
    """Those of one kind that are open, or of this supervision."""
    return [
        one for one in same if one.state in OPEN_STATES or _considered_on(one) >= facts.sentenced_on
    ]


def _put_right(kind, same, facts):
    """The person, where this agency was asked about them, and never by the name and birth date they have now."""
    if kind not in LOOKED_UP_BY:
        return None
    asked = _speaking(same, facts)
    before = {
        key
        for one in asked
        if one.state not in NOT_ASKED
        for key in one.covers
        if key.startswith(THE_PERSON)
    }
    now = next((one for one in facts.about if one.kind == SubjectKind.PERSON), None)
    known = now is None or any(now.key in one.covers for one in asked)
    return now if before and not known else None


def _is_new(one, asked, facts, today):
    """They came later, or the agency was asked without them; else the start is still to decide."""
    if one.since and one.since > facts.began_on:
        return one.since <= today
    return bool(asked)


def _about_new(kind, same, new, facts, today):
    """Due from the day the first of them came; where an enquiry was made since then, from today."""
    address = all(one.kind == SubjectKind.ADDRESS for one in new)
    because = Because.NEW_ADDRESS if address else Because.NEW_PERSON
    person = [one for one in facts.about if one.kind == SubjectKind.PERSON]
    last = max(map(_considered_on, same), default=facts.began_on)
    came = [one.since if one.since and one.since > last else today for one in new]
    return Due(kind, because, min(came), (*person, *new))
