"""A review: begun, written, given up. Its events are answered in `cases.services.review_events`, it is signed in
`cases.services.review_signing`.

Source: product rules, gates ("Sign a review"); supervision reference 5.
"""

from django.db import transaction

from cases.models import Case, Review
from cases.queries.enquiries import check_facts
from cases.queries.review_facts import kinds_to_refresh, level_on
from cases.queries.reviews_owed import under_review
from cases.queries.snapshots import snapshot_as_of
from cases.reference.checks import Because
from cases.reference.review_questions import HARM_BECAUSE, question_of
from cases.reference.reviews import (
    REVIEW_MAY_BECOME,
    RecommendationState,
    ReviewBecause,
    ReviewState,
)
from cases.rules.enquiries import asked_about
from cases.rules.review_answers import check_person, clean_answer
from cases.rules.stock import is_stock
from cases.services.checks import ask_agencies, lock_case
from cases.services.deadlines import meet_deadline
from cases.services.review_rows import keep_events
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

NOT_OURS = "This case is not supervised by us, so there is no review of ours to make."
NOT_WRITTEN_NOW = {
    ReviewState.SIGNED: (
        "This review is signed and waits for a senior probation officer. It can be changed once they have "
        "returned it."
    ),
    ReviewState.COMPLETE: "This review is complete. Begin a new one to say something else.",
    ReviewState.DROPPED: "This review was given up. Begin a new one.",
}
COLUMNS = {
    "person_view": "person_view",
    "person_words": "person_words",
    HARM_BECAUSE: "harm_because",
}
LONGEST_BECAUSE = 500


@transaction.atomic
def begin_review(*, case, because, by, today, recommendation=None):
    """Begin a review, or give the one that is not finished. What has happened since stands in it at once.

    It looks back to the last completed one; where there is none, to the plan or the assessment in
    force, and else to when the case came to us.
    """
    case = lock_case(case)
    if not Case.objects.ours().filter(pk=case.pk).exists():
        raise RuleBroken(NOT_OURS)
    writing = case.reviews.unfinished().first()
    if writing:
        return writing
    _check_because(case, because, recommendation)
    last = _last(case)
    assessment, plan = case.assessments.in_force().first(), case.plans.in_force().first()
    since = under_review([case], today)[case.pk].since
    review = Review.objects.create(
        case=case,
        because=because,
        recommendation=recommendation,
        since_on=since,
        follows=last,
        assessment_before=assessment,
        plan_before=plan,
        before=last.after if last else snapshot_as_of(case, since),
        harm_before=last.harm_after if last else level_on(case, since),
        begun_on=today,
        begun_by=by,
    )
    keep_events(review, today)
    record(by=by, action="began_review", crn=case.crn, review=review.pk, because=str(because))
    return review


def _check_because(case, because, recommendation):
    if because not in set(ReviewBecause):
        raise RuleBroken("Say what calls for the review.")
    if (because == ReviewBecause.RECOMMENDED) != (recommendation is not None):
        raise RuleBroken("Name the recommendation that the review is made because of.")
    if recommendation is None:
        return
    if recommendation.case_id != case.pk:
        raise RuleBroken("That is a recommendation on another case.")
    if not case.recommendations.unsettled().filter(pk=recommendation.pk).exists():
        state = RecommendationState(recommendation.state).title
        raise RuleBroken(f"That recommendation is settled: {state}.")


def _last(case):
    return case.reviews.completed().order_by("-signed_at", "-pk").first()


@transaction.atomic
def answer_review(*, review, given, seen, by, today):
    """Put answers in place: {code: value}, blank for none. Returns a `Merged`.

    Codes are of `cases.reference.review_questions`, or "person_view" and "person_words". What two people
    changed differently is named in `conflicts` and not written.
    """
    review = written(review)
    given = {code: _clean(review, code, value) for code, value in given.items()}
    stands = stands_of(review)
    outcome = merged(marks({}, given) | dict(seen), given, stands)
    if not outcome.write:
        return outcome
    for code, column in COLUMNS.items():
        if code in outcome.write:
            setattr(review, column, outcome.write[code] or "")
    answers = review.answers | {
        code: value for code, value in outcome.write.items() if code not in COLUMNS
    }
    review.answers = {code: value for code, value in answers.items() if value not in (None, "", [])}
    review.save(update_fields=["answers", *COLUMNS.values()])
    record(
        by=by, action="answered_review", crn=review.case.crn, review=review.pk,
        written=len(outcome.write),
    )  # fmt: skip
    keep_events(review, today)
    return outcome


def stands_of(review):
    """Everything that was answered, by its code; what was not is absent."""
    columns = {code: getattr(review, column) or None for code, column in COLUMNS.items()}
    return review.answers | {code: value for code, value in columns.items() if value}


def _clean(review, code, value):
    if code == "person_view":
        return check_person(value)
    question = question_of(code)
    if question is None and code not in COLUMNS:
        raise RuleBroken("This is not a question of a review.")
    if code.startswith("objective.") and not _is_of_its_plan(review, code):
        raise RuleBroken("That objective is not of the plan that is reviewed.")
    return clean_answer(question, value)


def _is_of_its_plan(review, code):
    key = code.split(".")[1]
    plan = review.plan_before
    return plan is not None and plan.objectives.filter(pk=key).exists()


@transaction.atomic
def refresh_checks(*, review, by, today):
    """Open the enquiries that are made again at a review where there is a concern. Returns them."""
    review = written(review)
    case = review.case
    facts = check_facts([case], today)[case.pk]
    opened = [
        one
        for kind in kinds_to_refresh(facts, review.since_on)
        for one in ask_agencies(
            case=case,
            kind=kind,
            because=Because.REVIEW,
            subjects=asked_about(kind, facts.about),
            triggered_on=today,
            by=by,
            today=today,
        )
    ]
    if not opened:
        raise RuleBroken("Each agency has been asked since the last review, or is being asked.")
    record(
        by=by, action="refreshed_checks", crn=case.crn, review=review.pk,
        enquiries=[one.pk for one in opened],
    )  # fmt: skip
    return opened


@transaction.atomic
def drop_review(*, review, because, by, today):
    """Give it up, with why. What was owed is owed still."""
    review = written(review)
    if is_stock(because or ""):
        raise RuleBroken("Say why the review is given up: it is still owed.")
    becomes(review, ReviewState.DROPPED)
    review.evidence = review.evidence | {"dropped_because": because.strip()[:LONGEST_BECAUSE]}
    review.save(update_fields=["state", "evidence"])
    meet_deadline(
        case=review.case, kind="put_review_right", by=by, today=today, void=True, review=review
    )
    record(by=by, action="dropped_review", crn=review.case.crn, review=review.pk)
    return review


def lock_review(review):
    """As it stands now, its case locked first."""
    case = lock_case(review.case)
    found = Review.objects.select_for_update(no_key=True, of=("self",))
    found = found.select_related("recommendation", "plan_before", "assessment_before", "signed_by")
    review = found.get(pk=review.pk)
    review.case = case
    return review


def written(review):
    """The same, refused unless it is still being written."""
    review = lock_review(review)
    if review.state in NOT_WRITTEN_NOW:
        raise RuleBroken(NOT_WRITTEN_NOW[ReviewState(review.state)])
    return review


def becomes(review, to):
    if to not in REVIEW_MAY_BECOME[ReviewState(review.state)]:
        raise RuleBroken(
            f"A review that is “{ReviewState(review.state).title}” cannot become “{to.title}”."
        )
    review.state = to
