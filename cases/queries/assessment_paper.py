"""An assessment as it is printed: every value ready to be placed, and no protected name.

Source: product rules, sharing (files that leave us hold no protected name); ui, print.
"""

from cases.queries.assessing import assessing_facts
from cases.queries.assessment_pages import state_in_words
from cases.queries.assessment_signing import evidence_lines
from cases.queries.assessment_tab import victims_of
from cases.queries.assessment_whole import whole
from cases.queries.names import names_for
from cases.queries.people import officer_of
from cases.reference.codes import Rosh
from cases.reference.harm import AssessmentState
from cases.rules.patterns import asked_of
from staff.rules.dates import say_date, say_time


def on_paper(case, assessment, *, by, at):
    """What stands on the paper, for the template of `cases.agencies.assessment`."""
    names = names_for(case, frozenset())
    asked = asked_of(assessing_facts([assessment], at.date())[assessment.pk].patterns)
    day = assessment.completed_on or assessment.begun_on
    return {
        "crn": case.crn,
        "name": case.name,
        "title": f"Assessment of {say_date(day)}",
        "state": AssessmentState(assessment.state).title,
        "stands": state_in_words(assessment),
        "harm": f"{Rosh(assessment.harm).title} risk of serious harm" if assessment.harm else "",
        "officer": officer_of(case),
        "victims": [
            {"name": one.name, "group": one.group, "how": one.how}
            for one in victims_of(case, names, frozenset())
        ],
        "chapters": [_chapter(one) for one in whole(assessment, asked, names)],
        "said": [
            {"label": one.label, "value": one.value} for one in evidence_lines(assessment, names)
        ],
        "printed": f"Printed by {by.name}, {say_date(at.date())} at {say_time(at)}",
    }


def _chapter(chapter):
    return {
        "title": chapter.title,
        "sections": [
            {
                "title": section.title,
                "lines": [
                    {"label": one.label, "value": one.value, "detail": one.detail}
                    for one in section.lines
                ],
            }
            for section in chapter.sections
        ],
    }
