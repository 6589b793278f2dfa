"""Whose order is a curfew and nothing else, as far as the record says. Source: `cases.rules.curfew_only`."""

from collections import defaultdict

from cases.models import Requirement, Sentence
from cases.rules.curfew_only import CurfewOnly, curfew_only


def curfew_only_of(case_ids):
    """{case: CurfewOnly} of those of these with a current sentence. Two statements."""
    codes = defaultdict(set)
    running = Requirement.objects.filter(
        active=True, terminated_on=None, sentence__case__in=case_ids
    )
    for sentence, code in running.values_list("sentence", "main_code"):
        codes[sentence].add(code)
    held = defaultdict(list)
    current = Sentence.objects.current().filter(case__in=case_ids)
    for case, pk, order in current.values_list("case", "pk", "order"):
        held[case].append((order, frozenset(codes[pk])))
    return {case: curfew_only(sentences) for case, sentences in held.items()}


def with_curfew_alone(case_ids):
    """Of these cases, by key, those the record says have a curfew and nothing else."""
    return {case for case, found in curfew_only_of(case_ids).items() if found == CurfewOnly.YES}
