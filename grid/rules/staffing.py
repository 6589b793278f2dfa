"""Who may lead a session, whether a series has the leaders it asks for, and who could stand in where it has not.

Sources: product rules, groups (facilitators with training and leave, cover); the provider's policy on interventions
(skill, how many lead, and whether only women do). What staff have not stated about themselves is never guessed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.rules.booking import Beside, Weight
from cases.rules.cover import Days
from cases.rules.words import counted, listed, sentence
from grid.rules.intervention_policy import Terms
from grid.rules.leader_hours import Hours, within
from grid.rules.sessions import Session, Stretch, week_of
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

# Why not, in the order in which it is looked for, as it is counted where nobody can
WHY_NOT = {
    "closed": "no open account",
    "untrained": "not trained for it",
    "not_a_woman": "not a woman",
    "not_stated": "not stated whether they are a woman",
    "away": "away",
    "busy": "taken at that hour",
}


@dataclass(frozen=True, slots=True)
class Trained:
    """A training. `until`: its last day, after which it is done again; None: it does not run out."""

    skill: str
    from_on: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who may lead groups. `busy`: other sessions they lead, and whatever else takes their time."""

    user: int
    name: str
    woman: bool | None = None  # None: they have not stated it
    trained: tuple[Trained, ...] = ()
    away: tuple[Days, ...] = ()
    busy: tuple[Stretch, ...] = ()
    active: bool = True
    here: bool = False  # they work at the place
    led_of_series: int = 0  # sessions of this series that they have led
    led: int = 0  # and of this intervention, anywhere
    hours: tuple[Hours, ...] = ()  # in which they said they work; they may lead at others

    def minutes_in_week(self, day: date) -> int:
        """How much of their week is taken."""
        week = week_of(day)
        return sum(one.minutes for one in self.busy if week_of(one.starts_at.date()) == week)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a series asks of whoever leads it. `skill`: blank where it asks for none of its own."""

    skill: str
    women: bool
    leaders: int


@dataclass(frozen=True, slots=True)
class Short:
    """A session without the leaders it asks for, and what stands against those who were chosen."""

    session: Session
    wanted: int
    able: tuple[Leader, ...]
    against: tuple[Beside, ...]

    @property
    def missing(self) -> int:
        return self.wanted - len(self.able)

    @property
    def words(self) -> str:
        said = f"{sentence(str(self.session))} has {len(self.able)} of {counted(self.wanted, 'leader')}."
        return " ".join([said, *(one.text for one in self.against)])


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who could lead instead, with why they come where they do in the list."""

    leader: Leader
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """Who could stand in at one session, the best first. `words`: what nobody should find out on the day."""

    session: Session
    missing: int
    stand_ins: tuple[StandIn, ...]
    words: str

    @property
    def enough(self) -> bool:
        return len(self.stand_ins) >= self.missing


def asks_of(terms: Terms) -> Asks:
    """What a series of an intervention asks of whoever leads it, as the policy has it."""
    return Asks(skill=terms.skill, women=terms.led_by_women, leaders=terms.leaders)


def against(leader: Leader, session: Session, asks: Asks) -> list[Beside]:
    """Everything that keeps them from leading this session; nothing where they may."""
    return [
        Beside(code, text, Weight.REFUSES) for code, text in _against(leader, session, asks) if text
    ]


def shortages(chosen: Iterable[Leader], sessions: Iterable[Session], asks: Asks) -> list[Short]:
    """The sessions at which too few of those chosen may lead, in order."""
    each = {one.user: one for one in chosen}.values()
    found = []
    for session in sessions:
        stands = {one.user: against(one, session, asks) for one in each}
        able = tuple(one for one in each if not stands[one.user])
        if len(able) < asks.leaders:
            why = tuple(text for texts in stands.values() for text in texts)
            found.append(Short(session, asks.leaders, able, why))
    return found


def check_led(chosen: Iterable[Leader], sessions: Iterable[Session], asks: Asks) -> None:
    """Refuse leaders with whom a session could not be held, and anybody who may lead none of them."""
    chosen, sessions = list(chosen), list(sessions)
    if len({one.user for one in chosen}) < len(chosen):
        raise RuleBroken("Choose each leader once.")
    short = shortages(chosen, sessions, asks)
    if short:
        others = counted(len(short) - 1, "more session")
        more = f" {others} would be short too." if len(short) > 1 else ""
        raise RuleBroken(f"{short[0].words}{more} Choose other leaders, or cover.")
    for one in chosen:
        if sessions and all(against(one, session, asks) for session in sessions):
            raise RuleBroken(f"{one.name} can lead none of these sessions. Take them out.")


def cover(
    chosen: Iterable[Leader], leaders: Iterable[Leader], sessions: Iterable[Session], asks: Asks
) -> list[Cover]:
    """For each session that is short of leaders, everybody who could stand in, or that nobody could and why."""
    chosen = list(chosen)
    taken = {one.user for one in chosen}
    others = {one.user: one for one in leaders if one.user not in taken}.values()
    return [_cover(short, list(others), asks) for short in shortages(chosen, sessions, asks)]


def _cover(short, others, asks):
    session = short.session
    why_not = {one.user: against(one, session, asks) for one in others}
    able = sorted(
        (one for one in others if not why_not[one.user]),
        key=lambda one: (
            -one.led_of_series,
            not one.here,
            -one.led,
            one.minutes_in_week(session.on),
            one.name,
            one.user,
        ),
    )
    stand_ins = tuple(StandIn(one, tuple(_why(one, session))) for one in able)
    return Cover(session, short.missing, stand_ins, _said(short, able, why_not))


def _why(leader, session):
    if leader.led_of_series:
        yield f"Has led {counted(leader.led_of_series, 'session')} of this series."
    if leader.here:
        yield "Works here."
    if leader.led:
        yield f"Has led {counted(leader.led, 'session')} of it in all."
    taken = leader.minutes_in_week(session.on)
    yield f"{counted(taken, 'minute')} taken that week." if taken else "Nothing else that week."
    if not within(leader.hours, session):
        yield "Not within the hours that they said they work."


def _said(short, able, why_not):
    missing = short.missing
    if len(able) >= missing:
        return f"{counted(len(able), 'person', 'people')} could stand in at {short.session}."
    first = Counter(found[0].code for found in why_not.values() if found)
    why = listed([f"{first[code]} {WHY_NOT[code]}" for code in WHY_NOT if first[code]])
    said = f"Only {len(able)} of {missing} that are missing" if able else "Nobody"
    because = f": {why}" if why else ": there is nobody else who leads groups"
    return f"{said} could stand in at {short.session}{because}. Move it or call it off."


def _against(leader, session, asks):
    name, day = leader.name, say_date(session.on)
    yield "closed", "" if leader.active else f"{name} has no open account."
    yield "untrained", _untrained(leader, session, asks.skill)
    yield "not_a_woman", f"{name} is not a woman." if asks.women and leader.woman is False else ""
    unsaid = asks.women and leader.woman is None
    yield "not_stated", f"{name} has not stated whether they are a woman: ask." if unsaid else ""
    away = next((one for one in leader.away if one.from_on <= session.on <= one.to_on), None)
    yield "away", f"{name} is away {away}." if away else ""
    held = session.stretch
    busy = next((one for one in leader.busy if one.overlaps(held)), None)
    yield (
        "busy",
        f"{name} is taken at {say_time(session.starts_at)} on {day}{_by(busy)}." if busy else "",
    )


def _untrained(leader, session, skill):
    of_it = [one for one in leader.trained if one.skill == skill]
    if not skill or any(one.holds_on(session.on) for one in of_it):
        return ""
    done = [one.until for one in of_it if one.until is not None and one.until < session.on]
    if done:
        return f"{leader.name}'s training for it runs out on {say_date(max(done))}."
    return f"{leader.name} is not trained for it on {say_date(session.on)}."


def _by(busy):
    return f": {busy.what}" if busy.what else ""
