"""An assessment while it is written: its task list, what still stands in the way, and what stands beside each question.

Source: `cases.rules.assessing` (gates and warnings); ui, still to do.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from cases.models import Assessment
from cases.queries.assessing import assessing_facts
from cases.queries.assessment_addresses import address_of_gap, address_of_question
from cases.reference.codes import Rosh
from cases.reference.harm import AnalysisPart, AssessmentState, Behaviour, Indicator
from cases.reference.needs import NeedArea
from cases.reference.questions import QUESTIONS, Answered
from cases.rules import gaps as weights
from cases.rules.answering import applies, questions_of
from cases.rules.assessing import to_do
from cases.rules.assessing_facts import full_analysis_is_indicated, overall_harm
from cases.rules.patterns import asked_of, summary
from cases.rules.stock import hardly_touched
from cases.rules.words import counted, sentence
from staff.kit import Gap, Line, Tag, on, tag
from staff.models import Draft
from staff.permissions import Action
from staff.queries import GONE_AFTER
from staff.rules.keeping import say_moment

SHOWS = {  # past behaviour, and the line of the screening that it answers
    Behaviour.VIOLENCE: Indicator.VIOLENCE,
    Behaviour.SEXUAL: Indicator.SEXUAL,
    Behaviour.WEAPON: Indicator.WEAPON,
    Behaviour.DOMESTIC_ABUSE: Indicator.DOMESTIC_ABUSE,
    Behaviour.CHILD: Indicator.CHILD,
}


@dataclass(frozen=True)
class Task:
    """One part, or one area of need, of the task list."""

    text: str
    href: str
    tag: Tag
    hint: str = ""
    inner: bool = False  # an area within the part above it


@dataclass(frozen=True)
class Desk:
    """What everybody who looks at an unfinished assessment is told of it."""

    assessment: Assessment
    facts: object  # AssessingFacts
    found: list  # gaps of every weight
    asked: tuple  # items of past behaviour
    gaps: list[Gap]
    warnings: list[Gap]
    countersign: list[str]
    harm: str  # overall, in words; blank while no level is chosen

    def warned(self):
        """In the order of `warnings`."""
        return weights.warnings(self.found)


def unfinished(case):
    """The assessment being written or waiting for a senior, or None."""
    found = case.assessments.unfinished().select_related("follows", "begun_by", "signed_by").first()
    if found:
        found.case = case
    return found


def find_assessment(case, pk):
    people = ("follows", "begun_by", "signed_by", "countersigned_by")
    found = case.assessments.select_related(*people).filter(pk=pk).first()
    if found:
        found.case = case
    return found


def desk(assessment, names, policy, today):
    """What stands in the way of this assessment now."""
    facts = assessing_facts([assessment], today)[assessment.pk]
    found = to_do(facts, policy, today)
    crn = assessment.case.crn
    level = overall_harm(assessment.answers)
    return Desk(
        assessment=assessment,
        facts=facts,
        found=found,
        asked=asked_of(facts.patterns),
        gaps=[_gap(one, crn, names) for one in weights.gates(found)],
        warnings=[_gap(one, crn, names) for one in weights.warnings(found)],
        countersign=[names.text(one.sentence) for one in weights.countersigns(found)],
        harm=Rosh(level).title if level else "",
    )


def _gap(one, crn, names):
    return Gap(
        names.text(one.sentence),
        address_of_gap(one, crn),
        rule=one.rule_and_source,
        warning=one.weight == weights.Weight.WARNING,
    )


def returned(assessment, names):
    """What a senior gave back and nobody has answered: the question, and what is missing."""
    crn = assessment.case.crn
    rows = assessment.returns.filter(answered_at=None).select_related("by").order_by("pk")
    return [
        Gap(
            f"{names.text(one.note)} ({one.by.name}, {on(localdate(one.at))})",
            address_of_question(one.question, crn),
        )
        for one in rows
    ]


def returns_of(case, names, may):
    """The same for whoever opens the case: led to the question only where they may answer it."""
    assessment = unfinished(case)
    if assessment is None or assessment.state != AssessmentState.DRAFT:
        return []
    rows = returned(assessment, names)
    return rows if Action.WRITE_ASSESSMENT in may else [Gap(one.sentence) for one in rows]


def who_writes(case, user, now):
    """Who else has a part of the assessment of this case open, a sentence each."""
    begins = reverse("assess", args=[case.crn])
    here = Draft.objects.filter(page__startswith=begins, seen_at__gte=now - GONE_AFTER)
    found = here.exclude(user=user).exclude(sent_at__gte=F("seen_at")).select_related("user")
    said = {
        one.user.pk: f"{one.user.name} is writing in it too, since "
        f"{say_moment(localtime(one.opened_at), localdate(now))}."
        for one in found.order_by("-opened_at", "pk")
    }
    return [said[pk] for pk in sorted(said)]


# The task list


def tasks(desk, victims):
    """The parts with where each stands; the areas of need one by one. `victims`: how many are named."""
    assessment, crn = desk.assessment, desk.assessment.case.crn
    waiting, warned = _questions(weights.gates(desk.found)), _questions(desk.warned())
    for part in AnalysisPart:
        href = reverse("assess-part", args=[crn, part.value])
        if part == AnalysisPart.VICTIMS:
            named = counted(victims, "person", "people") if victims else "Nobody is"
            yield Task(
                part.title, href, tag("met" if victims else "not-recorded"), f"{named} named"
            )
            continue
        questions = questions_of(part, desk.asked)
        hint = _hint(part, desk)
        yield Task(part.title, href, _stands(questions, assessment, waiting, warned), hint)
        if part == AnalysisPart.NEEDS:
            for area in NeedArea:
                own = questions_of(part, area=area.value)
                page = reverse("assess-area", args=[crn, area.value])
                yield Task(area.title, page, _stands(own, assessment, waiting, warned), inner=True)


def _questions(found):
    return {one.question for one in found if one.question}


def _stands(questions, assessment, waiting, warned):
    codes = {one.code for one in questions if applies(one.code, assessment.answers)}
    if codes & waiting:
        return tag("still-to-do")
    answered = codes & set(assessment.answers)
    if not codes or (answered == codes and not codes & (set(assessment.carried) | warned)):
        return tag("met")
    return tag("under-way" if answered else "not-recorded")


def _hint(part, desk):
    if part == AnalysisPart.PATTERNS:
        number = len(desk.asked)
        return f"{counted(number, 'thing')} asked about" if number else "None is recorded"
    if part == AnalysisPart.HARM and full_analysis_is_indicated(desk.facts):
        return "The full analysis is called for"
    return ""


# What is unchanged


@dataclass(frozen=True)
class Unchanged:
    """How much of the words nobody has confirmed, and how much stood before the current offence."""

    carried: str
    alike: str


def unchanged(desk, policy):
    assessment = desk.assessment
    words = [
        code
        for code, value in assessment.answers.items()
        if isinstance(value, str) and _is_words(code) and applies(code, assessment.answers)
    ]
    pulled = [code for code in words if code in assessment.carried]
    old = [
        code
        for code in words
        if hardly_touched(
            assessment.answers[code], str(desk.facts.before.get(code, "")), policy.alike_percent
        )
    ]
    texts = counted(len(words), "text")
    before = assessment.follows.completed_on if assessment.follows else None
    return Unchanged(
        carried=f"{len(pulled)} of {texts} pulled forward from {on(before)} and not yet confirmed"
        if before
        else "",
        alike=f"{len(old)} of {texts} at least {policy.alike_percent}% like what stood before the current offence"
        if desk.facts.before
        else "",
    )


def _is_words(code):
    question = QUESTIONS.get(code)
    return question.how == Answered.WORDS if question else code.endswith(".words")


# Beside the questions of harm and of past behaviour


def indicated(patterns):
    """What the record shows of each line of the screening."""
    shown = defaultdict(list)
    for one in patterns:
        shown[SHOWS.get(one.behaviour)].extend(one.episodes)
    return [
        Line(indicator.title, sentence(summary(shown[indicator])))
        for indicator in Indicator
        if shown[indicator]
    ]


@dataclass(frozen=True)
class Item:
    """One item of past behaviour with every episode of it."""

    key: str
    title: str
    summary: str
    episodes: list[Line]


def items(asked, names):
    return [
        Item(
            key=one.key,
            title=one.title,
            summary=names.text(f"{sentence(one.summary)}."),
            episodes=[
                Line(on(ep.on), sentence(names.text(ep.what)), detail=f"Source: {ep.source}")
                for ep in one.episodes
            ],
        )
        for one in asked
    ]


def state_in_words(assessment):
    """Where an assessment stands, for its own page."""
    if assessment.state == AssessmentState.DRAFT:
        return f"Begun {on(assessment.begun_on)} by {assessment.begun_by.name}"
    if assessment.state == AssessmentState.DROPPED:
        return "Given up before it was signed"
    said = f"Signed by {assessment.signed_by.name}, {on(localdate(assessment.signed_at))}"
    if assessment.countersigned_by:
        said += f"; countersigned by {assessment.countersigned_by.name}"
    return said
