"""The analysis of risk of serious harm: to whom, in what words, and what behaviour calls for it.

Source: OASys risk of serious harm screening and full analysis as used in 2018 (supervision reference
4.2); product rules, gates (which past behaviour must be answered).
"""

from cases.reference.codes import Titled


class HarmGroup(Titled):
    CHILDREN = "children", "Children"
    PUBLIC = "public", "The public"
    KNOWN_ADULT = "known_adult", "A known adult"
    STAFF = "staff", "Staff"
    PRISONERS = "prisoners", "Prisoners"


class Behaviour(Titled):
    """Kinds of past behaviour that an analysis of risk must answer."""

    VIOLENCE = "violence", "Violence"
    SEXUAL = "sexual", "Sexual offending"
    WEAPON = "weapon", "Weapons"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    CHILD = "child", "Harm or concern about a child"
    TOLD = "told", "What was told before sentence"  # a pre-sentence note, until it is sorted
    OTHER_HARM = "other_harm", "Another report of harm"  # an arrest, a reply about an adult


class VictimKind(Titled):
    """Who was harmed, as far as the record says."""

    CHILD = "child", "a child"
    KNOWN_ADULT = "known_adult", "a known adult"
    STAFF = "staff", "staff or police"
    NOT_RECORDED = "not_recorded", "victim not recorded"


class Relevance(Titled):
    """What past behaviour says of the risk now. One of them must be chosen, and none says it is nothing."""

    NOW = "now", "It bears on the risk now"
    SOMETIMES = "sometimes", "It would in some circumstances"
    PAST = "past", "It no longer does, because"
    NOT_KNOWN = "not_known", "Not known: asked, and what we did"


class Indicator(Titled):
    """What the screening asks: any of them calls for the full analysis."""

    VIOLENCE = "violence", "Violence or threats of it"
    SEXUAL = "sexual", "Sexual offending"
    WEAPON = "weapon", "Weapons"
    ARSON = "arson", "Arson"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse, including coercive control"
    CHILD = "child", "Harm to a child, or concern about one"
    STALKING = "stalking", "Stalking or harassment"
    HATE = "hate", "Hatred or extremism"
    STAFF = "staff", "Threats or assaults on staff"
    NONE = "none", "None of these"


class AnalysisPart(Titled):
    """The parts an assessment is written in, in this order."""

    OFFENDING = "offending", "Offending and the offence"  # OASys 1 and 2
    NEEDS = "needs", "Needs and strengths"  # OASys 3 to 13
    SELF = "self", "In their own view"
    ENGAGEMENT = "engagement", "Motivation, diversity and circumstances"
    PATTERNS = "patterns", "Past behaviour"
    HARM = "harm", "Risk of serious harm"
    VICTIMS = "victims", "Who could be hurt"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"  # SARA
    MANAGEMENT = "management", "Managing the risk"


class AssessmentState(Titled):
    DRAFT = "draft", "Being written"
    WAITING = "waiting", "Waiting for the senior probation officer"
    SIGNED = "signed", "Signed"
    REPLACED = "replaced", "Replaced by a later one"
    DROPPED = "dropped", "Given up before it was signed"


UNFINISHED = frozenset({AssessmentState.DRAFT, AssessmentState.WAITING})

ASSESSMENT_MAY_BECOME = {
    AssessmentState.DRAFT: {
        AssessmentState.WAITING,
        AssessmentState.SIGNED,
        AssessmentState.DROPPED,
    },
    AssessmentState.WAITING: {AssessmentState.SIGNED, AssessmentState.DRAFT},
    AssessmentState.SIGNED: {AssessmentState.REPLACED},
    AssessmentState.REPLACED: set(),
    AssessmentState.DROPPED: set(),
}
