"""Calling off or moving a session: what the series is then, and what that means for everybody in it.

Source: product rules, groups (a cancellation re-plans everyone). Local policy: what is called off is not lost. The next
session does what it would have done, and one more is held at the end, or on a day that makes up for it. Only what is
still to come is changed: what came of the rest is in its register. Neither a room nor a leader is asked for here: whoever
writes the new sessions asks `grid.rules.rooms` and `grid.rules.staffing` about each of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from cases.rules.words import counted, listed, sentence
from grid.rules.order_end import OrderEnd
from grid.rules.series import ONE_DAY, Closures, Series, days_for, in_order
from grid.rules.sessions import LONDON, Session, Stretch, check_hours, week_of
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

LATER = "They finish only in the series after it."
STILL = "Their supervision stands still, so nothing new is booked for them until they are back."


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the series. `busy`: what else they are expected at. `still`: their supervision stands still.

    `later`: they began a rolling series late, so that they finish only in the next one. `had`: numbers of what they have
    been at already, and do not come to again.
    """

    case: int
    end: OrderEnd
    busy: tuple[Stretch, ...] = ()
    still: bool = False
    later: bool = False
    had: frozenset[int] = frozenset()

    def last_of(self, sessions: Iterable[Session]) -> date:
        """The day of the last of these, in order, that is theirs; of the last of all, where they have had every one."""
        ones = list(sessions)
        return ([one for one in ones if one.number not in self.had] or ones)[-1].on


@dataclass(frozen=True, slots=True)
class ForMember:
    """What it means for one of them."""

    member: Member
    before: date  # the day on which they would have finished
    after: date
    clashes: tuple[Session, ...]  # new sessions at an hour at which they are expected elsewhere

    @property
    def late(self) -> bool:
        return self.member.end.is_before(self.after)

    @property
    def newly_late(self) -> bool:
        return self.late and not self.member.end.is_before(self.before)

    @property
    def words(self) -> str:
        """In a sentence or more, for their officer."""
        end = self.member.end
        what = "It ends for them" if self.member.later else "They finish"
        said = f"{what} on {say_date(self.after)}"
        if self.before != self.after:
            said += f" and not on {say_date(self.before)}"
        if end.on is None:
            said += f". Nobody recorded {end}, so look whether they can finish."
        elif self.newly_late:
            said += f". That is now too late: {end}."
        elif self.late:
            said += f". That is too late, as it was before: {end}."
        else:
            said += f". That is in time: {end}."
        if self.clashes:
            when = listed(
                [f"{say_date(one.on)} at {say_time(one.from_at)}" for one in self.clashes]
            )
            said += f" They are expected elsewhere on {when}."
        if self.member.later:
            said += f" {LATER}"
        return f"{said} {STILL}" if self.member.still else said


@dataclass(frozen=True, slots=True)
class Replanned:
    """The series as it would be, what no longer stands and what is new in it, and what that means for each."""

    series: Series
    gone: tuple[Session, ...]  # as they were numbered
    new: tuple[Session, ...]
    members: tuple[ForMember, ...]

    @property
    def words(self) -> str:
        late = sum(one.newly_late for one in self.members)
        said = f"{sentence(listed([str(one) for one in self.gone]))} would not be held. "
        said += f"New: {listed([f'{say_date(one.on)} at {say_time(one.from_at)}' for one in self.new])}. "
        said += f"The series ends on {say_date(self.series.last_on)}."
        if late:
            said += f" {counted(late, 'person', 'people')} would now finish too late."
        return said


def call_off(
    series: Series,
    numbers: Iterable[int],
    closures: Closures,
    now: datetime,
    *,
    making_up: Iterable[tuple[date, time]] = (),
    members: Iterable[Member] = (),
) -> Replanned:
    """Without these sessions. `making_up`: days and hours instead, for as many as there are; the rest go to the end."""
    gone = tuple(series.numbered(number) for number in sorted(set(numbers)))
    if not gone:
        raise RuleBroken("Say which session is called off.")
    _check_to_come(gone, now)
    stands = [(one.on, one.from_at) for one in series.sessions if one not in gone]
    new: list[tuple[date, time]] = []
    for on, from_at in making_up:
        if (on, from_at) in [(one.on, one.from_at) for one in gone]:
            raise RuleBroken(
                f"{say_time(from_at)} on {say_date(on)} is called off. Choose another."
            )
        _check_day(series, on, from_at, closures, now, [day for day, _ in (*stands, *new)])
        new.append((on, from_at))
    if len(new) > len(gone):
        raise RuleBroken(
            f"{counted(len(gone), 'session')} called off, and {counted(len(new), 'day')} to make up "
            "for that. Take some out."
        )
    taken = [day for day, _ in (*stands, *new)]
    more, _ = days_for(
        series.dose,
        series.weekly,
        closures,
        count=len(gone) - len(new),
        from_on=max([series.last_on, *taken]) + ONE_DAY,
        taken=taken,
    )
    return _replanned(series, gone, stands, [*new, *more], members)


def not_held(
    series: Series,
    number: int,
    closures: Closures,
    now: datetime,
    *,
    members: Iterable[Member] = (),
) -> Replanned:
    """Without a session that has begun and cannot be held: the next does what it would have, and one more is held at the end.

    Refused where a later one has begun: what was done in that goes on being what it was.
    """
    gone = series.numbered(number)
    if not gone.has_begun(now):
        raise RuleBroken(
            f"{sentence(str(gone))} has not begun. It is called off on the page of its series."
        )
    later = next((one for one in series.sessions if one.number > number and one.has_begun(now)), None)  # fmt: skip
    if later:
        raise RuleBroken(
            f"{sentence(str(later))} has begun since. Say of each in this register what came of it."
        )
    stands = [(one.on, one.from_at) for one in series.sessions if one is not gone]
    new, _ = days_for(
        series.dose,
        series.weekly,
        closures,
        count=1,
        from_on=max(series.last_on, now.astimezone(LONDON).date()) + ONE_DAY,
        taken=[day for day, _ in stands],
    )
    return _replanned(series, (gone,), stands, new, members)


def move(
    series: Series,
    number: int,
    on: date,
    from_at: time,
    closures: Closures,
    now: datetime,
    *,
    members: Iterable[Member] = (),
) -> Replanned:
    """With one session on another day or at another hour, between the one before it and the one after."""
    moved = series.numbered(number)
    _check_to_come([moved], now)
    if (on, from_at) == (moved.on, moved.from_at):
        raise RuleBroken(f"{sentence(str(moved))} is at that hour already.")
    others = [one for one in series.sessions if one is not moved]
    _check_day(series, on, from_at, closures, now, [one.on for one in others])
    for one in others:
        if (one.number < number) != (one.on < on):
            where = "after" if one.number < number else "before"
            raise RuleBroken(
                f"Session {number} comes {where} {one}. Choose a day that keeps them in order."
            )
    return _replanned(
        series, (moved,), [(one.on, one.from_at) for one in others], [(on, from_at)], members
    )


def _check_to_come(sessions: Iterable[Session], now: datetime) -> None:
    for one in sessions:
        if one.has_begun(now):
            raise RuleBroken(
                f"{sentence(str(one))} has begun. Say in its register what came of it."
            )


def _check_day(
    series: Series, on: date, from_at: time, closures: Closures, now: datetime, taken: list[date]
) -> None:
    check_hours(from_at, series.dose.minutes)
    if Session(0, on, from_at, series.dose.minutes).has_begun(now):
        raise RuleBroken(f"{say_time(from_at)} on {say_date(on)} has been. Choose a time to come.")
    if why := closures.why(on):
        raise RuleBroken(f"No session can be held on {say_date(on)}: {why}.")
    if on in taken:
        raise RuleBroken(
            f"There is a session on {say_date(on)} already, and there is one a day. Choose another day."
        )
    if sum(week_of(day) == week_of(on) for day in taken) >= series.dose.a_week:
        raise RuleBroken(
            f"In the week of {say_date(week_of(on))} there would be more than "
            f"{counted(series.dose.a_week, 'session')}, the most a week. Choose another week."
        )


def _replanned(series, gone, stands, new, members):
    sessions = in_order(series.dose, [*stands, *new])
    then = Series(series.dose, series.weekly, sessions, series.passed_over)
    added = tuple(one for one in sessions if (one.on, one.from_at) in new)
    return Replanned(
        then,
        gone,
        added,
        tuple(
            ForMember(
                one,
                one.last_of(series.sessions),
                one.last_of(then.sessions),
                tuple(
                    s
                    for s in added
                    if s.number not in one.had and any(s.stretch.overlaps(b) for b in one.busy)
                ),
            )
            for one in members
        ),
    )
