"""What has happened that a victim may need to hear of, as the record and what was recorded here have it.

It is read the same way by each service that records something and by the night, so that neither can raise what the
other has. A fixed number of statements, for one case or many. Source: `cases.rules.victim_liaison`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, Min, OuterRef, Q
from django.utils.timezone import localdate

from cases.models import (
    Address,
    Case,
    Death,
    Ending,
    LicenceCondition,
    Pause,
    Recall,
    Registration,
    Requirement,
    Restriction,
    Sentence,
    Transfer,
    VictimLiaison,
)
from cases.queries.among import among
from cases.queries.enquiries import MAIN_ADDRESS
from cases.reference.codes import HELD, CaseState, Register
from cases.reference.holding import TransferKind, TransferState
from cases.reference.pauses import PauseKind
from cases.reference.restrictions import OrderKind
from cases.reference.victim_liaison import VictimCause
from cases.rules.enforcement.recalls import ENDED_FOR_A_REASON
from cases.rules.safety import RESTRICTING_REQUIREMENTS, restricts
from cases.rules.victim_liaison import MISTAKE, Happening, in_time, over_key, spells
from cases.rules.words import within_a_sentence

AFTER_LEAVING = frozenset({VictimCause.DEATH, VictimCause.ENDED, VictimCause.OTHER})
BEGAN = {  # of a pause: what it is to a victim, and how it is said
    PauseKind.WARRANT: (VictimCause.AT_LARGE, "A warrant is out for them"),
    PauseKind.AT_LARGE: (VictimCause.AT_LARGE, "They are unlawfully at large"),
    PauseKind.CUSTODY: (VictimCause.RECALL, "They were taken into custody"),
    PauseKind.DEPORTED: (VictimCause.OTHER, "They were deported or removed"),
}
OVER = {
    PauseKind.WARRANT: (VictimCause.AT_LARGE, "They are not wanted on a warrant any more"),
    PauseKind.AT_LARGE: (VictimCause.AT_LARGE, "They are not at large any more"),
    PauseKind.CUSTODY: (VictimCause.RELEASE, "They are not in custody any more"),
    PauseKind.DEPORTED: (VictimCause.OTHER, "They are back in this country"),
}


@dataclass(frozen=True, slots=True)
class Concerned:
    """A case of ours on which a victim is in contact. `since`: the day from which, where it is known."""

    since: date | None
    left: bool


def concerned(case_ids=None):
    """{case: Concerned} of these cases, or of all. One statement."""
    registers = Registration.objects.current().filter(
        case=OuterRef("pk"), type_code=Register.VICTIM_CONTACT
    )
    named = VictimLiaison.objects.standing().filter(case=OuterRef("pk"))
    cases = Case.objects.filter(Exists(registers) | Exists(named), retained_by="")
    if case_ids is not None:
        cases = cases.filter(pk__in=among(case_ids))
    on_register = Q(registrations__active=True, registrations__type_code=Register.VICTIM_CONTACT)
    rows = cases.annotate(
        registered=Min("registrations__started_on", filter=on_register),
        named=Min("victim_liaison__since_on", filter=Q(victim_liaison__ended_on=None)),
    ).values_list("pk", "registered", "named", "left_as")
    return {
        pk: Concerned(min(filter(None, (registered, named)), default=None), bool(left_as))
        for pk, registered, named, left_as in rows
    }


def happenings_of(about, today):
    """{case: [Happening]} of what is in time to be told. `about`: {case: Concerned}."""
    found = defaultdict(list)
    for read in READERS:
        for one in read(list(about)):
            stands = about[one.case_id]
            if stands.left and one.cause not in AFTER_LEAVING:
                continue
            if in_time(one.known_on, stands.since, today):
                found[one.case_id].append(one)
    return found


def _pauses(case_ids):
    for one in Pause.objects.filter(case__in=among(case_ids)):
        kind = PauseKind(one.kind)
        if kind in BEGAN:
            cause, words = BEGAN[kind]
            known_on = localdate(one.begun_at)
            key = f"pause-{one.pk}-began"
            yield Happening(one.case_id, cause, key, one.from_on, known_on, words)
        if kind in OVER and one.ended_at and one.to_on:
            cause, words = OVER[kind]
            known_on = localdate(one.ended_at)
            yield Happening(one.case_id, cause, f"pause-{one.pk}-over", one.to_on, known_on, words)


def _deaths(case_ids):
    """One that was recorded by mistake is taken back: told again only to whoever was told."""
    for one in Death.objects.filter(case__in=among(case_ids)):
        key, known_on = f"death-{one.pk}", localdate(one.recorded_at)
        if one.undone_at:
            on = localdate(one.undone_at)
            yield Happening(
                one.case_id, VictimCause.OTHER, f"{key}-undone", on, on, MISTAKE, undoes=key
            )
        else:
            on = one.died_on or known_on
            yield Happening(one.case_id, VictimCause.DEATH, key, on, known_on, "They have died")


def _ends(case_ids):
    """Ended here, or over by the record: one happening, whoever says it first."""
    endings = Ending.objects.filter(case__in=among(case_ids), ended_at__isnull=False)
    here = list(endings.values_list("case", "sentence", "ended_at", "reopened_at"))
    reopened = defaultdict(list)
    for case, _, _, again in here:
        if again:
            reopened[case].append(again)
    for case, sentence, ended_at, _ in here:
        key = over_key(sentence, sum(again < ended_at for again in reopened[case] if ended_at))
        on = localdate(ended_at)
        yield Happening(case, VictimCause.ENDED, key, on, on, "Supervision has ended here")
    over = Sentence.objects.filter(case__in=among(case_ids), terminated_on__isnull=False)
    over = over.exclude(case__state=CaseState.SUPERVISED).order_by("case", "-terminated_on", "-pk")
    for case, pk, last in over.distinct("case").values_list("case", "pk", "terminated_on"):
        on = last or date.min
        earlier = sum(localdate(again) <= on for again in reopened[case])
        words = "The record says that supervision is over"
        yield Happening(case, VictimCause.ENDED, over_key(pk, earlier), on, on, words)


def _transfers(case_ids):
    gone = Transfer.objects.filter(
        case__in=among(case_ids), kind=TransferKind.PROVIDER, state=TransferState.ACCEPTED
    )
    for pk, case, at in gone.values_list("pk", "case", "answered_at"):
        on = localdate(at)
        words = "Another provider supervises them now"
        yield Happening(case, VictimCause.ENDED, f"transfer-{pk}", on, on, words)


def _homes(case_ids):
    """One move a day, whatever an extract calls the address or how often it writes it anew."""
    homes = Address.objects.filter(
        case__in=among(case_ids), status_code__in=[MAIN_ADDRESS, ""], from_on__isnull=False
    )
    words = "They moved to another address"
    for case, on in homes.values_list("case", "from_on").distinct():
        if on:
            yield Happening(case, VictimCause.ADDRESS, f"home-{on:%Y%m%d}", on, on, words)


def _custody(case_ids):
    """Each stay in custody, and each change of the day of release, from what the record of a sentence was and came to be."""
    was = defaultdict(list)
    past = Sentence.objects.filter(case__in=among(case_ids), events__isnull=False)
    columns = (
        "events__pgh_created_at",
        "events__custody_status",
        "events__expected_release_on",
        "events__conditional_release_on",
    )
    for pk, at, status, *dates in past.order_by("events__pgh_id").values_list("pk", *columns):
        was[pk].append((localdate(at), status, _first(dates)))
    for one in Sentence.objects.filter(case__in=among(case_ids)).order_by("pk"):
        now = (None, one.custody_status, _first([one.expected_release_on, one.conditional_release_on]))  # fmt: skip
        said = [*was[one.pk], now]
        days = [None, *(day for day, _, _ in said[:-1])]
        changes = spells(
            [(day, status) for day, (_, status, _) in zip(days, said, strict=True)], HELD
        )
        yield from _stays(one, changes)
        yield from _release_day(one, days, [on for _, _, on in said])


def _stays(sentence, changes):
    stay = 0
    for way, stay, on in changes:
        if way == "in":
            key, words = f"sentence-{sentence.pk}-in-{stay}", "They were recalled, or taken into custody"  # fmt: skip
            yield Happening(sentence.case_id, VictimCause.RECALL, key, on, on, words)
        else:
            released = sentence.released_on
            said_on = released if released and released <= on else on
            yield _released(sentence, stay, said_on, on)
    outside = sentence.custody_status not in HELD
    if outside and sentence.released_on and ("out", stay) not in {one[:2] for one in changes}:
        yield _released(sentence, stay, sentence.released_on, sentence.released_on)


def _released(sentence, stay, on, known_on):
    key, words = f"sentence-{sentence.pk}-out-{stay}", "They were released"
    return Happening(sentence.case_id, VictimCause.RELEASE, key, on, known_on, words)


def _release_day(sentence, days, said):
    """The day of release that the record names now, where it named another before."""
    if sentence.custody_status not in HELD or not said[-1]:
        return
    changed = [day for day, before, after in zip(days[1:], said, said[1:], strict=False) if before and before != after]  # fmt: skip
    if changed:
        key, words = f"release-{sentence.pk}-{said[-1]:%Y%m%d}", "The day of their release has changed"  # fmt: skip
        yield Happening(sentence.case_id, VictimCause.RELEASE, key, changed[-1], changed[-1], words)


def _first(dates):
    return next(filter(None, dates), None)


def _recalls(case_ids):
    """A recall that was asked for, and what came of it."""
    asked = Recall.objects.filter(case__in=among(case_ids), requested_at__isnull=False)
    ended = asked.filter(state__in=ENDED_FOR_A_REASON).annotate(last=Max("steps__at"))
    over = {pk: localdate(at) for pk, at in ended.values_list("pk", "last")}
    for pk, case, at, decided_on in asked.values_list("pk", "case", "requested_at", "decided_on"):
        key, on = f"recall-{pk}", localdate(at)
        yield Happening(
            case, VictimCause.OTHER, f"{key}-asked", on, on, "Their recall was asked for"
        )
        if decided_on:
            yield Happening(
                case, VictimCause.RECALL, f"{key}-decided", decided_on, max(decided_on, on), "They were recalled"
            )  # fmt: skip
        if off := over.get(pk):
            words = "The recall that was asked for does not go on"
            yield Happening(case, VictimCause.OTHER, f"{key}-off", off, off, words)


def _restrictions(case_ids):
    """What was recorded of an order that the record names already is no news, until it changes or ends."""
    for one in Restriction.objects.filter(case__in=among(case_ids)).select_related("followed_by"):
        title = within_a_sentence(OrderKind(one.kind).title)
        key, on = f"restriction-{one.pk}", localdate(one.recorded_at)
        if one.follows_id or not (one.requirement_id or one.condition_id):
            how = "changed" if one.follows_id else "recorded"
            words = f"An order was {how}: {title}"
            yield Happening(one.case_id, VictimCause.CONDITION, key, on, on, words)
        if ended_on := _ended_on(one):
            words = f"An order ended: {title}"
            yield Happening(
                one.case_id, VictimCause.CONDITION, f"{key}-ended", ended_on, ended_on, words
            )


def _ended_on(restriction):
    """The first day on which nothing is forbidden any more; None where another wording follows, or it has no end."""
    if hasattr(restriction, "followed_by"):
        return None
    after_its_last = restriction.to_on and restriction.to_on + timedelta(days=1)
    return min(filter(None, (restriction.ended_on, after_its_last)), default=None)


def _ordered(case_ids):
    """Requirements that keep them from places and people: what a programme asks of them is no victim's to hear."""
    rows = Requirement.objects.filter(
        Q(main_code__in=RESTRICTING_REQUIREMENTS) | Q(restrictive=True),
        sentence__case__in=among(case_ids),
    )
    columns = "sentence__case", "pk", "main_name", "commenced_on", "imposed_on", "terminated_on"
    for case, pk, name, commenced_on, imposed_on, terminated_on in rows.values_list(*columns):
        of = f": {within_a_sentence(name)}" if name else ""
        yield from _running(case, f"requirement-{pk}", f"requirement{of}", commenced_on or imposed_on, terminated_on)  # fmt: skip
    conditions = LicenceCondition.objects.filter(sentence__case__in=among(case_ids))
    rows_of = conditions.values_list("sentence__case", "pk", "category", "from_on", "to_on")
    for case, pk, category, from_on, to_on in rows_of:
        if restricts(category):
            yield from _running(case, f"condition-{pk}", f"licence condition: {within_a_sentence(category)}", from_on, to_on)  # fmt: skip


def _running(case, key, what, began_on, ended_on):
    if began_on:
        words = f"A {what} began"
        yield Happening(case, VictimCause.CONDITION, key, began_on, began_on, words)
    if ended_on:
        words = f"A {what} ended"
        yield Happening(case, VictimCause.CONDITION, f"{key}-ended", ended_on, ended_on, words)


READERS = (
    _pauses, _deaths, _ends, _transfers, _homes, _custody, _recalls, _restrictions, _ordered,
)  # fmt: skip
