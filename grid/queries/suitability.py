"""What is known of somebody that an intervention turns on, gathered for one case or for many in the same few statements.

Source: `grid.rules.suitability_record` (what the record says, and what it leaves unsaid). Nothing is guessed.
"""

from collections import defaultdict

from django.db.models import F

from cases.models import Assessment, ImportedAssessment, Offence
from cases.queries.among import among
from cases.reference.needs import WEIGHTED
from grid.queries.facts import gather
from grid.queries.hooks import hooks_of
from grid.rules.likelihood import likelihood_of
from grid.rules.placement import current_harm, escalating
from grid.rules.suitability_facts import Person
from grid.rules.suitability_record import (
    HERE,
    Assessed,
    Convicted,
    harm_known,
    likelihood_known,
    needs_known,
    partner_violence_known,
    violence_known,
)

SUMS = ("document__weightedScores", "document__assessments__0__weightedScores")  # in OASys


def person_of(case, today) -> Person:
    """Of one case, as on this day."""
    return people_of([case.pk], today)[case.pk]


def people_of(case_ids, today) -> dict[int, Person]:
    """{case: Person} of these cases, given by their keys: the same statements however many they are."""
    return described(gather(case_ids, today), today)


def described(gathered, today) -> dict[int, Person]:
    """The same for whoever has the facts of a placement at hand already: {case: Gathered}."""
    assessed, offences = _assessed(gathered), _offences(gathered)
    hooks = hooks_of(gathered, today)
    return {
        pk: _person(one.facts, assessed[pk], offences[pk], hooks[pk], today)
        for pk, one in gathered.items()
    }


def _person(facts, assessed, offences, hooks, today):
    harm = current_harm(facts.harms)
    return Person(
        today=today,
        sex=facts.sex,
        likelihood=likelihood_known(likelihood_of(facts)),
        harm=harm_known(harm),
        needs=needs_known(assessed),
        partner_violence=partner_violence_known(facts.registers, assessed, offences),
        violence=violence_known(offences),
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


def _offences(ids):
    """{case: [Convicted]} of every sentence that was passed, whether or not it runs."""
    rows = Offence.objects.filter(sentence__case__in=among(ids)).exclude(sentence__description="")
    found = defaultdict(list)
    for case, code, on in rows.order_by("pk").values_list(
        "sentence__case", "code", "sentence__convicted_on"
    ):
        found[case].append(Convicted(code, on))
    return found
