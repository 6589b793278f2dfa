"""What was assessed, planned and reviewed, word for word, and what the court had ordered."""

from cases.queries.planning import name_of
from cases.queries.sentences import requirement_name
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.questions import QUESTIONS
from cases.rules.words import sentence
from oversight.queries.known_then.entries import answered, entry, said

ASSESSMENT = {
    "Risk of serious harm": "harm",
    "Completed": "completed_on",
    "Signed by": "signed_by",
    "Countersigned by": "countersigned_by",
    "Why it was countersigned": "countersign_because",
}
BROUGHT = {"Completed": "completed_on", "Risk of serious harm": "harm", "Source": "source"}
PLAN = {
    "Signed": "signed_at",
    "Signed by": "signed_by",
    "Agreed by them": "agreed",
    "Because": "agreed_because",
}
OBJECTIVE = {"Area": "area", "About": "about"}
CONTINGENCY = {"Then": "then", "By whom": "by_whom", "By when": "by_when"}
DELIVERY = {"By": "route", "How": "how", "Arranged": "arranged_on"}
STEP = {
    "By whom": "by_whom",
    "By": "by_on",
    "Nature": "nature",
    "Made": "made_on",
    "Made by": "made_by",
    "Done": "done_on",
    "What was done": "done_note",
    "Given up": "dropped_on",
    "Because": "dropped_because",
}
REVIEW = {
    "Stands": "state",
    "Why": "because",
    "Looks back to": "since_on",
    "Begun by": "begun_by",
    "Signed": "signed_at",
    "Signed by": "signed_by",
    "Countersigned by": "countersigned_by",
    "Completed": "completed_on",
    "Their view": "person_view",
    "Their words": "person_words",
    "Risk before": "harm_before",
    "Risk after": "harm_after",
    "Why the risk is so": "harm_because",
    "Recorded no change": "hollow",
    "What the officer said to that": "hollow_because",
    "What the senior found": "read_note",
    "Returned because": "returned_because",
}
ADVICE = {
    "Stands": "state",
    "Why": "why",
    "Made": "made_on",
    "Contested because": "contested_because",
    "What was decided": "decision_because",
    "What changed": "settled_because",
}
ASKED_FOR = {
    "Stands": "state",
    "Why": "why",
    "Asked for": "asked_on",
    "By": "asked_by",
    "Due": "due_on",
    "What was done, or why not": "settled_because",
}
SENTENCE = {
    "Event": "event",
    "In force": "active",
    "Court": "court_name",
    "Convicted": "convicted_on",
    "Began": "started_on",
    "Expected end": "expected_end_on",
    "Ended": "terminated_on",
    "Why it ended": "termination_reason",
    "In breach": "in_breach",
    "Custody": "custody_status",
    "Prison": "institution",
    "Released": "released_on",
    "Licence ends": "licence_end_on",
    "Supervision ends": "supervision_end_on",
}
OFFENCE = {"Main": "main", "Committed": "committed_on", "Counts": "count"}
REQUIREMENT = {
    "In force": "active",
    "Length": "length",
    "Unit": "length_unit",
    "Ends": "expected_end_on",
    "Terminated": "terminated_on",
    "Notes": "notes",
}
CONDITION = {"Words": "text", "From": "from_on", "To": "to_on"}


def assessed(case, since):
    rows = case.assessments.in_force().select_related("signed_by", "countersigned_by")
    for one in rows.order_by("pk"):
        yield entry(one, "Assessment in force", ASSESSMENT, *answered(one.answers, QUESTIONS))
    for one in case.imported_assessments.order_by("pk"):
        yield entry(one, f"Brought in: {one.source}", BROUGHT, *_document(one.document))


def planned(case, since):
    rows = case.plans.in_force().select_related("signed_by").prefetch_related(
        "objectives", "contingencies", "deliveries__requirement", "deliveries__condition"
    )  # fmt: skip
    for plan in rows:
        yield entry(plan, "Plan in force", PLAN, *answered(plan.answers, PLAN_QUESTIONS))
        for one in sorted(plan.objectives.all(), key=lambda each: (each.place, each.pk)):
            yield entry(one, one.what, OBJECTIVE)
        for one in sorted(plan.contingencies.all(), key=lambda each: each.pk):
            yield entry(one, f"If {one.what_if}", CONTINGENCY)
        for one in sorted(plan.deliveries.all(), key=lambda each: each.pk):
            yield entry(one, name_of(one.requirement or one.condition), DELIVERY)
    steps = case.plan_actions.filter(in_draft=False).select_related("made_by")
    for one in steps.order_by("pk"):
        yield entry(one, one.what, STEP)


def reviewed(case, since):
    rows = case.reviews.select_related("begun_by", "signed_by", "countersigned_by")
    for one in rows.prefetch_related("happened").order_by("pk"):
        happened = [
            [f"Event, {said(each.on)}", f"{each.what} {each.words}".strip()]
            for each in sorted(one.happened.all(), key=lambda each: (each.on, each.pk))
        ]
        yield entry(one, "Review", REVIEW, *answered(one.answers, {}), *happened)
    for one in case.recommendations.order_by("pk"):
        yield entry(one, one.what, ADVICE)


def asked_for(case, since):
    for one in case.senior_actions.select_related("asked_by").order_by("pk"):
        yield entry(one, one.what, ASKED_FOR)


def ordered(case, since):
    rows = case.sentences.prefetch_related("offences", "requirements", "conditions")
    for one in rows.order_by("pk"):
        yield entry(one, one.description or one.get_order_display(), SENTENCE)
        for offence in sorted(one.offences.all(), key=lambda each: each.pk):
            yield entry(offence, offence.description or offence.code, OFFENCE)
        for requirement in sorted(one.requirements.all(), key=lambda each: each.pk):
            yield entry(requirement, requirement_name(requirement), REQUIREMENT)
        for condition in sorted(one.conditions.all(), key=lambda each: each.pk):
            yield entry(condition, f"Licence: {condition.category.lower()}", CONDITION)


def _document(document):
    """What another system's assessment says, as it came."""
    return [[sentence(name.replace("_", " ")), said(value)] for name, value in sorted(document.items())]  # fmt: skip
