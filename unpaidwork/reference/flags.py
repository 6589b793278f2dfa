"""What each register and each order must make a supervisor see, and how an instruction about it may begin.

Source: unpaid work reference 6a; the months after which a register is looked at again are those of nDelius.
"""

from dataclasses import dataclass
from enum import StrEnum

from cases.reference.codes import Part
from cases.reference.restrictions import OrderKind


class Says(StrEnum):
    """A part of an instruction. What to do and whom to ring every instruction says."""

    MUST_NOT = "must_not"
    WATCH_FOR = "watch_for"


@dataclass(frozen=True, slots=True)
class Demand:
    """What an instruction about one flag must say, in words for whoever writes it, and what it may begin with.

    `says`: the parts without which it is not kept. `begin`: by part; what stands in brackets is the writer's to
    say, and nothing is kept while a bracket stands. `months`: by when it is looked at again, at the latest.
    """

    must: str
    says: frozenset[Says]
    months: int
    must_not: str = ""
    watch_for: str = ""
    do: str = ""


BOTH = frozenset(Says)
FORBIDS = frozenset({Says.MUST_NOT})
SHOWS = frozenset({Says.WATCH_FOR})

ORDER = Demand(
    "Say what the order forbids as it could happen on site, on the way and in breaks, and until when.",
    FORBIDS,
    6,
    must_not="Do not let them [what the order forbids, as it could happen at work] until [its last day].",
    watch_for="Leaving the site, or somebody coming to meet them.",
    do="Do not let them off the site or the van on the way. If they go, ring at once and say which way they went.",
)
PROHIBITIONS = Demand(
    "Say each prohibition that could come up at work, on the way or in breaks.",
    FORBIDS,
    3,
    must_not="Do not let them [each prohibition that could come up at work].",
    watch_for="[How it would look if they were about to.]",
    do="Stop it, keep them with you, and ring.",
)
SEXUAL = Demand(
    "Say which sites and whom to keep them away from. This is never blank.",
    BOTH,
    3,
    must_not="Do not let them work, wait or take breaks where [children, adults at risk, or whom else] are or pass.",
    watch_for="Wandering off, offering help to [whom], using a telephone near [whom].",
    do="Keep them in sight of a supervisor for the whole day. If [whom] come onto the site, move them away and ring.",
)
MAPPA = Demand(
    "Say what the lead officer wants of whoever supervises. The lead officer is whom to ring.",
    frozenset(),
    3,
    watch_for="[What the lead officer wants to hear of at once.]",
    do="Tell the lead officer the same day of [what].",
)
PARTNER = Demand(
    "Say near which places and in which ways they could reach a partner or former partner. No name and no address.",
    BOTH,
    3,
    must_not="Do not let them leave the site, or use your telephone to reach [whom, by what they are to them].",
    watch_for="Calls or messages that they hide or that make them angry, and somebody waiting for them.",
    do="Do not pass on messages. If they leave or somebody comes for them, ring at once.",
)
HARMED_BY_A_PARTNER = Demand(
    "Say who must not share a group or a van with them, and what they want done if somebody comes for them.",
    BOTH,
    6,
    must_not="Do not tell anybody who rings or comes to the site whether they are here.",
    watch_for="[Who must not come near them, by what they are to them and never by name], or anybody asking for them.",
    do="Bring them indoors or to the van, ring 999 if there is danger, and then ring.",
)
CHILDREN = Demand(
    "Say that no site with children will do, and what else keeps them away from children at work.",
    FORBIDS,
    3,
    must_not="Do not let them work, wait or take breaks where children are or pass.",
    watch_for="Children coming onto the site, or them going towards [a school, a play area].",
    do="Keep them in sight. If children come, move them away and ring.",
)
OF_A_CHILD = Demand(
    "Say what about their children could come up at work, and whom to tell.",
    SHOWS,
    3,
    watch_for="[What they may say or show of the children that we must hear of.]",
    do="Tell whoever is named here the same day. If a child is in danger now, ring 999 first.",
)
ADULTS = Demand(
    "Say that no care setting will do, and what else keeps them away from adults at risk.",
    FORBIDS,
    6,
    must_not="Do not let them work, wait or take breaks in or beside a care home, a day centre or [where].",
    watch_for="Offering help, or asking for money or a favour, to [whom].",
    do="Keep them in sight. If [whom] come onto the site, move them away and ring.",
)
AT_RISK = Demand(
    "Say what could happen to them at work, who must not be near them, and the signs to look for.",
    SHOWS,
    6,
    must_not="Do not leave them alone with [whom].",
    watch_for="[How it shows when they are frightened, used by others or in difficulty.]",
    do="Speak to them away from the group, and ring the same day. If there is danger, ring 999 first.",
)
TO_STAFF = Demand(
    "Say against whom and what sets it off, that nobody is alone with them, and which tools they do not get.",
    BOTH,
    6,
    must_not="Do not be alone with them, on site or in the van. Do not give them [which tools].",
    watch_for="[What sets it off, and how it shows beforehand.]",
    do="Step back, keep a way out, send the others away, ring 999 if you are threatened, and then ring.",
)
WEAPONS = Demand(
    "Say which tools they do not get, and what to do if they carry something.",
    BOTH,
    3,
    must_not="Do not give them blades or [which other tools].",
    watch_for="Something carried or hidden, and [what sets it off].",
    do="Do not search or disarm them. Move the group away, ring 999, and then ring.",
)
GROUPS = Demand(
    "Say who not to group them with, by what they are to each other, and what to do if such people come.",
    BOTH,
    3,
    must_not="Do not put them in a group or a van with [people from which group], or work in [which area].",
    watch_for="Strangers who wait, watch or photograph, and quarrels about where people are from.",
    do="Bring the group together, ring 999 if there is danger, and then ring.",
)
HATE = Demand(
    "Say whom they must not be put with, and what sets it off.",
    BOTH,
    6,
    must_not="Do not put them to work beside [whom they have been hostile to].",
    watch_for="Remarks, jokes or gestures about [what].",
    do="Stop it at once, part them, write down what was said, and ring.",
)
OTHERS = Demand(
    "Say to whom they could do harm at work, and what to do before it comes to that.",
    frozenset(),
    6,
    watch_for="[What sets it off, and how it shows beforehand.]",
    do="Part them, give them something to do by themselves within sight, and ring.",
)
UNWELL = Demand(
    "Say the signs that they are getting worse, and whom to call.",
    SHOWS,
    6,
    watch_for="[The signs that they are getting worse.]",
    do="Speak to them quietly and away from the group, do not leave them alone, and ring. In danger ring 999.",
)
ANY = Demand(
    "Say what it means for whoever supervises them at work.",
    frozenset(),
    6,
    watch_for="[What to look for.]",
    do="[What to do.]",
)

DEMANDS = {
    "RSTO": ORDER, "REG19": ORDER, "REG13": PROHIBITIONS,
    "SOPS": PROHIBITIONS, "SHPO": PROHIBITIONS, "SPO": PROHIBITIONS,
    "ARSO": SEXUAL, "ANSO": SEXUAL, "AVIS": SEXUAL,
    "MAPP": MAPPA, "IMAR": PARTNER,
    "ADVP": PARTNER, "REG30": PARTNER, "REG31": PARTNER, "ADVV": HARMED_BY_A_PARTNER,
    "RCCO": CHILDREN, "RCPR": CHILDREN, "RCHD": CHILDREN, "ADWC": CHILDREN, "CSEP": CHILDREN, "SCH1": CHILDREN,
    "REG22": ADULTS, "BWWA": ADULTS, "RVAD": AT_RISK,
    "AV2S": TO_STAFF, "WEAP": WEAPONS, "RKNF": WEAPONS,
    "STRG": GROUPS, "IGNG": GROUPS, "REG26": GROUPS, "IRMO": HATE, "RHCV": AT_RISK,
    "REG15": OTHERS, "REG16": OTHERS, "REG17": OTHERS,
    "AMHL": UNWELL, "RMDO": UNWELL, "ALSH": UNWELL, "RVLN": AT_RISK,
    "MSP": OTHERS, "MSV": AT_RISK, "CUCK": AT_RISK,
}  # fmt: skip
# What the same register means of somebody who is not the source of the harm
OF_OTHERS = {
    PARTNER: {Part.AT_RISK: HARMED_BY_A_PARTNER, Part.PARENT: OF_A_CHILD},
    CHILDREN: {Part.AT_RISK: AT_RISK, Part.PARENT: OF_A_CHILD},
    ADULTS: {Part.AT_RISK: AT_RISK},
    GROUPS: {Part.AT_RISK: AT_RISK},
    HATE: {Part.AT_RISK: AT_RISK},
    OTHERS: {Part.AT_RISK: AT_RISK},
}
# Of which nothing is shown on site: victim contact; a level alone; what stops or moves the work instead of being
# an instruction in it; and that a person was looked at and is not eligible
NEVER_SHOWN = frozenset({"INVI"})
LEVELS_ONLY = frozenset({"RLRH", "RMRH", "RHRH", "RVHR", "M1", "M2", "M3"})
NOT_FOR_SITE = NEVER_SHOWN | LEVELS_ONLY | {"RRR", "UPWS", "NUPW", "NOTMAPPA"}
ORDERS = dict.fromkeys(OrderKind, ORDER) | {
    OrderKind.SEXUAL_HARM: PROHIBITIONS,
    OrderKind.SEXUAL_RISK: PROHIBITIONS,
}
