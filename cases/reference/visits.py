"""Home visits: how they are made safe, what is looked for, and why one was not done.

Sources: report 2.3 (home visits not undertaken where necessary; lone-working devices that fail without
coverage); supervision reference 3.4; product rules, clocks. The prompts are ours, not an inspectorate's.
Codes stand in what is kept, so they are never changed, only added to.
"""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from cases.reference.codes import Titled


class VisitWay(Titled):
    """How somebody may be visited."""

    ALONE = "alone", "One officer, with a buddy who knows"
    PAIRED = "paired", "Two staff together"
    POLICE = "police", "With the police"
    NOT_AT_HOME = "not_at_home", "Not at home: meet somewhere else"


class Signal(Titled):
    """Whether a telephone works at the address."""

    GOOD = "good", "Good signal"
    PATCHY = "patchy", "Patchy signal"
    NONE = "none", "No signal"
    UNKNOWN = "unknown", "Not known"


NEEDS_FALLBACK = frozenset({Signal.PATCHY, Signal.NONE})


class YesNoUnsure(Titled):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"


class NotDone(Titled):
    """Why a visit that was due was not done."""

    NOBODY_IN = "nobody_in", "Nobody in"
    REFUSED = "refused", "We were not let in"
    UNSAFE = "unsafe", "It was not safe to go in"
    MOVED = "moved", "They do not live there"
    STAFF = "staff", "We could not go"
    OTHER = "other", "Something else"


class FollowOn(Titled):
    """What a visit may call for, proposed by what was seen and carried out with its record."""

    CHILDREN = "children", "Ask children's social care about the children who were seen"
    PERSON = "person", "Add who was met to the people around them, and ask the police about them"
    ADDRESS = "address", "Ask the police and the council about the other address"
    SAFETY = "safety", "Have the safety decision brought up to date before anybody goes again"
    RAISE = "raise", "Raise it now"


class Prompt(StrEnum):
    """How a prompt is answered."""

    ANY = auto()  # several of its choices
    ONE = auto()
    NUMBER = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing to look for. `dangers`: the choices that staff must know of before the next visit."""

    code: str
    asks: str
    how: Prompt
    why: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    dangers: frozenset[str] = field(default_factory=frozenset)


OBSERVATIONS = {
    one.code: one
    for one in (
        Observation(
            "met", "Who did you see?", Prompt.ANY,
            "Whom you saw yourself, not whom you were told of.",
            (
                ("person", "The person"),
                ("partner", "A partner"),
                ("children", "Children"),
                ("adults", "Other adults"),
                ("nobody_else", "I was shown that nobody else was in"),
            ),
        ),
        Observation(
            "children", "How many children did you see?", Prompt.NUMBER,
            "Enter 0 if you saw none. Names do not go here: they go to the people around them.",
        ),
        Observation(
            "of_children", "What did you see and hear of the children?", Prompt.WORDS,
            "How they looked, what they said or did, who was looking after them.",
        ),
        Observation(
            "rooms", "Which rooms did you see?", Prompt.ANY,
            "What you were not shown matters too.",
            (
                ("door", "Only the doorstep"),
                ("living", "Living room"),
                ("kitchen", "Kitchen"),
                ("bedrooms", "Where they sleep"),
                ("children", "Where the children sleep"),
                ("bathroom", "Bathroom"),
                ("kept_shut", "Something was kept shut when I asked"),
            ),
        ),
        Observation(
            "sleeping", "Do the beds fit who is said to live there?", Prompt.ONE,
            "Beds, clothes and toothbrushes tell who lives somewhere.",
            (("yes", "Yes"), ("no", "No: more or fewer people sleep there"), ("not_seen", "I did not see")),
        ),
        Observation(
            "home", "How is the home?", Prompt.ANY, "",
            (
                ("warm", "Warm"),
                ("cold", "Cold, or no heating"),
                ("food", "There is food"),
                ("no_food", "I saw no food"),
                ("damp", "Damp or dirty enough to make somebody ill"),
                ("crowded", "Overcrowded"),
                ("hazard", "Something a child could be hurt by"),
            ),
        ),
        Observation(
            "signs", "What else was there?", Prompt.ANY, "",
            (
                ("alcohol", "Signs of heavy drinking"),
                ("drugs", "Drugs, or what is used with them"),
                ("damage", "Broken doors, holes in walls, things thrown"),
                ("injury", "Somebody was hurt or marked"),
                ("fear", "Somebody was frightened, or spoken for by another"),
                ("weapons", "A weapon, or something kept as one"),
                ("dogs", "A dog that was not kept away from us"),
                ("threats", "We were threatened or not let out"),
                ("hostile", "Somebody there was hostile to us"),
            ),
            frozenset({"weapons", "dogs", "threats", "hostile"}),
        ),
        Observation(
            "lives_there", "Who else lives there, as far as you can tell?", Prompt.WORDS,
            "Who said so, and what you saw that bears it out.",
        ),
        Observation(
            "said", "What did the person say?", Prompt.WORDS, "In their own words where you can.",
        ),
    )
}  # fmt: skip
