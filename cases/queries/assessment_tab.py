"""The assessment of a case as it stands: the one in force, the one being written, those before.

Source: product rules (absence of an assessment is a fact); supervision reference 4.1 and 4.2.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.assessment_pages import state_in_words
from cases.queries.assessment_whole import NOT_SCORED, score_line
from cases.reference.codes import Rosh
from cases.reference.harm import AssessmentState, HarmGroup
from cases.reference.needs import CUTS, NeedArea
from cases.reference.questions import of_area, of_group
from cases.rules.needs import need_of, priorities
from cases.rules.self_view import differs, own_view
from cases.rules.words import sentence
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action

LINKS = {"offending": "reoffending", "harm": "harm"}
PEOPLE = ("begun_by", "signed_by", "countersigned_by")
SEE = {
    AssessmentState.DRAFT: "draft",
    AssessmentState.WAITING: "awaiting-decision",
    AssessmentState.SIGNED: "signed",
    AssessmentState.REPLACED: "superseded",
    AssessmentState.DROPPED: "withdrawn",
}


@dataclass(frozen=True)
class NeedRow:
    """One area as the table of needs shows it."""

    area: str
    score: str
    linked: str
    own: str
    differs: bool
    first: bool  # a plan sees to it first


@dataclass(frozen=True)
class Named:
    """Somebody who could be hurt, as this reader may see them."""

    name: str
    group: str
    how: str
    since: str
    end: str  # where to say that they no longer could be; blank: not for this reader


@dataclass(frozen=True)
class AssessmentTab:
    words: str  # what is in force
    tag: Tag | None
    see: str  # the one in force whole
    levels: list[Line]
    because: str
    needs: list[NeedRow]
    victims: list[Named]
    writing: list[Line]  # the one that is not finished
    actions: list[Link]
    begin: str  # where one is begun; blank: not now, or not by this reader
    past: list[Happening]


def assessment_tab(case, names, may):
    """All of it for one reader, in three statements."""
    rows = list(case.assessments.select_related(*PEOPLE).order_by("-pk"))
    held = next((one for one in rows if one.state == AssessmentState.SIGNED), None)
    open_one = next((one for one in rows if one.state in SEE and _unfinished(one)), None)
    answers = held.answers if held else {}
    return AssessmentTab(
        words=_in_force(held, open_one),
        tag=tag("signed") if held else None,
        see=reverse("see-assessment", args=[case.crn, held.pk]) if held else "",
        levels=_levels(answers),
        because=names.text(answers.get("harm.because", "")),
        needs=[_need(area, answers) for area in NeedArea] if held else [],
        victims=victims_of(case, names, may),
        writing=[_writing(open_one)] if open_one else [],
        actions=list(_actions(open_one, case.crn, may)) if open_one else [],
        begin=reverse("begin-assessment", args=[case.crn])
        if not open_one and Action.WRITE_ASSESSMENT in may
        else "",
        past=[_happening(one, case.crn) for one in rows if one is not open_one] + _imported(case),
    )


def _unfinished(one):
    return one.state in (AssessmentState.DRAFT, AssessmentState.WAITING)


def _in_force(held, open_one):
    if held is None and open_one and open_one.state == AssessmentState.WAITING:
        return "None is in force here until a senior probation officer has countersigned it."
    if held is None:
        return "No assessment has been signed here, so nobody has said whom this person could hurt."
    return f"{Rosh(held.harm).title} risk of serious harm. {state_in_words(held)}."


def _levels(answers):
    """Each group that a level is said of."""
    said = [(group, answers.get(of_group(group, "level"))) for group in HarmGroup]
    return [Line(group.title, Rosh(level).title) for group, level in said if level]


def _need(area, answers):
    scored = score_line(area, answers) if area in CUTS else f"{NOT_SCORED}: described only"
    return NeedRow(
        area=area.title,
        score=scored,
        linked=_linked(area, answers),
        own=own_view(area, answers) or "Not asked",
        differs=differs(area, need_of(area, answers), answers),
        first=area in priorities(answers),
    )


def _linked(area, answers):
    """To what it is said to be linked; where nobody has said, that is no "not linked"."""
    said = {words: answers.get(of_area(area, what)) for what, words in LINKS.items()}
    linked = [words for words, answer in said.items() if answer == "yes"]
    if linked:
        return sentence(" and ".join(linked))
    return "Not linked" if all(said.values()) else "Not recorded"


def victims_of(case, names, may):
    """Those who could be hurt now; their names to those allowed."""
    found = case.potential_victims.current().select_related("person").order_by("pk")
    ends = Action.WRITE_ASSESSMENT in may
    return [
        Named(
            name=names.of(one.person),
            group=HarmGroup(one.group).title,
            how=names.text(one.how),
            since=on(one.since_on),
            end=reverse("end-victim", args=[case.crn, one.pk]) if ends else "",
        )
        for one in found
    ]


def _writing(one):
    if one.state == AssessmentState.WAITING:
        words = f"{state_in_words(one)}. {one.countersign_because}".strip()
        return Line("Waiting for a senior probation officer to countersign", words)
    return Line("Being written", f"{state_in_words(one)}.")


def _actions(one, crn, may):
    if one.state == AssessmentState.DRAFT and Action.WRITE_ASSESSMENT in may:
        yield Link("Go on writing", reverse("assess", args=[crn]))
    if one.state == AssessmentState.WAITING and Action.COUNTERSIGN in may:
        yield Link("Read and countersign", reverse("countersign-assessment", args=[crn]))
    yield Link("See what is written so far", reverse("see-assessment", args=[crn, one.pk]))


def _happening(one, crn):
    day = one.completed_on or one.begun_on
    level = f"{Rosh(one.harm).title} risk of serious harm" if one.harm else ""
    return Happening(
        title=f"Assessment of {on(day)}",
        when=on(day),
        by=one.signed_by.name if one.signed_by else one.begun_by.name,
        text=level,
        href=reverse("see-assessment", args=[crn, one.pk]),
        tag=tag(SEE[AssessmentState(one.state)]),
        on=day.isoformat(),
    )


def _imported(case):
    """Those that came with an extract, of which we have the level and the day."""
    return [
        Happening(
            title=f"{one.source}, completed elsewhere",
            when=on(one.completed_on),
            text=f"{Rosh(one.harm).title} risk of serious harm" if one.harm else "No level said",
            on=one.completed_on.isoformat() if one.completed_on else "",
        )
        for one in case.imported_assessments.order_by("-completed_on", "-pk")
    ]
