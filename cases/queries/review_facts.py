"""What decides whether a review may be signed, and the events that it answers.

Source: product rules, gates ("Sign a review"); `cases.rules.reviewing` says what it comes to.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from cases.models import Enquiry
from cases.queries.differences import changes_of, is_itself, names_of
from cases.queries.enquiries import check_facts
from cases.queries.happened import events_since
from cases.queries.planning import risks_of
from cases.queries.raising import in_force
from cases.reference.checks import OPEN_STATES, CheckKind
from cases.reference.codes import Rosh
from cases.reference.plans import Known
from cases.reference.review_questions import ABOUT_FAMILY, KnownNow
from cases.reference.reviews import Answered, EventKind
from cases.rules.differences import Difference
from cases.rules.enquiries import ASKED_ABOUT, Concern
from cases.rules.hollow import EventAnswer, no_change
from cases.rules.needs import priorities
from cases.rules.reviewing_facts import EventKnown, ObjectiveToReview, ReviewFacts
from cases.rules.reviews_owed import events_from
from cases.rules.safety import harm_in_force
from cases.rules.safety_facts import Harm
from cases.rules.signing import digest

ASKED_OF = {"children": CheckKind.CHILDREN, "domestic_abuse": CheckKind.POLICE}
KNOWN_BY = {"children": Concern.CHILD, "domestic_abuse": Concern.DOMESTIC_ABUSE}


def events_to_review(review, today):
    """What became known since the day it looks back to, that the review before it did not answer as it is now."""
    before = set()
    if review.follows_id:
        before = set(review.follows.happened.values_list("key", "what"))
    signed = review.follows_id or review.plan_before_id or review.assessment_before_id
    found = events_since(review.case, events_from(review.since_on, began=not signed), today)
    return [one for one in found if (one.key, one.what) not in before]


@dataclass(frozen=True)
class ReviewKnown:
    """A review as it stands now: the facts its rules turn on, what has changed, and a mark of all of it."""

    facts: ReviewFacts
    changes: list[Difference]
    mark: str


def known_of(review, today):
    """In a fixed number of statements."""
    changes = changes_of(review, today)
    rows = {one.key: one for one in review.happened.select_related("action")}
    there = {one.key for one in changes if one.substantive}
    happened = events_to_review(review, today)
    events = tuple(_event(one, rows.get(one.key), there) for one in happened)
    answers = [_answer(one, rows[one.key]) for one in events if one.answer]
    found = no_change(happened, answers, changes, names_of(review.case))
    facts = _facts(review, events, found, changes, today)
    return ReviewKnown(facts, changes, _mark(review, events, changes))


def review_facts(review, today):
    return known_of(review, today).facts


def _answer(event, row):
    """How it is answered, as the detector reads it: what only records the event is no answer."""
    return EventAnswer(
        key=event.key,
        how=event.answer,
        words=event.words,
        changes=tuple(one for one in row.changes if not is_itself(event.key, one)),
        step=row.action_id,
        raised=row.raised_id is not None,
        together=str(row.answered_with or ""),
    )


def facts_as_signed(review):
    """Which questions a review was asked that is complete: by the plan, the assessment and its own evidence."""
    assessed = review.assessment_before.answers if review.assessment_before else {}
    return ReviewFacts(
        answers=review.answers,
        harm_before=review.harm_before,
        harm_after=review.harm_after,
        objectives=tuple(_objectives(review)),
        areas=tuple(priorities(assessed)),
        groups=risks_of(assessed),
        unknown=tuple(review.evidence.get("unknown", ())),
        recommendation=review.evidence.get("recommendation", ""),
    )


def _mark(review, events, changes):
    """Of all that is signed: the answers, each event as it is now, and what has changed."""
    return digest(
        {
            "answers": review.answers,
            "person": [review.person_view, review.person_words, review.harm_because],
            "events": [
                [one.key, one.what, one.significant, one.answer, one.words, one.tied]
                for one in events
            ],
            "changes": sorted(one.key for one in changes),
        }
    )


def _facts(review, events, found, changes, today):
    case = review.case
    checks = check_facts([case], today)[case.pk]
    unknown = _unknown(review, checks)
    assessed = review.assessment_before.answers if review.assessment_before else {}
    standing = getattr(case, "standing", None)
    return ReviewFacts(
        events=events,
        answers=review.answers,
        person_view=review.person_view,
        person_words=review.person_words,
        harm_before=review.harm_before,
        harm_after=in_force(case).level,
        harm_because=review.harm_because,
        objectives=tuple(_objectives(review)),
        areas=tuple(priorities(assessed)),
        groups=risks_of(assessed),
        unknown=unknown,
        asked=_asked(case, unknown),
        to_refresh=tuple(kinds_to_refresh(checks, review.since_on)),
        changes=sum(1 for one in changes if one.substantive),
        concern=bool(standing and standing.concern),
        recommendation=review.recommendation.state if review.recommendation else "",
        **_attendance(review, today),
        no_change=found.sentence if found.hollow else "",
        no_change_lines=found.lines if found.hollow else (),
    )


def _event(event, row, there):
    """An event as it is now, with its answer where that is about what it is now."""
    answered = row is not None and bool(row.answer) and row.what == event.what
    return EventKnown(
        key=event.key,
        kind=EventKind(event.kind),
        what=event.what,
        on=event.on,
        significant=event.significant,
        answer=Answered(row.answer) if answered else "",
        words=row.words if row else "",
        tied=answered and is_tied(row, there),
    )


def _attendance(review, today):
    """{kept, missed, excused}: appointments whose outcome is recorded, since the day it looks back to."""
    since = review.case.contacts.filter(
        appointment=True, started_at__date__gte=review.since_on, started_at__date__lte=today
    )
    return since.aggregate(
        kept=Count("pk", filter=Q(attended=True)),
        missed=Count("pk", filter=Q(attended=False, complied=False)),
        excused=Count("pk", filter=Q(attended=False) & ~Q(complied=False)),
    )


def checks_made(case):
    """The latest enquiry of each kind, in codes and days: as much as shows what was known, and who was asked when."""
    found: dict[str, dict[str, str]] = {}
    for one in case.enquiries.order_by("triggered_on", "pk"):
        found[one.kind] = {
            "kind": one.kind,
            "state": one.state,
            "sent_on": one.sent_on.isoformat() if one.sent_on else "",
            "replied_on": one.replied_on.isoformat() if one.replied_on else "",
            "reply": one.reply,
            "changes": one.changes,
            "also_changes": one.also_changes,
        }
    return [found[kind] for kind in CheckKind if kind in found]


def level_on(case, day):
    """The level of risk of serious harm in force at the end of that day; blank where there was none."""
    levels = case.registrations.filter(type_code__in=list(Rosh))
    levels = levels.filter(Q(started_on=None, active=True) | Q(started_on__lte=day))
    levels = levels.filter(Q(ended_on__gt=day) | Q(ended_on=None, active=True)).order_by("pk")
    found = [Harm(one.type_code, one.started_on, one.provisional) for one in levels]
    brought = case.imported_assessments.filter(completed_on__lte=day).exclude(harm="")
    signed = case.assessments.completed().filter(completed_on__lte=day)
    for rows in (brought.order_by("pk"), signed.order_by("-signed_at", "-pk")[:1]):
        found += [Harm(level, on) for level, on in rows.values_list("harm", "completed_on")]
    harm = harm_in_force(found)
    return harm.level if harm else ""


def is_tied(row, there):
    """Whether a change stands behind the answer: one of `there`, a step that says something, or a raise."""
    named = [key for key in row.changes if not is_itself(row.key, key)]
    named += [f"step:{row.action_id}"] if row.action_id else []
    return row.raised_id is not None or bool(there & set(named))


def _objectives(review):
    if review.plan_before is None:
        return
    rows = review.plan_before.objectives.order_by("place", "pk")
    for pk, what in rows.values_list("pk", "what"):
        yield ObjectiveToReview(pk, what)


def _unknown(review, checks):
    """What nobody knew of children and domestic abuse when it was begun, by plan, review and record."""
    plan = review.plan_before.answers if review.plan_before else {}
    told = _told_by_reviews(review)
    return tuple(
        subject
        for subject in ABOUT_FAMILY
        if plan.get(f"{subject}.answer") not in (Known.YES, Known.NO)
        and told.get(subject) not in (KnownNow.YES, KnownNow.NO)
        and KNOWN_BY[subject] not in checks.concerns
        and not (subject == "children" and checks.has_children)
    )


def _told_by_reviews(review):
    """{subject: what the last completed review of the same plan said of it}."""
    earlier = review.case.reviews.completed().filter(plan_before=review.plan_before_id)
    found: dict[str, str] = {}
    for answers in earlier.order_by("signed_at", "pk").values_list("answers", flat=True):
        found |= {
            one: answers[f"{one}.answer"] for one in ABOUT_FAMILY if f"{one}.answer" in answers
        }
    return found


def _asked(case, unknown):
    """Of what nobody knows, what an enquiry that is open asks about."""
    kinds = set(Enquiry.objects.unfinished().filter(case=case).values_list("kind", flat=True))
    return frozenset(subject for subject in unknown if ASKED_OF[subject] in kinds)


def kinds_to_refresh(facts, since):
    """The agencies that a current concern is put to, neither being asked nor heard since that day.

    `facts`: of `cases.queries.enquiries.check_facts`.
    """
    wanted = {kind for concern in facts.concerns for kind in ASKED_ABOUT[concern]}
    heard = {
        one.kind
        for one in facts.enquired
        if one.state in OPEN_STATES
        or max(filter(None, (one.triggered_on, one.replied_on))) >= since
    }
    return [kind for kind in CheckKind if kind in wanted - heard]
