"""Where in the GRID a person on probation belongs, or why they do not.

Sources: HMIP Thames Valley CRC 2018, Annex 3; product rules, GRID, order of decision. One plain rule
serves the single case, the night's run and the tests.
"""

from dataclasses import dataclass, replace
from datetime import date

from cases.reference.codes import (
    CONCERNS,
    CONTACT_ORDER,
    ROSH_ORDER,
    CaseState,
    ContactLevel,
    MappaLevel,
    Part,
    Place,
    Register,
    Rosh,
)
from cases.reference.groups import Band, Level, group_name
from grid.reference.placement import AUTOMATIC, Need
from grid.rules.facts import Harm, Judged, Raised, Registered, Scored
from grid.rules.likelihood import Likelihood, NotScored, likelihood_of, plain

RULES = "GRID 2018-12"  # version, kept with every placement
RSR_PROPOSES_ESCALATION = 6.89  # per cent; product rules, GRID
LEVELS = {
    (Rosh.LOW, False): Level.LOW,
    (Rosh.LOW, True): Level.LOW_COMPLEX,
    (Rosh.MEDIUM, False): Level.MEDIUM,
    (Rosh.MEDIUM, True): Level.MEDIUM_COMPLEX,
}
ABOVE_THE_GRID = frozenset({Rosh.HIGH, Rosh.VERY_HIGH})
# Parts that make a register count: one that nobody has recorded counts until somebody does
COUNTING_PARTS = frozenset({Part.SOURCE, Part.NOT_RECORDED})
# As nDelius and staff write it. Anywhere else, convictions may lie outside the PNC
OF_THIS_JURISDICTION = frozenset(
    {
        "brit",  # the code of nDelius, which the import puts in place of the words
        "british",
        "british citizen",
        "english",
        "welsh",
        "scottish",
        "northern irish",
        "uk",
        "uk national",
        "united kingdom",
        "great britain",
        "england",
        "wales",
        "scotland",
        "northern ireland",
    }
)
UNSUPERVISED = {
    CaseState.AWAITING_SENTENCE: "Awaiting sentence: there is no active sentence",
    CaseState.NO_SENTENCE: "There is no active sentence",
    CaseState.CLOSED: "The case is closed: it was deleted in nDelius",
}
PROVISIONAL = "raised, and provisional until a signed assessment"
LONGEST_REASON = 300  # characters that are kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the person goes and why, with what the evidence and the page need to say so."""

    place: Place
    because: str
    contact_level: ContactLevel | str  # blank: not supervised by us
    level: Level | str = ""
    band: Band | str = ""
    needs: tuple[Need, ...] = ()
    harm: Harm | None = None
    likelihood: Likelihood | None = None
    complex_by: tuple[Registered, ...] = ()  # registers that make the case complex
    judged: Judged | None = None  # the judgement that does, where no register needs it to
    rsr: Scored | None = None
    problems: tuple[str, ...] = ()  # inputs that do not fit together, each a sentence
    notes: tuple[str, ...] = ()
    raised: Raised | None = None  # the raised contact level, where it is the more frequent
    holding: bool = False
    concern: bool = False

    @property
    def group(self):
        """Such as MC75; blank outside the GRID."""
        return f"{self.level}{self.band}"

    @property
    def needs_in_words(self):
        return ", ".join(need.title for need in self.needs)


def place(facts, policy):
    """The outcome, whatever is and is not known: it never fails and never guesses."""
    concern = any(each.code in CONCERNS for each in facts.registers)
    if facts.state != CaseState.SUPERVISED:
        because = UNSUPERVISED[facts.state]
        return Outcome(Place.NO_SENTENCE, because, contact_level="", concern=concern)
    if facts.retained_by:
        because = cut(f"Managed by the NPS: {facts.retained_by}")
        return Outcome(Place.RETAINED, because, contact_level="", concern=concern)
    return _at_least(_weigh(facts, policy, concern), facts.raised)


def _at_least(outcome, raised):
    """Contact as often as was raised, until an assessment says otherwise. Source: product rules, raise now."""
    if not raised or CONTACT_ORDER[raised.level] <= CONTACT_ORDER[outcome.contact_level]:
        return outcome
    return replace(outcome, contact_level=raised.level, raised=raised)


def _weigh(facts, policy, concern):
    """Of a person whom we supervise: risk first, then whether enough is known, then the group."""
    harm = current_harm(facts.harms)
    likelihood = likelihood_of(facts)
    scored = isinstance(likelihood, Likelihood)
    complex_by = registers_that_count(facts.registers)
    rsr = max(facts.rsr, key=lambda score: (score.on, score.percent), default=None)
    known = {
        "harm": harm,
        "likelihood": likelihood if scored else None,
        "complex_by": complex_by,
        "judged": _deciding(facts.judgement, complex_by),
        "rsr": rsr,
        "problems": () if scored else likelihood.problems,
        "notes": tuple(notes(facts, harm, complex_by, rsr)),
        "concern": concern,
    }
    if risks := escalating(harm, facts.registers):
        because = cut("; ".join(risks))
        return Outcome(Place.ESCALATE, because, contact_level=policy.escalation_level, **known)
    if needs := missing(harm, likelihood):
        because = cut(f"Needs {', '.join(need.title for need in needs)}")
        level = policy.holding_level
        return Outcome(
            Place.CANNOT, because, contact_level=level, needs=needs, holding=True, **known
        )
    level = LEVELS[harm.level, bool(complex_by or known["judged"])]
    band = likelihood.band
    return Outcome(
        Place.GROUP,
        cut(_explain(harm, likelihood, complex_by, known["judged"])),
        contact_level=policy.groups[f"{level}{band}"].contact_level,
        level=level,
        band=band,
        **known,
    )


def current_harm(harms):
    """The latest level; the highest on a tie. One without a date may be the latest, so it ties.

    One that was raised holds against any lower until it is assessed, however late that comes.
    """
    recorded = [harm for harm in harms if not harm.provisional]
    dated = [harm.on for harm in recorded if harm.on]
    last = max(dated, default=None)
    latest = [harm for harm in harms if harm.provisional or harm.on in (last, None)]
    return max(
        latest,
        key=lambda harm: (ROSH_ORDER[harm.level], harm.on or date.min, harm.source),
        default=None,
    )


def escalating(harm, registers):
    """Why the risk goes to the NPS, in words; empty where it does not."""
    reasons = []
    if harm and harm.level in ABOVE_THE_GRID:
        reasons.append(f"{harm.level.title} risk of serious harm")
    levels = {each.level for each in registers if each.code == Register.MAPPA}
    for level in sorted(levels - {MappaLevel.NOMINAL}):
        known = level in set(MappaLevel)
        reasons.append(
            f"MAPPA {MappaLevel(level).title.lower()}" if known else "MAPPA, level not recorded"
        )
    return list(dict.fromkeys(reasons))


def makes_complex(register):
    """Whether this entry makes the case complex with nobody's judgement."""
    if register.code not in AUTOMATIC or register.part not in COUNTING_PARTS:
        return False
    return register.code != Register.WEAPONS or register.firearm is True


def registers_that_count(registers):
    """Those that make the case complex, in an order that does not depend on how they came."""
    counting = {each for each in registers if makes_complex(each)}
    return tuple(sorted(counting, key=lambda each: (each.code, each.on or date.min, each.part)))


def missing(harm, likelihood):
    needs = () if harm else (Need.HARM,)
    return needs + likelihood.needs if isinstance(likelihood, NotScored) else needs


def notes(facts, harm, complex_by, rsr):
    """What the reader must know beside the group; none of these moves it."""
    if harm and is_from_an_earlier_order(harm.on, facts.sentence):
        yield f"The risk of serious harm level is from an earlier order ({harm.source})"
    if harm and harm.provisional:
        yield f"The risk of serious harm level: {PROVISIONAL}"
    for each in complex_by:
        if is_from_an_earlier_order(each.on, facts.sentence):
            yield f"{each.name or each.code}: from an earlier order"
        if each.provisional:
            yield f"{each.name or each.code}: {PROVISIONAL}"
        if each.part == Part.NOT_RECORDED:
            yield (
                f"{each.name or each.code}: nobody has recorded the person's part, "
                "so it counts as source of harm until somebody does"
            )
    if is_from_elsewhere(facts.nationalities):
        yield "Overseas history not included"
    if rsr and rsr.percent >= RSR_PROPOSES_ESCALATION:
        yield (
            f"RSR is {plain(rsr.percent)}%: at {RSR_PROPOSES_ESCALATION}% or more, "
            "discuss risk escalation with the SPO"
        )


def is_from_an_earlier_order(on, sentence):
    """Recorded before the present sentence began."""
    began = sentence and (sentence.started_on or sentence.convicted_on)
    return bool(on and began and on < began)


def is_from_elsewhere(nationalities):
    """Whether a nationality suggests convictions that the PNC would not hold."""
    return any(
        nationality.strip().lower() not in OF_THIS_JURISDICTION for nationality in nationalities
    )


def _deciding(judgement, complex_by):
    """The judgement, where it and no register makes the case complex."""
    return judgement if judgement and judgement.complex and not complex_by else None


def _explain(harm, likelihood, complex_by, judged):
    names = list(dict.fromkeys(each.name or each.code for each in complex_by))
    why = f"complex by {', '.join(names)}" if names else "complex by judgement" if judged else ""
    score = f"OGRS3 {likelihood.percent}%"
    return "; ".join(filter(None, [f"{harm.level.title} risk of serious harm", why, score]))


def cut(reason):
    """At the length that is kept, so that a long reason never stops a placement."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1]}…"


def review_overdue(register, today):
    """A flag past its review date counts all the same, and the page says so."""
    return bool(register.review_on and register.review_on < today)


def name_of(outcome):
    """Where the person is, in words: the group, or the place outside the GRID."""
    return group_name(outcome.group) if outcome.place == Place.GROUP else outcome.place.title
