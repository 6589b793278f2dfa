"""What sentencers are told of interventions: what a court may order, what anybody may take up, and what happens then.

Nothing of it is for staff alone: neither who may lead, nor prices, nor scores. Source: report 2018, 1.3 (sentencers were not
told enough); Criminal Justice Act 2003, sections 200A and 202 and schedule 8 (days, instructions, warning: in the words
of the law, for a court reads it); supervision reference 2.3 and 2.4; the provider's policy on interventions, which is said
to be the provider's own.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from grid.reference.interventions import INTERVENTIONS, Family, Hook, Intervention
from grid.rules.intervention_policy import InterventionPolicy, Terms
from grid.rules.intervention_words import say_any_hook, say_dose, say_for_whom, say_where
from staff.rules.dates import say_date

TITLE = "What a court may order, and what happens then"
NONE = "None is offered now."
BY_ORDER = {Hook.PROGRAMME, Hook.RAR}  # what a court makes part of a sentence
TOLD = BY_ORDER | {Hook.VOLUNTARY}  # the other hooks are set after prison, and not by a court
SEPARATE = {Family.WOMEN, Family.ONE_TO_ONE}  # each has a part of its own


@dataclass(frozen=True, slots=True)
class Entry:
    """One intervention, as sentencers are told of it."""

    title: str
    what: str
    lines: tuple[tuple[str, str], ...]  # (of what, words)


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    lead: tuple[str, ...]  # sentences
    entries: tuple[Entry, ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Booklet:
    title: str
    lead: str
    parts: tuple[Part, ...]
    then: tuple[str, ...]  # what happens after sentence, in order
    notes: tuple[str, ...]
    made: str


def booklet_of(
    policy: InterventionPolicy, from_on: date, organisation: str, today: date
) -> Booklet:
    """What it says on this day. `from_on`: since when the policy is in force."""
    own = f"policy version {policy.version}, in force from {say_date(from_on)}"
    return Booklet(
        title=TITLE,
        lead=f"For sentencers: the programmes and activities of {organisation or 'this provider'}.",
        parts=(
            _programmes(policy),
            _activities(policy),
            _women(policy),
            _one_to_one(policy),
            _voluntary(policy),
        ),
        then=THEN,
        notes=(
            f"For whom each is, how long it takes and where it runs are told as this provider has set them: {own}. They may change, and none of it is an official criterion of a programme.",
            *NOTES,
        ),
        made=", ".join(
            filter(None, (organisation, say_date(today), f"policy version {policy.version}"))
        ),
    )


def as_data(booklet: Booklet):
    """As the paper takes it, with what it says of a part without entries."""
    return asdict(booklet) | {"none": NONE}


THEN = (
    "A responsible officer sees the person, finds out what leads to their offending and writes a plan with them.",
    "The officer refers them to what the court ordered, and chooses activities for the days that the court allowed.",
    "Every session that they are told to come to is part of the order. Somebody who misses one without a reasonable excuse is warned, or the case is referred to an enforcement officer of the National Probation Service, who may bring it back to court.",
    "If they miss another without a reasonable excuse within 12 months of a warning on the same order, the case must be referred to an enforcement officer.",
    "A court that asks how somebody is getting on is answered from their record.",
)
NOTES = (
    "People on licence or under post-sentence supervision may be required to come to many of these too. That is not ordered at sentence.",
    "This booklet does not say when the next place is free. Whoever writes the report before sentence can ask us that.",
)


def _programmes(policy):
    return Part(
        "Accredited programmes",
        (
            "With a programme requirement the court sets on how many days somebody takes part in an accredited programme.",
            "The report before sentence says whether one suits them, and which. Their responsible officer then sets which programme it is, when and where.",
        ),
        _entries(policy, lambda one, terms: Hook.PROGRAMME in terms.hooks),
    )


def _activities(policy):
    return Part(
        "Rehabilitation activity",
        (
            "With a rehabilitation activity requirement the court sets the most days on which somebody may be told to take part in activities.",
            "The responsible officer chooses the activities after sentence, by what leads this person to offend, and may use fewer days than the court allowed.",
            "Ordinary appointments with the officer use none of the days. They go on until the order ends, even once every day is used.",
            "Such a requirement is for a need that no programme or treatment requirement meets.",
        ),
        _entries(policy, lambda one, terms: Hook.RAR in terms.hooks and one.family not in SEPARATE),
    )


def _women(policy):
    return Part(
        "For women",
        ("These are for women alone. Whatever is for men and women is open to them too.",),
        _entries(
            policy,
            lambda one, terms: one.family is Family.WOMEN and TOLD & set(terms.hooks),
            say_how=True,
        ),
    )


def _one_to_one(policy):
    return Part(
        "One to one, where no group fits",
        (
            "Work, caring or distance can put every group out of reach. The officer may then use days of a rehabilitation activity requirement for these.",
        ),
        _entries(
            policy, lambda one, terms: one.family is Family.ONE_TO_ONE and Hook.RAR in terms.hooks
        ),
    )


def _voluntary(policy):
    both = _chosen(
        policy,
        lambda one, terms: (
            Hook.VOLUNTARY in terms.hooks
            and BY_ORDER & set(terms.hooks)
            and one.family is not Family.ONE_TO_ONE
        ),
    )
    asked = "; ".join(one.title for one, _ in both)  # some with a comma of their own
    return Part(
        "By their own choice",
        ("No court orders these, and nobody breaks an order by staying away.",),
        _entries(
            policy,
            lambda one, terms: (
                Hook.VOLUNTARY in terms.hooks
                and not BY_ORDER & set(terms.hooks)
                and one.family is not Family.WOMEN
            ),
        ),
        foot=f"Of what is named above, somebody may also ask for: {asked}." if asked else "",
    )


def _chosen(
    policy: InterventionPolicy, belongs: Callable[[Intervention, Terms], object]
) -> list[tuple[Intervention, Terms]]:
    """Those offered that belong, as the catalogue has them."""
    pairs = [(one, policy.terms[one.code]) for one in INTERVENTIONS.values()]
    return [(one, terms) for one, terms in pairs if terms.offered and belongs(one, terms)]


def _entries(policy, belongs, *, say_how=False):
    """`say_how`: whether each says by what somebody comes to it, where the part says for whom they are instead."""
    return tuple(_entry(one, terms, say_how) for one, terms in _chosen(policy, belongs))


def _entry(one, terms, say_how):
    how = say_any_hook([hook for hook in terms.hooks if hook in TOLD])
    lines = [("How", how) if say_how else ("For", say_for_whom(terms))]
    lines.append(("How long", say_dose(terms.dose)))
    if terms.days_counted:
        lines.append(("Days used", f"{terms.dose.sessions} at most"))
    lines.append(("Where", say_where(terms)))
    return Entry(one.title, one.what, tuple(lines))
