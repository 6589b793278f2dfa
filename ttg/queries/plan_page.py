"""The pages of the resettlement plan: where it stands, what is still to do, each version whole, and what changed since the last.

Source: product rules, gates; how it should feel; Through the Gate reference 4, 7.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from cases.rules import gaps as weights
from cases.rules.answering import field_name
from cases.rules.words import counted
from staff.kit import Gap, Line, Link, Tag, on, tag
from ttg.queries.plans import plan_before
from ttg.reference.custody import Agreed, PlanKind, PlanState, RiskAnswer
from ttg.reference.questions import NO_ANSWER, QUESTIONS, Source
from ttg.reference.referrals import Pathway
from ttg.rules.plans import TO_CONFIRM, asked_of, differences, question_of

KEPT = "Kept to those who work on the case"
TAGS = {PlanState.DRAFT: "draft", PlanState.SIGNED: "signed", PlanState.REPLACED: "superseded"}
LEADS = {
    Pathway.HOME: "Where they come from, where they go, and how they get there.",
    Pathway.THINKING: "Only what they want help with.",
    Pathway.FAMILY: "Who matters to them, and who could be hurt. Ask alone, where nobody else can hear.",
    Pathway.SUBSTANCES: "No clinical detail: that is healthcare’s. What must be there on the day of release is ours.",
    Pathway.WORK: "What they had, what they want, and what would help.",
    Pathway.MONEY: "What they have on the morning they leave. Never write a number of an account or a document.",
    Pathway.HEALTH: "What must go on after release, and whether they are safe from themselves now.",
}


@dataclass(frozen=True)
class Task:
    """One part of the plan being written."""

    text: str
    href: str
    tag: Tag
    hint: str


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Change:
    """One answer that is another than in the plan before."""

    asks: str
    before: str
    after: str


@dataclass(frozen=True)
class Reader:
    """How somebody reads a plan. `names`: of the case; `all_of_it`: also what is kept to those who work on it."""

    names: object
    all_of_it: bool

    def may_read(self, question):
        return self.all_of_it or not question.restricted


# The one being written


def gaps_of(case, found, names, *, warning=False):
    """[Gap] of gates, or of warnings, each leading to where it is mended."""
    wanted = weights.Weight.WARNING if warning else weights.Weight.GATE
    return [
        Gap(names.text(one.sentence), where(case, one.question), one.rule_and_source, warning)
        for one in found
        if one.weight == wanted
    ]


def where(case, code):
    question = question_of(code)
    if question is None:
        return reverse("their-view", args=[case.crn])
    page = reverse("write-resettlement-plan", args=[case.crn, question.pathway.value])
    return f"{page}#id_{field_name(code)}"


def tasks_of(case, plan, found):
    """[Task]: a line for each pathway, and last what the person says."""
    left = {one.question: one for one in found if one.weight == weights.Weight.GATE}
    for pathway in Pathway:
        gates = [code for code in left if code.startswith(f"{pathway}.")]
        answered = [one for one in asked_of(pathway)[:-1] if one.code in plan.answers]
        skipped = f"{pathway}.skipped" in plan.answers
        yield Task(
            text=pathway.title,
            href=reverse("write-resettlement-plan", args=[case.crn, pathway.value]),
            tag=_tag_of(gates, answered, skipped, len(asked_of(pathway)) - 1),
            hint=_hint(gates, answered, skipped, len(asked_of(pathway)) - 1),
        )
    unsaid = [one for one in found if question_of(one.question) is None]
    words = f"{counted(len(unsaid), 'thing')} to look at" if unsaid else "Said"
    code = "still-to-do" if unsaid else "met"
    yield Task("What they say themselves", reverse("their-view", args=[case.crn]), tag(code), words)


def _tag_of(gates, answered, skipped, asked):
    if gates:
        return tag("still-to-do")
    if skipped or len(answered) == asked:
        return tag("met")
    return tag("under-way") if answered else tag("not-recorded")


def _hint(gates, answered, skipped, asked):
    if gates:
        return f"{counted(len(gates), 'answer')} to put right"
    if skipped:
        return "Not asked here, with the reason"
    return f"{len(answered)} of {asked} asked"


# A version whole


def chapters_of(plan, reader):
    """[Chapter] of everything that is asked and what is answered, in order."""
    return [
        Chapter(
            pathway.title,
            [
                _line(one, plan.answers.get(one.code), reader)
                for one in asked_of(pathway)
                if one.code in QUESTIONS or one.code in plan.answers
            ],
        )
        for pathway in Pathway
    ]


def say_answer(code, answer):
    """What was answered, as it is read."""
    if not answer:
        return "Not asked"
    said = question_of(code).say(answer["said"])
    done = f"What is done: {answer['does']}" if answer.get("does") else ""
    return ". ".join(filter(None, [said, answer.get("words", "").rstrip("."), done]))


def _line(question, answer, reader):
    if not reader.may_read(question):
        return Line(question.asks, KEPT)
    words = reader.names.text(say_answer(question.code, answer))
    return Line(question.asks, words, detail=said_by(answer))


def said_by(answer):
    """Who says so, and when; and that nobody has looked at it yet, where it was filled in."""
    if not answer or answer["said"] == NO_ANSWER:
        return ""
    parts = [Source(answer["source"]).title, on(date.fromisoformat(answer["on"]))]
    return ", ".join([*parts, *(["to be confirmed"] if answer.get(TO_CONFIRM) else [])])


def their_lines(plan, names):
    """What the person says, whole."""
    agreed = Agreed(plan.agreed).title
    return [
        Line("Their strengths", names.text(plan.strengths)),
        Line("What they want, in their own words", names.text(plan.own_words)),
        Line("Do they agree with the plan?", agreed, detail=names.text(plan.agreed_because)),
    ]


def stands_of(plan):
    """Where a version stands, in words."""
    kind = PlanKind(plan.kind).title
    if plan.state == PlanState.DRAFT:
        return f"{kind}. Begun by {plan.begun_by.name} on {on(plan.begun_on)}."
    return f"{kind}. Signed by {plan.signed_by.name} on {on(localdate(plan.signed_at))}."


@dataclass(frozen=True)
class Version:
    """One version in the list of them."""

    link: Link
    words: str
    tag: Tag
    agreed: str
    stay: str  # which stay in prison it was made in


def version_of(case, plan):
    href = reverse("see-resettlement-plan", args=[case.crn, plan.pk])
    signed = plan.signed_at
    when = f"Signed {on(localdate(signed))}" if signed else f"Begun {on(plan.begun_on)}"
    return Version(
        link=Link(when, href),
        words=PlanKind(plan.kind).title,
        tag=tag(TAGS[PlanState(plan.state)]),
        agreed=Agreed(plan.agreed).title,
        stay=f"In prison since {on(plan.custody.received_on)}",
    )


def changes_of(plan, reader):
    """[Change] of what is answered otherwise than in the plan before; None where it is the first."""
    before = plan_before(plan)
    if before is None:
        return None
    names = reader.names
    found = []
    for code, one, other in differences(before.answers, plan.answers):
        if not reader.may_read(question_of(code)):
            continue
        was, now = say_answer(code, one), say_answer(code, other)
        found.append(Change(question_of(code).asks, names.text(was), names.text(now)))
    for name, asks in (("strengths", "Their strengths"), ("own_words", "What they want, in their own words")):  # fmt: skip
        was, now = getattr(before, name), getattr(plan, name)
        if was != now:
            found.append(Change(asks, names.text(was) or "Nothing", names.text(now) or "Nothing"))
    return found


# What the officer is to read


@dataclass(frozen=True)
class ItemShown:
    """One thing about risk, and what the officer says of it."""

    asks: str
    words: str
    source: str
    tag: Tag
    answered: str  # by whom, when, and with what change; blank: not yet
    amended: str
    href: str  # where it is answered; blank: it is answered, or not theirs to
    restricted: bool


def item_of(case, item, reader, *, may_answer):
    question = QUESTIONS[item.question]
    may_read = reader.may_read(question)
    waits = item.answer == RiskAnswer.WAITING
    answered = "" if waits else f"{RiskAnswer(item.answer).title} by {item.answered_by.name} on {on(localdate(item.answered_at))}."  # fmt: skip
    return ItemShown(
        asks=question.asks,
        words=reader.names.text(item.words) if may_read else KEPT,
        source=f"{item.source}, {on(item.on)}" if may_read else "",
        tag=tag("to-read" if waits else "read"),
        answered=answered,
        amended=reader.names.text(item.amended) if may_read else "",
        href=reverse("answer-risk-item", args=[case.crn, item.pk]) if waits and may_answer else "",
        restricted=question.restricted,
    )
