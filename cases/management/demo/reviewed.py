"""Writes reviews and what an audit recommends: few, so they go through the services, once everybody is placed.

Source: report 2.4 (a review in which little was changed; one made because an audit asked). Half of those planted on a
case where appointments were missed answer that in words of their own; half say what could be said of anybody.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone

from cases.models import Case, VisitSafety
from cases.queries.review_facts import known_of
from cases.queries.visit_safety import safety_facts
from cases.reference.review_questions import HARM_BECAUSE
from cases.reference.reviews import Answered, EventKind, PersonView, ReviewBecause, ReviewState
from cases.rules.gaps import warnings
from cases.rules.reviewing import to_do
from cases.rules.reviewing_facts import harm_moved
from cases.services import recommendations
from cases.services.review_events import answer_events
from cases.services.review_signing import countersign_review, return_review, sign_review
from cases.services.reviews import answer_review, begin_review
from staff.models import User
from staff.permissions import Role

HOLLOW = "Risk remains manageable and will be monitored in supervision as before."
HONEST = {
    EventKind.MISSED: "Both were missed when the warehouse changed the shift at a day's notice. The rota letter came, and we meet before work now.",
    EventKind.FAILURE: "The breach letter was for the appointments missed in the week of the night shift; the court heard why, and attendance since is full.",
    EventKind.REPLY: "The police reply tells of the two reports we had from the file already, and the dates are the same: the plan speaks of both.",
    EventKind.REGISTER: "The entry on the register copies the caution of 2015 that the police file held already; his mother and the landlord in Cowley say nothing is new.",
    EventKind.INFORMATION: "The police were rung about what was said: nobody was hurt, no charge followed, and the GP sees them weekly.",
    EventKind.NEW_PERSON: "The partner named is the one the plan already speaks of, under a name she uses at home.",
    EventKind.OTHER: "The police spoke to the family that night and left no order; the home is as the plan has it.",
}  # fmt: skip
ELSE = (
    "The police and the court were asked, and what they hold of that day is what the plan rests on."
)
THEY_SAID = "“I know why I missed them. Mornings are better for me.”"
ASKED = (
    "The school and the health visitor were rung last week; neither knows yet, and they ring back."
)
EXPLAINED = "Talked over with the senior, and to be written at the next appointment with them."
FOUND = "Read it with the officer. The missed appointments should have been spoken of; to be done at the next."
RETURN = "Say what got in the way of coming, and what would help."
MOVED = "What was raised since stands on the register, and is assessed in full."
RECOMMEND = (
    "See the person at home, and speak to whoever lives there alone.",
    "The plan says that they are visited, and nobody has been since it was signed.",
)
CONTEST = "They are visited by the support worker each week, who writes to us: a second visit would be one too many."
UPHELD = "The support worker's letters say what a visit would. It is withdrawn."


@transaction.atomic
def write_what_follows(planted, today):
    """`planted`: of the truth of meeting people. All of it or none."""
    for crn, kind, on in planted["reviews"]:
        case = Case.objects.select_related("officer", "team").get(crn=crn)
        _write_review(case, kind, date.fromisoformat(on))
    _write_recommendations(planted["recommendations"])
    _say_what_was_seen(today)


def _say_what_was_seen(today):
    """What the record showed when each visit to come was decided on: what it shows now."""
    coming = VisitSafety.objects.filter(visits__set_out_at=None, visits__not_done="").distinct()
    for one in coming.select_related("case", "address"):
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
            words=HOLLOW if kind == "hollow" else HONEST.get(about, ELSE), by=officer, today=on,
            now=now,
        )  # fmt: skip
    _answer(review, officer, on)
    review.refresh_from_db()
    found = to_do(known_of(review, on).facts)
    explained = {one.key: EXPLAINED for one in warnings(found)}
    review = sign_review(review=review, explained=explained, by=officer, today=on, now=now)
    if review.state == ReviewState.COMPLETE or kind == "waiting":
        return
    senior = User.objects.filter(role=Role.SPO, team=case.team).first()
    if kind == "returned":
        return_review(
            review=review, question="compliance.words", note=RETURN, by=senior, today=on,
            now=_at(on, 15),
        )  # fmt: skip
        return
    countersign_review(review=review, by=senior, today=on, now=_at(on, 15), note=FOUND)


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
        what, why = RECOMMEND
        one = recommendations.recommend(
            case=case, what=what, why=why, by=quality, today=on, now=_at(on, 10)
        )
        answer = {"recommendation": one, "by": case.officer, "today": on, "now": _at(on, 15)}
        if state == "accepted":
            recommendations.accept_recommendation(**answer)
        elif state in {"contested", "upheld"}:
            recommendations.contest_recommendation(**answer, because=CONTEST)
        if state == "upheld":
            decided = answer | {"by": head, "now": _at(on, 16)}
            recommendations.decide_contest(**decided, uphold=True, because=UPHELD)


def _at(on, hour):
    return datetime.combine(on, time(hour), get_current_timezone()) + timedelta(minutes=5)
