"""The pages of enforcement: all of a case as one timeline, and one failure from absence to outcome.

Source: product rules, failures; docs/screens.md.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import ComplianceWarning, Failure
from cases.queries.due import due_rows
from cases.queries.enforcement.answered_anew import earlier_answers
from cases.queries.enforcement.failures import (
    came_back,
    order_ends_on,
    order_words,
    reason_given,
    with_last_letter,
)
from cases.queries.sentences import condition_words, requirement_name
from cases.reference.enforcement import (
    Answer,
    BreachState,
    Learnt,
    RecallState,
    Regime,
    Step,
)
from cases.rules.enforcement.days import laying
from cases.rules.words import within_a_sentence
from staff.kit import DueRow, Happening, Line, on, tag

KINDS = (
    "answer_failure", "send_letter", "mend_letter", "answer_hub", "submit_breach", "answer_nps", "get_breach_answer",
    "amend_breach", "see_amendment", "lay_breach", "say_hearing", "read_withdrawn_breach", "win_back", "decide_again",
    "write_part_a", "countersign_recall", "send_recall", "get_recall_answer", "decide_absence",
)  # fmt: skip
CAME_BACK = "Its letter came back, so it was not given and does not count"


@dataclass(frozen=True)
class Overview:
    """Every failure, warning, breach and recall of a case; what is owed; until when each order's breach may be laid."""

    due: list[DueRow]
    laying: list[Line]
    happened: list[Happening]


def overview_of(case, names, may, today, policy, extra):
    began = [*_breaches(case), *_recalls(case)]
    happened = [*_failures(case, names), *_warnings(case), *began]
    return Overview(
        due=due_rows(case, names, may, today, kinds=KINDS),
        laying=_laying(case, today, policy, extra),
        happened=sorted(happened, key=lambda item: (item.on, item.title), reverse=True),
    )


def _laying(case, today, policy, extra):
    found = []
    for order in case.sentences.current().order_by("-pk"):
        said = laying(
            order_ends_on=order_ends_on(order), today=today, lay_days=policy.lay_days, red_days=policy.lay_red_days,
            extra=extra,
        )  # fmt: skip
        found.append(Line(order_words(order), on(said.last_on), detail=said.sentence))
    return found


def _failures(case, names):
    rows = Failure.objects.filter(case=case).select_related("sentence")
    return [
        Happening(
            title="Failure to comply",
            when=on(row.happened_on),
            by=order_words(row.sentence),
            text=names.text(row.what),
            href=reverse("failure", args=[case.crn, row.pk]),
            tag=state_of(row),
            on=row.happened_on.isoformat(),
        )
        for row in rows
    ]


def _warnings(case):
    rows = with_last_letter(ComplianceWarning.objects.filter(case=case))
    rows = rows.select_related("sentence", "decided_by")
    return [
        Happening(
            title=Step(row.step).title,
            when=on(row.decided_on),
            by=f"{row.decided_by.name}, {order_words(row.sentence)}",
            text=_given(row),
            tag=tag("withdrawn") if row.withdrawn_on else None,
            on=row.decided_on.isoformat(),
        )
        for row in rows
    ]


def _given(row):
    if row.given_on:
        return f"Given on {on(row.given_on)}"
    return CAME_BACK if came_back(row) else "Not given yet, so it does not count"


def _breaches(case):
    rows = case.breaches.select_related("sentence")
    return [_begun("breach", row, BreachState(row.state).title, case.crn) for row in rows]


def _recalls(case):
    rows = case.recalls.select_related("sentence")
    return [_begun("recall", row, RecallState(row.state).title, case.crn) for row in rows]


def _begun(code, row, text, crn):
    """`code`: of its tag, which is the name of its page as well."""
    day = localtime(row.begun_at).date()
    return Happening(
        title=code.title(),
        when=on(day),
        by=order_words(row.sentence),
        text=text,
        href=reverse(code, args=[crn, row.pk]),
        tag=tag(code),
        on=day.isoformat(),
    )


def state_of(failure):
    """Where a failure stands, as a tag."""
    if failure.withdrawn_on:
        return tag("withdrawn")
    return tag("met") if failure.answer else tag("awaiting-decision")


def lines_of(failure, names):
    """One failure from what happened to how it was answered, and whether it stands."""
    lines = [
        Line("What they failed to do", names.text(failure.what)),
        Line("Happened", on(failure.happened_on)),
        Line("We came to know", on(failure.became_aware_on), detail=Learnt(failure.learnt).title),
        Line("Order", order_words(failure.sentence), detail=Regime(failure.regime).title),
        Line("Requirement or condition", names.text(_part(failure))),
        Line("The reason they gave", names.text(reason_given(failure))),
        Line(
            "Recorded", on(localtime(failure.recorded_at).date()), detail=failure.recorded_by.name
        ),
    ]
    if failure.answer:
        by = f"{failure.answered_by.name}, {on(localtime(failure.answered_at).date())}"
        lines.append(Line(Answer(failure.answer).title, names.text(failure.because), detail=by))
        lines.append(Line("What the law left", failure.law.get("said", "")))
    for one in reversed(earlier_answers(failure)):
        by = f"{one['by']}, {on(date.fromisoformat(one['on']))}"
        label = f"Answered before: {within_a_sentence(Answer(one['answer']).title)}"
        lines.append(Line(label, names.text(one["because"]), detail=by))
    for again in failure.law.get("again", []):
        lines.append(Line("Decided again", names.text(again["because"]), detail=again["by"]))
    if failure.withdrawn_on:
        words = names.text(failure.withdrawn_because)
        lines.append(
            Line(
                "Withdrawn",
                words,
                detail=f"{failure.withdrawn_by.name}, {on(failure.withdrawn_on)}",
            )
        )
    return lines


def _part(failure):
    if failure.requirement:
        return requirement_name(failure.requirement)
    return condition_words(failure.condition) if failure.condition else "The order as a whole"
