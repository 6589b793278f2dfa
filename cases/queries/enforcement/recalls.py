"""One recall: who asked for it, what Part A says, where it is, who may do what next.

Source: supervision reference 2.3; `cases.rules.enforcement.recalls`; docs/screens.md.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Recall
from cases.queries.due import due_rows
from cases.queries.enforcement.failures import order_ends_on, order_words
from cases.queries.enforcement.winning_back import WinningBack, winning_back_of
from cases.reference.enforcement import RECALL_MAY_BECOME, RECALL_OVER, RecallState
from cases.reference.recall import PART_A, Alternative
from cases.rules.enforcement.recalls import left_of, request_by, term_of
from staff.kit import DueRow, Gap, Happening, Line, Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

State = RecallState
KINDS = (
    "write_part_a", "countersign_recall", "send_recall", "get_recall_answer", "win_back", "decide_again",
)  # fmt: skip
TAGS = {
    State.DISCUSSED: "draft",
    State.PART_A: "awaiting-decision",
    State.COUNTERSIGNED: "signed",
    State.WITH_NPS: "sent",
    State.ENDORSED: "accepted",
    State.NPS_REJECTED: "rejected",
    State.WITH_PPCS: "sent",
    State.DECISION: "recall",
    State.PPCS_REJECTED: "rejected",
    State.WITHDRAWN: "withdrawn",
}
WRITTEN, FILED, COUNTERSIGNED, SENT, ANSWERED, WITHDRAWN = (
    "write-part-a", "finish-part-a", "countersign-recall", "send-recall", "answer-recall", "withdraw-recall",
)  # fmt: skip
OUTSIDE = frozenset({State.WITH_NPS, State.ENDORSED, State.WITH_PPCS})


@dataclass(frozen=True)
class RecallPage:
    """One recall as its page shows it."""

    tag: Tag
    state: str
    lines: list[Line]
    failures: list[Line]
    said: list[Line]
    tried: list[Line]
    due: list[DueRow]
    steps: list[Happening]
    next: list[Link]  # what the reader may do now, the first as a button
    papers: list[Link]
    winning: WinningBack
    over: bool


def find_recall(case, pk):
    """The recall of this case, or None."""
    found = Recall.objects.filter(case=case, pk=pk).select_related(
        "sentence", "begun_by", "countersigned_by", "reengagement__written_by",
        "reengagement__next_contact__contact", "reengagement__next_contact__moved_to__contact",
    )  # fmt: skip
    recall = found.first()
    if recall:
        recall.case = case
    return recall


def signed_by(recall):
    """Whoever last signed Part A; None while nobody has."""
    step = recall.steps.filter(state=State.PART_A).select_related("by").order_by("-pk").first()
    return step.by if step else None


def authors_of(recall):
    """The keys of whoever asked for it and whoever signed its Part A: none of them countersigns it."""
    signer = signed_by(recall)
    return {recall.begun_by_id, *([signer.pk] if signer else [])}


def recalls_of(case):
    """Every recall of the case, the latest first."""
    return case.recalls.select_related("sentence", "begun_by", "countersigned_by").order_by("-pk")


def recall_page(recall, names, may, now):
    """For the reader whose page this is, in a fixed number of statements."""
    case, today = recall.case, localtime(now).date()
    steps = list(recall.steps.select_related("by", "document").order_by("pk"))
    owed = due_rows(case, names, may, today, kinds=KINDS)
    return RecallPage(
        tag=tag(TAGS[State(recall.state)]),
        state=State(recall.state).title,
        lines=[*lines_of(recall, names), *_ends(recall, names)],
        failures=failures_of(recall, names),
        said=said_of(recall, names),
        tried=tried_of(recall, names),
        due=owed,
        steps=[_step(one, names) for one in steps],
        next=_next(recall, may),
        papers=_papers(case, steps, may),
        winning=winning_back_of(case, names, may, now, recall=recall),
        over=recall.state in RECALL_OVER,
    )


def lines_of(recall, names):
    """What it is about and how it goes: beside every form, and on paper."""
    begun, sentence = localtime(recall.begun_at), recall.sentence
    until = localtime(request_by(recall.begun_at))
    term = term_of(sentence.started_on, sentence.sentence_expiry_on)
    lines = [
        Line("Sentence", order_words(sentence), detail=f"Ends {on(order_ends_on(sentence))}"),
        Line("Released", on(sentence.released_on)),
        Line("Decided", f"{on(begun.date())} at {say_time(begun)}", detail=recall.begun_by.name),
        Line("The request is owed by", f"{on(until.date())} at {say_time(until)}"),
        Line("How it goes", _how(recall)),
    ]
    if term:
        lines.append(
            Line("A fixed term would be", term.title, detail="By the length of the sentence")
        )
    if recall.countersigned_at:
        at = localtime(recall.countersigned_at)
        lines.append(
            Line(
                "Countersigned",
                f"{recall.countersigned_by.name}, {on(at.date())} at {say_time(at)}",
                detail=names.text(recall.countersigned_words),
            )
        )
    return lines


def _how(recall):
    ways = [
        "An emergency" if recall.emergency else "In the ordinary way",
        "out of hours" if recall.out_of_hours else "",
    ]
    return ", ".join(filter(None, ways))


def _ends(recall, names):
    if recall.decided_on:
        kind = f"Fixed term, {recall.days} days" if recall.days else "Standard"
        return [Line("Recalled", say_date(recall.decided_on), detail=kind)]
    if recall.ended_because:
        return [Line("Why it ended", names.text(recall.ended_because))]
    return []


def failures_of(recall, names):
    """Each failure that the recall was decided on, the earliest first; those that were withdrawn say so."""
    rows = recall.failures.select_related("condition").order_by("happened_on", "pk")
    return [
        Line(
            on(one.happened_on),
            names.text(one.what),
            detail=" ".join(
                filter(
                    None,
                    [
                        names.text(one.condition.text or one.condition.category)
                        if one.condition
                        else "",
                        "Withdrawn since: it does not count." if one.withdrawn_on else "",
                    ],
                )
            ),
        )
        for one in rows
    ]


def said_of(recall, names):
    return [
        Line(one.asks, names.text(recall.answers.get(one.code, "")) or "Not answered yet")
        for one in PART_A
    ]


def tried_of(recall, names):
    return [
        Line(one.title, names.text(recall.answers.get(one, "")) or "Not said yet")
        for one in Alternative
    ]


def gaps_of(recall, prefix="#id_"):
    """What Part A still has to say, each with the field where it is said."""
    return [
        Gap(one.sentence, f"{prefix}{one.question}", one.rule_and_source)
        for one in left_of(recall.answers)
    ]


def _step(one, names):
    at = localtime(one.at)
    said = [
        names.text(one.words),
        f"Told by or to {names.text(one.outside)}." if one.outside else "",
    ]
    return Happening(
        title=State(one.state).title,
        when=f"{on(at.date())}, {say_time(at)}",
        by=one.by.name,
        text=" ".join(filter(None, said)),
        on=at.date().isoformat(),
    )


def _papers(case, steps, may):
    if Action.VIEW_DOCUMENTS not in may:
        return []
    return [
        Link(
            f"Part A as it went, {on(localtime(one.at).date())} (PDF)",
            reverse("document", args=[case.crn, one.document_id]),
        )
        for one in steps
        if one.document_id
    ]


def _next(recall, may):
    """What this reader may do now. Whether they may countersign this one, the page of it says."""
    here = [recall.case.crn, recall.pk]
    rest = recall.emergency and bool(left_of(recall.answers)) and recall.state not in RECALL_OVER
    offers = (
        (recall.state == State.DISCUSSED, "Write and sign Part A", WRITTEN, Action.ASK_RECALL),
        (recall.state == State.PART_A, "Countersign it, or send it back", COUNTERSIGNED, Action.COUNTERSIGN_RECALL),
        (recall.state == State.COUNTERSIGNED, "Send it to the NPS", SENT, Action.SUBMIT_BREACH),
        (recall.state in OUTSIDE, "Record what they answered", ANSWERED, Action.SUBMIT_BREACH),
        (rest and recall.state != State.DISCUSSED, "Write the rest of Part A", FILED, Action.ASK_RECALL),
        (State.WITHDRAWN in RECALL_MAY_BECOME[State(recall.state)], "Withdraw it", WITHDRAWN, Action.WITHDRAW_BREACH),
    )  # fmt: skip
    return [
        Link(words, reverse(page, args=here))
        for stands, words, page, action in offers
        if stands and action in may
    ]
