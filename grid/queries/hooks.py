"""By what somebody can be required, or asked, to come to an intervention: what their sentences hold that runs now.

Sources: Offender Rehabilitation Act 2014 (a licence, then post-sentence supervision); supervision reference 1.2, 1.3 and 2.4.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from cases.models import LicenceCondition, Requirement, Sentence
from cases.queries.among import among
from cases.queries.rar import Counted, rar_of_cases
from cases.reference.codes import HELD, CustodyStatus
from cases.rules.words import counted
from grid.reference.interventions import Hook
from grid.reference.programmes import PROGRAMME, TAKING_PART
from grid.rules.programmes import intervention_planned, programme_named
from grid.rules.suitability_facts import Attached
from staff.rules.dates import say_date

WHENEVER = 1  # weeks after which a requirement has stalled: not asked here, and any number would do


@dataclass(frozen=True, slots=True)
class Hooks:
    attached: tuple[Attached, ...]
    held: bool  # in custody now
    planned: frozenset[str]  # codes of what is planned of their days, or was done to the end


def hooks_of(case_ids, today) -> dict[int, Hooks]:
    """{case: Hooks}, in the same few statements however many cases there are."""
    ids = list(case_ids)
    sentences = current_sentences(ids)
    programmes, conditions = programmes_running(ids), conditions_running(ids, today)
    rar = defaultdict(list)
    for one in rar_of_cases(ids, today, WHENEVER):
        rar[one.case.pk].append(one)
    return {
        pk: Hooks(
            attached=(
                *(_programme(one, today) for one in programmes[pk]),
                *map(_rar, rar[pk]),
                *map(_condition, conditions[pk]),
                *_after_sentence(sentences[pk], today),
                *_by_choice(sentences[pk]),
            ),
            held=any(one.custody_status in HELD for one in sentences[pk]),
            planned=_planned(rar[pk]),
        )
        for pk in ids
    }


def current_sentences(ids):
    found = defaultdict(list)
    for one in Sentence.objects.current().filter(case__in=among(ids)).order_by("pk"):
        found[one.case_id].append(one)
    return found


def programmes_running(ids):
    """Requirements to go on an accredited programme that run, with their sentences."""
    running = Requirement.objects.filter(
        sentence__in=Sentence.objects.current().filter(case__in=among(ids)),
        main_code=PROGRAMME,
        active=True,
        terminated_on=None,
    )
    return _by_case(running)


def conditions_running(ids, today):
    """What a licence that runs says of taking part in a programme or in activities: none runs in custody or after it."""
    out = Sentence.objects.current().filter(case__in=among(ids))
    out = out.exclude(custody_status__in=(*HELD, CustodyStatus.POST_SENTENCE))
    out = out.filter(Q(licence_end_on=None) | Q(licence_end_on__gte=today))
    standing = LicenceCondition.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today),
        reduce(or_, (Q(category__icontains=words) for words in TAKING_PART)),
        sentence__in=out,
        from_on__lte=today,
    )
    return _by_case(standing)


def _by_case(rows):
    found = defaultdict(list)
    for one in rows.select_related("sentence").order_by("pk"):
        found[one.sentence.case_id].append(one)
    return found


def _programme(one, today):
    """It can be asked for to the end of the order, whenever the programme itself was expected to end."""
    long = f", {one.length} {one.length_unit.lower() or 'days'}" if one.length else ""
    by_main = not programme_named(one.sub_name) and programme_named(one.main_name)
    name = one.main_name if by_main else one.sub_name
    return Attached(
        Hook.PROGRAMME,
        f"Programme requirement: {name or 'no programme is named'}{long}",
        until=order_ends(one.sentence) or one.expected_end_on,
        ordered=programme_named(name),
        begun_on=one.commenced_on if one.commenced_on and one.commenced_on <= today else None,
    )


def _rar(one: Counted):
    """The requirement lives to the end of the order. Days that the officer has said are enough leave none to use."""
    tally, enough = one.tally, one.order.enough
    left = 0 if enough else tally.left
    if tally.ordered is None:
        words = "how many days is not recorded"
    else:
        words = f"{counted(tally.ordered, 'day')}, {left} left{_for_other_work(one, left)}"
    said = ": the officer has said that those done are enough" if enough else ""
    return Attached(
        Hook.RAR,
        f"Rehabilitation activity requirement, {words}{said}",
        until=one.order.ends_on,
        days_left=left,
        to_book=0 if enough else tally.to_book,
    )


def _for_other_work(one, left):
    """How many of the days left are planned already. What is planned of the catalogue itself is not proposed again."""
    planned = sum(
        max(0, activity.days - len(one.tally.by_activity.get(activity.pk, ())))
        for activity in one.activities
        if activity.ended_on is None
    )
    others = min(planned, left)
    return f", {others} of them planned for other work" if others else ""


def _condition(one):
    """Of its words only the category is read: they may name people, and what they ask is not told apart."""
    named = f"{one.category[:1].lower()}{one.category[1:]}"
    ends = filter(None, (one.to_on, one.sentence.licence_end_on))
    return Attached(
        Hook.LICENCE,
        f"Licence condition: {named}, as far as its own category says",
        until=min(ends, default=None),
    )


def _after_sentence(sentences, today):
    """Post-sentence supervision, once the licence has ended."""
    for one in sentences:
        if not one.pss_end_on or one.pss_end_on < today or one.custody_status in HELD:
            continue
        over = one.licence_end_on is not None and one.licence_end_on < today
        if over or one.custody_status == CustodyStatus.POST_SENTENCE:
            words = f"Post-sentence supervision until {say_date(one.pss_end_on)}"
            yield Attached(Hook.PSS, words, until=one.pss_end_on)


def _by_choice(sentences):
    """Anybody who is supervised may choose to come, while they are: once for each end, the latest first.

    One that is not known may be later than all of them, and comes last.
    """
    ends = {supervision_ends(one) for one in sentences}
    for end in sorted(ends, key=lambda end: end or date.min, reverse=True):
        yield Attached(Hook.VOLUNTARY, "Nobody makes them come: it is their choice", until=end)


def order_ends(sentence) -> date | None:
    """The last day on which something can be asked under an order."""
    return sentence.supervision_end_on or sentence.expected_end_on


def supervision_ends(sentence) -> date | None:
    """The last day of supervision of any kind under a sentence; None: not known."""
    if sentence.pss_end_on or sentence.licence_end_on:
        return max(filter(None, (sentence.pss_end_on, sentence.licence_end_on)))
    return order_ends(sentence)


def _planned(requirements):
    """What is planned of their days, or was done to the end. What was given up earlier may be proposed again."""
    found = {
        intervention_planned(activity.what)
        for one in requirements
        for activity in one.activities
        if activity.ended_on is None
        or len(one.tally.by_activity.get(activity.pk, ())) >= activity.days
    }
    return frozenset(found - {""})
