"""A case with a plan in force, things that have happened on it since, and what is said of them in a review."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import RelatedPerson, Review
from cases.queries.review_facts import known_of
from cases.reference.reviews import Answered, PersonView, ReviewBecause
from cases.rules.gaps import warnings
from cases.rules.reviewing import to_do
from cases.services.review_events import answer_events
from cases.services.review_signing import sign_review
from cases.services.reviews import answer_review, begin_review, stands_of
from staff.permissions import Role
from staff.rules.merging import marks
from tests.cases import a_plan
from tests.cases.views.a_case import contact
from tests.factories import (
    AddressFactory,
    EnquiryFactory,
    InformationFactory,
    ReadingFactory,
    UserFactory,
)

AGO = 100  # days since the plan was signed
CALL_OUT = (
    "The police were called by his partner after a row: she is rung by duty on Mondays from now on."
)
MISSED = "He missed both because his shifts moved; the job is new and he rang each time beforehand."
MOVED = "The new address is his mother's home, where nobody else lives; she was seen there."
STEP = {
    "what": "Ring his partner each Monday and ask whether the police came again",
    "by_whom": "Duty officer",
}
WORDS = "I lost my head that night. I have not been round since."
SENTENCE = "He was seen on Monday with his mother, who says the same."


def day(days_ago):
    return localdate() - timedelta(days=days_ago)


def at(days_ago, hour=10):
    return datetime.combine(day(days_ago), time(hour), get_current_timezone())


def reviewed_case(days=AGO, **columns):
    """With a plan signed so long ago, and nothing since."""
    case = a_plan.assessed_case(**columns)
    case.assessments.update(signed_at=at(days + 10), completed_on=day(days + 10))
    RelatedPerson.objects.filter(case=case).update(from_on=day(days + 400))
    a_plan.signed_plan(case, today=day(days), now=at(days))
    return case


def senior_of(case):
    return UserFactory(role=Role.SPO, team=case.team)


def call_out(case, days_ago=40):
    came = InformationFactory(happened_on=day(days_ago), at=at(days_ago))
    return ReadingFactory(information=came, case=case)


def two_missed(case, days_ago=30):
    for n in (days_ago, days_ago - 3):
        contact(
            case, days_ago=n, appointment=True, attended=False, complied=False, outcome_code="UAAB",
        )  # fmt: skip


def new_address(case, days_ago=20):
    AddressFactory(case=case, lines="1 Old Road", from_on=day(900), to_on=day(days_ago))
    return AddressFactory(case=case, lines="9 Mill Lane", from_on=day(days_ago))


def three_things(case):
    call_out(case)
    two_missed(case)
    new_address(case)


def refreshed(case):
    """Each agency that a concern is put to is being asked."""
    for kind in ("police", "children"):
        EnquiryFactory(case=case, kind=kind, triggered_on=localdate(), due_on=localdate())


def begun(case, because=ReviewBecause.INTERVAL, **known) -> Review:
    return begin_review(case=case, because=because, by=case.officer, today=localdate(), **known)


def keys_of(review, kind):
    return [one.key for one in known_of(review, localdate()).facts.events if one.kind == kind]


def answer(review, keys, how=Answered.NOTHING, words=MISSED, **more):
    return answer_events(
        review=review, keys=keys, answer=how, words=words, by=review.case.officer, today=localdate(),
        now=now(), **more,
    )  # fmt: skip


def step(**given):
    return STEP | {"by_on": localdate() + timedelta(days=7)} | given


def say(review, **given):
    """Answers by their codes, "__" for the stop in them."""
    review.refresh_from_db()
    said = {code.replace("__", "."): value for code, value in given.items()}
    return answer_review(
        review=review, given=said, seen=marks(stands_of(review), said), by=review.case.officer,
        today=localdate(),
    )  # fmt: skip


def heard(review):
    return say(review, person_view=PersonView.SAID, person_words=WORDS)


def written(case):
    """Begun, the person heard, and every part that is asked filled in."""
    review = begun(case)
    heard(review)
    fill_in(review)
    return review


def fill_in(review):
    facts = known_of(review, localdate()).facts
    said = {
        "compliance.words": "He comes when his shifts allow, and rings when they do not.",
        "agencies.words": "His drink worker on Friday: he goes, and has gone to all four.",
        "next.words": "He is seen on Monday, and his mother is rung on Friday.",
    }
    for one in facts.objectives:
        said |= {
            f"objective.{one.key}.progress": "under_way",
            f"objective.{one.key}.words": SENTENCE,
        }
    for code in [f"need.{one}" for one in facts.areas] + [f"harm.{one}" for one in facts.groups]:
        said |= {f"{code}.answer": "same", f"{code}.words": SENTENCE}
    say(review, **{code.replace(".", "__"): value for code, value in said.items()})


def sign(review, by=None, said=SENTENCE, **more):
    review.refresh_from_db()
    warned = warnings(to_do(known_of(review, localdate()).facts))
    return sign_review(
        review=review, explained={one.key: said for one in warned}, by=by or review.case.officer,
        today=localdate(), now=now(), **more,
    )  # fmt: skip


def answered_well(review):
    """One alone by a step, two together by why not."""
    answer(review, keys_of(review, "call_out"), Answered.CHANGE, CALL_OUT, step=step())
    rest = [
        one.key
        for one in known_of(review, localdate()).facts.events
        if one.significant and not one.answer
    ]
    if rest:
        answer(review, rest, words=f"{MISSED} {MOVED}")
