"""What an audit recommended, from end to end: made, accepted or contested, decided, done with a change to show.

Source: report 2.4; product rules. Its rules are `cases.rules.recommendations`. It ends in two ways and no
other: with a change that is named, or with a contest that was upheld.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Recommendation
from cases.queries.differences import changed_something
from cases.queries.recipients import deciders_of, let_in, owner_and_cover, seniors_of
from cases.reference.reviews import RecommendationState, ReviewState
from cases.rules.recommendations import (
    Shown,
    check_becomes,
    check_change,
    check_decides,
    check_says,
)
from cases.rules.stock import is_stock
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ANSWER, DO, DECIDE = "answer_recommendation", "do_recommendation", "decide_contest"


@transaction.atomic
def recommend(*, case, what, why, by, today, now):
    """Recommend something on a case. Whoever holds it, and their senior, hear at once."""
    case = lock_case(case)
    words = check_says(what=what, why=why)
    made = Recommendation.objects.create(case=case, **words, made_on=today, made_by=by)
    _owe(made, ANSWER, f"Recommended by {by.name} on {say_date(today)}", by=by, today=today)
    record(by=by, action="recommended", crn=case.crn, recommendation=made.pk)
    told = [*owner_and_cover(case, today), *seniors_of(case, today)]
    _tell(
        made, told, f"An audit recommends something on {case.crn}. Accept or contest it.", by, now
    )
    return made


@transaction.atomic
def accept_recommendation(*, recommendation, by, today, now):
    """Agree to do it. It is owed from now on, until there is a change to show."""
    one = lock_recommendation(recommendation)
    check_becomes(one.state, RecommendationState.ACCEPTED)
    if one.state == RecommendationState.CONTESTED:
        raise RuleBroken(
            "This recommendation is contested, and is decided first by a quality manager or the head of service."
        )
    one.state, one.answered_on, one.answered_by = RecommendationState.ACCEPTED, today, by
    one.save()
    _stop(one, ANSWER, by=by, today=today)
    _owe(one, DO, f"Accepted by {by.name} on {say_date(today)}", by=by, today=today)
    record(by=by, action="accepted_recommendation", crn=one.case.crn, recommendation=one.pk)
    text = f"What you recommended on {one.case.crn} is accepted."
    _tell(one, [one.made_by], text, by, now, for_information=True)
    return one


@transaction.atomic
def contest_recommendation(*, recommendation, because, by, today, now):
    """Say openly that you do not agree, and why. Somebody who had no part in it decides."""
    one = lock_recommendation(recommendation)
    check_becomes(one.state, RecommendationState.CONTESTED)
    if one.decided_on:
        raise RuleBroken(
            f"It was contested before, and that was decided on {say_date(one.decided_on)}: it is to be done."
        )
    one.contested_because = check_says(contested_because=because)["contested_because"]
    one.state, one.answered_on, one.answered_by = RecommendationState.CONTESTED, today, by
    one.save()
    _stop(one, ANSWER, by=by, today=today)
    _stop(one, DO, by=by, today=today, void=True)
    _owe(one, DECIDE, f"Contested by {by.name} on {say_date(today)}", by=by, today=today)
    record(by=by, action="contested_recommendation", crn=one.case.crn, recommendation=one.pk)
    text = f"What was recommended on {one.case.crn} is contested."
    deciders = deciders_of(one.case, but=[one.made_by_id, by.pk])
    _tell(one, [one.made_by, *deciders], text, by, now)
    return one


@transaction.atomic
def decide_contest(*, recommendation, uphold, because, by, today, now):
    """Uphold the contest, and it is withdrawn; or do not, and it is to be done all the same. Either with why."""
    one = lock_recommendation(recommendation)
    to = RecommendationState.WITHDRAWN if uphold else RecommendationState.ACCEPTED
    if one.state != RecommendationState.CONTESTED:
        raise RuleBroken("This recommendation is not contested, so there is nothing to decide.")
    check_becomes(one.state, to)
    check_decides(by=by.pk, made_by=one.made_by_id, contested_by=one.answered_by_id)
    one.decision_because = check_says(decision_because=because)["decision_because"]
    one.state, one.decided_on, one.decided_by = to, today, by
    if uphold:
        one.settled_because = one.decision_because
        one.settled_on, one.settled_by = today, by
    one.save()
    _stop(one, DECIDE, by=by, today=today)
    if not uphold:
        why = f"The contest was not upheld, {by.name}, {say_date(today)}"
        _owe(one, DO, why, by=by, today=today)
    record(by=by, action="decided_contest", crn=one.case.crn, recommendation=one.pk, upheld=uphold)
    said = "upheld: the recommendation is withdrawn" if uphold else "not upheld: it is to be done"
    told = [one.answered_by, one.made_by, *owner_and_cover(one.case, today)]
    text = f"The contest of a recommendation on {one.case.crn} was {said}."
    _tell(one, told, text, by, now, for_information=uphold)
    return one


@transaction.atomic
def do_recommendation(*, recommendation, because, by, today, now, review=None, action=None):
    """Close it with the change that answers it. Refused where the change named changes nothing."""
    one = lock_recommendation(recommendation)
    check_becomes(one.state, RecommendationState.DONE)
    words = check_says(settled_because=because)["settled_because"]
    shown = [_of_review(review)] if review else []
    shown += [_of_action(action, one.made_on)] if action else []
    check_change(shown, case=one.case_id, made_on=one.made_on)
    one.state, one.settled_because = RecommendationState.DONE, words
    one.settled_on, one.settled_by = today, by
    one.done_by_review, one.done_by_action = review, action
    one.save()
    _stop(one, DO, by=by, today=today)
    record(by=by, action="did_recommendation", crn=one.case.crn, recommendation=one.pk)
    text = f"What you recommended on {one.case.crn} is done. See what changed."
    _tell(one, [one.made_by], text, by, now)
    return one


def _of_review(review):
    review.refresh_from_db()
    complete = review.state == ReviewState.COMPLETE
    signed_on = localdate(review.signed_at) if complete else None
    return Shown(review.case_id, signed_on, complete and changed_something(review))


def _of_action(action, since):
    """A step of the plan, from the day it was added or, where that was before, finished."""
    action.refresh_from_db()
    stands = not action.in_draft and action.dropped_on is None
    day = action.made_on if action.made_on >= since else action.done_on
    return Shown(action.case_id, day if stands else None, stands and not is_stock(action.what))


def lock_recommendation(recommendation):
    """As it stands now, its case locked first."""
    case = lock_case(recommendation.case)
    found = Recommendation.objects.select_related("made_by", "answered_by").get(
        pk=recommendation.pk
    )
    found.case = case
    return found


def _owe(one, kind, why, *, by, today):
    open_deadline(
        case=one.case,
        kind=kind,
        triggered_on=today,
        why=why,
        by=by,
        today=today,
        recommendation=one,
    )


def _stop(one, kind, *, by, today, void=False):
    meet_deadline(case=one.case, kind=kind, by=by, today=today, void=void, recommendation=one)


def _tell(one, users, text, by, now, *, for_information=False):
    """Each once, whoever did it excepted, and nobody who is shut out of the case."""
    told = {user.pk for user in users if user} - {by.pk}
    href = reverse("recommendation", args=[one.case.crn, one.pk])
    tell(
        case=one.case,
        users=let_in(one.case, told),
        text=text,
        href=href,
        now=now,
        for_information=for_information,
    )
