"""Where each thing of an assessment is written or put right: the address of its page, to the very box.

Source: product rules, gates: what is still to do leads to the exact field.
"""

from django.urls import reverse

from cases.reference.harm import AnalysisPart
from cases.reference.questions import QUESTIONS, VICTIMS
from cases.rules.answering import field_name


def address_of_gap(found, crn):
    """Where it is mended: the exact question, or the enquiry to see to."""
    if found.question:
        return address_of_question(found.question, crn)
    if found.check:
        return reverse("check", args=[crn, found.check])
    return reverse("case-checks", args=[crn])


def address_of_question(code, crn):
    if code == VICTIMS:
        return reverse("victims", args=[crn])
    question = QUESTIONS.get(code)
    part = question.part if question else AnalysisPart.PATTERNS
    if part == AnalysisPart.NEEDS:
        page = reverse("assess-area", args=[crn, code.partition(".")[0]])
    else:
        page = reverse("assess-part", args=[crn, part.value])
    return f"{page}#id_{field_name(code)}"
