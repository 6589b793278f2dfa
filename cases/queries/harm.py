"""Levels of risk of serious harm as they stand: what registers say, and what assessments have found.

Source: product rules, GRID, facts: the latest active register or signed assessment.
"""

from collections import defaultdict

from cases.models import Assessment, ImportedAssessment
from cases.rules.safety_facts import Harm


def assessed_levels(case_ids):
    """{case: [Harm]} of assessments brought in, and of the one signed here that is in force."""
    found: dict[int, list[Harm]] = defaultdict(list)
    brought = ImportedAssessment.objects.filter(case__in=case_ids).exclude(harm="")
    signed = Assessment.objects.in_force().filter(case__in=case_ids)
    for rows in (brought, signed):
        for case, level, on in rows.order_by("pk").values_list("case", "harm", "completed_on"):
            found[case].append(Harm(level, on))
    return found
