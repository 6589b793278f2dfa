"""The orders a failure may be under, the warnings of an order, and what the law leaves about one failure.

Source: `cases.rules.enforcement.failures` and `warnings`.
"""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import F, OuterRef, Subquery

from cases.models import ComplianceWarning, Deadline, Failure, Letter
from cases.reference.codes import CustodyStatus
from cases.reference.enforcement import (
    BREACH_OVER,
    BY_STATUTE,
    RECALL_OVER,
    LetterKind,
    LetterState,
    RecallState,
    Regime,
    Step,
)
from cases.reference.pauses import PauseKind
from cases.rules.ending_days import Running, end_of
from cases.rules.enforcement.failures import Supervised, orders_failed, own_order
from cases.rules.enforcement.warnings import Choices, Warned, choices, warning_before
from cases.rules.words import within_a_sentence

DATES = (
    "started_on", "released_on", "licence_end_on", "sentence_expiry_on", "pss_end_on", "terminated_on",
)  # fmt: skip
ENDS = (
    "started_on", "expected_end_on", "supervision_end_on", "operational_end_on", "licence_end_on", "sentence_expiry_on",
    "pss_end_on",
)  # fmt: skip

MAY_BE_AGAIN = ("failure", "breach", "recall")  # what may have to be decided again


@dataclass(frozen=True)
class Law:
    """What the law, or the ladder, leaves about one failure; `rests_on`: keys of the warnings it turns on."""

    found: Choices
    rests_on: list[int]


def order_words(sentence):
    """An order as staff know it: "ORA Community Order, event 1"."""
    event = f"event {sentence.event}" if sentence.event.isdecimal() else within_a_sentence(sentence.event)  # fmt: skip
    return ", ".join(filter(None, [sentence.description or "Awaiting sentence", event]))


def supervised_of(case):
    """The sentences in force as far as they decide what is enforced, the latest first."""
    rows = case.sentences.current().order_by(F("convicted_on").desc(nulls_last=True), "-pk")
    recalled = _recalled_on(case)
    return [
        Supervised(
            key=one.pk,
            words=order_words(one),
            order=one.order,
            custody_status=one.custody_status,
            recalled_on=recalled(one),
            **{name: getattr(one, name) for name in DATES},
        )
        for one in rows
    ]


def _recalled_on(case):
    """Of a sentence the day of its last recall: as we recorded it, or since when the record has had them in prison. None: unknown."""
    decided = case.recalls.filter(state=RecallState.DECISION).order_by("decided_on")
    ours = dict(decided.values_list("sentence", "decided_on"))
    inside = case.pauses.running().filter(kind=PauseKind.CUSTODY).order_by("from_on").first()

    def day(one):
        held = one.custody_status == CustodyStatus.RECALLED and inside
        return ours.get(one.pk) or (inside.from_on if held else None)

    return day


def is_recalled(sentence):
    """Whether they are recalled on this sentence now: by the record, or by a recall of ours since they were last released."""
    if sentence.custody_status == CustodyStatus.RECALLED:
        return True
    decided = sentence.recalls.filter(state=RecallState.DECISION)
    released = sentence.released_on
    return (decided.filter(decided_on__gte=released) if released else decided).exists()


def orders_on(case, day):
    """Every order under which a failure of that day may be enforced."""
    return orders_failed(supervised_of(case), day)


def orders_of_absence(appointment, day):
    """(the order the appointment was under, the others its absence may fail too). None: none was enforced that day."""
    offered = orders_on(appointment.contact.case, day)
    own = own_order(_named(appointment), offered)
    return own, [one for one in offered if one != own]


def _named(appointment):
    """The sentence that the appointment is under, by what it enforces first."""
    contact = appointment.contact
    if appointment.condition:
        return appointment.condition.sentence_id
    return contact.requirement.sentence_id if contact.requirement else contact.sentence_id


def law_of(failure, policy):
    """What may be done about this failure, by the warnings of its order and no other."""
    rows = with_last_letter(ComplianceWarning.objects.filter(sentence=failure.sentence_id))
    rows = list(rows.order_by("pk"))
    warned = {one.pk: _warned(one) for one in rows}
    found = choices(
        regime=Regime(failure.regime),
        failed_on=failure.happened_on,
        warnings=warned.values(),
        ladders=policy.ladders,
        counts_months=policy.ladder_months,
    )
    return Law(found, _rests_on(failure, warned, policy))


def _warned(one):
    withdrawn = one.withdrawn_on is not None
    return Warned(one.given_on, Step(one.step), withdrawn=withdrawn, came_back=came_back(one))


def with_last_letter(warnings):
    """The same warnings, each with where the last letter of it is."""
    letters = Letter.objects.filter(warning=OuterRef("pk"), kind=LetterKind.WARNING)
    return warnings.annotate(last_letter=Subquery(letters.order_by("-pk").values("state")[:1]))


def came_back(warning):
    """Whether its letter came back and none is to go in its place. `warning`: one of `with_last_letter`."""
    return warning.given_on is None and warning.last_letter == LetterState.RETURNED


def _rests_on(failure, warned, policy):
    if failure.regime in BY_STATUTE:
        before = warning_before(failure.happened_on, warned.values())
        return [next(pk for pk, one in warned.items() if one is before)] if before else []
    since = failure.happened_on - relativedelta(months=policy.ladder_months)
    return [
        pk
        for pk, one in warned.items()
        if not one.withdrawn and (one.given_on is None or one.given_on > since)
    ]


def order_ends_on(sentence):
    """The last day of this order by the record; None where it has none."""
    known = {name: getattr(sentence, name) for name in ENDS}
    running = Running(
        key=sentence.pk, order=sentence.order, description=sentence.description,
        custody_status=sentence.custody_status, **known,
    )  # fmt: skip
    return end_of(running).on


def about_of(deadline):
    """The one thing that a clock of deciding again is about, by its name: a failure, a breach or a recall."""
    return {
        name: getattr(deadline, name) for name in MAY_BE_AGAIN if getattr(deadline, f"{name}_id")
    }


def left_on(deadline):
    """The failures that still stand under what is to be decided again."""
    about = about_of(deadline)
    key = {"pk": deadline.failure_id} if deadline.failure_id else about
    return list(Failure.objects.standing().filter(case=deadline.case_id, **key).order_by("pk"))


def is_left_behind(deadline):
    """Whether it is a failure that was referred, and whose breach came to nothing."""
    failure = deadline.failure
    return bool(failure and failure.breach and failure.breach.state in BREACH_OVER)


def is_over(deadline):
    """Whether what is to be decided again has come to its end meanwhile."""
    if deadline.breach:
        return deadline.breach.state in BREACH_OVER
    if deadline.recall:
        return deadline.recall.state in RECALL_OVER
    return deadline.failure.withdrawn_on is not None


def find_again(case, key):
    """The clock of deciding again by this key; None where this case has none."""
    about = ("failure__sentence", "failure__breach", "breach__sentence", "recall__sentence")
    found = Deadline.objects.filter(case=case, kind="decide_again", pk=key)
    return found.select_related(*about).first()


def again_of(case):
    """{failure: clock}: of which failures what they came to waits to be decided again, and by which clock."""
    rows = Deadline.objects.unmet().filter(case=case, kind="decide_again")
    waits = {
        (name, key): pk
        for pk, *keys in rows.values_list("pk", *MAY_BE_AGAIN)
        for name, key in zip(MAY_BE_AGAIN, keys, strict=True)
        if key
    }
    return {
        failure: waits[name, key]
        for failure, *keys in Failure.objects.filter(case=case).values_list(
            "pk", "pk", "breach", "recall"
        )
        for name, key in zip(MAY_BE_AGAIN, keys, strict=True)
        if (name, key) in waits
    }


def failures_of(case):
    """Every failure of a case, withdrawn ones too, the latest first."""
    rows = Failure.objects.filter(case=case).select_related("decision")
    return rows.order_by("-happened_on", "-pk")


def find_failure(case, key):
    """None where this case has none by that key."""
    found = Failure.objects.filter(case=case, pk=key).select_related(
        "sentence", "decision__appointment__contact", "decision__decided_by", "requirement", "condition",
        "warning", "breach", "recall", "recorded_by", "answered_by", "withdrawn_by",
    )  # fmt: skip
    return found.first()


def reason_given(failure):
    """The reason that they gave, in their words; blank where none is recorded.

    The decision about an absence was once copied there. Why somebody decides so is not what the person said.
    """
    decision = failure.decision
    if decision is None:
        return failure.excuse
    decided = {decision.because, *(one["because"] for one in decision.answers.get("earlier", []))}
    return "" if failure.excuse.strip() in {one.strip() for one in decided} else failure.excuse


def failed_before(failure):
    """The other failures of the same person, the latest first: of every order."""
    rows = Failure.objects.filter(case=failure.case_id).exclude(pk=failure.pk)
    return rows.select_related("sentence", "decision").order_by("-happened_on", "-pk")


def next_of_absence(failure):
    """Another failure of the same absence that nobody has answered; None where there is none."""
    if failure.decision_id is None:
        return None
    left = Failure.objects.unanswered().filter(decision=failure.decision_id)
    return left.order_by("pk").first()


def goes_by_its_decision(failure):
    """Whether it is all that the decision about an absence came to, so that the decision itself is changed."""
    if failure.decision is None:
        return False
    return not failure.decision.failures.standing().exclude(pk=failure.pk).exists()
