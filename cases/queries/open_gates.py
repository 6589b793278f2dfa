"""What stands in the way of signing, of assessments and plans alike: as an override and a count of it ask.

Source: architecture, gates. The rules are `cases.rules.assessing` and `cases.rules.planning`.
"""

from functools import partial

from cases.models import Assessment
from cases.queries.assessing import assessing_facts
from cases.queries.planning import planning_facts
from cases.reference.overrides import Act
from cases.rules import assessing, planning
from cases.rules.gaps import gates


def open_gates(acted_on, policy, today):
    """The gates that are shut before this assessment or plan."""
    find = gates_of_assessments if isinstance(acted_on, Assessment) else gates_of_plans
    return find([acted_on], policy, today)[acted_on.pk]


def before_signing(acted_on, policy, today):
    """What an override of signing this is about: its case, its act, and the gates that are shut when that is asked."""
    assessment = isinstance(acted_on, Assessment)
    return {
        "case": acted_on.case,
        "act": Act.ASSESSMENT if assessment else Act.PLAN,
        "assessment": acted_on if assessment else None,
        "plan": None if assessment else acted_on,
        "open_now": partial(open_gates, acted_on, policy, today),
    }


def gates_of_assessments(assessments, policy, today):
    """{assessment: its gates}, in a fixed number of statements."""
    facts = assessing_facts(assessments, today)
    return {pk: gates(assessing.to_do(one, policy, today)) for pk, one in facts.items()}


def gates_of_plans(plans, policy, today):
    """{plan: its gates}, in a fixed number of statements."""
    facts = planning_facts(plans, today)
    return {pk: gates(planning.to_do(one)) for pk, one in facts.items()}
