"""Answering the questions of an assessment, by two people at once if need be: nothing is overwritten.

Source: product rules, how it should feel (nothing typed is lost), patterns of past behaviour.
"""

from django.db import transaction

from cases.models import Assessment
from cases.queries.assessing import assessing_facts
from cases.reference.harm import AnalysisPart, AssessmentState
from cases.reference.questions import of_pattern
from cases.rules.answering import NOT_ASKED, clean_answer, question_of
from cases.rules.patterns import asked_with
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

NOT_WRITTEN_NOW = {
    AssessmentState.WAITING: (
        "This assessment is signed and waits for a senior probation officer. It can be changed once they "
        "have returned it."
    ),
    AssessmentState.SIGNED: "This assessment is signed. Begin a new one to say something else.",
    AssessmentState.REPLACED: "This assessment was replaced by a later one.",
    AssessmentState.DROPPED: "This assessment was given up. Begin a new one.",
}


@transaction.atomic
def answer_part(*, assessment, part, given, seen, by, today, now, confirms=(), covers=None):
    """Put answers of one part in place: `given` {code: value}, blank for none. Returns a `Merged`.

    `seen` holds the marks of what stood when the writer's page was drawn; a code that is not in it was
    blank then. Whatever somebody else has answered otherwise since is not written, and is named in `conflicts`.
    `confirms`: codes of what was pulled forward and is still right. `covers`: {key of an item of past
    behaviour: the episodes the writer saw}; without it, those there are now.
    """
    case = lock_case(assessment.case)
    assessment = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    assessment.case = case
    check_written(assessment)
    asked = ()
    if part == AnalysisPart.PATTERNS:
        patterns = assessing_facts([assessment], today)[assessment.pk].patterns
        asked = asked_with(patterns, covers or ())
    given = {code: _clean(code, value, part, asked) for code, value in given.items()}
    outcome = merged(marks({}, given) | dict(seen), given, assessment.answers)
    confirmed = set(confirms) & set(assessment.carried) - set(outcome.conflicts)
    settled = set(outcome.write) | confirmed
    write = outcome.write | _covered(asked, settled, covers)
    if write or confirmed:
        _put(assessment, write, settled | set(write))
        record(
            by=by,
            action="answered_assessment",
            crn=case.crn,
            assessment=assessment.pk,
            part=str(part),
            written=len(outcome.write),
            confirmed=len(confirmed),
        )
    return outcome


def check_written(assessment):
    """Refuse unless the assessment is still being written."""
    if assessment.state != AssessmentState.DRAFT:
        raise RuleBroken(NOT_WRITTEN_NOW[AssessmentState(assessment.state)])


def _clean(code, value, part, asked):
    question = question_of(code, asked)
    if question is None or question.part != part:
        raise RuleBroken(NOT_ASKED)
    return clean_answer(question, value)


def _covered(asked, settled, covers):
    """Which episodes each item answered just now is about: none that came after its page was drawn."""
    found = {}
    for item in asked:
        if settled & {of_pattern(item.key, what) for what in ("relevance", "words")}:
            there = set(item.covers)
            seen = there if covers is None else there & set(covers.get(item.key, ()))
            found[of_pattern(item.key, "covers")] = sorted(seen)
    return found


def _put(assessment, write, settled):
    """Blank answers are absent; what was answered or confirmed is carried no more."""
    answers = assessment.answers | write
    assessment.answers = {code: value for code, value in answers.items() if value not in (None, [])}
    assessment.carried = [code for code in assessment.carried if code not in settled]
    assessment.save(update_fields=["answers", "carried"])
