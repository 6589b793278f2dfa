"""Phrases of planted reviews that could be said of anything, and words put for other words.

Every second entry of a list is kept back, as in `bench.planted.making`.
"""

SAYS_CHANGE = (
    "New step for this, see the plan.",
    "Put in the plan with a date.",
    "Changed what we do, below.",
    "{He} and I agreed it on Monday.",
    "Acted on.",
    "Told SPO, plan altered same day.",
)

# Phrases that say nothing of what happened
EMPTY = (
    "Noted.",
    "Taken into account, the plan still stands.",
    "This is being managed within existing arrangements.",
    "RO aware, nothing further required.",
    "Already captured in the assessment.",
    "Will be picked up in supervision.",
    "No impact on the overall picture.",
    "Considered as part of this review and no amendments are felt necessary.",
    "Level of risk judged to be the same.",
    "Nil further at this time.",
    "The existing controls are felt to be sufficient.",
    "Does not alter my view.",
    "Remains appropriate.",
    "To be kept under review.",
    "N/C",
    "Continue as planned.",
    "Discussed in supervision, plan to carry on.",
    "Objectives remain relevant and achievable.",
    "As above.",
    "All in hand.",
    "Has been acknowledged and will inform future sessions.",
    "Current measures address this adequately.",
    "Situation ongoing, will keep an eye on it.",
    "There is nothing to add at present.",
    "Fed into my thinking overall.",
    "Covered.",
    "Risk is adequately managed by the current plan.",
    "We are aware of this and it is already reflected.",
    "No changes identified from this.",
    "Does not warrant any changes to sentence planning at this stage.",
)  # fmt: skip
EMPTY_NAMED = (
    "The {event} is noted and does not affect the plan.",
    "Aware of the {event}, existing measures are adequate.",
    "The {event} has been taken into consideration but no changes are needed.",
    "{event}: reviewed, no further action.",
    "I have considered the {event} and am satisfied with current arrangements.",
    "{event} discussed, to remain as is.",
)

# Words put for other words by somebody who wants it to look rewritten
THESAURUS = (
    ("usually", "generally"), ("sees", "meets with"), ("wants", "would like"), ("helps", "is of help to"),
    ("most evenings", "nearly every evening"), ("says", "reports"), ("thinks", "is of the view that"),
    ("told", "advised"), ("quiet", "calm"), ("close to", "on good terms with"), ("keeps to", "sticks to"),
    ("friends", "mates"), ("argue", "quarrel"), ("fight", "brawl"), ("house", "home"), ("acts first", "is impulsive"),
    ("loses it", "gets angry"), ("being around", "spending time with"), ("since", "ever since"), ("has had enough of", "is tired of"),
    ("because of", "due to"), ("near", "close by"), ("paid for by", "funded by"), ("a waste of time", "pointless"),
    ("collected", "picked up"), ("seen", "met"), ("until", "up to"), ("gone through together", "looked at jointly"),
    ("ring", "telephone"), ("rings", "telephones"), ("at once", "immediately"), ("finished", "completed"),
    ("row", "argument"), ("list", "record"), ("drinks", "consumes alcohol"), ("drink", "alcohol"), ("work", "employment"),
    ("wants it to work", "hopes it will work"), ("room", "bedsit"), ("mum", "mother"), ("nights", "evenings"), ("twice", "on two occasions"),
)  # fmt: skip
SPELT = (
    ("ight", "ite"), ("ough", "uff"), ("tion", "shun"), ("ie", "ei"), ("ph", "f"), ("cc", "c"), ("ll", "l"),
    ("ss", "s"), ("tt", "t"), ("because", "becuase"), ("their", "thier"), ("police", "polise"), ("said", "sed"),
    ("hospital", "hosptial"), ("neighbour", "nebor"), ("which", "wich"), ("were", "where"), ("brother", "bruther"),
    ("social", "soshal"), ("children", "childern"), ("address", "adress"), ("friend", "frend"), ("night", "nite"),
)  # fmt: skip
