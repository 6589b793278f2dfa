"""Warnings before an assessment is signed: words that say nothing of this person, and what is left unsaid.

Source: product rules, gates ("sign an assessment", warnings). Each is cleared by one honest sentence.
"""

from cases.reference.harm import AnalysisPart, Indicator
from cases.reference.questions import QUESTIONS, VICTIMS, Answered, of_pattern
from cases.rules.answering import applies
from cases.rules.assessing_facts import indicators, words_at
from cases.rules.family import against_the_record
from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.needs import unscored
from cases.rules.patterns import asked_of
from cases.rules.stock import hardly_touched, is_stock
from cases.rules.words import counted, listed, sentence

# The parts whose words could stand in anybody's assessment, and then say nothing of this one
WORDS_OF_RISK = (
    AnalysisPart.OFFENDING,
    AnalysisPart.HARM,
    AnalysisPart.DOMESTIC_ABUSE,
    AnalysisPart.MANAGEMENT,
)
MAY_BE_NOTHING = {"managing.other"}  # "Anything else" is honestly answered with "None"
SCREENING = "screening.indicators"
SCREENED = {"children": Indicator.CHILD, "domestic_abuse": Indicator.DOMESTIC_ABUSE}
ON_REGISTER = {
    "children": "a register in force is about one",
    "domestic_abuse": "a register in force is about it",
}
ASKED_OF_EACH = ("relevance", "words")  # item of past behaviour


def stock_phrases(facts, policy, today):
    """Words that could stand in anybody's assessment."""
    rule = "stock phrases (HMIP Thames Valley CRC 2018, 2.4)"
    asks = {of_pattern(one.key, "words"): one.title for one in asked_of(facts.patterns)}
    asks |= {
        code: one.asks
        for code, one in QUESTIONS.items()
        if one.part in WORDS_OF_RISK and one.how == Answered.WORDS and code not in MAY_BE_NOTHING
    }
    for code, asked in asks.items():
        words = words_at(facts, code)
        if words and applies(code, facts.answers) and is_stock(words):
            wrong = "tells nobody anything" if says_nothing(words) else "could be said of anybody"
            said = f"{asked.rstrip('?')}: “{words}” {wrong}. Say what it means for this person."
            yield _warning(f"stock:{code}", said, rule, question=code)


def hardly_touched_since(facts, policy, today):
    """Text that stood before the current offence and is nearly what it was: a warning for each part."""
    rule = f"text at least {policy.alike_percent}% like what stood before the current offence"
    for part in AnalysisPart:
        alike = [
            code
            for code, before in facts.before.items()
            if _part_of(code) == part
            and _is_asked(code, facts)
            and isinstance(before, str)
            and hardly_touched(words_at(facts, code), before, policy.alike_percent)
        ]
        if alike:
            texts = counted(len(alike), "text")
            words = f"{part.title}: {texts} as before the current offence. Still right, confirmed on, because?"
            yield _warning(f"alike:{part}", words, rule, question=sorted(alike)[0])


def _is_asked(code, facts):
    """Whether the question still stands in the assessment, where somebody can see to it."""
    items = {
        of_pattern(one.key, what) for one in asked_of(facts.patterns) for what in ASKED_OF_EACH
    }
    return code in items or (code in QUESTIONS and applies(code, facts.answers))


def _part_of(code):
    if code in QUESTIONS:
        return QUESTIONS[code].part if QUESTIONS[code].how == Answered.WORDS else None
    return AnalysisPart.PATTERNS if code.endswith(".words") else None


def brought_forward_unconfirmed(facts, policy, today):
    """What was pulled forward and nobody has confirmed: one warning, however much there is."""
    left = sorted(code for code in facts.carried & facts.answers.keys() if _is_asked(code, facts))
    if left:
        said = f"{counted(len(left), 'answer')} brought forward and not confirmed."
        yield _warning("carried", said, "pulled-forward text is confirmed", question=left[0])


def needs_scored(facts, policy, today):
    """What has not been scored is not nought: one warning that names the areas."""
    if areas := unscored(facts.answers):
        said = f"Not scored throughout: {listed(one.title.lower() for one in areas)}."
        rule = "unscored is never zero; what is not known can be said to be"
        yield _warning("unscored", said, rule, question=_first_unscored(areas[0], facts.answers))


def no_against_the_record(facts, policy, today):
    """What the screening does not tick and a register in force is about."""
    if SCREENING not in facts.answers:
        return
    ticked = indicators(facts)
    denied = {subject for subject, indicator in SCREENED.items() if indicator not in ticked}
    yield from against_the_record(
        "The assessment", denied, facts.on_register, ON_REGISTER, lambda _: SCREENING
    )


def victims_on_record_named(facts, policy, today):
    """Whoever is on record as a victim is named as somebody who could be hurt, or it is said why not."""
    if number := facts.victims_not_named:
        are = (
            "person on record as a victim is" if number == 1 else "people on record as victims are"
        )
        said = f"{number:,} {are} not named among those who could be hurt."
        rule = "each actual or potential victim is named, so that the plan protects them"
        yield _warning("victims", said, rule, question=VICTIMS)


def _first_unscored(area, answers):
    items = [code for code in QUESTIONS if code.startswith(f"{area.value}.")]
    return next(
        code for code in items if code not in answers and QUESTIONS[code].how == Answered.ONE
    )


def _warning(key, words, rule, *, question=""):
    return Found(key, Weight.WARNING, words, sentence(rule), question)


WARNINGS = (
    stock_phrases,
    hardly_touched_since,
    brought_forward_unconfirmed,
    needs_scored,
    no_against_the_record,
    victims_on_record_named,
)
