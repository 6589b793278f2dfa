"""What somebody needs in their hand at the gate: what is worth asking for, and what may be written of it.

Never a number of an account, a card or a document: whoever steals it steals the account, and nothing here needs it.
Sources: Through the Gate reference 3 (bank, identity, documents; medication, naloxone and telephone missing elsewhere),
7; product rules, privacy.
"""

import re

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from ttg.reference.home import Item, ItemState
from ttg.reference.referrals import Pathway

LONGEST = 300
DATE = re.compile(r"\b(?:\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b")
LONG_NUMBER = re.compile(r"(?:\d[\s.\-–/]*){8,}")
SORT_CODE = re.compile(r"\b\d{2}-\d{2}-\d{2}\b")
INSURANCE = re.compile(r"\b[A-Z]{2}\s*(?:\d{2}\s*){3}[A-D]?\b", re.IGNORECASE)
NO_NUMBERS = (
    "Take the number out. Numbers of accounts, cards and documents are never written here: whoever reads one could use "
    "it. Say which bank or document it is, and how far it has come."
)
MUST_SAY = {
    ItemState.DECLINED: "Say why they do not want it, as they say it.",
    ItemState.TURNED_DOWN: "Say who turned it down, and why.",
    ItemState.RETURNED: "Say what is missing.",
}
EVERYBODY = (
    Item.BANK,
    Item.PHOTO,
    Item.BIRTH,
    Item.INSURANCE,
    Item.BENEFIT,
    Item.GRANT,
    Item.DOCTOR,
    Item.PHONE,
    Item.TRAVEL,
    Item.CLOTHES,
)
OF_PATHWAY = {  # what a need on it makes worth asking for, and why
    Pathway.SUBSTANCES: (Item.SCRIPT, Item.MEDICATION, Item.NALOXONE),
    Pathway.HEALTH: (Item.SCRIPT, Item.MEDICATION, Item.SUPPORT),
}
OF_CODE = (  # of a need: words in its code, and what they call for
    ("script", Item.SCRIPT),
    ("medic", Item.MEDICATION),
    ("naloxone", Item.NALOXONE),
    ("mental", Item.SUPPORT),
)


def suggested_items(needs, stands=()):
    """[(Item, why)] that nothing is said of yet. `needs`: (pathway, code) of those open; `stands`: items said of."""
    why = dict.fromkeys(EVERYBODY, "Asked of everybody who leaves prison")
    for pathway, code in needs:
        for one in OF_PATHWAY.get(pathway, ()):
            why.setdefault(one, f"They have a need of {Pathway(pathway).title.lower()}")
        for part, one in OF_CODE:
            if part in code:
                why[one] = "A need of theirs names it"
    said = set(stands)
    return [(one, why[one]) for one in Item if one in why and one not in said]


def check_item(*, state, words, applied_on, expected_on, ready_on, today):
    """The columns as they are kept. Days that no longer mean anything for the state are left out."""
    words = (words or "").strip()
    check_no_numbers(words)
    if len(words) > LONGEST:
        raise RuleBroken(f"Say it in {LONGEST} letters.")
    if state in MUST_SAY and says_nothing(words):
        raise RuleBroken(MUST_SAY[state])
    if state == ItemState.APPLIED and not applied_on:
        raise RuleBroken("Say on which day it was applied for.")
    if state == ItemState.READY and not ready_on:
        raise RuleBroken("Say on which day it was there.")
    for what, day in (("applied for", applied_on), ("there", ready_on)):
        if day and day > today:
            raise RuleBroken(f"It cannot have been {what} on a day still to come.")
    if applied_on and expected_on and expected_on < applied_on:
        raise RuleBroken("It cannot be expected before it was applied for.")
    if applied_on and ready_on and ready_on < applied_on:
        raise RuleBroken("It cannot have been there before it was applied for.")
    asked = state in (ItemState.APPLIED, ItemState.RETURNED)
    return {
        "state": state,
        "words": words,
        "applied_on": applied_on,
        "expected_on": expected_on if asked or state == ItemState.NEEDED else None,
        "ready_on": ready_on if state == ItemState.READY else None,
    }


def check_no_numbers(words):
    """Refuse the number of an account, a card or a document. A date is none."""
    left = DATE.sub(" ", words)
    if LONG_NUMBER.search(left) or SORT_CODE.search(left) or INSURANCE.search(left):
        raise RuleBroken(NO_NUMBERS)


def check_given(states):
    """Refuse to say that something is with them that is not there. `states`: {Item: state, or None}"""
    if not states:
        raise RuleBroken("Say what they were given at the gate.")
    missing = [Item(one).title for one, state in states.items() if state != ItemState.READY]
    if missing:
        raise RuleBroken(f"{missing[0]}: it is not said to be there. Say first that it is.")
