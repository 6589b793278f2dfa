"""What stands between an assessment and its signature: gates, warnings, and when a senior signs as well.

Source: product rules, gates ("sign an assessment") and raise now; report 2.1, 2.3 and 2.4. Each rule is one
function of RULES; the questions are those of `cases.reference.questions`.
"""

from cases.reference.checks import EnquiryState
from cases.reference.codes import ROSH_ORDER, Rosh
from cases.reference.harm import HarmGroup, Relevance
from cases.reference.questions import QUESTIONS, of_group, of_pattern
from cases.rules.assessing_facts import (
    AssessingFacts,
    Required,
    domestic_abuse_is_told,
    full_analysis_is_indicated,
    overall_harm,
    said_at,
)
from cases.rules.assessing_warnings import WARNINGS
from cases.rules.checks import IN_SHORT
from cases.rules.gaps import Found, Weight
from cases.rules.patterns import asked_of, new_since
from cases.rules.words import sentence
from staff.rules.dates import say_date

__all__ = [
    "RULES",
    "RULE_VERSION",
    "AssessingFacts",
    "Required",
    "full_analysis_is_indicated",
    "overall_harm",
    "to_do",
]
RULE_VERSION = 1
# Somebody in the community meets all of these; prisoners only where they are held
LEVELS_ASKED = (HarmGroup.CHILDREN, HarmGroup.PUBLIC, HarmGroup.KNOWN_ADULT, HarmGroup.STAFF)
FULL_ANALYSIS = ("harm.increase", "harm.reduce", "harm.because")
SAID_TO_EACH = "Risk of serious harm to {group}"


def to_do(facts, policy, today):
    """Everything that stands before the signature, gates first; empty once nothing does."""
    found = [one for rule in RULES for one in rule(facts, policy, today)]
    return sorted(found, key=lambda one: list(Weight).index(one.weight))


def _gate(key, words, rule, *, question="", **more):
    return Found(key, Weight.GATE, words, sentence(rule), question=question, **more)


def _senior(key, words):
    rule = "A senior signs as well what is low with past behaviour, or below a level in force"
    return Found(key, Weight.COUNTERSIGN, words, rule, question="harm.because")


# Checks


def checks_made(facts, policy, today):
    """Each required check is analysed; or it is sent, chased on time, and an interim plan holds."""
    rule = "required checks analysed, or sent, chased on time and covered by a live interim plan"
    for one in facts.required:
        if wrong := _what_is_wrong(one, facts, today):
            agency = sentence(IN_SHORT[one.kind])
            key = f"enquiry:{one.enquiry}" if one.enquiry else f"enquiry:{one.kind}"
            came = one.state == EnquiryState.REPLIED  # nobody knew of the reply before it came
            yield _gate(key, f"{agency}: {wrong}.", rule, check=one.enquiry, as_it_says=came)


def _what_is_wrong(one, facts, today):
    if one.state == EnquiryState.ANALYSED:
        return ""
    if one.enquiry is None:
        return "the check has never been made"
    if one.state == EnquiryState.DUE:
        return f"the check has not been sent. It was called for on {say_date(one.triggered_on)}"
    if one.state == EnquiryState.REPLIED:
        return "the reply has not been read and analysed"
    if one.state == EnquiryState.NOT_NEEDED:
        return "the check was said not to be needed, and it is"
    if not one.is_chased_on_time(today):
        return f"no reply, and it was to be chased by {say_date(one.due_on)}"
    if facts.plan_until is None or facts.plan_until < today:
        return "no reply yet, and no interim plan holds meanwhile"
    if one.enquiry not in facts.plan_covers:
        return "no reply yet, and the interim plan does not cover it"
    return ""


# Past behaviour


def past_behaviour_answered(facts, policy, today):
    """Each pattern is answered, the gravest and the latest by themselves, and whatever came since."""
    rule = "each pattern of past behaviour answered, the most serious and the most recent by themselves"
    for asked in asked_of(facts.patterns):
        relevance, words = of_pattern(asked.key, "relevance"), of_pattern(asked.key, "words")
        key = f"pattern:{asked.key}"
        chosen = facts.answers.get(relevance) in set(Relevance)
        if not (chosen and said_at(facts, words)):
            missing = words if chosen else relevance
            words = f"{asked.unanswered}: {asked.summary}."
            yield _gate(key, words, rule, question=missing, as_it_says=True)
            continue
        covered = facts.answers.get(of_pattern(asked.key, "covers")) or ()
        if new := new_since(asked, covered):
            said = f"{asked.unanswered}: new since it was answered, {new}."
            yield _gate(key, said, rule, question=words, as_it_says=True)


# Risk of serious harm


def screening_done(facts, policy, today):
    """The screening says something, if only that there is nothing."""
    if not facts.answers.get("screening.indicators"):
        words = "The screening for risk of serious harm is not answered."
        rule = "the full analysis is made where it is indicated, which the screening shows"
        yield _gate("screening", words, rule, question="screening.indicators", may_override=False)


def levels_said(facts, policy, today):
    """A level for each group whom the person meets."""
    for group in LEVELS_ASKED:
        code = of_group(group, "level")
        if facts.answers.get(code) not in ROSH_ORDER:
            words = f"{SAID_TO_EACH.format(group=group.title.lower())}: no level is chosen."
            yield _gate(f"blank:{code}", words, "a level for each group", question=code, may_override=False)  # fmt: skip


def harm_described(facts, policy, today):
    """Who, what and when, for each group at medium or above."""
    rule = "who, nature and when for any group at medium or above"
    for group in HarmGroup:
        level = facts.answers.get(of_group(group, "level"))
        if ROSH_ORDER.get(level, 0) < ROSH_ORDER[Rosh.MEDIUM]:
            continue
        for what, asks in (("who", "who"), ("nature", "what could happen"), ("when", "when")):
            code = of_group(group, what)
            if not said_at(facts, code):
                to = SAID_TO_EACH.format(group=group.title.lower())
                words = f"{to} is {Rosh(level).title.lower()}, and it does not say {asks}."
                yield _gate(f"blank:{code}", words, rule, question=code, as_it_says=True)


def full_analysis_made(facts, policy, today):
    """The full analysis is not skipped where the screening or the past calls for it."""
    if not full_analysis_is_indicated(facts):
        return
    rule = "the full analysis made where it is indicated"
    for code in FULL_ANALYSIS:
        if not said_at(facts, code):
            words = f"The full analysis is indicated and does not say: {QUESTIONS[code].asks}"
            yield _gate(f"blank:{code}", words, rule, question=code)


def domestic_abuse_assessed(facts, policy, today):
    """Where there is domestic abuse or a report of it, what the SARA shows, or why there is none."""
    if not domestic_abuse_is_told(facts):
        return
    needed = {
        "done": (
            ("sara.partner", "The SARA is done, and its level of risk to a partner is not here."),
            ("sara.summary", "The SARA is done, and what it shows is not here."),
        ),
        "not_done": (("sara.because", "The SARA is not done, and it does not say why not."),),
    }
    asked = (
        "There is domestic abuse or a report of it, and it does not say whether the SARA is done."
    )
    for code, words in needed.get(facts.answers.get("sara.done"), (("sara.done", asked),)):
        if not said_at(facts, code):
            yield _gate(f"blank:{code}", words, "the SARA, or why not", question=code)


def below_what_was_raised_says_why(facts, policy, today):
    """A level below one that was raised has reasons, and a senior signs it."""
    level = overall_harm(facts.answers)
    if not level or not facts.raised or ROSH_ORDER[level] >= ROSH_ORDER[facts.raised]:
        return
    said = f"{Rosh(facts.raised).title} risk was raised, and this says {Rosh(level).title.lower()}"
    if not said_at(facts, "harm.because"):
        rule = "a standing raise answered with reasons"
        words = f"{said} without reasons."
        yield _gate("raised", words, rule, question="harm.because", as_it_says=True)
    yield _senior("below_raised", f"{said}.")


def lower_is_countersigned(facts, policy, today):
    """An overall level lower than the one in force is signed by a senior as well."""
    level = overall_harm(facts.answers)
    if level and facts.in_force and ROSH_ORDER[level] < ROSH_ORDER[facts.in_force]:
        now = Rosh(facts.in_force).title.lower()
        yield _senior("lower", f"{Rosh(level).title} is lower than the level in force, {now}.")


def low_with_a_past_is_countersigned(facts, policy, today):
    """Low risk beside any pattern of past behaviour is signed by a senior as well."""
    if facts.patterns and overall_harm(facts.answers) == Rosh.LOW:
        yield _senior("low", "Low, with past behaviour that could hurt somebody.")


RULES = (
    checks_made,
    past_behaviour_answered,
    screening_done,
    levels_said,
    harm_described,
    full_analysis_made,
    domestic_abuse_assessed,
    below_what_was_raised_says_why,
    lower_is_countersigned,
    low_with_a_past_is_countersigned,
    *WARNINGS,
)
