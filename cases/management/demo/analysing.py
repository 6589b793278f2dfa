"""Answers an assessment as an officer would who knows the case: what is signed is whole, a draft has its gaps."""

from typing import Any

from cases.management.demo import assess_words as words
from cases.management.demo.past import asked_of
from cases.reference.needs import ITEMS, NeedArea
from cases.reference.questions import of_area, of_pattern

LOW, MEDIUM = "RLRH", "RMRH"
AREAS_OF_NEED = {"0": (1, 3), "50": (2, 4), "75": (3, 5), "90": (4, 6)}  # at least, at most
SEVERE = 0.25  # of the needs
LINKED_TO_HARM = 0.15
SELF_VIEWS = {True: ("yes", "yes", "sometimes", "no"), False: ("no", "no", "no", "sometimes")}
SOURCES = (["person", "record"], ["person", "police"], ["person", "seen"], ["record", "report"], ["agency", "person"])  # fmt: skip
READINESS = ("ready", "ready", "thinking", "thinking", "not_ready")
# What an offence or report of each kind is called in the screening
INDICATORS = {
    "violence": "violence",
    "sexual": "sexual",
    "weapon": "weapon",
    "domestic_abuse": "domestic_abuse",
    "child": "child",
}
RELEVANCES = {"now": 45, "sometimes": 30, "past": 15, "not_known": 10}
NO_LONGER_YOUNG = 7 * 365  # days since, from which it may be said to be past


def answers_of(plan, past, harm, today):
    """Everything answered, of this past and at this level of harm."""
    told = {one.behaviour for one in past}
    answers = _offending(plan)
    answers |= _needs(plan)
    answers |= _engagement(plan)
    for name, episodes in asked_of(past).items():
        answers |= pattern(plan, name, [one for one in past if one.key in episodes], today)
    answers |= _harm(plan, told, harm)
    if plan.domestic or "domestic_abuse" in told:
        answers |= _sara(plan, told)
    answers |= {f"managing.{what}": plan.rng.choice(said) for what, said in words.MANAGING.items()}
    return answers


def _offending(plan):
    rng = plan.rng
    offence = plan.record.offence[1]
    return {
        "offence.what": rng.choice(words.OFFENCE).format(offence=offence),
        "offence.victims": rng.choice(words.VICTIMS),
        "offence.pattern": rng.choice(words.FITS),
    }


def _needs(plan):
    """Every area scored; words where there is a need, and in what they say of it themselves."""
    rng, answers = plan.rng, dict[str, Any]()
    least, most = AREAS_OF_NEED[plan.band]
    needs = rng.sample(list(ITEMS), rng.randint(least, most))
    for area in NeedArea:
        need = area in needs
        severe = need and rng.random() < SEVERE
        answers |= {of_area(area, code): _score(need, severe) for code, _ in ITEMS.get(area, ())}
        answers[f"self.{area}"] = rng.choice(SELF_VIEWS[need])
        if need:
            answers |= _need(plan, area)
        elif area == NeedArea.ACCOMMODATION:
            answers[of_area(area, "notes")] = words.NEEDS[area][1][0]
            answers[of_area(area, "strengths")] = rng.choice(words.STRENGTHS)
    answers["self.words"] = rng.choice(words.OWN_WORDS)
    return answers


def _score(need, severe):
    return "2" if severe else "1" if need else "0"


def _need(plan, area):
    rng = plan.rng
    return {
        of_area(area, "notes"): rng.choice(words.NEEDS[area][0]),
        of_area(area, "offending"): "yes" if rng.random() < 0.8 else "no",
        of_area(area, "harm"): "yes" if rng.random() < LINKED_TO_HARM else "no",
        of_area(area, "strengths"): rng.choice(words.STRENGTHS),
        of_area(area, "sources"): rng.choice(SOURCES),
    }


def _engagement(plan):
    rng = plan.rng
    return {
        "engagement.readiness": rng.choice(READINESS),
        "engagement.motivation": rng.choice(words.MOTIVATION),
        "engagement.diversity": rng.choice(words.DIVERSITY),
        "engagement.circumstances": rng.choice(words.CIRCUMSTANCES),
    }


def pattern(plan, name, episodes, today):
    """What is said of one pattern, or of one episode that is asked about by itself."""
    rng = plan.rng
    long_ago = all((today - one.on).days > NO_LONGER_YOUNG for one in episodes)
    weights = RELEVANCES | {"past": 60 if long_ago else 0}
    relevance = rng.choices(list(weights), list(weights.values()))[0]
    return {
        of_pattern(name, "relevance"): relevance,
        of_pattern(name, "words"): rng.choice(words.PATTERNS[relevance]),
        of_pattern(name, "covers"): sorted(one.key for one in episodes),
    }


def _harm(plan, told, harm):
    """A level for each group; who, what and when for those at medium or above."""
    rng = plan.rng
    indicators = sorted({INDICATORS[one] for one in told if one in INDICATORS} | _registered(plan))
    at_risk = {} if harm == LOW else dict.fromkeys(_groups(plan, told), MEDIUM)
    if at_risk:
        at_risk[next(iter(at_risk))] = harm
    answers = {
        "screening.indicators": indicators or ["none"],
        "harm.increase": rng.choice(words.INCREASE),
        "harm.reduce": rng.choice(words.REDUCE),
        "harm.because": rng.choice(words.BECAUSE_LOW if harm == LOW else words.BECAUSE_MORE),
    }
    for group in ("children", "public", "known_adult", "staff"):
        answers[_of(group, "level")] = at_risk.get(group, LOW)
        if group in at_risk:
            answers[_of(group, "who")] = words.WHO[group].format(**_named(plan))
            answers[_of(group, "nature")] = rng.choice(words.NATURE[group])
            answers[_of(group, "when")] = rng.choice(words.WHEN)
    return answers


def _of(group, what):
    return f"harm.{group}.{what}"


def _registered(plan):
    found = {
        "domestic_abuse": plan.domestic,
        "child": plan.child_concern,
        "weapon": plan.has("WEAP"),
        "staff": plan.has("AV2S"),
    }
    return {name for name, there in found.items() if there}


def _groups(plan, told):
    """To whom harm could come, the worst first."""
    if plan.domestic or "domestic_abuse" in told:
        yield "known_adult"
        if plan.children:
            yield "children"
    elif plan.child_concern:
        yield "children"
    else:
        yield "public"
    if plan.has("AV2S"):
        yield "staff"


def _named(plan):
    """How those at risk are written of: by name, which the pages protect."""
    return {
        "children": ", ".join(one.name for one in plan.children) or "A child of the family",
        "adults": ", ".join(one.name for one in plan.partners) or "A former partner",
    }


def _sara(plan, told):
    rng = plan.rng
    if not plan.domestic and rng.random() < 0.3:
        return {"sara.done": "not_done", "sara.because": words.SARA_NOT_DONE}
    level = "medium" if plan.domestic else "low"
    return {
        "sara.done": "done",
        "sara.partner": level,
        "sara.others": "low",
        "sara.summary": rng.choice(words.SARA),
    }
