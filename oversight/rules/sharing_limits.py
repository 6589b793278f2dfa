"""Which demand stands in the way where cases cannot be shared out, said so that a senior can mend it.

Source: features 123; product rules, gates. None of the demands is let go of here: what would help is said, and not done. That
nobody gets more than there is room for is kept to wherever that can be; whoever asks for a team that is over full says by
demanding it, or not, whether nothing is proposed then, or what is beyond is spread and said.
"""

from collections.abc import Mapping
from dataclasses import replace

from cases.rules.gaps import gates
from cases.rules.words import counted, listed
from oversight.reference.sharing import Demand
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import Pair, ToShare, demanded, is_here, names_of, rooms_of
from oversight.rules.sharing_first import first_answer
from oversight.rules.sharing_kinds import kinds_of
from oversight.rules.sharing_model import Beyond, Pairs, least_beyond, may_have
from staff.rules.dates import say_date


def plainly_in_the_way(asked: ToShare, policy: WorkloadPolicy, pairs: Pairs) -> tuple[str, ...]:
    """What can be seen of one case or one officer alone; each a sentence. Empty: nothing that is so plain."""
    found = list(_settled(asked, pairs))
    if not found:
        found = list(_nobody(asked, policy, pairs))
        if Demand.CEILING in asked.demands:
            found.extend(_settled_beyond_room(asked, policy))
    return tuple(found)


def no_room(
    asked: ToShare, policy: WorkloadPolicy, pairs: Pairs, beyond: Beyond, seconds: float
) -> tuple[str, ...]:
    """Where nothing stands in the way but that room does not suffice: by how much, with whom, and what would help."""
    most = _with_whom(asked, beyond.with_whom)
    return (
        _so_much(asked, policy),
        f"It takes {counted(beyond.at_least, 'point')} more room at least, for example {most}.",
        *_with_those_away(asked, policy, pairs, seconds),
        f"Take cases out, add an officer, {'demand less, ' if asked.demands - {Demand.CEILING} else ''}settle fewer, raise the "
        "ceiling, or do not demand that nobody goes beyond it: nothing was let go of here.",
    )


def spread(
    asked: ToShare, policy: WorkloadPolicy, beyond: Mapping[int, int], at_least: int
) -> tuple[str, ...]:
    """That an answer goes beyond the ceiling, by how much and with whom, and what would help. `beyond`: {officer: points}."""
    points = sum(beyond.values())
    fewer = "which is the least there must be"
    if points > at_least:
        fewer = f"and {at_least:,} at least must" if at_least else "and fewer might do"
    return (
        _so_much(asked, policy),
        f"So {counted(points, 'point')} of what is proposed {'goes' if points == 1 else 'go'} beyond the ceiling, {fewer}: "
        f"{_with_whom(asked, beyond)}.",
        "Take cases out, add an officer or settle fewer, and less goes beyond it. Whoever publishes it says what they give up.",
    )


def _with_whom(asked, beyond):
    names = {one.key: one.name for one in asked.officers}
    return listed(f"{number:,} with {names[key]}" for key, number in beyond.items())


def _so_much(asked, policy):
    rooms = rooms_of(asked, policy)
    room = sum(rooms[one.key] for one in asked.officers if is_here(one, asked.today))
    points = sum(one.points for one in asked.cases)
    so_much = (
        f"Up to {policy.ceiling_percent}% those who are here have room for {counted(room, 'point')}"
    )
    if points > room:
        return f"{so_much}, and the cases come to {counted(points, 'point')}."
    return f"{so_much}, which would do for all, but not with those who may have the cases."


def why_not(pair: Pair, asked: ToShare) -> str:
    """Why this officer could not have this case, room apart; blank where they could."""
    if pair.refused:
        return " ".join(one.sentence for one in gates(pair.found))
    if pair.case.holder != pair.officer.key:  # what they hold may stay
        if until := pair.officer.away_until(asked.today):
            return f"{pair.officer.name} is away until {say_date(until)}."
        if pair.officer.available <= 0:
            return f"{pair.officer.name} has no hours for cases."
    if pair.case.key in asked.locked:
        return ""
    against = demanded(pair, asked.demands)
    return f"{pair.officer.name}: against what is demanded ({listed(_small(one.rule) for one in against)})." if against else ""  # fmt: skip


def _small(words):
    return f"{words[:1].lower()}{words[1:]}"


def _settled(asked, pairs):
    for case, officer in sorted(asked.locked.items()):
        pair = pairs[case, officer]
        if why := why_not(pair, asked):
            yield f"{pair.case.crn} is settled for {pair.officer.name}, which cannot be: {why}"


def _settled_beyond_room(asked, policy):
    points = {one.key: one.points for one in asked.cases}
    rooms = rooms_of(asked, policy)
    for officer in sorted(asked.officers, key=lambda one: one.key):
        settled = sum(points[case] for case, key in asked.locked.items() if key == officer.key)
        room = rooms[officer.key]
        if settled > room:
            yield (
                f"What is settled for {officer.name} comes to {counted(settled, 'point')}, and up to "
                f"{policy.ceiling_percent}% they have room for {room:,}."
            )


def _nobody(asked, policy, pairs):
    rooms = rooms_of(asked, policy)
    for case in sorted(asked.cases, key=lambda one: one.key):
        if case.key in asked.locked:
            continue
        those = [pairs[case.key, key] for key in sorted(one.key for one in asked.officers)]
        able = [pair for pair in those if may_have(pair, asked)]
        if not able:
            whys = dict.fromkeys(why_not(pair, asked) for pair in those)
            yield f"Nobody may have {case.crn}. {' '.join(whys)}"
        elif Demand.CEILING in asked.demands and all(
            rooms[pair.officer.key] < case.points for pair in able
        ):
            names = names_of(pair.officer for pair in able)
            yield (
                f"{case.crn} is {counted(case.points, 'point')}, and none of those who may have it has so much room up to "
                f"{policy.ceiling_percent}%: {names}."
            )


def _with_those_away(asked, policy, pairs, seconds):
    away = [one for one in asked.officers if not is_here(one, asked.today)]
    if not away:
        return
    back = {one.key: replace(one, away=()) for one in asked.officers}
    there = replace(asked, officers=tuple(back.values()))
    of_them = {key: replace(pair, officer=back[key[1]]) for key, pair in pairs.items()}
    possible = {key: pair for key, pair in of_them.items() if may_have(pair, there)}
    first = first_answer(there, policy, possible)
    if not least_beyond(there, policy, kinds_of(there, possible), first, seconds).points:
        yield f"With those who are on leave there would be room: {names_of(away)}."
