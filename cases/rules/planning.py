"""What stands between a plan and its signature: the gates and warnings, one small function each.

Source: product rules, gates ("Sign a plan"), clocks (home visits); report 2.2 and 2.3. The page, the
refusal and an override use the same list and the same words.
"""

from cases.reference.codes import CONTACT_ORDER, ContactLevel
from cases.reference.plan_questions import ABOUT_FAMILY, ENQUIRIES, of_family
from cases.reference.plans import PROTECTIVE, Known, Route
from cases.rules.family import IN_SHORT, against_the_record
from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.planning_facts import about_harm, about_need
from cases.rules.words import within_a_sentence

VERSION = "1"
ON_RECORD = {
    "children": "the record has a child around them, or a register in force about one",
    "domestic_abuse": "a register in force is about it",
}


def to_do(facts):
    """Every gap of a plan, in the order in which its page asks."""
    return [found for rule in RULES for found in rule(facts)]


def without_an_assessment(facts):
    if not facts.assessed:
        yield _gate(
            "assessment",
            "No signed assessment is in force, so there is nothing for this plan to rest on.",
            "A plan follows from an assessment",
        )


def priority_without_an_objective(facts):
    for area in facts.priorities:
        if about_need(area) not in _worked_on(facts):
            yield _gate(
                f"objective:{about_need(area)}",
                f"{area.title} is a high priority in the assessment, and no objective with a step is about it.",
                "Each high-priority factor has an objective",
                question=about_need(area),
            )


def risk_without_an_objective(facts):
    for group in facts.risks:
        if about_harm(group) not in _worked_on(facts):
            yield _gate(
                f"objective:{about_harm(group)}",
                f"Risk of serious harm to {within_a_sentence(group.title)} is medium or above, and no "
                "objective with a step is about it.",
                "Each risk at medium or above has an objective",
                question=about_harm(group),
            )


def named_victim_unprotected(facts):
    for victim in facts.victims:
        if victim.id not in _protected(facts):
            yield Found(
                key=f"protects:{victim.id}",
                weight=Weight.GATE,
                sentence=f"{victim.name} could be hurt, and no step limits the risk or protects them.",
                rule="Each named person has a protective step. It cannot be overridden",
                question=f"victim:{victim.id}",
                may_override=False,
            )


def no_contingency(facts):
    if not facts.contingencies:
        yield _gate(
            "contingency",
            "The plan does not say what happens if things change: if what, then what, by whom and by when.",
            "Each plan has a contingency",
            question="contingency",
        )


def family_not_answered(facts):
    """Nobody is pushed into an answer: not to know is one, when somebody was asked."""
    for subject in ABOUT_FAMILY:
        said = _said(facts, subject, "answer")
        if said in (Known.YES, Known.NO) or (said == Known.UNKNOWN and _asked(facts, subject)):
            continue
        sentence = (
            f"“Not known” on {IN_SHORT[subject]} stands alone. Link it to an enquiry that is open, or say who "
            "was asked and what we did."
            if said
            else f"The plan does not say whether there is anything about {IN_SHORT[subject]}."
        )
        yield _gate(
            f"family:{subject}",
            sentence,
            "Not known is an answer when somebody was asked",
            question=of_family(subject, "asked" if said else "answer"),
        )


def no_without_a_source(facts):
    for subject in ABOUT_FAMILY:
        if _said(facts, subject, "answer") == Known.NO and not _said(facts, subject, "sources"):
            yield _gate(
                f"source:{subject}",
                f"“No” on {IN_SHORT[subject]} has no source. Say where it comes from.",
                "A “no” names its source",
                question=of_family(subject, "sources"),
            )


def no_against_the_record(facts):
    denied = {one for one in ABOUT_FAMILY if _said(facts, one, "answer") == Known.NO}
    yield from against_the_record(
        "The plan", denied, facts.on_record, ON_RECORD, lambda subject: of_family(subject, "answer")
    )


def no_deliverable_route(facts):
    for one in facts.ordered:
        if one.replacement or (one.route and one.route != Route.NONE):
            continue
        yield _gate(
            f"route:{one.key}",
            f"{one.name}: there is no way to deliver it, and no replacement is named.",
            "Each requirement has a route, or a replacement by name",
            question=one.key,
        )


def home_visits_not_said(facts):
    """With a concern it is a gate: who lives there is what nobody knew. Otherwise it is asked for."""
    said, because = (
        facts.answers.get("home_visits.answer"),
        facts.answers.get("home_visits.because"),
    )
    if said == Known.YES or (said == Known.NO and not says_nothing(because or "")):
        return
    reason = (
        "says no to home visits and not why" if said else "does not say whether they are visited"
    )
    yield Found(
        key="home_visits",
        weight=Weight.GATE if _concern(facts) else Weight.WARNING,
        sentence=f"The plan {reason}.",
        rule="A plan says yes or no to home visits, and why",
        question="home_visits.because" if said else "home_visits.answer",
    )


def contact_below_the_group(facts):
    asked, wanted = facts.answers.get("contact.level"), facts.contact_level
    if not wanted or (asked and CONTACT_ORDER[asked] >= CONTACT_ORDER[wanted]):
        return
    group = within_a_sentence(ContactLevel(wanted).title)
    said = f"is {within_a_sentence(ContactLevel(asked).title)}" if asked else "is not said"
    yield _warning(
        "contact",
        f"Contact {said}, and the GRID says {group}.",
        "Contact is no less than the GRID group's",
        question="contact.level",
    )


def not_yet_arranged(facts):
    for one in facts.ordered:
        waits = one.taken_away and not one.booked
        if waits or (not one.taken_away and one.arranged_on is None and _has_route(one)):
            yield _warning(
                f"arranged:{one.key}",
                f"{one.name} is not yet arranged.",
                "Each requirement has a day on which it starts",
                question=one.key,
            )


def nothing_agreed(facts):
    if not facts.agreed:
        yield _warning(
            "agreement",
            "The plan has not been gone through with them. Their copy says draft until it has.",
            "A plan is made with the person",
            question="agreement",
        )


RULES = (
    without_an_assessment,
    priority_without_an_objective,
    risk_without_an_objective,
    named_victim_unprotected,
    no_contingency,
    family_not_answered,
    no_without_a_source,
    no_against_the_record,
    no_deliverable_route,
    home_visits_not_said,
    contact_below_the_group,
    not_yet_arranged,
    nothing_agreed,
)


def _worked_on(facts):
    """What the objectives that have a step are about."""
    return frozenset().union(*(one.about for one in facts.objectives if one.steps))


def _protected(facts):
    """The potential victims whom a step limits the risk to, or protects."""
    steps = [step for one in facts.objectives for step in one.steps]
    return {step.protects for step in steps if step.nature in PROTECTIVE}


def _said(facts, subject, what):
    return facts.answers.get(of_family(subject, what))


def _asked(facts, subject):
    enquiry = str(_said(facts, subject, ENQUIRIES) or "")
    linked = enquiry.isdecimal() and int(enquiry) in facts.open_enquiries
    return linked or not says_nothing(_said(facts, subject, "asked") or "")


def _concern(facts):
    return facts.concern or any(
        _said(facts, subject, "answer") == Known.YES for subject in ABOUT_FAMILY
    )


def _has_route(one):
    return bool(one.route) and one.route != Route.NONE


def _gate(key, sentence, rule, question=""):
    return Found(key, Weight.GATE, sentence, rule, question)


def _warning(key, sentence, rule, question=""):
    return Found(key, Weight.WARNING, sentence, rule, question)
