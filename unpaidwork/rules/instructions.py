"""Which flags need an instruction, what it must say, and what must not stand in it.

Source: report 4.1 (a code was there and its detail was not; one had no code at all); unpaid work reference 5,
6a and 10 (U2, U3); product rules, gates and sharing.
"""

import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from cases.rules import restrictions
from cases.rules.giveaways import REPEATED, repeats
from cases.rules.stock import is_stock
from cases.rules.words import counted, within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.reference.flags import ANY, DEMANDS, NOT_FOR_SITE, OF_OTHERS, ORDERS, Demand, Says

ASKS = {
    "must_not": "Say what they must not be allowed.",
    "watch_for": "Say what to watch for.",
    "do": "Say what to do, so that somebody who has never met them could do it.",
    "ring": "Say whom to ring, by role and with a number.",
}
# What tells what happened, and not what to do. "If they hit somebody, ring" is no story
ACTS = (
    "assaulted|attacked|battered|beat|beaten|bit|bitten|burgled|burnt|burned|choked|groomed|harassed|hit|hurt|"
    "kicked|killed|kidnapped|knifed|molested|murdered|punched|raped|robbed|shot|shoved|slapped|spat|stabbed|"
    "stalked|stole|stolen|strangled|struck|suffocated|throttled|threatened|threw|abused"
)
STORY = re.compile(
    rf"(?<!\bif )(?<!\bwhen )(?<!\bonce )\b(?:he|she|they|who)\s+(?:(?:has|have|had|was|were|also|once)\s+)*(?:{ACTS})\b"
    r"|\b(?:convicted|sentenced|found guilty|pleaded guilty|charged with|arrested for)\b"
    r"|\bindex offence\b|\boffences? (?:of|against|was|were|took|happened|involved)\b|\bpolice were called\b",
    re.IGNORECASE,
)
BORN = re.compile(r"\b(?:born|d\.?o\.?b\.?|date of birth)\b", re.IGNORECASE)
TOLD = "It tells what happened. Say what to look for and what to do, and leave the offence out."
DATED = "It gives somebody’s date of birth. Take it out."
UNFINISHED = "Fill in what stands in brackets, or take it out."
DIGITS = 3  # of a number to ring: 999 is one


@dataclass(frozen=True, slots=True)
class OnRegister:
    """One entry on a register, as far as it bears on an instruction."""

    pk: int
    code: str
    name: str
    part: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """One restriction that stands. `rests_on`: the entry on a register that says there is such an order."""

    pk: int
    kind: str
    name: str
    from_on: date
    to_on: date | None = None
    rests_on: int | None = None
    prohibits: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An instruction that stands. `gives_away`: why what it says may not be shown; blank where it may."""

    pk: int
    review_on: date
    gives_away: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """One register or order about which supervisors must be told, and the instruction that does, if any.

    `key` tells it from every other of the case: "register-3" or "order-4".
    """

    key: str
    name: str
    demand: Demand
    from_on: date | None = None
    to_on: date | None = None
    said: Said | None = None
    prohibits: str = ""

    def holds(self, on):
        """Whether it holds on this day: an order to the end of its last."""
        return (self.from_on is None or self.from_on <= on) and (
            self.to_on is None or on <= self.to_on
        )

    @property
    def gap(self):
        """What has no instruction that may be shown, in words; blank where it has one."""
        if self.said is None:
            return self.name
        if self.said.gives_away:
            return f"{self.name} (what is written gives something away, and is kept back)"
        return ""

    def review_passed(self, today):
        return self.said is not None and self.said.review_on <= today


def demand_of(register):
    """What an instruction about this entry must say; None where supervisors are shown nothing of it."""
    if register.code in NOT_FOR_SITE:
        return None
    demand = DEMANDS.get(register.code, ANY if register.warns else None)
    return OF_OTHERS.get(demand, {}).get(register.part, demand) if demand else None


def flags_of(registers, orders, said):
    """The flags of one case. `said`: {key: the instruction that stands}.

    An order that is recorded takes the place of the entry which only says that there is one.
    """
    found = []
    recorded = {one.rests_on for one in orders}
    for one in registers:
        demand = demand_of(one)
        if demand and one.pk not in recorded:
            key = f"register-{one.pk}"
            found.append(Flag(key, one.name, demand, said=said.get(key)))
    for order in orders:
        key = f"order-{order.pk}"
        found.append(
            Flag(
                key,
                order.name,
                ORDERS[order.kind],
                order.from_on,
                order.to_on,
                said.get(key),
                order.prohibits,
            )
        )
    return found


def missing(flags):
    """The flags that have no instruction which may be shown, in words."""
    return [one.gap for one in flags if one.gap]


def owed_because(flags, today):
    """Why somebody has to write, in a sentence; blank where nobody has."""
    without = missing(flags)
    if without:
        return f"Nothing says what this means on a work site: {', '.join(without)}."
    passed = [one for one in flags if one.review_passed(today)]
    if passed:
        first = min(passed, key=lambda one: one.said.review_on)
        return f"The instruction on {within_a_sentence(first.name)} was to be looked at by {say_date(first.said.review_on)}."
    return ""


def suggested(flag):
    """What an instruction about it may begin with, by part. Whom to ring is never suggested."""
    demand = flag.demand
    must_not = flag.prohibits or demand.must_not
    return {"must_not": must_not, "watch_for": demand.watch_for, "do": demand.do, "ring": ""}


def last_review(demand, today):
    """The last day on which an instruction written today may be looked at again."""
    return today + relativedelta(months=demand.months)


def wrong_with(words, demand):
    """{part: what is wrong with it} of an instruction by what it must say; `words` by part."""
    found = {}
    asked = {"do", "ring"} | {str(one) for one in demand.says}
    for part, text in words.items():
        text = text.strip()
        if not text and part not in asked:
            continue
        if is_stock(text):
            found[part] = ASKS[part]
        elif "[" in text or "]" in text:
            found[part] = UNFINISHED
    if "ring" not in found and not _names_a_number(words["ring"]):
        found["ring"] = ASKS["ring"]
    return found


def gives_away(text, kept):
    """What in these words a supervisor must never read, as it is to be mended; blank where nothing is."""
    if BORN.search(text):
        return DATED
    if found := restrictions.gives_away(text, kept):
        return found
    if repeats(text, kept.texts):
        return REPEATED
    return TOLD if STORY.search(text) else ""


def check_review(review_on, demand, today):
    """Refuse an instruction that nobody looks at again in time."""
    if review_on <= today:
        raise RuleBroken("Say a day to come on which it is looked at again.")
    if review_on > last_review(demand, today):
        raise RuleBroken(
            f"Look at it again within {counted(demand.months, 'month')}, as this register is."
        )


def check_ending(flag, because):
    """Refuse to take away what a flag that stands still needs."""
    if flag is not None:
        raise RuleBroken(
            f"{flag.name} still stands, so supervisors must be told. Write another in its place."
        )
    if is_stock(because):
        raise RuleBroken("Say why it is no longer needed.")


def _names_a_number(text):
    letters = sum(letter.isalpha() for letter in text)
    return letters > 1 and sum(letter.isdigit() for letter in text) >= DIGITS


PARTS = (*map(str, Says), "do", "ring")
