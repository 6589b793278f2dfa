"""Patterns of past behaviour: what is known of it, grouped, and what an assessment must answer of each.

Source: product rules, gates (same type and victim kind grouped; each pattern plus the most serious and
the most recent); report 2.4 (past violence, call-outs and a pre-sentence report that no analysis spoke of).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cases.reference.harm import Behaviour, VictimKind
from cases.rules.words import listed, times

PAST = {  # how each is named within a sentence: "Past violence is not answered"
    Behaviour.VIOLENCE: "violence",
    Behaviour.SEXUAL: "sexual offending",
    Behaviour.WEAPON: "use of weapons",
    Behaviour.DOMESTIC_ABUSE: "domestic abuse",
    Behaviour.CHILD: "harm or concern about a child",
    Behaviour.TOLD: "behaviour told of before sentence",
    Behaviour.OTHER_HARM: "harm of another kind",
}


@dataclass(frozen=True, slots=True)
class Episode:
    """One thing known of the past. `what` in words for staff that name nobody: "wounding"."""

    key: str  # the same however often the record is brought in; names nobody
    behaviour: Behaviour
    victim: VictimKind
    what: str
    on: date | None
    seriousness: int  # 9 the gravest
    source: str  # who said so

    @property
    def how_recent(self):
        return (self.on or date.min, self.seriousness, self.key)

    @property
    def how_serious(self):
        return (self.seriousness, self.on or date.min, self.key)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Episodes of one behaviour towards one kind of victim, the latest first."""

    behaviour: Behaviour
    victim: VictimKind
    episodes: tuple[Episode, ...]

    @property
    def key(self):
        return f"{self.behaviour}-{self.victim}"

    @property
    def most_serious(self):
        return max(self.episodes, key=lambda one: one.how_serious)

    @property
    def most_recent(self):
        return self.episodes[0]

    @property
    def title(self):
        if self.victim == VictimKind.NOT_RECORDED or self.behaviour == Behaviour.CHILD:
            return self.behaviour.title
        return f"{self.behaviour.title}: {self.victim.title}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One item that an assessment answers: a pattern, or an episode of it that is asked about by itself."""

    key: str
    title: str
    summary: str
    episodes: tuple[Episode, ...]
    unanswered: str  # how a gap begins: "Past violence is not answered"

    @property
    def covers(self):
        """The keys of the episodes an answer given now is about."""
        return tuple(one.key for one in self.episodes)


def patterns_of(episodes):
    """These episodes grouped, the pattern with the gravest first."""
    groups: dict[tuple[Behaviour, VictimKind], list[Episode]] = {}
    for one in sorted(episodes, key=lambda one: one.how_recent, reverse=True):
        groups.setdefault((one.behaviour, one.victim), []).append(one)
    found = [Pattern(*group, tuple(held)) for group, held in groups.items()]
    return tuple(sorted(found, key=lambda one: one.most_serious.how_serious, reverse=True))


def asked_of(patterns):
    """What is asked: each pattern, then the gravest and the latest of all where others stand beside them."""
    asked = [_of_pattern(one) for one in patterns]
    if not patterns:
        return ()
    gravest = max(patterns, key=lambda one: one.most_serious.how_serious)
    latest = max(patterns, key=lambda one: one.most_recent.how_recent)
    alone = {gravest.most_serious: "most serious"} if len(gravest.episodes) > 1 else {}
    if len(latest.episodes) > 1:
        held = alone.get(latest.most_recent)
        alone[latest.most_recent] = f"{held} and most recent" if held else "most recent"
    return (*asked, *(_alone(one, how) for one, how in alone.items()))


def asked_with(patterns, keys):
    """What is asked, and of those keys whatever a page drawn earlier asked and nobody asks now.

    An episode stops being asked about by itself once a later or graver one is known; what was typed of it
    meanwhile is an answer still.
    """
    asked = asked_of(patterns)
    left = set(keys) - {one.key for one in asked}
    episodes = [one for pattern in patterns for one in pattern.episodes]
    return (*asked, *(_alone(one, "one asked about before") for one in episodes if one.key in left))


def _of_pattern(pattern):
    about = f" towards {pattern.victim.title}" if _says_victim(pattern) else ""
    return Asked(
        key=pattern.key,
        title=pattern.title,
        summary=summary(pattern.episodes),
        episodes=pattern.episodes,
        unanswered=f"Past {PAST[pattern.behaviour]}{about} is not answered",
    )


def _says_victim(pattern):
    return pattern.victim != VictimKind.NOT_RECORDED and pattern.behaviour in {
        Behaviour.VIOLENCE,
        Behaviour.SEXUAL,
        Behaviour.WEAPON,
    }


def _alone(episode, how):
    return Asked(
        key=episode.key,
        title=f"The {how}: {summary((episode,))}",
        summary=summary((episode,)),
        episodes=(episode,),
        unanswered=f"The {how} of all is not answered by itself",
    )


def summary(episodes):
    """Each named once, with how often and when: "wounding (2004), common assault (12 times, 1996 to 2012)".

    The gravest first, then the latest.
    """
    counts = Counter(one.what for one in episodes)
    ordered = sorted(episodes, key=lambda one: one.how_serious, reverse=True)
    return ", ".join(
        _named(what, counts[what], [one.on for one in episodes if one.what == what])
        for what in dict.fromkeys(one.what for one in ordered)
    )


def _named(what, count, days):
    years = sorted({day.year for day in days if day})
    span = " to ".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]]))
    often = times(count) if count > 1 else ""
    return f"{what} ({', '.join(filter(None, [often, span or 'date not recorded']))})"


def new_since(asked, covered):
    """In words, the episodes of this item that an answer covering those keys was not about."""
    return summary([one for one in asked.episodes if one.key not in covered])


def in_words(patterns):
    """What they are patterns of, within a sentence."""
    return listed(PAST[one.behaviour] for one in patterns)
