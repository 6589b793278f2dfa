"""Signing a review, countersigning it with what was found where no change is recorded, and giving it back.

Source: product rules, gates ("Sign a review"), evidence; report 2.4. What stands in the way is
`cases.rules.reviewing`; it is decided again inside the lock, at each signature.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import Case
from cases.queries.overrides import has_opened_since
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.queries.review_facts import checks_made, known_of, review_facts
from cases.queries.snapshots import snapshot_as_of
from cases.reference.review_questions import QUIET
from cases.reference.reviews import PersonView, ReviewState
from cases.rules.gaps import countersigns, gates, warnings
from cases.rules.reviewing import NO_CHANGE, VERSION, to_do
from cases.rules.reviewing_facts import is_quiet
from cases.rules.signing import check_explained, check_read, refusal
from cases.rules.stock import is_stock
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.review_rows import keep_events
from cases.services.reviews import NOT_OURS, answer_review, becomes, lock_review, written
from cases.services.reviews_owed import owe_reviews
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from staff.rules.merging import marks

OWES = ("review_case", "review_event")
COUNTERSIGN, READ, PUT_RIGHT = "countersign_review", "read_hollow_review", "put_review_right"
LONGEST_BECAUSE = 300
LONGEST_NOTE = 1000
SAY_FOUND = (
    "Say in a sentence what you found: whether nothing needed to change, or what was missed."
)


@transaction.atomic
def sign_review(*, review, explained, by, today, now, read=""):
    """Sign it. `explained`: {key of a warning: the sentence that clears it}. Returns the review.

    `read`: the mark of what the signer read (`cases.queries.review_words.digest`); refused where that has
    changed, so that nobody signs an event that they have not seen. Where a senior signs as well it waits for them.
    """
    review = written(review)
    _check_ours(review)
    keep_events(review, today)
    known = known_of(review, today)
    check_read(read, known.mark, "review")
    facts, found = known.facts, to_do(known.facts)
    if shut := gates(found):
        raise RuleBroken(refusal(shut))
    said = check_explained(warnings(found), explained)
    review.signed_at, review.signed_by = now, by
    review.after, review.harm_after = snapshot_as_of(review.case, today), facts.harm_after
    review.hollow = bool(facts.no_change)
    review.hollow_because = said.get(NO_CHANGE, "")
    review.read_at, review.read_by, review.read_note = None, None, ""
    review.evidence = review.evidence | _evidence(review, known, found, said)
    meet_deadline(case=review.case, kind=PUT_RIGHT, by=by, today=today, review=review)
    for kind in OWES:
        meet_deadline(case=review.case, kind=kind, by=by, today=today)
    record(by=by, action="signed_review", crn=review.case.crn, review=review.pk)
    if because := countersigns(found):
        return _ask_the_senior(review, because, by=by, today=today, now=now)
    return _complete(review, by=by, today=today)


@transaction.atomic
def sign_quiet_review(*, review, person_words, because, explained, by, today, now, read=""):
    """Nothing happened, confirmed with the person: what they said, what shows it, and the signature, in one."""
    given = {"person_view": PersonView.SAID, "person_words": person_words, QUIET: because}
    review = written(review)
    check_read(read, known_of(review, today).mark, "review")
    answer_review(review=review, given=given, seen=_as_it_stands(review, given), by=by, today=today)
    review = written(review)
    if not is_quiet(review_facts(review, today)):
        raise RuleBroken(
            "One page is not enough for this review: something has happened, or it does not say what they "
            "said and what tells you that nothing has changed. Write it in full."
        )
    return sign_review(review=review, explained=explained, by=by, today=today, now=now)


def _as_it_stands(review, given):
    stands = review.answers | {
        "person_view": review.person_view or None,
        "person_words": review.person_words or None,
    }
    return marks(stands, given)


def _check_ours(review):
    if not Case.objects.ours().filter(pk=review.case_id).exists():
        raise RuleBroken(NOT_OURS)


def _evidence(review, known, found, said):
    """What it rested on, in keys and codes. What was said to a warning is kept with it."""
    facts, recommendation = known.facts, review.recommendation
    return {
        "rules": VERSION,
        "quiet": is_quiet(facts),
        "events": {one.key: str(one.answer) for one in facts.events},
        "changes": [one.key for one in known.changes if one.substantive],
        "changed": [one.asks for one in known.changes if one.substantive],  # as lists say it
        "no_change": facts.no_change,
        "no_change_lines": list(facts.no_change_lines),
        "warnings": [
            {"key": one.key, "sentence": one.sentence, "said": said[one.key]}
            for one in warnings(found)
        ],
        "unknown": list(facts.unknown),
        "checks": checks_made(review.case),
        "recommendation": str(recommendation.state) if recommendation else "",
        "times_signed": review.evidence.get("times_signed", 0) + 1,
    }


def _ask_the_senior(review, because, *, by, today, now):
    case = review.case
    becomes(review, ReviewState.SIGNED)
    review.countersign_because = " ".join(one.sentence for one in because)[:LONGEST_BECAUSE]
    review.save()
    only_no_change = all(one.key == NO_CHANGE for one in because)
    open_deadline(
        case=case,
        kind=READ if only_no_change else COUNTERSIGN,
        triggered_on=today,
        why=f"Signed by {by.name} on {say_date(today)}. {because[0].sentence}",
        by=by,
        today=today,
        review=review,
    )
    tell(
        case=case,
        users=[one for one in seniors_of(case, today, but=by) if one != by],
        text=f"{by.name} signed a review of {case.crn} that you countersign.",
        href=reverse("countersign-review", args=[case.crn, review.pk]),
        now=now,
    )
    return review


@transaction.atomic
def countersign_review(*, review, by, today, now, read="", note=""):
    """Sign as the senior, whereupon it is complete. `note`: what they found, where no change is recorded."""
    review = _lock_waiting(review, by)
    keep_events(review, today)
    known = known_of(review, today)
    check_read(read, known.mark, "review")
    facts = known.facts
    if shut := gates(to_do(facts)):
        raise RuleBroken(
            f"Since it was signed, this stands in the way: {refusal(shut)} Return it, so that it is put right."
        )
    if facts.harm_after != review.harm_after:
        raise RuleBroken("The level of risk has moved since it was signed. Return it.")
    review.countersigned_at, review.countersigned_by = now, by
    review.evidence["countersigner_opened_it"] = has_opened_since(review.case, by, review.signed_at)
    if review.hollow:
        _keep_reading(review, note, by, now)
    _stop_senior(review, by=by, today=today)
    record(by=by, action="countersigned_review", crn=review.case.crn, review=review.pk)
    _tell_author(review, f"Your review of {review.case.crn} is countersigned and complete.", now)
    return _complete(review, by=by, today=today)


@transaction.atomic
def return_review(*, review, question, note, by, today, now):
    """Give it back to whoever signed it: which box, and what is missing. It is led straight to that box.

    What its signature had stopped is owed again, from the day that it was owed before.
    """
    review = _lock_waiting(review, by)
    if is_stock(note or ""):
        raise RuleBroken("Say what is missing, so that the officer can put it right.")
    author = review.signed_by
    becomes(review, ReviewState.RETURNED)
    review.returned_because, review.returned_to = note.strip()[:LONGEST_NOTE], question[:100]
    review.signed_at = review.signed_by = None
    review.countersign_because, review.hollow, review.hollow_because = "", False, ""
    review.save()
    _stop_senior(review, by=by, today=today)
    open_deadline(
        case=review.case,
        kind=PUT_RIGHT,
        triggered_on=today,
        why=f"Returned by {by.name} on {say_date(today)}",
        by=by,
        today=today,
        review=review,
    )
    owe_reviews(case_ids=[review.case_id], by=by, today=today)
    record(
        by=by, action="returned_review", crn=review.case.crn, review=review.pk, question=question
    )
    told = {one.pk: one for one in [author, *owner_and_cover(review.case, today)] if one != by}
    tell(
        case=review.case,
        users=[told[pk] for pk in sorted(told)],
        text=f"The review of {review.case.crn} was returned. Put it right and sign it again.",
        href=reverse("write-review", args=[review.case.crn]),
        now=now,
    )
    return review


def _keep_reading(review, note, by, now):
    if is_stock(note or ""):
        raise RuleBroken(SAY_FOUND)
    review.read_at, review.read_by, review.read_note = now, by, note.strip()[:LONGEST_NOTE]


def _lock_waiting(review, by):
    review = lock_review(review)
    if review.state != ReviewState.SIGNED:
        state = ReviewState(review.state).title
        raise RuleBroken(f"This review is not waiting to be countersigned. It is at “{state}”.")
    if review.signed_by == by:
        raise RuleBroken(
            "You signed this review, so somebody else countersigns it: another senior probation officer or "
            "the head of service."
        )
    return review


def _stop_senior(review, *, by, today):
    for kind in (COUNTERSIGN, READ):
        meet_deadline(case=review.case, kind=kind, by=by, today=today, review=review)


def _tell_author(review, text, now):
    href = reverse("review", args=[review.case.crn, review.pk])
    tell(
        case=review.case,
        users=[review.signed_by],
        text=text,
        href=href,
        now=now,
        for_information=True,
    )


def _complete(review, *, by, today):
    """It is complete, and the next one looks back to it."""
    case = review.case
    becomes(review, ReviewState.COMPLETE)
    review.completed_on = today
    review.save()
    record(by=by, action="completed_review", crn=case.crn, review=review.pk)
    return review
