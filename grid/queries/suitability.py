"""What is known of somebody that an intervention turns on, gathered for one case or for many in the same few statements.

Source: `grid.rules.suitability_record` (what the record says, and what it leaves unsaid). Nothing is guessed.
"""

from collections import defaultdict

from django.db.models import F

from cases.models import Assessment, ImportedAssessment, Offence, Registration
from cases.queries.among import among
from cases.reference.codes import Part, Register
from cases.reference.needs import WEIGHTED
from grid.queries.hooks import hooks_of
from grid.rules.likelihood import likelihood_of
from grid.rules.placement import current_harm, escalating
from grid.rules.suitability_facts import Person
from grid.rules.suitability_record import (
    HERE,
    Assessed,
    Convicted,
    Deregistered,
    harm_known,
    likelihood_known,
    needs_known,
    partner_violence_known,
    violence_known,
)

SUMS = ("document__weightedScores", "document__assessments__0__weightedScores")  # in OASys
# Registers that tell of violence to a partner after they have ended
ABUSE = (Register.DOMESTIC_ABUSE_PERPETRATOR, Register.MARAC)


def described(gathered, today) -> dict[int, Person]:
    """{case: Person} of these cases, as on this day: the same statements however many they are.

    `gathered`: {case: Gathered}, the facts of a placement, of which whoever asks has need already.
    """
    assessed, offences, ended = _assessed(gathered), _offences(gathered), _ended(gathered)
    hooks = hooks_of(gathered, today)
    return {
        pk: _person(
            one.facts,
            partner_violence_known(one.facts.registers, assessed[pk], offences[pk], ended[pk]),
            violence_known(offences[pk]),
            needs_known(assessed[pk]),
            hooks[pk],
            today,
        )
        for pk, one in gathered.items()
    }


def _person(facts, partner_violence, violence, needs, hooks, today):
    harm = current_harm(facts.harms)
    return Person(
        today=today,
        sex=facts.sex,
        likelihood=likelihood_known(likelihood_of(facts)),
        harm=harm_known(harm),
        needs=needs,
        partner_violence=partner_violence,
        violence=violence,
        attached=hooks.attached,
        held=hooks.held,
        escalated=bool(facts.retained_by or escalating(harm, facts.registers)),
        planned=hooks.planned,
    )


def _assessed(ids):
    """{case: [Assessed]}, the latest first: the one in force here, and the last from OASys."""
    found = defaultdict(list)
    signed = Assessment.objects.in_force().filter(case__in=among(ids))
    for case, on, answers in signed.values_list("case", "completed_on", "answers"):
        found[case].append(Assessed(on, HERE, answers=answers))
    brought = ImportedAssessment.objects.filter(case__in=among(ids))
    brought = brought.order_by("case", "-completed_on", "-pk").distinct("case")
    sums = {f"sums_{place}": F(where) for place, where in enumerate(SUMS)}
    for case, on, source, *told in brought.annotate(**sums).values_list(
        "case", "completed_on", "source", *sums
    ):
        found[case].append(Assessed(on, source, sums=_sums(told)))
    for those in found.values():
        those.sort(key=lambda one: (one.on, one.source == HERE), reverse=True)
    return found


def _sums(told):
    """{area: its sum} of the document of OASys; an area of which it tells none is left out."""
    weighted = next((one for one in told if isinstance(one, dict)), {})
    found = {area: weighted.get(key) for area, key in WEIGHTED.items()}
    return {area: sum_ for area, sum_ in found.items() if type(sum_) is int}


def _ended(ids):
    """{case: [Deregistered]} of what tells of violence to a partner, the latest first."""
    rows = Registration.objects.filter(case__in=among(ids), active=False, type_code__in=ABUSE)
    rows = rows.order_by(F("ended_on").desc(nulls_last=True), "pk")
    found = defaultdict(list)
    for case, code, part, on in rows.values_list("case", "type_code", "part", "ended_on"):
        found[case].append(Deregistered(code, Part(part), on))
    return found


def _offences(ids):
    """{case: [Convicted]} of every sentence that was passed, whether or not it runs."""
    rows = Offence.objects.filter(sentence__case__in=among(ids)).exclude(sentence__description="")
    found = defaultdict(list)
    for case, code, on in rows.order_by("pk").values_list(
        "sentence__case", "code", "sentence__convicted_on"
    ):
        found[case].append(Convicted(code, on))
    return found
