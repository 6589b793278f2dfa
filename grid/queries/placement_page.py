"""What the placement page of a case says: the group, what it rests on, what would move it, its history.

Source: docs/screens.md, GRID matrix and working; product rules, GRID (the page shows its working).
"""

from dataclasses import dataclass
from datetime import timedelta

from cases.reference.codes import MappaLevel, Part, Place, Register
from cases.reference.groups import Band, Level, group_name
from grid.models import Judgement
from grid.reference.placement import AUTOMATIC, FOR_JUDGEMENT
from grid.rules import ogrs3
from grid.rules.likelihood import PROFILE, start_of_followup
from grid.rules.placement import RULES, makes_complex, name_of, review_overdue
from staff.kit import (
    Cell,
    Column,
    Gap,
    Happening,
    Input,
    Line,
    Matrix,
    MatrixRow,
    Tag,
    Working,
    on,
    tag,
)

ORDER_OF_DECISION = (
    "No active sentence: not placed. Kept by the NPS: not placed. High or very high risk of serious "
    "harm, or MAPPA at any level but nominal: risk escalation. A fact missing: cannot be placed. "
    "Otherwise a group."
)
RULE_SOURCE = "HMIP Thames Valley CRC 2018, Annex 3; the provider's rules"
FORMULA = "Ministry of Justice Research Summary 7/09, as OASys computes it"
SCORE_RULE = (
    "z is the sum of the first four. The chance is 1 divided by 1 + e to the power of −(constant + z), "
    "as a whole percentage from 1 to 99."
)
SHOWN_AT_FIRST = 20  # of placements, and of judgements
TERMS = {
    "age_sex": "Age and sex",
    "history": "Sanctioned before",
    "copas": "How often sanctioned",
    "offence": "Current offence",
    "one_year_constant": "Constant for one year",
    "two_year_constant": "Constant for two years",
}
STATE_TAGS = {
    Judgement.State.ASKED: tag("awaiting-decision"),
    Judgement.State.IN_FORCE: Tag("In force", "blue"),
    Judgement.State.REFUSED: tag("refused"),
    Judgement.State.ENDED: tag("closed"),
}


@dataclass(frozen=True)
class RegisterRow:
    """One register that was looked at, and what it does."""

    name: str
    part: str
    since: str
    review: str
    does: str
    tag: Tag | None


def matrix_of(outcome):
    """The sixteen groups with this person's marked; none is where they are outside the GRID."""
    rows = []
    for level in Level:
        codes = [f"{level}{band}" for band in Band]
        cells = [Cell(group_name(code), here=code == outcome.group) for code in codes]
        rows.append(MatrixRow(level.title, cells))
    caption = f"Where this person is in the GRID: {name_of(outcome).lower()}"
    return Matrix(caption, [f"{band.title}" for band in Band], rows)


def inputs_of(facts, outcome):
    """The three inputs of the GRID, and RSR beside them, each with its date and source."""
    harm, likelihood = outcome.harm, outcome.likelihood
    yield Input(
        "Risk of serious harm",
        harm.level.title if harm else "not recorded",
        on(harm.on) if harm else "",
        harm.source if harm else "",
    )
    yield Input(
        "Likelihood (OGRS3, two years)",
        f"{likelihood.percent}%" if likelihood else "not known",
        on(likelihood.on) if likelihood else "",
        likelihood.source if likelihood else "",
    )
    yield _complexity(facts, outcome)
    if outcome.rsr:
        yield Input("RSR", f"{outcome.rsr.percent:g}%", on(outcome.rsr.on), outcome.rsr.source)


def _complexity(facts, outcome):
    if outcome.complex_by:
        names = ", ".join(dict.fromkeys(each.name or each.code for each in outcome.complex_by))
        since = min((each.on for each in outcome.complex_by if each.on), default=None)
        raised = any(each.provisional for each in outcome.complex_by)
        source = "raised here, provisional" if raised else "nDelius register"
        return Input("Complexity", f"Complex: {names}", f"since {on(since)}", source)
    if judged := outcome.judged:
        until = f"{on(judged.made_on)}, until {on(judged.until_on)}"
        return Input("Complexity", "Complex by judgement", until, "officer's judgement")
    return Input("Complexity", "Not complex", source="no register or judgement makes it so")


def gaps_of(outcome):
    """What stands between here and a group."""
    needs = [Gap(f"Record the {need.title}.") for need in outcome.needs]
    return needs + [Gap(sentence) for sentence in outcome.problems]


def registers_of(facts, today):
    """Every register that was looked at, those that count first."""
    rows = [_register(each, today) for each in facts.registers]
    return sorted(rows, key=lambda row: (not row.does.startswith("Makes"), row.name, row.since))


def _register(register, today):
    late = tag("review-overdue") if review_overdue(register, today) else None
    return RegisterRow(
        name=register.name or register.code,
        part=register.part.title,
        since=on(register.on),
        review=on(register.review_on) if register.review_on else "none due",
        does=_does(register),
        tag=tag("provisional") if register.provisional else late,
    )


def _does(register):
    if makes_complex(register):
        return f"Makes the case complex: {AUTOMATIC[register.code].title}"
    if register.code == Register.MAPPA:
        nominal = register.level == MappaLevel.NOMINAL
        return "Nominal: moves nobody" if nominal else "Means risk escalation"
    if register.code == Register.WEAPONS and register.part in (Part.SOURCE, Part.NOT_RECORDED):
        return "For judgement: complex by itself only where it is a firearm"
    if register.code in AUTOMATIC:
        return "For judgement: the person is not the source of harm"
    return "For judgement" if register.code in FOR_JUDGEMENT else "Does not move the group"


def working_of(facts, outcome, policy):
    """How the placement came about, step by step."""
    sentence, inputs = facts.sentence, []
    if sentence:
        inputs = [
            Input("Sentence", sentence.name, on(sentence.convicted_on), "convicted"),
            Input("Start of follow-up", on(start_of_followup(sentence))),
        ]
    return Working(
        title="How this placement was worked out",
        inputs=[*inputs, *inputs_of(facts, outcome)],
        rule=ORDER_OF_DECISION,
        source=RULE_SOURCE,
        version=f"{RULES}, policy version {policy.version}",
        answer=f"{name_of(outcome)}: {outcome.because}",
    )


def working_of_score(likelihood):
    """The terms of our own OGRS3; None where somebody else computed it."""
    if not likelihood or not likelihood.inputs:
        return None
    score = ogrs3.score(likelihood.inputs, PROFILE)
    inputs = [
        Input(TERMS[term.name], f"{term.value:+.4f}", source=term.basis) for term in score.terms
    ]
    inputs += [Input("Check", warning) for warning in score.warnings]
    return Working(
        title="How OGRS3 was worked out",
        inputs=inputs,
        rule=SCORE_RULE,
        source=FORMULA,
        version=score.version,
        answer=f"{score.two_year}% within two years, {score.one_year}% within one",
    )


@dataclass(frozen=True)
class Carried:
    """What the policy asks for somebody placed so."""

    lines: list[Line]
    targets: tuple[str, ...] = ()
    first_60_days: tuple[Line, ...] = ()  # with dates where the start of follow-up is known


def carries(facts, outcome, policy):
    """None for somebody whom we do not supervise."""
    level = outcome.contact_level
    if not level:
        return None
    held = " (held until placed)" if outcome.holding else ""
    lines = [Line("Contact level", f"{level.title}{held}", detail=_why_level(outcome))]
    group = policy.groups.get(outcome.group)
    if group is None:
        return Carried(lines)
    lines.append(Line("Home visit", group.home_visit))
    start = facts.sentence and start_of_followup(facts.sentence)
    steps = tuple(
        Line(f"By day {step.by_day}", step.do, detail=_by(start, step))
        for step in group.first_60_days
    )
    return Carried(lines, group.targets, steps)


def _by(start, step):
    return on(start + timedelta(days=step.by_day)) if start else ""


def _why_level(outcome):
    if outcome.raised:
        return f"raised {on(outcome.raised.on)}, provisional until a signed assessment"
    if outcome.place == Place.CANNOT:
        return "unplaced is not uncontacted"
    if outcome.place == Place.ESCALATE:
        return "at least this, until a named NPS officer accepts the case"
    return "and never less than one face-to-face contact a calendar month"


def history_of(case, names, everything=False):
    """Placements and judgements, latest first: (entries, how many there are altogether)."""
    placements = case.placements.select_related("placed_by").order_by("-placed_on", "-pk")
    judgements = case.judgements.select_related("made_by", "decided_by").order_by("-made_on", "-pk")
    number = case.placements.count() + case.judgements.count()
    if not everything:
        placements, judgements = placements[:SHOWN_AT_FIRST], judgements[:SHOWN_AT_FIRST]
    entries = [(each.placed_on, 0, each.pk, _placed(each)) for each in placements]
    entries += [(each.made_on, 1, each.pk, _judged(each, names)) for each in judgements]
    entries.sort(key=lambda entry: entry[:3], reverse=True)
    return [entry[-1] for entry in entries], number


def _placed(placement):
    place = Place(placement.place)
    group = f"{placement.level}{placement.band}"
    until = placement.superseded_on
    return Happening(
        title=group_name(group) if place == Place.GROUP else place.title,
        when=f"{on(placement.placed_on)} to {on(until)}"
        if until
        else f"since {on(placement.placed_on)}",
        by=placement.placed_by.name if placement.placed_by else "The system",
        text=f"{placement.because}. {placement.rules}, policy version {placement.policy_version}.",
        tag=None if until else Tag("Current", "blue"),
        on=placement.placed_on.isoformat(),
    )


def _judged(judgement, names):
    answers = (
        ("Linked to harm", judgement.linked_to_harm),
        ("Being managed", judgement.being_managed),
        ("More contact would", judgement.effect_of_contact),
    )
    said = [f"{ask}: {names.text(answer)}" for ask, answer in answers]
    if judgement.decided_by:
        decided = f"Decided by {judgement.decided_by.name}, {on(judgement.decided_on)}"
        note = names.text(judgement.decision_note)
        said.append(f"{decided}: {note}" if note else decided)
    return Happening(
        title="Judged complex" if judgement.complex else "Judged not complex",
        when=f"{on(judgement.made_on)}, until {on(judgement.until_on)}",
        by=judgement.made_by.name,
        text="\n".join(said),
        tag=STATE_TAGS[judgement.state],
        on=judgement.made_on.isoformat(),
    )


REGISTER_COLUMNS = [
    Column("Register"),
    Column("Part the person plays"),
    Column("Since"),
    Column("Review"),
    Column("What it does"),
]
