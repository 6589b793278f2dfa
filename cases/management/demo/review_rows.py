"""Writes complete reviews as rows, many at once: what happened and what stood are read as the product reads them.

Source: report 2.4. Each holds what signing it would have kept; what the detector finds is found by the rule itself.
"""

from collections import defaultdict
from datetime import date, datetime, time
from uuid import uuid4

from django.utils.timezone import get_current_timezone

from cases.management.demo import review_words as words
from cases.models import Case, Review, ReviewedEvent
from cases.queries.differences import names_of
from cases.queries.enquiries import check_facts
from cases.queries.happened import events_of
from cases.queries.planning import risks_of
from cases.queries.review_facts import KNOWN_BY, checks_made, kinds_to_refresh, level_on
from cases.queries.reviews_owed import under_review
from cases.queries.snapshots import snapshot_as_of
from cases.reference.plans import Known
from cases.reference.review_questions import (
    ABOUT_FAMILY,
    Progress,
    StillRight,
    of_group,
    of_objective,
)
from cases.reference.reviews import Answered, EventKind, PersonView, ReviewBecause, ReviewState
from cases.rules.differences import differences
from cases.rules.gaps import countersigns, gates, warnings
from cases.rules.hollow import EventAnswer, no_change
from cases.rules.needs import priorities
from cases.rules.reviewing import NO_CHANGE, VERSION, to_do
from cases.rules.reviewing_facts import EventKnown, ObjectiveToReview, ReviewFacts, harm_moved
from cases.rules.reviews_owed import events_from
from cases.rules.signing import refusal
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Role

LOOKED_AGAIN = 44  # in a hundred at what keeps people safe, as the report found
AT_ONCE = 500  # rows


def write_complete(planted):
    """`planted`: [(CRN, how it is answered, day)]."""
    kinds = {crn: kind for crn, kind, _ in planted}
    by_day = defaultdict(list)
    for crn, _, day in planted:
        by_day[day].append(crn)
    seniors = {one.team_id: one for one in User.objects.filter(role=Role.SPO).order_by("-pk")}
    reviews, events = [], []
    for day in sorted(by_day):
        for review, answered in _of_day(by_day[day], date.fromisoformat(day), kinds, seniors):
            reviews.append(review)
            events += answered
    Review.objects.bulk_create(reviews, batch_size=AT_ONCE)
    ReviewedEvent.objects.bulk_create(events, batch_size=AT_ONCE)


def _of_day(crns, on, kinds, seniors):
    cases = list(
        Case.objects.filter(crn__in=crns).select_related("officer", "standing").order_by("pk")
    )
    facts = under_review(cases, on)
    since = {pk: events_from(one.since, began=one.began) for pk, one in facts.items()}
    happened = events_of([one.pk for one in cases], since, on)
    checks = check_facts(cases, on)
    for case in cases:
        written = Written(case, kinds[case.crn], facts[case.pk].since, on)
        yield written.sign(happened[case.pk], checks[case.pk], seniors.get(case.team_id))


class Written:
    """One review, as it is when it is signed."""

    def __init__(self, case, kind, since, on):
        self.case, self.kind, self.since, self.on = case, kind, since, on
        self.before, self.after = (snapshot_as_of(case, day) for day in (since, on))
        self.changes = differences(self.before, self.after, names_of(case))
        self.levels = [level_on(case, day) for day in (since, on)]

    def sign(self, happened, checks, senior):
        """(the review, its events)."""
        review = self._begun()
        rows = [self._row(review, one) for one in happened]
        self._answer([one for one in rows if one.significant])
        answers = [
            EventAnswer(
                row.key, row.answer, row.words, tuple(row.changes),
                together=str(row.answered_with or ""),
            )
            for row in rows if row.answer
        ]  # fmt: skip
        found = no_change(happened, answers, self.changes, names_of(self.case))
        unknown = self._unknown(checks)
        review.answers = self._answers(unknown)
        facts = self._facts(review, rows, found, unknown, checks)
        review.harm_because = words.MOVED if harm_moved(facts) else ""
        self._keep(review, facts, found, senior)
        return review, rows

    def _begun(self):
        plan, officer = self.before["plan"]["id"], self.case.officer
        return Review(
            case=self.case, state=ReviewState.COMPLETE, because=ReviewBecause.INTERVAL,
            since_on=self.since, assessment_before_id=self.before["assessment"]["id"],
            plan_before_id=plan, before=self.before, after=self.after,
            person_view=PersonView.SAID, person_words=words.THEY_SAID,
            harm_before=self.levels[0], harm_after=self.levels[1], begun_on=self.on,
            begun_by=officer, signed_at=_at(self.on, 10), signed_by=officer, completed_on=self.on,
        )  # fmt: skip

    def _row(self, review, event):
        return ReviewedEvent(
            review=review, key=event.key, kind=event.kind, what=event.what, on=event.on,
            significant=event.significant,
        )  # fmt: skip

    def _answer(self, rows):
        """By the same words of all; by a step that was done; each by itself; or those of a kind together."""
        by_kind = defaultdict(list)
        for row in rows:
            by_kind[EventKind(row.kind)].append(row)
        done = [one.key for one in self.changes if one.substantive and one.key.startswith("step:")]
        for kind, some in by_kind.items():
            if self.kind == "hollow":
                self._say(some, words.HOLLOW)
            elif self.kind == "changed" and done and kind == EventKind.MISSED:
                self._say(some, words.CHANGED, changes=done[:1])
            elif self.kind == "singly" and kind == EventKind.FAILURE:
                for row, said in zip(some, words.FAILURES, strict=False):
                    self._say([row], said)
                self._say(some[len(words.FAILURES) :], words.HONEST[kind])
            else:
                self._say(some, words.HONEST.get(kind, words.ELSE))

    def _say(self, rows, said, changes=()):
        together = uuid4() if len(rows) > 1 and self.kind != "hollow" else None
        for row in rows:
            row.answer = Answered.CHANGE if changes else Answered.NOTHING
            row.words, row.changes, row.answered_with = said, list(changes), together
            row.answered_at, row.answered_by = _at(self.on, 10), self.case.officer

    def _unknown(self, checks):
        plan = self.before["plan"]["answers"]
        return tuple(
            subject
            for subject in ABOUT_FAMILY
            if plan.get(f"{subject}.answer") not in (Known.YES, Known.NO)
            and KNOWN_BY[subject] not in checks.concerns
            and not (subject == "children" and checks.has_children)
        )

    def _answers(self, unknown):
        given = {f"{subject}.asked": words.ASKED for subject in unknown}
        if self.kind == "hollow":
            return given
        given |= {
            "compliance.words": words.COMPLIANCE,
            "agencies.words": words.AGENCIES,
            "next.words": words.NEXT,
        }
        for one in self.before["plan"]["objectives"]:
            done = any(step["done_on"] for step in one["steps"])
            given[of_objective(one["id"], "progress")] = (
                Progress.UNDER_WAY if done else Progress.STUCK
            )
            given[of_objective(one["id"], "words")] = words.COMPLIANCE
        if self.case.pk * 37 % 100 < LOOKED_AGAIN:
            for group in risks_of(self.before["assessment"]["answers"]):
                given[of_group(group, "answer")] = StillRight.SAME
                given[of_group(group, "words")] = words.LOOKED_AGAIN
        return given

    def _facts(self, review, rows, found, unknown, checks):
        assessed = self.before["assessment"]["answers"]
        standing = getattr(self.case, "standing", None)
        there = {one.key for one in self.changes if one.substantive}
        moved = self.levels[0] != self.levels[1]
        return ReviewFacts(
            events=tuple(
                EventKnown(
                    row.key, EventKind(row.kind), row.what, row.on, row.significant, row.answer,
                    row.words, bool(there & set(row.changes)),
                )
                for row in rows
            ),
            answers=review.answers,
            person_view=review.person_view,
            person_words=review.person_words,
            harm_before=review.harm_before,
            harm_after=review.harm_after,
            harm_because=words.MOVED if moved else "",
            objectives=tuple(
                ObjectiveToReview(one["id"], one["what"]) for one in self.before["plan"]["objectives"]
            ),
            areas=tuple(priorities(assessed)),
            groups=risks_of(assessed),
            unknown=unknown,
            to_refresh=tuple(kinds_to_refresh(checks, self.since)),
            changes=len(there),
            concern=bool(standing and standing.concern),
            no_change=found.sentence if found.hollow else "",
            no_change_lines=found.lines if found.hollow else (),
        )  # fmt: skip

    def _keep(self, review, facts, found, senior):
        """What signing keeps, and countersigning where a senior signs as well."""
        todo = to_do(facts)
        if shut := gates(todo):
            raise RuleBroken(refusal(shut))
        said = {one.key: words.EXPLAINED for one in warnings(todo)}
        review.hollow, review.hollow_because = found.hollow, said.get(NO_CHANGE, "")
        review.evidence = {
            "rules": VERSION,
            "quiet": False,
            "events": {one.key: str(one.answer) for one in facts.events},
            "changes": [one.key for one in self.changes if one.substantive],
            "changed": [one.asks for one in self.changes if one.substantive],
            "no_change": facts.no_change,
            "no_change_lines": list(facts.no_change_lines),
            "warnings": [
                {"key": one.key, "sentence": one.sentence, "said": said[one.key]}
                for one in warnings(todo)
            ],
            "unknown": list(facts.unknown),
            "checks": checks_made(self.case),
            "recommendation": "",
            "times_signed": 1,
        }
        if because := countersigns(todo):
            review.countersign_because = " ".join(one.sentence for one in because)[:300]
            review.countersigned_at, review.countersigned_by = _at(self.on, 15), senior
        if review.hollow:
            review.read_at, review.read_by = review.countersigned_at, senior
            review.read_note = words.FOUND


def _at(on, hour):
    return datetime.combine(on, time(hour, 5), get_current_timezone())
