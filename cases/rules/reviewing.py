"""What stands between a review and its signature: gates, warnings, and when a senior signs as well.

Source: product rules, gates ("Sign a review": a significant event unanswered; the person's view absent
without a reason; warning: no change recorded while events stand); supervision reference 5; report 2.4 (harm not
looked at again, "don't know" carried on, a review made because an audit asked and nobody agreed).
Each rule is one function of RULES; the page lists the same from the first minute, in the same words.
"""

from cases.reference.codes import Rosh
from cases.reference.review_questions import ABOUT_FAMILY, CONTESTED, HARM_BECAUSE, KnownNow
from cases.reference.reviews import Answered, PersonView, RecommendationState
from cases.rules.gaps import Found, Weight
from cases.rules.reviewing_facts import harm_moved, said_to, significant
from cases.rules.reviewing_warnings import WARNINGS, warning
from cases.rules.stock import is_stock
from cases.rules.words import within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date

VERSION = 1
NO_CHANGE = "no_change"  # the warning whose sentence is kept beside the review
PERSON_SAYS = {
    PersonView.SAID: "Their view is not here: write it as they said it.",
    PersonView.DECLINED: "They would not say, and it is not said how and when they were asked.",
    PersonView.NOT_ASKED: "They were not asked, and it is not said why.",
}


def to_do(facts):
    """Everything that stands before the signature, gates first; empty once nothing does."""
    found = [one for rule in RULES for one in rule(facts)]
    return sorted(found, key=lambda one: list(Weight).index(one.weight))


def check_answer(answer, words):
    """Refuse an answer to an event that says nothing. Gives its words trimmed."""
    words = (words or "").strip()
    if answer not in set(Answered):
        raise RuleBroken("Say whether it changes anything.")
    if is_stock(words):
        asked = "what it changes" if answer == Answered.CHANGE else "why it changes nothing"
        raise RuleBroken(f"Say in a sentence of your own {asked}.")
    return words


# Gates


def event_unanswered(facts):
    rule = "Each significant event is answered: it changes something, or nothing, because"
    for one in significant(facts):
        if not one.answer or is_stock(one.words):
            yield _gate(
                f"event:{one.key}", f"{_named(one)}: not answered.", rule, f"event:{one.key}"
            )


def event_that_has_changed_nothing_yet(facts):
    """What is said to change something has something to show."""
    rule = (
        "An event that changes something names the change: a step, a raise, an assessment or a plan"
    )
    for one in facts.events:
        if one.answer == Answered.CHANGE and not one.tied:
            words = f"{_named(one)}: said to change something, and no change is named yet."
            yield _gate(f"change:{one.key}", words, rule, f"event:{one.key}")


def person_not_heard(facts):
    rule = "The person's view, or why there is none"
    if not facts.person_view:
        words = "It does not say what they say themselves, or why they were not asked."
        yield _gate("person", words, rule, "person_view")
    elif is_stock(facts.person_words):
        yield _gate("person", PERSON_SAYS[PersonView(facts.person_view)], rule, "person_words")


def harm_moved_without_a_reason(facts):
    if harm_moved(facts) and is_stock(facts.harm_because):
        words = f"{harm_in_words(facts)}, and it does not say why."
        yield _gate("harm", words, "A level that moved has a reason", HARM_BECAUSE)


def still_not_known(facts):
    """Not to know is an answer when somebody is being asked, or was since the last review."""
    rule = "Not known does not roll forward: an enquiry is open, or somebody was asked since"
    for subject in facts.unknown:
        said = said_to(facts, f"{subject}.answer")
        known = said in (KnownNow.YES, KnownNow.NO)
        if known and facts.answers.get(f"{subject}.sources"):
            continue
        if known:
            words = f"What is now known about {ABOUT_FAMILY[subject]} has no source."
            yield _gate(f"source:{subject}", words, rule, f"{subject}.sources")
        elif subject not in facts.asked and is_stock(said_to(facts, f"{subject}.asked")):
            words = (
                f"“Not known” about {ABOUT_FAMILY[subject]} would be carried on: no enquiry is open, and it is "
                "not said who was asked since."
            )
            yield _gate(f"unknown:{subject}", words, rule, f"{subject}.answer")


def recommendation_unanswered(facts):
    if facts.recommendation == RecommendationState.OPEN:
        yield _gate(
            "recommendation",
            "The recommendation that called for this review is neither accepted nor contested.",
            "A recommendation is answered before it is acted on",
            "recommendation",
        )


def recommendation_contested_in_silence(facts):
    """Nobody signs as if they agreed: it is settled first, or the review says that it is contested."""
    if facts.recommendation == RecommendationState.CONTESTED and is_stock(
        said_to(facts, CONTESTED)
    ):
        yield _gate(
            "contested",
            "The recommendation that called for this review is contested. Have it decided first, or say here "
            "what this review does about it.",
            "A contested recommendation is never complied with in silence",
            CONTESTED,
        )


# A warning


def nothing_changed(facts):
    """Once each event is answered; until then, that is what is to do."""
    if facts.no_change and not [
        *event_unanswered(facts),
        *event_that_has_changed_nothing_yet(facts),
    ]:
        yield warning(
            NO_CHANGE,
            f"No change recorded. {facts.no_change}",
            "A review in which something happened changes something, or says why not",
            "events",
        )


# A senior signs as well


def senior_signs(facts):
    if harm_moved(facts):
        yield _senior("harm_moved", f"{harm_in_words(facts)}.")
    if facts.concern:
        yield _senior(
            "concern", "There is a concern about domestic abuse, a child or a named victim."
        )
    for subject in facts.unknown:
        if said_to(facts, f"{subject}.answer") == KnownNow.YES:
            yield _senior(
                f"known:{subject}", f"Something is now known about {ABOUT_FAMILY[subject]}."
            )
    if facts.no_change:
        yield _senior(NO_CHANGE, "No change that is recorded answers what happened.")
    if facts.recommendation == RecommendationState.CONTESTED:
        yield _senior("contested", "It was called for by a recommendation that is contested.")


RULES = (
    event_unanswered,
    event_that_has_changed_nothing_yet,
    person_not_heard,
    harm_moved_without_a_reason,
    still_not_known,
    recommendation_unanswered,
    recommendation_contested_in_silence,
    nothing_changed,
    *WARNINGS,
    senior_signs,
)


def harm_in_words(facts):
    """ "Risk of serious harm went from medium to high"."""
    before, after = (
        within_a_sentence(Rosh(level).title) if level else "not recorded"
        for level in (facts.harm_before, facts.harm_after)
    )
    return f"Risk of serious harm went from {before} to {after}"


def _named(event):
    return f"{event.what}, {say_date(event.on)}"


def _gate(key, sentence, rule, question):
    return Found(key, Weight.GATE, sentence, rule, question=question, may_override=False)


def _senior(key, sentence):
    rule = (
        "A senior signs as well where risk moved, somebody could be hurt, or no change is recorded"
    )
    return Found(key, Weight.COUNTERSIGN, sentence, rule)
