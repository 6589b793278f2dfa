"""What it takes to say that somebody needs something on release, and that the need is met.

Source: Through the Gate reference 6: a need is never met by signposting.
"""

import re

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from ttg.reference.questions import NEEDS
from ttg.reference.referrals import NeedState

LEAFLET = frozenset({
    "signpost", "signposts", "signposted", "signposting", "leaflet", "leaflets", "booklet", "flyer", "poster",
    "information", "info", "number", "numbers", "card", "cards", "details",
})  # fmt: skip
AROUND = frozenset({
    "a", "an", "and", "at", "by", "for", "from", "gave", "give", "given", "got", "had", "has", "handed", "her",
    "him", "his", "in", "is", "it", "of", "on", "or", "our", "referred", "telephone", "phone", "provided",
    "someone", "somewhere", "the", "them", "their", "they", "to", "told", "was", "were", "where", "who", "with",
    "advised", "advice", "about", "contact", "service", "services",
})  # fmt: skip
ASKED = {
    NeedState.MET: "Say what met it.",
    NeedState.DECLINED: "Say it in their own words: what did they say?",
    NeedState.NOT_NEEDED: "Say why it is not needed any more.",
}
FEWEST = 3  # words of substance, where a leaflet is spoken of as well


def check_need(words, *, code="", pathway=""):
    """What they need, trimmed; where it is of the catalogue and nothing is added, as the catalogue says it."""
    words = words.strip()
    if code:
        kind = NEEDS.get(code)
        if kind is None or kind.pathway != pathway:
            raise RuleBroken("This need is not in the list of that part of their life. Choose it there, or say it in your own words.")  # fmt: skip
        words = words or kind.words
    if says_nothing(words):
        raise RuleBroken("Say what they need, so that somebody else could arrange it.")
    return words


def is_only_a_leaflet(words):
    """Whether all that is said is that they were pointed to somewhere: "signposted", "leaflet given", "gave number"."""
    said = re.findall(r"[a-z']+", words.lower())
    pointed = any(word in LEAFLET for word in said)
    of_substance = [word for word in said if word not in LEAFLET | AROUND]
    return not of_substance or (pointed and len(of_substance) < FEWEST)


def check_settled(*, state, because, taken_on, waits):
    """Refuse a need that is said to be settled and is not. Returns what met it, or why not, trimmed.

    `taken_on`: a service has said, by name, that it takes them on; `waits`: a referral still runs, which does not.
    """
    because = because.strip()
    if state == NeedState.OPEN:
        raise RuleBroken("Say what became of the need.")
    if says_nothing(because):
        raise RuleBroken(ASKED[NeedState(state)])
    if waits:
        raise RuleBroken(
            "A referral for this need is still running. Record what came of it, or take it back, first."
        )
    if state == NeedState.MET and not taken_on and is_only_a_leaflet(because):
        raise RuleBroken(
            "Nobody is helped by a leaflet or a number alone. Say what was done and is there now, or who took them on."
        )
    return because
