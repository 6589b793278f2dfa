"""What stood on a planted case, in the shape of `cases.queries.snapshots`, and the edits that a hollow review makes."""

import random
import re
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from bench.planted import around, phrases, stood

Snapshot = dict[str, Any]
BEFORE_ON = date(2018, 4, 2)
AFTER_ON = date(2018, 10, 1)
LEVELS = ("RLRH", "RMRH", "RHRH")
SCORED = (
    "accommodation.suitable", "ete.unemployed", "drugs.current", "alcohol.current", "alcohol.binge",
    "relationships.partners", "lifestyle.influenced", "thinking.impulsive",
)  # fmt: skip


class Teller:
    """Draws words of one review. `only_half`: leaves what is kept back alone; `other_half`: draws only that."""

    def __init__(self, chance: random.Random, half: int | None):
        self.chance, self.half = chance, half
        he, him, his = chance.choice([("he", "him", "his")] * 4 + [("she", "her", "her")])
        self.same: dict[str, int] = {}
        self.where = self._anywhere()
        self.slots = {
            "he": he, "him": him, "his": his, "himself": "himself" if he == "he" else "herself", "she_": "she",
            "name": chance.choice(around.NAMES), "other": chance.choice(around.OTHERS),
            "service": chance.choice(around.SERVICES),
        }  # fmt: skip

    def draw(self, bank):
        some = [one for n, one in enumerate(bank) if self.half is None or n % 2 == self.half]
        return self.chance.choice(some or list(bank))

    def fill_same(self, words: str) -> str:
        """With the same place and month each time."""
        return self.fill(words, self.where)

    def fill(self, words: str, where: dict[str, str] | None = None) -> str:
        slots = dict(self.slots)
        slots |= where or self._anywhere()
        for name in ("he", "his", "name", "other"):
            slots[name.capitalize()] = slots[name].capitalize()
        return words.format(**slots)

    def _anywhere(self) -> dict[str, str]:
        return {
            "place": self.chance.choice(around.PLACES),
            "month": self.chance.choice(around.MONTHS),
        }


def stands(teller: Teller) -> Snapshot:
    """A case as its last review left it."""
    answers = _assessed(teller)
    return {
        "on": BEFORE_ON.isoformat(),
        "harm": "RMRH",
        "groups": {"public": "RMRH", "known_adult": answers["harm.known_adult.level"]},
        "contact_level": "fortnightly",
        "registers": [{"id": 1, "code": "ADVP", "name": "Domestic abuse perpetrator", "level": "", "part": "source", "on": ""}],
        "victims": [],
        "assessment": {"id": 1, "on": BEFORE_ON.isoformat(), "answers": answers},
        "plan": _planned(teller),
        "actions": [],
    }  # fmt: skip


def _assessed(teller: Teller) -> dict[str, Any]:
    chance = teller.chance
    answers: dict[str, Any] = {}
    for code, bank in stood.NOTES.items():
        if chance.random() < 0.85:
            answers[code] = teller.fill(chance.choice(bank))
    answers |= {code: chance.choice("012") for code in SCORED}
    answers["engagement.readiness"] = chance.choice(["thinking", "not_ready"])
    answers["engagement.motivation"] = teller.fill(teller.draw(stood.MOTIVATION))
    answers["harm.known_adult.level"] = chance.choice(LEVELS[:2])
    answers["harm.public.level"] = "RMRH"
    return answers


def _planned(teller: Teller) -> dict[str, Any]:
    chance = teller.chance
    numbers = iter(range(10, 99))
    steps = chance.sample(stood.STEPS, 6)
    objectives = []
    for area, what in chance.sample(stood.OBJECTIVES, 3):
        objectives.append(
            {
                "id": next(numbers), "area": area, "what": teller.fill(what), "about": [f"need:{area}"],
                "steps": [step(next(numbers), teller.fill(steps.pop()), BEFORE_ON) for _ in range(2)],
            }
        )  # fmt: skip
    return {
        "id": 1, "on": BEFORE_ON.isoformat(),
        "answers": {"contact.level": "fortnightly", "home_visits.answer": "yes",
                    "person.words": teller.fill(teller.draw(stood.MOTIVATION))},
        "objectives": objectives,
        "contingencies": [
            {"id": next(numbers), "what_if": teller.fill(a), "then": teller.fill(b), "by_whom": "Officer", "by_when": "At once"}
            for a, b in chance.sample(stood.CONTINGENCIES, 2)
        ],
        "deliveries": [
            {"of": of, "name": name, "route": route, "how": teller.fill(how), "arranged_on": "2018-04-20"}
            for of, name, route, how in chance.sample(stood.DELIVERIES, 2)
        ],
    }  # fmt: skip


def step(number: int, what: str, made_on: date) -> dict[str, Any]:
    return {
        "id": number, "what": what, "by_whom": "Responsible officer", "actor": "officer", "nature": "constructive",
        "by_on": (made_on + timedelta(days=60)).isoformat(), "made_on": made_on.isoformat(), "done_on": "",
    }  # fmt: skip


def later(before: Snapshot) -> Snapshot:
    after = deepcopy(before)
    for one in (after, after["assessment"], after["plan"]):  # signed anew, whatever is in them
        one["on"] = AFTER_ON.isoformat()
    return after


def texts(stand: Snapshot):
    """(holder, key) of every free text that is not about motivation."""
    answers = stand["assessment"]["answers"]
    yield from ((answers, code) for code in stood.NOTES if code in answers)
    for objective in stand["plan"]["objectives"]:
        yield objective, "what"
        yield from ((one, "what") for one in objective["steps"])
    yield from ((one, "then") for one in stand["plan"]["contingencies"])
    yield from ((one, "how") for one in stand["plan"]["deliveries"])


def every(stand: Snapshot, chance: random.Random, share: float, edit) -> list[tuple[dict, str]]:
    """Edit about this share of the texts, one at least. Those that changed."""
    some = [one for one in texts(stand) if chance.random() < share] or [next(iter(texts(stand)))]
    changed = []
    for holder, key in some:
        was = holder[key]
        holder[key] = edit(was)
        changed += [(holder, key)] if holder[key] != was else []
    return changed


def move_dates(stand: Snapshot, chance: random.Random) -> None:
    """Dates rolled forward, weeks counted on, other months."""
    weeks = chance.randint(2, 9)

    def roll(words: str) -> str:
        for month in around.MONTHS:
            if month in words:
                words = words.replace(
                    month, chance.choice([one for one in around.MONTHS if one != month])
                )
                break
        words = re.sub(r"[Ww]eek (\d+)", lambda found: f"Week {int(found[1]) + weeks}", words)
        return re.sub(r"on 12 ", f"on {chance.randint(13, 28)} ", words)

    every(stand, chance, 1, roll)
    for objective in stand["plan"]["objectives"]:
        for one in objective["steps"]:
            by = date.fromisoformat(one["by_on"]) + timedelta(days=chance.choice([91, 120, 182]))
            one["by_on"] = by.isoformat()
    for one in stand["plan"]["deliveries"]:
        one["arranged_on"] = "2018-10-15"


def respace(stand: Snapshot, chance: random.Random) -> None:
    """Spaces, capitals, stops and lines, and nothing else."""

    def touch(words: str) -> str:
        ways = (
            lambda text: text.replace(". ", ".  "),
            lambda text: text.replace(". ", ".\n\n"),
            lambda text: text.upper(),
            lambda text: text.lower(),
            lambda text: text.replace(",", " -"),
            lambda text: f"  {text.rstrip('.')} ",
            lambda text: text.replace(".", ";"),
        )
        for way in chance.sample(ways, 2):
            words = way(words)
        return words

    every(stand, chance, 0.8, touch)


def reorder(stand: Snapshot, chance: random.Random) -> None:
    """The same sentences the other way about, and steps and objectives in another order."""

    def turn(words: str) -> str:
        parts = re.split(r"(?<=[.!?]) +", words)
        chance.shuffle(parts)
        return " ".join(parts)

    every(stand, chance, 1, turn)
    chance.shuffle(stand["plan"]["objectives"])
    for objective in stand["plan"]["objectives"]:
        objective["steps"].reverse()
    stand["plan"]["contingencies"].reverse()


def reword(stand: Snapshot, chance: random.Random, teller: Teller, share: float = 0.8):
    """Other words for the same, and another way of naming them."""
    pairs = [one for n, one in enumerate(phrases.THESAURUS) if teller.half in (None, n % 2)]
    who = chance.choice(
        ["The service user", "Mr Jones", "The offender", teller.slots["name"], "The client", "They"]
    )

    def other(words: str) -> str:
        done = 0
        for old, new in chance.sample(pairs, len(pairs)):
            again = re.sub(rf"\b{old}\b", new, words, count=1)
            done += again != words
            words = again
            if done == 3:
                break
        return re.sub(r"\b(He|She)\b", who, words)

    return every(stand, chance, share, other)


def respell(words: str, chance: random.Random) -> str:
    """As somebody with dyslexia may write it."""
    out = []
    for word in words.split(" "):
        low = word
        if len(word) > 4 and chance.random() < 0.35:
            for good, wrong in chance.sample(phrases.SPELT, len(phrases.SPELT)):
                if good in low:
                    low = low.replace(good, wrong, 1)
                    break
            else:
                at = chance.randint(1, len(low) - 3)
                low = low[:at] + low[at + 1] + low[at] + low[at + 2 :]
        out.append(low)
    return " ".join(out)
