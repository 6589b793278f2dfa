"""Writes reviews that are not complete and what an audit recommends: few, so they go through the services.

Those that are complete are many, and written as rows (`cases.management.demo.review_rows`). All once everybody is placed.

Source: report 2.4 (a review in which little was changed; one made because an audit asked). Half of those planted on a
case where appointments were missed answer that in words of their own; half say what could be said of anybody.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone

from cases.management.demo.review_rows import write_complete
from cases.management.demo.review_words import (
    ASKED,
    CONTEST,
    DONE_BECAUSE,
    ELSE,
    EXPLAINED,
    HOLLOW,
    HONEST,
    MOVED,
    RECOMMEND,
    RECOMMEND_STEPS,
    RETURN,
    THEY_SAID,
    UPHELD,
)
from cases.management.demo.reviewing import COMPLETE
from cases.models import Case, PlanAction, VisitSafety
from cases.queries.review_facts import known_of
from cases.queries.visit_safety import safety_facts
from cases.reference.review_questions import HARM_BECAUSE
from cases.reference.reviews import Answered, EventKind, PersonView, ReviewBecause
from cases.rules.gaps import warnings
from cases.rules.reviewing import to_do
from cases.rules.reviewing_facts import harm_moved
from cases.services import recommendations
from cases.services.review_events import answer_events
from cases.services.review_signing import return_review, sign_review
from cases.services.reviews import answer_review, begin_review
from staff.models import User
from staff.permissions import Role


@transaction.atomic
def write_what_follows(planted, today):
    """`planted`: of the truth of meeting people. All of it or none."""
    complete = [one for one in planted["reviews"] if one[1] in COMPLETE]
    write_complete(complete)
    for crn, kind, on in planted["reviews"]:
        if kind not in COMPLETE:
            case = Case.objects.select_related("officer", "team").get(crn=crn)
            _write_review(case, kind, date.fromisoformat(on))
    _write_recommendations(planted["recommendations"])
    _say_what_was_seen(today)


def _say_what_was_seen(today):
    """What the record showed when each visit was decided on: what it shows now."""
    for one in VisitSafety.objects.select_related("case", "address").order_by("pk"):
        one.seen = [each.key for each in safety_facts(one.case, today, one.address).record]
        one.save(update_fields=["seen"])


def _write_review(case, kind, on):
    officer, now = case.officer, _at(on, 10)
    review = begin_review(case=case, because=ReviewBecause.INTERVAL, by=officer, today=on)
    if kind == "draft":
        return
    for about, keys in _significant(review):
        answer_events(
            review=review, keys=keys, answer=Answered.NOTHING,
            words=HOLLOW if kind == "unread" else HONEST.get(about, ELSE), by=officer, today=on,
            now=now,
        )  # fmt: skip
    _answer(review, officer, on)
    review.refresh_from_db()
    found = to_do(known_of(review, on).facts)
    explained = {one.key: EXPLAINED for one in warnings(found)}
    sign_review(review=review, explained=explained, by=officer, today=on, now=now)
    if kind == "returned":
        senior = User.objects.filter(role=Role.SPO, team=case.team).first()
        return_review(
            review=review, question="compliance.words", note=RETURN, by=senior, today=on,
            now=_at(on, 15),
        )  # fmt: skip


def _significant(review):
    """(kind, keys) of what must be answered: of one kind together, as an officer would."""
    found: dict[EventKind, list[str]] = {}
    for one in review.happened.filter(significant=True).order_by("on", "key"):
        found.setdefault(EventKind(one.kind), []).append(one.key)
    return found.items()


def _answer(review, officer, on):
    facts = known_of(review, on).facts
    given = {"person_view": PersonView.SAID, "person_words": THEY_SAID}
    given |= {f"{subject}.asked": ASKED for subject in facts.unknown}
    if harm_moved(facts):
        given[HARM_BECAUSE] = MOVED
    answer_review(review=review, given=given, seen={}, by=officer, today=on)


def _write_recommendations(planted):
    """(CRN, what becomes of it, the day it is made). Made by the quality manager."""
    quality, head = (User.objects.get(username=role) for role in (Role.QUALITY, Role.HEAD))
    for crn, state, day in planted:
        case, on = Case.objects.select_related("officer").get(crn=crn), date.fromisoformat(day)
        what, why = RECOMMEND_STEPS if state == "done" else RECOMMEND
        one = recommendations.recommend(
            case=case, what=what, why=why, by=quality, today=on, now=_at(on, 10)
        )
        answer = {"recommendation": one, "by": case.officer, "today": on, "now": _at(on, 15)}
        if state in {"accepted", "done"}:
            recommendations.accept_recommendation(**answer)
        if state == "done":
            done = PlanAction.objects.filter(case=case, in_draft=False, done_on__gte=on)
            step = done.earliest("done_on", "pk")
            did = answer | {"today": step.done_on, "now": _at(step.done_on, 16)}
            recommendations.do_recommendation(**did, because=DONE_BECAUSE, action=step)
        if state in {"contested", "upheld"}:
            recommendations.contest_recommendation(**answer, because=CONTEST)
        if state == "upheld":
            decided = answer | {"by": head, "now": _at(on, 16)}
            recommendations.decide_contest(**decided, uphold=True, because=UPHELD)


def _at(on, hour):
    return datetime.combine(on, time(hour), get_current_timezone()) + timedelta(minutes=5)
