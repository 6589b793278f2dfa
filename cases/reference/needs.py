"""The areas of need of an assessment, what is scored in each, and where a need begins and is severe.

Source: OASys sections 3 to 13 as used in 2018; the items and cut-offs are those of the national tiering
service (supervision reference 4.1). Finance, emotional wellbeing and health are described and not scored.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class NeedArea(Titled):
    """In the order of OASys, whose numbers are 3 to 13."""

    ACCOMMODATION = "accommodation", "Accommodation"
    ETE = "ete", "Education, training and employment"
    FINANCE = "finance", "Finance"
    RELATIONSHIPS = "relationships", "Relationships"
    LIFESTYLE = "lifestyle", "Lifestyle and associates"
    DRUGS = "drugs", "Drugs"
    ALCOHOL = "alcohol", "Alcohol"
    EMOTIONAL = "emotional", "Emotional wellbeing"
    THINKING = "thinking", "Thinking and behaviour"
    ATTITUDES = "attitudes", "Attitudes"
    HEALTH = "health", "Health"


class Score(Titled):
    """How far an item is a problem. What has not been scored is blank, which is not nought."""

    NONE = "0", "No problem"
    SOME = "1", "Some problem"
    SERIOUS = "2", "Serious problem"
    UNKNOWN = "unknown", "Not known"


@dataclass(frozen=True, slots=True)
class Cut:
    """The sums of scores at which there is a need, and a severe one."""

    standard: int
    severe: int


ITEMS: dict[NeedArea, tuple[tuple[str, str], ...]] = {
    NeedArea.ACCOMMODATION: (
        ("nfa", "No fixed abode, or about to have none"),
        ("suitable", "Whether the place is suitable"),
        ("permanent", "Whether it will last"),
        ("location", "Where it is, and who is near"),
    ),
    NeedArea.ETE: (
        ("unemployed", "Out of work, or about to be"),
        ("history", "History of work"),
        ("skills", "Skills for work"),
        ("attitude", "Attitude to work and training"),
    ),
    NeedArea.RELATIONSHIPS: (
        ("family", "Close family now"),
        ("childhood", "Childhood"),
        ("partners", "Partners, now and before"),
    ),
    NeedArea.LIFESTYLE: (
        ("activities", "Activities that encourage offending"),
        ("influenced", "Easily influenced by others"),
        ("reckless", "Reckless, takes risks"),
    ),
    NeedArea.DRUGS: (
        ("current", "Use now"),
        ("injected", "Injecting, now or before"),
        ("motivation", "Motivation to deal with it"),
        ("major", "Getting and using drugs is a main activity"),
    ),
    NeedArea.ALCOHOL: (
        ("current", "Drinking now"),
        ("binge", "Binge drinking in the last six months"),
        ("frequency", "How often and how much before"),
        ("motivation", "Motivation to deal with it"),
    ),
    NeedArea.THINKING: (
        ("recognises", "Recognises problems"),
        ("solves", "Solves problems"),
        ("consequences", "Aware of consequences"),
        ("views", "Understands other people's views"),
    ),
    NeedArea.ATTITUDES: (
        ("supportive", "Attitudes that support offending"),
        ("supervision", "Attitude to supervision"),
        ("community", "Attitude to community and society"),
        ("change", "Wants to change"),
    ),
}

CUTS = {
    NeedArea.ACCOMMODATION: Cut(2, 7),
    NeedArea.ETE: Cut(3, 7),
    NeedArea.RELATIONSHIPS: Cut(2, 5),
    NeedArea.LIFESTYLE: Cut(2, 5),
    NeedArea.DRUGS: Cut(2, 8),
    NeedArea.ALCOHOL: Cut(4, 7),
    NeedArea.THINKING: Cut(4, 7),
    NeedArea.ATTITUDES: Cut(2, 7),
}

WEIGHTED = {  # where an OASys document keeps the sum of each area; source: the published shapes of OASys documents
    NeedArea.ACCOMMODATION: "accommodationWeightedScore",
    NeedArea.ETE: "eteWeightedScore",
    NeedArea.RELATIONSHIPS: "relationshipsWeightedScore",
    NeedArea.LIFESTYLE: "lifestyleWeightedScore",
    NeedArea.DRUGS: "drugWeightedScore",
    NeedArea.ALCOHOL: "alcoholWeightedScore",
    NeedArea.THINKING: "thinkingWeightedScore",
    NeedArea.ATTITUDES: "attitudesWeightedScore",
}
