"""What the page of interventions of a case says: what is proposed and why, what suits, what to find out, what does not.

Source: HMIP Thames Valley CRC 2018, Annex 3 (intervention targeting from the outset); the provider's policy on interventions.
Nothing is worked out here: `grid.rules.suitability` judges and `grid.rules.intervention_ranking` puts in order.
"""

from dataclasses import dataclass, replace
from functools import partial

from django.urls import reverse

from cases.reference.codes import Place
from cases.rules.words import ended
from grid.queries.facts import gather
from grid.queries.first_days import front_loaded
from grid.queries.placement_page import Carried, carries
from grid.queries.referral_page import (
    TAGS,
    TO_ANSWER,
    CriterionRow,
    Standing,
    Step,
    refer_link,
    standings_of,
    step_of,
)
from grid.queries.referrals import earlier_of
from grid.queries.suitability import described
from grid.reference.interventions import Hook
from grid.rules.facts import Facts
from grid.rules.intervention_ranking import Ranking, ranked, why
from grid.rules.intervention_words import say_dose
from grid.rules.placement import Outcome, place
from grid.rules.proposals import Earlier, as_referred, kept_out
from grid.rules.suitability import Criterion, Suitability, judge_all
from grid.rules.suitability_facts import Met
from staff.kit import Line, Link, on
from staff.permissions import Action

RECORDED = {  # where what is not known of each criterion is recorded: (page, what it is called, who may open it)
    Criterion.SEX: ("case-person", "Personal details", Action.VIEW_CASE),
    Criterion.HOOK: ("case-sentence", "Sentence", Action.VIEW_CASE),
    Criterion.TIME: ("case-sentence", "Sentence", Action.VIEW_CASE),
    Criterion.LIKELIHOOD: ("placement", "Placement", Action.VIEW_PLACEMENT),
    Criterion.HARM: ("assessment", "Assessment", Action.VIEW_ASSESSMENT),
    Criterion.NEED: ("assessment", "Assessment", Action.VIEW_ASSESSMENT),
    Criterion.PARTNER_VIOLENCE: ("assessment", "Assessment", Action.VIEW_ASSESSMENT),
    Criterion.VIOLENCE: ("case-sentence", "Sentence", Action.VIEW_CASE),
}
NEXT = {  # by what they would come: (what to do, page, what the link says, who may open it)
    Hook.PROGRAMME: ("The court ordered it: write in the plan how it is delivered, and tell whoever runs it.", "plan", "Plan", Action.VIEW_PLAN),
    Hook.RAR: ("Agree it with them, and plan its days under the rehabilitation activity requirement.", "case-rar", "Rehabilitation activity", Action.VIEW_PLAN),
    Hook.LICENCE: ("Agree it with them, and write it into the plan under the licence condition.", "plan", "Plan", Action.VIEW_PLAN),
    Hook.PSS: ("Agree it with them, and write it into the plan for post-sentence supervision.", "plan", "Plan", Action.VIEW_PLAN),
    Hook.VOLUNTARY: ("Ask whether they want it. They cannot be made to come; write what they say in the plan.", "plan", "Plan", Action.VIEW_PLAN),
}  # fmt: skip
FIND_OUT = "Find out what is listed under “What to find out”: once it is recorded, this page answers by itself."
WITHOUT = ("Write the plan without another of these, and say there what is done instead.", "plan", "Plan", Action.VIEW_PLAN)  # fmt: skip
HELD = "They are in custody. Nothing here is proposed until they are released; what suits them is worked out again on that day."


@dataclass(frozen=True)
class Entry:
    """One intervention beside this person. `because`: the first reason, where it does not suit or is not known to."""

    code: str
    title: str
    href: str
    kind: str
    what: str
    dose: str
    because: str
    rows: list[CriterionRow]
    refer: Link | None = None  # where an officer refers them to it themselves


@dataclass(frozen=True)
class ToFindOut:
    """A fact that nobody recorded, which interventions wait for it, and where it is recorded."""

    words: str
    waiting: list[str]
    link: Link | None


@dataclass(frozen=True)
class CasePlaces:
    """What of the GRID there is to aim for, and what of the first days is still to come."""

    group: str
    targets: tuple[str, ...]
    front_loaded: str  # a sentence, for those whose first 60 days come first; blank: for others
    steps: tuple[Line, ...]


@dataclass(frozen=True)
class CaseInterventions:
    outside: str  # why nothing is proposed to them here, in plain words; blank: it may be
    next: Link | None  # where a reader goes on from somebody outside
    referrals: list[Standing]
    proposed: Entry | None
    answer: Standing | None  # the referral to what is proposed, while it waits for an answer
    why: list[str]
    steps: list[Step]  # what to do next
    suits: list[Entry]
    instead: list[Entry]
    already: list[Entry]
    to_find_out: list[ToFindOut]
    unknown: list[Entry]
    unsuitable: list[Entry]
    grid: CasePlaces | None


@dataclass(frozen=True)
class Judged:
    """A case's ranking, with the facts and the outcome of the GRID beside it."""

    facts: Facts
    outcome: Outcome
    ranking: Ranking
    by_code: dict[str, Suitability]
    earlier: tuple[Earlier, ...]  # what was ever proposed to them or asked for

    @property
    def out(self) -> str:
        """Why nothing is for them, within a sentence and without what it rests on; blank: it is."""
        return kept_out(self.outcome, held=self.ranking.person.held)

    @property
    def outside(self) -> str:
        """Why nothing of this is for them, in plain words; blank: it is."""
        if self.outcome.place == Place.NO_SENTENCE:
            return (
                f"{self.outcome.because}. Nothing is proposed to somebody whom we do not supervise."
            )
        if self.outcome.place == Place.RETAINED:
            return f"{self.outcome.because}. Their own officer decides what they go on."
        if self.outcome.place == Place.ESCALATE:
            return f"{self.outcome.because}. The risk goes to the NPS first, and nothing is proposed here until it has answered."
        return HELD if self.ranking.person.held else ""


def judged_of(case, names, today, grid_policy, policy) -> Judged:
    """The whole catalogue beside the person of this case, as on this day. `policy`: on interventions.

    `names`: how the reader reads names, as what a court or a prison wrote is repeated here.
    """
    gathered = gather([case.pk], today)
    facts = gathered[case.pk].facts
    person = described(gathered, today)[case.pk]
    attached = (replace(one, words=names.text(one.words)) for one in person.attached)
    earlier = earlier_of([case.pk])[case.pk]
    person = as_referred(replace(person, attached=tuple(attached)), earlier)
    judged = judge_all(person, policy)
    by_code = {one.intervention.code: one for one in judged}
    return Judged(facts, place(facts, grid_policy), ranked(judged, person), by_code, tuple(earlier))


def case_interventions(case, judged, grid_policy, header, today) -> CaseInterventions:
    """`header`: of the case; its `may` says what the reader may do, by which links lead only where they may go."""
    ranking, outside, may = judged.ranking, judged.outside, header.may
    proposed = None if outside else ranking.proposed
    standings = standings_of(case, judged, header.names, may, today)
    asked = {one.code: one for one in standings if one.tag is TO_ANSWER}
    answer = asked.get(proposed.intervention.code) if proposed else None
    instead = "Refer to this instead" if proposed else "Refer to this"
    refer = partial(refer_link, case=case, judged=judged, may=may, text=instead)
    return CaseInterventions(
        outside=outside,
        next=_elsewhere(case, judged, may) if outside else None,
        referrals=[one for one in standings if one is not answer],
        proposed=entry_of(proposed) if proposed else None,
        answer=answer,
        why=why(ranking),
        steps=[] if outside else _steps(case, judged, standings, may),
        suits=_others([one for one in ranking.suits if one is not proposed], asked, refer),
        instead=_others(ranking.instead, asked, refer),
        already=[entry_of(one) for one in ranking.already],
        to_find_out=_to_find_out(case, ranking, may),
        unknown=[
            entry_of(one.suitability, one.first, refer(one.suitability)) for one in ranking.unknown
        ],
        unsuitable=[entry_of(one.suitability, one.first) for one in ranking.unsuitable],
        grid=_grid(judged, grid_policy, today),
    )


def _others(those, asked, refer):
    """Without what waits for an answer: that is said where it is answered."""
    return [entry_of(one, refer=refer(one)) for one in those if one.intervention.code not in asked]


def _steps(case, judged, standings, may):
    """What to do next: about the referral, then by what they would come; or where nothing is proposed."""
    proposed = judged.ranking.proposed
    if proposed is None and judged.ranking.unknown:
        return [Step(FIND_OUT, [])]
    first = step_of(proposed, case, judged, standings, may) if proposed else []
    words, page, text, action = NEXT[proposed.by.hook] if proposed else WITHOUT
    links = [Link(text, reverse(page, args=[case.crn]))] if action in may else []
    return [*first, Step(words, links)]


def _elsewhere(case, judged, may):
    """Where a reader goes on from somebody for whom nothing is proposed here."""
    if judged.outcome.place == Place.ESCALATE and Action.VIEW_MOVEMENTS in may:
        return Link("Escalation to the NPS", reverse("escalation", args=[case.crn]))
    if judged.outside == HELD and Action.VIEW_RELEASE in may:
        return Link("Release", reverse("case-release", args=[case.crn]))
    return None


def entry_of(one, first=None, refer=None):
    intervention = one.intervention
    return Entry(
        code=intervention.code,
        title=intervention.title,
        href=reverse("intervention", args=[intervention.code]),
        kind=intervention.family.title,
        what=intervention.what,
        dose=say_dose(one.terms.dose),
        because=ended(first.words) if first else "",
        rows=[_row(found) for found in one.findings],
        refer=refer,
    )


def _row(found):
    evidence = found.evidence
    return CriterionRow(
        criterion=found.criterion.title,
        tag=TAGS[found.met],
        words=ended(found.words),
        evidence=evidence.words if evidence else "",
        on=on(evidence.on) if evidence and evidence.on else "",
    )


def _to_find_out(case, ranking, may):
    """Each thing that nobody recorded, once, with what waits for it; what most wait for comes first."""
    waiting: dict[tuple[Criterion, str], list[str]] = {}
    for named in ranking.unknown:
        one = named.suitability
        for found in one.findings:
            if found.met is Met.NOT_KNOWN:
                for words in _not_known(found, one, ranking.person):
                    waiting.setdefault((found.criterion, words), []).append(one.intervention.title)
    rows = [
        ToFindOut(ended(words), titles, _where(case, criterion, may))
        for (criterion, words), titles in waiting.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.waiting), row.words))


def _not_known(found, one, person):
    """What is not known, in the same words whichever intervention asks it: of a need, each area by itself."""
    if found.criterion is Criterion.NEED:
        told = (person.needs[area] for area in one.terms.needs)
        return [known.evidence.words for known in told if known.value is None]
    if found.criterion is Criterion.TIME:
        if one.by.until:  # it is under way
            return [f"How many of its sessions are left is not recorded: {found.evidence.words}"]
        chosen = one.by.hook is Hook.VOLUNTARY
        return [
            f"When this ends is not recorded: {'Their supervision' if chosen else one.by.words}"
        ]
    if found.criterion is Criterion.HOOK or not found.evidence:
        return [found.words]
    return [found.evidence.words]


def _where(case, criterion, may):
    page, text, action = RECORDED[criterion]
    return Link(text, reverse(page, args=[case.crn])) if action in may else None


def _grid(judged, grid_policy, today):
    """None for somebody who is in none of the sixteen groups."""
    carried = carries(judged.facts, judged.outcome, grid_policy)
    if judged.outcome.place != Place.GROUP or not isinstance(carried, Carried):
        return None
    return CasePlaces(
        group=judged.outcome.group,
        targets=carried.targets,
        front_loaded=front_loaded(judged, today),
        steps=carried.first_60_days,
    )
