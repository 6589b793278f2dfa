"""What has happened on a case since a day, and which of it calls for a review.

Sources: supervision reference 5 (what triggers a review); report 2.4 (call-outs, an attack and recurring
breaches that no review spoke of); product rules, clocks ("an event within 10 working days"). How many
missed appointments matter is local policy ("meeting").

An event is known from the day we learnt of it, which may be long after the day it happened: one that came
to light after a review is news to it, however old. Its key is that of the record behind it, and so the
same however often it is asked for.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.checks import SubjectKind
from cases.reference.events import ALWAYS_MATTERS, KEPT_OUT, MATTERS_AT_HOME, TELLS, TOLD_AS
from cases.reference.reviews import EventKind
from cases.rules.words import counted, within_a_sentence
from staff.rules.dates import say_date

MISSED_MATTERS = 2  # appointments, until a policy says otherwise


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `significant`: a review answers it before it is signed.

    `what` names nobody, for it is kept with the review; `source` says where it stands in the record.
    `known_to_them`: they were there or were told, so that asking them about it gives nobody away.
    """

    key: str
    kind: EventKind
    what: str
    on: date
    significant: bool
    source: str = ""
    known_on: date | None = None  # None: known as it happened
    known_to_them: bool = False

    @property
    def learnt_on(self):
        return self.known_on or self.on


def told(facts, missed_matters):
    """What came in: always where it is of police, a court or somebody at risk, else where harm is told of."""
    for one in facts.told:
        kind = EventKind.ATTACK if one.attack else TOLD_AS.get(one.kind, EventKind.INFORMATION)
        yield Event(
            f"information-{one.id}",
            kind,
            kind.title if one.attack else one.kind.title,
            one.happened_on,
            one.attack or one.harm or one.kind in ALWAYS_MATTERS,
            f"Information from {within_a_sentence(one.said_by.title)}",
            one.came_on,
        )


def replied(facts, missed_matters):
    """A reply that tells something matters, and one that says what was not heard before; another of no trace, or a refusal, is listed."""
    for one in facts.replies:
        what = f"{one.kind.title} replied: {within_a_sentence(one.reply.title)}"
        yield Event(
            f"reply-{one.id}",
            EventKind.REPLY,
            f"{what}, {one.again_as} {say_date(one.again_on)}" if one.again_on else what,
            one.on,
            one.reply in TELLS or one.again_on is not None,
            "Checks",
            one.again_on,
        )


def registered(facts, missed_matters):
    """A new entry matters; one that ended is listed."""
    for one in facts.registers:
        if one.started_on:
            what = f"Put on a register: {one.name}"
            yield _of(one, "register", EventKind.REGISTER, what, one.started_on, True, "Registers")
        if one.ended_on:
            what = f"Taken off a register: {one.name}"
            key = "register-ended"
            yield _of(one, key, EventKind.REGISTER, what, one.ended_on, False, "Registers")


def raised(facts, missed_matters):
    for one in facts.raises:
        what = f"{one.kind.title} was raised: {one.to}"
        yield _of(one, "raise", EventKind.RAISED, what, one.on, True, "Raised here")


def around(facts, missed_matters):
    """Anybody new matters, and who is newly named as one who could be hurt; of those who go, a partner or a child."""
    for one in facts.around:
        name = within_a_sentence(one.kind.title)
        if one.came_on:
            yield _of(
                one, "person", EventKind.NEW_PERSON, f"Somebody new around them: {name}",
                one.came_on, True, "People around them",
            )  # fmt: skip
        if one.named_on:
            yield _of(
                one, "person-named", EventKind.NEW_PERSON,
                f"Named as somebody who could be hurt, and in no step of the plan: {name}",
                one.named_on, True, "Who could be hurt",
            )  # fmt: skip
        if one.left_on:
            yield _of(
                one, "person-left", EventKind.OTHER, f"No longer around them: {name}",
                one.left_on, one.kind in {SubjectKind.PARTNER, SubjectKind.CHILD},
                "People around them",
            )  # fmt: skip


def moved_home(facts, missed_matters):
    """A new address matters, and having none; where they lived when we first knew them is none."""
    for one in facts.homes:
        if not one.first:
            what = "No fixed abode" if one.no_fixed_abode else "Moved to a new address"
            yield _of(
                one, "address", EventKind.NEW_ADDRESS, what, one.from_on, True, "Addresses",
                known_to_them=True,
            )  # fmt: skip


def missed(facts, missed_matters):
    """Missed, or attended and not complied with: one event, which matters from so many on."""
    wrong = sorted(facts.went_wrong, key=lambda one: (one.on, one.id))
    if wrong:
        came = sum(one.came for one in wrong)
        parts = [
            counted(len(wrong) - came, "appointment") + " missed" if len(wrong) > came else "",
            counted(came, "appointment") + " attended without complying" if came else "",
        ]
        yield Event(
            f"missed-{wrong[0].id}",
            EventKind.MISSED,
            ", ".join(filter(None, parts)),
            wrong[-1].on,
            len(wrong) >= missed_matters,
            "Contact log",
            max(one.known_on for one in wrong),
            known_to_them=True,
        )


def moved(facts, missed_matters):
    """Moved, or missed for a good reason: listed as one, for a pattern shows in the number."""
    some = sorted(facts.moved, key=lambda one: (one.on, one.id))
    if some:
        what = f"{counted(len(some), 'appointment')} moved or missed for a good reason"
        yield _of(some[0], "moved", EventKind.MISSED, what, some[-1].on, False, "Contact log")


def failed(facts, missed_matters):
    for one in facts.failures:
        yield Event(
            f"failure-{one.id}",
            EventKind.FAILURE,
            "Failure to comply",
            one.happened_on,
            True,
            "Decided by the officer",
            one.decided_on,
            known_to_them=True,
        )


def enforced(facts, missed_matters):
    """All the steps of one breach or recall are one event, which began with the first."""
    for recall, name in ((False, "Breach"), (True, "Recall")):
        steps = [one for one in facts.enforced if one.recall == recall]
        if steps:
            first = min(steps, key=lambda one: (one.on, one.of, one.id))
            known = max(one.on for one in steps)
            yield Event(
                f"{within_a_sentence(name)}-{first.of}-{first.id}",
                EventKind.FAILURE,
                name if len(steps) == 1 else f"{name}, in {len(steps)} steps",
                first.on,
                True,
                "Contact log and sentence",
                known,
            )


def settled(facts, missed_matters):
    """What came of a breach or a recall is looked at by itself: the plan goes on from there, or from prison."""
    for one in facts.settled:
        source = "Breaches and recalls"
        yield _of(one, f"{one.of}-over", EventKind.FAILURE, one.name, one.on, True, source)


def convicted(facts, missed_matters):
    for one in facts.convictions:
        what = "Convicted of a new offence" if one.sentenced else "Charged with a new offence"
        yield _of(
            one, "offence", EventKind.ARREST, what, one.on, True, "Sentences", known_to_them=True
        )


def held(facts, missed_matters):
    for one in facts.custody:
        what, key = ("Taken into custody", "held") if one.held else ("Released", "released")
        key = f"{key}-{one.id}-{one.on:%Y%m%d}"
        yield Event(key, EventKind.CUSTODY, what, one.on, True, "Sentences", known_to_them=True)


def routes(facts, missed_matters):
    for one in facts.routes:
        what = f"A route was taken away; instead: {within_a_sentence(one.instead)}"
        yield _of(one, "route", EventKind.ROUTE, what, one.on, True, "Routes")


def ended(facts, missed_matters):
    for one in facts.ended:
        what = f"Ended: {one.name}"
        yield _of(
            one, one.of, EventKind.PROGRAMME, what, one.on, True, "Sentence", known_to_them=True
        )


def visited(facts, missed_matters):
    """A visit matters when what was seen does, or when they would not, or could not, be seen there."""
    for one in facts.visits:
        matters = one.not_done in KEPT_OUT or bool(one.seen & MATTERS_AT_HOME)
        what = "A home visit"
        if one.not_done:
            what = f"A home visit was not done: {within_a_sentence(one.not_done.title)}"
        elif matters:
            what = "A home visit showed something to act on"
        yield _of(one, "visit", EventKind.VISIT, what, one.on, matters, "Home visits")


def overridden(facts, missed_matters):
    """That it was approved is listed; that it ran out with the gap still open matters."""
    for one in facts.overrides:
        act = within_a_sentence(one.act)
        yield _of(
            one, "override", EventKind.OVERRIDE, f"Going ahead was approved: {act}",
            one.approved_on, False, "Overrides",
        )  # fmt: skip
        if one.ran_out_on:
            yield _of(
                one, "override-over", EventKind.OVERRIDE, f"Going ahead ran out: {act}",
                one.ran_out_on, True, "Overrides",
            )  # fmt: skip


def allocated(facts, missed_matters):
    for one in facts.allocations:
        yield _of(
            one, "officer", EventKind.OFFICER, EventKind.OFFICER.title, one.on, False, "Allocations"
        )


def noted(facts, missed_matters):
    """A line marked as a significant event matters; that lines speak of police or social care is listed.

    Words are found by phrases, which may be of long ago: what is to be answered of the past, an
    assessment asks (`cases.rules.patterns`).
    """
    spoken: set[str] = set()
    for one in sorted(facts.notes, key=lambda one: (one.on, one.id)):
        if not one.about:
            what = "Marked as a significant event"
            yield _of(one, "note", EventKind.OTHER, what, one.on, True, "Contact log")
        elif one.about not in spoken:
            spoken.add(one.about)
            what = f"The log speaks of: {one.about}"
            yield _of(one, "speaks", EventKind.OTHER, what, one.on, False, "Contact log")


def agencies_met(facts, missed_matters):
    """A conference, a MARAC or a MAPPA meeting makes a plan that ours must know; groups that carry one out are listed."""
    for one in facts.agencies:
        what, source = f"{one.name} was held", "Meetings of agencies"
        yield _of(one, "agencies", EventKind.OTHER, what, one.on, one.decides, source)


RULES = (
    told, replied, registered, raised, around, moved_home, missed, moved, failed, enforced, settled, convicted, held,
    routes, ended, visited, overridden, allocated, noted, agencies_met,
)  # fmt: skip


def happened(facts, since, today, *, missed_matters=MISSED_MATTERS):
    """The events that became known from `since` to `today`, the earliest first."""
    found = (event for rule in RULES for event in rule(facts, missed_matters))
    known = [one for one in found if since <= one.learnt_on <= today]
    return sorted(known, key=lambda one: (one.on, one.kind, one.key))


def _of(one, key, kind, what, on, significant, source, *, known_to_them=False):
    known_on = getattr(one, "known_on", None)
    return Event(f"{key}-{one.id}", kind, what, on, significant, source, known_on, known_to_them)
