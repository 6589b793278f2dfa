"""By what somebody who has a place in a series must come to it: the requirement, condition or sentence that runs now.

Source: product rules, failures ("every appointment names the requirement or condition it enforces, or is voluntary");
supervision reference 2.4; Offender Rehabilitation Act 2014.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from cases.models import Contact, RarActivity
from cases.queries.rar import Counted, rar_of_cases
from cases.reference.appointments import Enforces
from cases.reference.codes import HELD, CustodyStatus
from grid.queries.hooks import (
    WHENEVER,
    conditions_running,
    current_sentences,
    order_ends,
    programmes_running,
    supervision_ends,
)
from grid.reference.interventions import Hook
from grid.rules.programmes import intervention_planned, programme_named


@dataclass(frozen=True, slots=True)
class Bound:
    """`until`: the last day on which they must come by it, or are supervised at all; None: not recorded."""

    hook: Hook
    enforces: Enforces
    until: date | None
    sentence: int | None = None
    requirement: int | None = None
    condition: int | None = None
    rar: Counted | None = None  # where it is a rehabilitation activity requirement


def bound_of(asked, today) -> dict[int, Bound | None]:
    """{case: what binds them}. `asked`: {case: (hook, code of the intervention)}. None: nothing of that hook runs.

    In the same few statements however many there are.
    """
    finders = {
        Hook.PROGRAMME: _programmes,
        Hook.RAR: _rar,
        Hook.LICENCE: _conditions,
        Hook.PSS: _after_sentence,
        Hook.VOLUNTARY: _by_choice,
    }
    found: dict[int, Bound | None] = dict.fromkeys(asked)
    for hook, find in finders.items():
        of_it = {case: code for case, (theirs, code) in asked.items() if theirs == hook}
        if of_it:
            found |= find(of_it, today)
    return found


def live_activity(found: Counted, code) -> RarActivity | None:
    """What is planned of this intervention under the requirement, and has not ended."""
    live = (one for one in found.activities if one.ended_on is None)
    return next((one for one in live if intervention_planned(one.what) == code), None)


def _programmes(of_it, today):
    running = programmes_running(list(of_it))
    return {case: _programme(running[case], code) for case, code in of_it.items() if running[case]}


def _programme(requirements, code):
    """The one that names this programme; else one of which nobody recorded what it names."""
    named = {one: programme_named(one.sub_name) or programme_named(one.main_name) for one in requirements}  # fmt: skip
    fitting = [one for one in requirements if named[one] in (code, "")]
    if not fitting:
        return None
    one = min(fitting, key=lambda one: (named[one] != code, one.pk))
    return Bound(
        Hook.PROGRAMME,
        Enforces.REQUIREMENT,
        order_ends(one.sentence) or one.expected_end_on,
        sentence=one.sentence_id,
        requirement=one.pk,
    )


def _rar(of_it, today):
    """Of several, the one under which it is planned already, then the one with the most days left."""
    found: dict[int, Counted] = {}
    for one in rar_of_cases(list(of_it), today, WHENEVER):
        case = one.case.pk
        found[case] = max(
            filter(None, (found.get(case), one)), key=lambda one: _wanted(one, of_it[case])
        )
    return {
        case: Bound(
            Hook.RAR,
            Enforces.REQUIREMENT,
            one.order.ends_on,
            sentence=one.requirement.sentence_id,
            requirement=one.requirement.pk,
            rar=one,
        )
        for case, one in found.items()
    }


def _wanted(one, code):
    left = 0 if one.order.enough else one.tally.left or 0
    return live_activity(one, code) is not None, left, -one.requirement.pk


def _conditions(of_it, today):
    """Of several, the one that runs longest; one of which nobody recorded the end may run longer than all."""
    running = conditions_running(list(of_it), today)
    return {
        case: max((_condition(one) for one in running[case]), key=_how_long)
        for case in of_it
        if running[case]
    }


def _condition(one):
    ends = filter(None, (one.to_on, one.sentence.licence_end_on))
    return Bound(
        Hook.LICENCE,
        Enforces.CONDITION,
        min(ends, default=None),
        sentence=one.sentence_id,
        condition=one.pk,
    )


def _how_long(bound):
    return bound.until or date.max


def _after_sentence(of_it, today):
    sentences = current_sentences(list(of_it))
    found = {}
    for case in of_it:
        for one in sentences[case]:
            if not one.pss_end_on or one.pss_end_on < today or one.custody_status in HELD:
                continue
            over = one.licence_end_on is not None and one.licence_end_on < today
            if over or one.custody_status == CustodyStatus.POST_SENTENCE:
                found[case] = Bound(Hook.PSS, Enforces.ORDER, one.pss_end_on, sentence=one.pk)
    return found


def _by_choice(of_it, today):
    """While they are supervised, for nobody else is anything booked."""
    sentences = current_sentences(list(of_it))
    return {
        case: Bound(Hook.VOLUNTARY, Enforces.VOLUNTARY, _last(map(supervision_ends, sentences[case])))
        for case in of_it
    }  # fmt: skip


def _last(ends):
    """The latest of these; None where one is not known, for it may be later than all of them."""
    known = list(ends)
    return max(known) if known and all(known) else None


def had_under(activities) -> dict[int, frozenset[date]]:
    """{activity: days that are credited under it, booked, or still to be said}, by the clock in London."""
    lines = Contact.objects.filter(
        booking__rar_activity__in=activities, booking__called_off_at=None
    ).values_list("booking__rar_activity", "started_at", "attended", "complied", "outcome_code")
    found: dict[int, set[date]] = {pk: set() for pk in activities}
    for activity, at, attended, complied, code in lines:
        if not code or (attended is True and complied is not False):
            found[activity].add(localtime(at).date())
    return {pk: frozenset(days) for pk, days in found.items()}
