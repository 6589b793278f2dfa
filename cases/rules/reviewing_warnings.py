"""What a review is warned of before it is signed: what is not looked at again, and what has changed with nothing after it.

Source: product rules, gates and checks; report 2.4; supervision reference 5. A warning is cleared by one honest
sentence; where nothing happened and the person confirmed it, a blank part is not warned of.
"""

from cases.reference.review_questions import (
    ELSE,
    Progress,
    StillRight,
    of_area,
    of_group,
    of_objective,
)
from cases.rules.checks import IN_SHORT
from cases.rules.gaps import Found, Weight
from cases.rules.reviewing_facts import is_quiet, said_to
from cases.rules.stock import is_stock
from cases.rules.words import listed, shortened, within_a_sentence

LONGEST = 60  # letters of an objective that a sentence repeats


def progress_unsaid(facts):
    left = [
        one.what
        for one in facts.objectives
        if not said_to(facts, of_objective(one.key, "progress"))
        or (
            said_to(facts, of_objective(one.key, "progress")) == Progress.STUCK
            and is_stock(said_to(facts, of_objective(one.key, "words")))
        )
    ]
    if left and not is_quiet(facts):
        first = next(one.key for one in facts.objectives if one.what == left[0])
        named = listed([f"“{shortened(one, LONGEST)}”" for one in left])
        yield warning(
            "progress",
            f"It does not say how far this has come, or because of what it is stuck: {named}.",
            "Progress of each objective",
            of_objective(first, "progress"),
        )


def compliance_unsaid(facts):
    if not is_quiet(facts) and is_stock(said_to(facts, "compliance.words")):
        yield warning(
            "compliance",
            "It does not say what their keeping to the order and taking part mean.",
            "Compliance is analysed, not counted",
            "compliance.words",
        )


def offending_not_looked_at(facts):
    left = [one for one in facts.areas if not _beside(facts, of_area, one)]
    if left and not is_quiet(facts):
        yield warning(
            "offending",
            f"What bears on reoffending is not looked at again: {_titles(left)}.",
            "Each area of high priority is confirmed or changed",
            of_area(left[0], "answer"),
        )


def harm_not_looked_at(facts):
    left = [one for one in facts.groups if not _beside(facts, of_group, one)]
    if left and not is_quiet(facts):
        yield warning(
            "harm_groups",
            f"Risk of serious harm is not looked at again: {_titles(left)}.",
            "Each group at medium or above is confirmed or changed",
            of_group(left[0], "answer"),
        )


def changed_and_nothing_follows(facts):
    """What has changed changes the assessment, the plan or the level. Source: report 2.4."""
    if facts.changes:
        return
    asked = [of_area(one, "answer") for one in facts.areas]
    asked += [of_group(one, "answer") for one in facts.groups]
    changed = [one for one in asked if said_to(facts, one) == StillRight.CHANGED]
    more = [code(ELSE, "words") for code in (of_area, of_group)]
    changed += [one for one in more if not is_stock(said_to(facts, one))]
    if changed:
        yield warning(
            "follows",
            "Something is said to have changed, and neither the assessment nor the plan is changed.",
            "What has changed changes what we do",
            changed[0],
        )


def nobody_else_asked(facts):
    if not is_quiet(facts) and is_stock(said_to(facts, "agencies.words")):
        yield warning(
            "agencies",
            "It does not say whom you spoke to and what they said.",
            "A review hears those who know the person",
            "agencies.words",
        )


def next_unsaid(facts):
    if not is_quiet(facts) and is_stock(said_to(facts, "next.words")):
        yield warning(
            "next", "It does not say what happens next.", "A review says what follows", "next.words"
        )


def checks_not_refreshed(facts):
    """Flagged cases are asked about again at each review. Source: product rules, checks."""
    if facts.to_refresh:
        kinds = listed([within_a_sentence(IN_SHORT[one]) for one in facts.to_refresh])
        yield warning(
            "refresh",
            f"Not asked again since the last review: {kinds}.",
            "Where there is a concern, the agencies are asked again at each review",
            "refresh",
        )


WARNINGS = (
    progress_unsaid,
    compliance_unsaid,
    offending_not_looked_at,
    harm_not_looked_at,
    changed_and_nothing_follows,
    nobody_else_asked,
    next_unsaid,
    checks_not_refreshed,
)


def warning(key, sentence, rule, question):
    return Found(key, Weight.WARNING, sentence, rule, question=question, as_it_says=True)


def _beside(facts, code, one):
    """Whether it was confirmed or changed, in words of its own."""
    return said_to(facts, code(one, "answer")) and not is_stock(said_to(facts, code(one, "words")))


def _titles(codes):
    return listed([within_a_sentence(one.title) for one in codes])
