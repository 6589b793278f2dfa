"""Plans the assessment of a case once what is known of it is written: whole where it is signed, with gaps where not.

Source: HMIP Thames Valley CRC 2018, 2.1 and 2.4 (what was left out). The gaps are reckoned here, from the plan
alone; the product's rules are held to them.
"""

from datetime import timedelta

from cases.management.demo import assess_words as words
from cases.management.demo.analysing import LOW, answers_of
from cases.management.demo.assess_plans import PlannedAssessment, PlannedReturn, PlannedVictim
from cases.management.demo.checks import working_before
from cases.management.demo.loop_plans import Owed
from cases.management.demo.past import past_of, unanswered
from cases.reference.needs import ITEMS
from cases.rules.calendar import add_working_days
from cases.rules.signing import digest
from staff.rules.dates import say_date

MEDIUM = "RMRH"
REQUIRED = ("police", "children", "adults")
FULL_ANALYSIS = ("harm.increase", "harm.reduce", "harm.because")
COUNTERSIGN_DAYS = PUT_RIGHT_DAYS = 2  # working days
COUNTERSIGNED_AFTER = (0, 0, 1, 1, 2)
LATELY = 0.35  # of those a senior signs as well, that were signed within the week
RETURNED = 0.4  # of those, given back
BECAUSE = "Low, with past behaviour that could hurt somebody."
# What an officer left out, in a hundred
LEAVES = {"patterns": 34, "stock": 22, "group": 20, "sara": 12, "because": 14, "screening": 5, "unscored": 18, "nothing": 6}  # fmt: skip
NAMED = 0.7  # of the partners of those on a register for domestic abuse, named as at risk


def plan_assessment(plan, today, number):
    """The assessment that there is of it, and who could be hurt.

    `number`: the key that an override will have which it was signed upon.
    """
    if plan.assessed not in {"signed", "draft"}:
        return
    past = past_of(plan)
    write = _draft if plan.assessed == "draft" else _signed
    one = write(plan, past, today)
    plan.assessments.append(one)
    if plan.over:
        one.evidence["overrides"] = [
            {"override": number, "gaps": [f"enquiry:{each.id}" for each in plan.over]}
        ]
    one.gaps += gaps_of(plan, one.answers, past, today)
    _name_victims(plan, one)
    _leave_unnamed(plan, one)


# Signed, or waiting for a senior


def _signed(plan, past, today):
    countersigned = plan.rosh == LOW and bool(past)
    wanted = plan.told.assessed == "returned" if plan.told else plan.rng.random() < LATELY
    lately = _lately(plan, today) if countersigned and wanted else None
    on = lately or plan.signed_on
    known = [one for one in past if one.known_on <= on]
    level = MEDIUM if any(one.kind == "risk" for one in plan.raises) else plan.rosh
    one = PlannedAssessment("signed", _begun_on(plan, on), signed_on=on, harm=level)
    one.answers = answers_of(plan, known, level, today)
    one.evidence = _evidence(plan, one)
    if lately:
        _hand_in(plan, one, today)
    elif level == LOW and known:
        _countersign(plan, one, today)
    return one


def _lately(plan, today):
    """A day of this week, where nothing since stands in the way of it; None where something does."""
    if plan.raises or plan.over or any(unmade(plan, today)):
        return None
    on = working_before(today - timedelta(days=plan.rng.randint(0, 5)))
    ended = [one.ended_on for one in plan.enquiries if one.ended_on]
    return max(on, plan.signed_on, *ended) if ended else None


def _begun_on(plan, on):
    return max(plan.arrived_on, on - timedelta(days=plan.rng.randint(1, 9)))


def _evidence(plan, one):
    """What signing keeps. The gates that were passed are those of the override."""
    over = [{"key": f"enquiry:{each.id}", "sentence": waited_for(each)} for each in plan.over]
    return {
        "rule_version": 1,
        "policy_version": 1,
        "digest": digest(one.answers),
        "gaps": over,
        "overrides": [],
        "warnings": [],
        "times_signed": 1,
        "times_returned": 0,
    }


def waited_for(enquiry):
    agency = "Police" if enquiry.kind == "police" else "Social care"
    said = {"due": "the check has not been sent", "sent": "no reply yet"}.get(
        enquiry.state, "the reply has not been read and analysed"
    )
    return f"{agency}: {said}."


def _countersign(plan, one, today):
    one.countersign_because = BECAUSE
    on = add_working_days(one.signed_on, plan.rng.choice(COUNTERSIGNED_AFTER))
    one.countersigned_on = min(on, _last_day(plan, one.signed_on, today))
    _owe(one, "countersign_assessment", one.signed_on, COUNTERSIGN_DAYS, _signed_why(plan, one))
    one.owed[-1].met_on = one.countersigned_on


def _last_day(plan, signed_on, today):
    """Nothing had come in or been raised by then."""
    since = [one.came_on for one in plan.information] + [one.raised_on for one in plan.raises]
    return min([on - timedelta(days=1) for on in since if on > signed_on] + [today])


def _hand_in(plan, one, today):
    """To the senior, who has it still or has given it back."""
    one.state, one.harm, one.countersign_because = "waiting", "", BECAUSE
    _owe(one, "countersign_assessment", one.signed_on, COUNTERSIGN_DAYS, _signed_why(plan, one))
    if not plan.told and plan.rng.random() > RETURNED:
        return
    on = min(today, add_working_days(one.signed_on, plan.rng.choice(COUNTERSIGNED_AFTER)))
    give_back(plan, one, on, *plan.rng.choice(words.RETURNED))


def give_back(plan, one, on, question, note):
    """What the senior returns is a draft again, to be put right."""
    one.owed[-1].met_on = on
    one.state, one.signed_on, one.countersign_because = "draft", None, ""
    one.returns.append(PlannedReturn(question, note, on))
    why = f"Returned by {plan.team.spo.name} on {say_date(on)}"
    _owe(one, "put_assessment_right", on, PUT_RIGHT_DAYS, why)


def _signed_why(plan, one):
    return f"Signed by {plan.officer.name} on {say_date(one.signed_on)}. {BECAUSE}"


def _owe(one, kind, since, days, why):
    one.owed.append(Owed(kind, since, add_working_days(since, days), why))


# Drafts


def _draft(plan, past, today):
    rng = plan.rng
    since = max(plan.arrived_on + timedelta(days=3), today - timedelta(days=60))
    begun_on = since + timedelta(days=rng.randint(0, max(0, (today - since).days)))
    one = PlannedAssessment("draft", min(begun_on, today))
    level = plan.rosh or MEDIUM
    one.answers = answers_of(plan, past, level, today)
    left = rng.choices(list(LEAVES), list(LEAVES.values()), k=rng.choice((1, 2, 2, 3)))
    for what in plan.told.leaves if plan.told else sorted(set(left)):
        LEAVE[what](plan, one)
    return one


def leave_analysis(plan, one):
    """The full analysis that says nothing but the words that get it past."""
    for code in (*FULL_ANALYSIS, "offence.pattern", "managing.contingency", "managing.victims"):
        one.answers[code] = words.STOCK
        one.warnings.append(f"stock:{code}")


def leave_patterns(plan, one):
    """Nothing is said of the past, or of all but one thing."""
    asked = sorted({code.rsplit(".", 1)[0] for code in one.answers if code.startswith("pattern.")})
    answered = not plan.told and len(asked) > 1 and plan.rng.random() < 0.3
    for name in asked[: len(asked) - answered]:
        for what in ("relevance", "words", "covers"):
            one.answers.pop(f"{name}.{what}")


def leave_stock(plan, one):
    """The boxes of the full analysis hold what gets a box past nobody."""
    for code in FULL_ANALYSIS[:2]:
        one.answers[code] = words.STOCK
        one.warnings.append(f"stock:{code}")


def leave_group(plan, one):
    """Who, what or when is blank for those at risk."""
    at_risk = [code for code in one.answers if code.startswith("harm.") and code.endswith(".who")]
    for code in at_risk:
        for what in plan.rng.sample(("who", "nature", "when"), plan.rng.choice((1, 2, 3))):
            blank = code.replace("who", what)
            one.answers.pop(blank)
            one.gaps.append(f"blank:{blank}")


def leave_sara(plan, one):
    left = [code for code in one.answers if code.startswith("sara.")]
    for code in left:
        one.answers.pop(code)


def leave_because(plan, one):
    one.answers.pop("harm.because")


def leave_screening(plan, one):
    one.answers.pop("screening.indicators")
    one.gaps.append("screening")


def leave_unscored(plan, one):
    """An area or two that nobody has come to yet."""
    for area in plan.rng.sample(list(ITEMS), 2):
        for code, _ in ITEMS[area]:
            one.answers.pop(f"{area}.{code}")
    one.warnings.append("unscored")


def leave_nothing(plan, one):
    """Ready to be signed, unless a check stands in the way."""


LEAVE = {
    "analysis": leave_analysis,
    "patterns": leave_patterns,
    "stock": leave_stock,
    "group": leave_group,
    "sara": leave_sara,
    "because": leave_because,
    "screening": leave_screening,
    "unscored": leave_unscored,
    "nothing": leave_nothing,
}


# What stands in the way today, besides what a draft leaves out of its words


def gaps_of(plan, answers, past, today):
    """Checks, past behaviour, the full analysis and the spousal assault assessment."""
    yield from (f"enquiry:{one.id}" for one in unmade(plan, today))
    yield from (f"pattern:{name}" for name in unanswered(past, answers))
    told = {one.behaviour for one in past}
    indicated = set(answers.get("screening.indicators", ())) - {"none"}
    if past or indicated or plan.has("ADVP", "ADVV", "IMAR", "RCCO", "RCPR", "RCHD"):
        yield from (f"blank:{code}" for code in FULL_ANALYSIS if code not in answers)
    abuse = plan.domestic or "domestic_abuse" in told | indicated
    if abuse and "sara.done" not in answers:
        yield "blank:sara.done"


def unmade(plan, today):
    """The checks that stand in the way: not sent, not chased, not read, or nothing holds meanwhile."""
    for one in plan.open_enquiries:
        if one.kind not in REQUIRED:
            continue
        covered = any(one in each.covers for each in plan.interims if _live(each, today))
        if one.state != "sent" or one.due_on < today or not covered:
            yield one


def _live(interim, today):
    ended = interim.ended_on is not None or interim.expires_on < today
    return not ended and interim.agreement != "returned"


def _name_victims(plan, one):
    """Those around the person who could be hurt, by name."""
    on = one.signed_on or one.begun_on
    for partner in plan.partners:
        wanted = plan.told or plan.rng.random() < NAMED
        if plan.domestic and partner.victim and wanted:
            how = "Hit and held when they argued, and followed after they parted."
            plan.victims.append(PlannedVictim(partner, "known_adult", how, on))
    if plan.domestic and plan.children and plan.has("RCPR", "RCCO"):
        how = "In the room when adults fight, and afraid to say so."
        plan.victims.append(PlannedVictim(plan.children[0], "children", how, on))


def _leave_unnamed(plan, one):
    """A victim on record whom nobody named is warned of; whoever signed said why."""
    named = [each.person for each in plan.victims]
    unnamed = [each for each in plan.people if each.victim and each not in named]
    if not unnamed:
        return
    one.warnings.append("victims")
    if one.signed_on:
        one.evidence["warnings"].append(
            {"key": "victims", "sentence": words.UNNAMED, "said": words.NOT_NAMED_BECAUSE}
        )
