"""The national tier of a case, such as B2 or C1S, from plain facts, with its working as sentences.

Source: ministryofjustice/hmpps-tier at affac98, v2 (see `oversight.reference.tiers`): computed as it is written there,
also where that leaves a gap. What the code does not say (the gap between 6.99 and 7.00 of RSR, two levels of risk
registered on one day) is the policy's, and is said beside the tier. It has no standing in the GRID: it is shown beside
it, and may be what workload is counted by.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.reference.codes import ROSH_ORDER, MappaLevel, Register, Rosh
from cases.rules.words import counted, listed, sentence
from oversight.reference import tiers as table
from oversight.reference.tiers import NEEDS, Change, Protect, RsrGap, SameDay
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.tier_facts import Facts, Registered, Scored, Sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date

RULES_VERSION = "National tiering v2"
MOST_PERCENT = 100
SEVERITY = {0: "no need", 1: "a standard need", 2: "a severe need"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working. `points` may be taken off."""

    points: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier with its working. `marks`: what whoever reads it must know besides."""

    protect: Protect
    change: Change
    unsupervised: bool
    protect_points: int
    change_points: int
    protect_lines: tuple[Line, ...]
    change_lines: tuple[Line, ...]
    marks: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Such as B2, or B2S."""
        return f"{self.supervised_code}{table.UNSUPERVISED if self.unsupervised else ''}"

    @property
    def supervised_code(self) -> str:
        return f"{self.protect}{self.change}"

    @property
    def working(self) -> tuple[str, ...]:
        lines = (*self.protect_lines, *self.change_lines)
        return (*(line.sentence for line in lines), *self.marks)


def tier_of(facts: Facts, policy: WorkloadPolicy) -> Tier:
    """Whatever is and is not known: what is missing counts as the national service counts it, and is said."""
    registers = (
        facts.registers
    )  # one of HREG counts for nothing there, and is named by no rule here
    protect_lines = (
        *_rsr_and_rosh(facts.rsr, registers, policy),
        *_mappa(registers),
        *_complexity(registers),
        *_of_women(facts),
    )
    protect_points = sum(line.points for line in protect_lines)
    protect = _level(table.PROTECT_FROM, protect_points)
    change, change_points, change_lines = _change(facts, registers)
    return Tier(
        protect=protect,
        change=change,
        unsupervised=any(one.code == table.TWO_THIRDS for one in registers),
        protect_points=protect_points,
        change_points=change_points,
        protect_lines=(*protect_lines, Line(0, _ends(protect_points, protect))),
        change_lines=change_lines,
        marks=tuple(_marks(facts, registers, policy)),
    )


def rsr_points(rsr: Decimal | None, gap: RsrGap) -> int:
    """The ranges include both their ends. Between two of them: the policy's. Above the last or without a score: none."""
    if rsr is None:
        return 0
    for least, most, points in table.RSR_RANGES:
        if least <= rsr <= most:
            return points
    if not in_rsr_gap(rsr):
        return 0
    (_, _, above), (_, _, below) = table.RSR_RANGES
    return {RsrGap.AS_WRITTEN: 0, RsrGap.AS_BELOW: below, RsrGap.AS_ABOVE: above}[gap]


def in_rsr_gap(rsr: Decimal) -> bool:
    """More than 6.99 and less than 7.00 per cent, such as 6.995: in neither range."""
    (upper, _, _), (_, lower, _) = table.RSR_RANGES
    return lower < rsr < upper


def current_rosh(registers: Iterable[Registered], same_day: SameDay) -> Registered | None:
    """The latest level by the day on which it was registered; of several on that day, the policy's."""
    found = [one for one in registers if one.code in set(Rosh)]
    last = max(map(_since, found), default=None)
    latest = [one for one in found if _since(one) == last]
    choose = max if same_day == SameDay.HIGHEST else min
    return choose(latest, key=lambda one: ROSH_ORDER[Rosh(one.code)], default=None)


def current_mappa(registers: Iterable[Registered]) -> MappaLevel | None:
    """The latest of level 1, 2 or 3. A nominal entry is none of them, so that an earlier one counts on."""
    found = [
        (_since(one), one.level)
        for one in registers
        if one.code == Register.MAPPA and one.level in table.MAPPA_POINTS
    ]
    return MappaLevel(max(found)[1]) if found else None


def _since(one: Registered) -> date:
    return one.on or date.min


def current_ogrs(scores: Iterable[Scored]) -> Scored | None:
    """The later assessment; on one day that of OASys."""
    return max(scores, key=lambda one: (one.on, one.oasys, one.percent), default=None)


def has_mandate(sentences: Iterable[Sentence]) -> bool:
    """A current sentence that is custodial, or asks for more of somebody than unpaid work and what restricts them."""
    return any(
        one.type_code in table.CUSTODIAL
        or any(
            not each.restrictive and each.main_category not in table.UNPAID_WORK
            for each in one.requirements
        )
        for one in sentences
        if not one.terminated
    )


def severity(code: str, score: int | None, *, san: bool) -> int:
    """0 no need, 1 standard, 2 severe. A section of which nothing is answered is none."""
    if score is None:
        return 0
    thresholds = NEEDS[code].san if san else NEEDS[code].thresholds
    return (score >= thresholds.standard) + (score >= thresholds.severe)


def _rsr_and_rosh(rsr, registers, policy):
    of_rsr = rsr_points(rsr, policy.rsr_gap)
    rosh = current_rosh(registers, policy.same_day)
    of_rosh = table.ROSH_POINTS[Rosh(rosh.code)] if rosh else 0
    said = "No RSR" if rsr is None else f"RSR {plain(rsr)}%"
    yield Line(of_rsr, f"{said}: {counted(of_rsr, 'point')}.")
    if rosh:
        when = f"on {say_date(rosh.on)}" if rosh.on else "on a day that is not recorded"
        words = f"{Rosh(rosh.code).title} risk of serious harm, registered {when}"
    else:
        words = "No risk of serious harm registered"
    yield Line(of_rosh, f"{words}: {counted(of_rosh, 'point')}.")
    if less := min(of_rsr, of_rosh):
        yield Line(
            -less,
            f"Of RSR and risk of serious harm only the larger counts: {counted(less, 'point')} taken off.",
        )


def _mappa(registers):
    if level := current_mappa(registers):
        points = table.MAPPA_POINTS[level]
        yield Line(points, f"MAPPA {level.title.lower()}: {counted(points, 'point')}.")


def _complexity(registers):
    names = [
        table.COMPLEXITY[code]
        for code in sorted({one.code for one in registers} & set(table.COMPLEXITY))
    ]
    if names:
        points = table.EACH_COMPLEXITY * len(names)
        each = f", {table.EACH_COMPLEXITY} for each" if len(names) > 1 else ""
        yield Line(points, f"On the register: {listed(names)}: {counted(points, 'point')}{each}.")


def _of_women(facts):
    if not facts.female:
        return
    answers = facts.assessment
    found = {
        "responsible for children": answers and answers.parenting,
        "impulsive, or does not control her temper": answers
        and max(answers.impulsivity, answers.temper) > 0,
        "enforcement before": bool(facts.enforcement & table.ENFORCEMENT),
    }
    for words, there in found.items():
        if there:
            points = table.EACH_WOMANS_FACTOR
            yield Line(points, f"Counted for women: {words}: {counted(points, 'point')}.")


def _change(facts, registers):
    """(level, points, lines)."""
    if not has_mandate(facts.sentences):
        words = (
            "No current sentence is custodial or has a requirement besides unpaid work and what restricts: "
            "no mandate for change, so change level 0."
        )
        return Change.ZERO, 0, (Line(0, words),)
    if facts.assessment is None:
        return Change.TWO, 0, (Line(0, "No completed assessment, so change level 2."),)
    lines = [*_needs(facts.assessment), _ogrs(facts.ogrs)]
    if any(one.code == Register.INTEGRATED_MANAGEMENT for one in registers):
        points = table.IOM_POINTS
        lines.append(Line(points, f"Integrated offender management: {counted(points, 'point')}."))
    total = sum(line.points for line in lines)
    level = _level(table.CHANGE_FROM, total)
    return level, total, (*lines, Line(0, _ends(total, level)))


def _needs(assessment):
    for code, need in NEEDS.items():
        score = assessment.needs.get(code)
        how = severity(code, score, san=assessment.san)
        points = need.weight * how
        if score is None:
            yield Line(0, f"{need.name}: nothing answered, so no points.")
        else:
            twice = f" that weighs {need.weight}" if need.weight > 1 and how else ""
            yield Line(
                points, f"{need.name} {score}: {SEVERITY[how]}{twice}, {counted(points, 'point')}."
            )


def _ogrs(scores):
    score = current_ogrs(scores)
    if score is None:
        return Line(0, "No OGRS3: no points.")
    if not 0 <= score.percent <= MOST_PERCENT:
        raise RuleBroken(f"An OGRS3 of {score.percent} cannot be: it is from 0 to 100 per cent.")
    points = score.percent // table.TEN
    return Line(
        points, f"OGRS3 {score.percent}%: {counted(points, 'point')}, one for each whole ten."
    )


def _level(starts, points):
    return next(level for level, least in starts if points >= least)


def _ends(points, level):
    return f"{counted(points, 'point')} in all: {level.title[:1].lower()}{level.title[1:]}."


def _marks(facts, registers, policy):
    if facts.rsr is None:
        yield "There is no RSR, which counts as nought here. The tier may be too low."
    elif in_rsr_gap(facts.rsr):
        yield (
            f"RSR {plain(facts.rsr)}% lies between 6.99 and 7.00, which the published ranges leave out. Local policy: "
            f"{policy.rsr_gap.title.lower()}. Ask for the score to two places."
        )
    elif not 0 <= facts.rsr <= table.RSR_RANGES[0][1]:
        yield f"RSR {plain(facts.rsr)}% is outside the published ranges, and counts for nothing. Look at it again."
    rosh = current_rosh(registers, policy.same_day)
    if rosh is None:
        yield "No risk of serious harm is registered, which counts as low here. The tier may be too low."
    else:
        day = {one.code for one in registers if one.on == rosh.on and one.code in set(Rosh)}
        if len(day) > 1:
            yield (
                f"{sentence(listed(sorted(Rosh(one).title.lower() for one in day)))} risk of serious harm were registered "
                f"on one day. Local policy: {policy.same_day.title.lower()} counts."
            )


def plain(number: Decimal) -> str:
    """Without an exponent, and as many places as it was given with."""
    return f"{number:f}"
