"""How one requirement stands in hours, in words and numbers: what is worked and left, and the pace with its working.

Source: `unpaidwork.rules.hours`.
"""

from dataclasses import dataclass

from cases.queries.sentences import requirement_name
from cases.rules.words import ended
from staff.kit import Column, Input, Tag, Working, on
from unpaidwork.reference.work import Runs, WorkState
from unpaidwork.rules.hours import MONTHS, Pace, say_minutes

WIDTH = 1000  # units along which the bar is drawn
PACE = {
    Pace.DONE: "green",
    Pace.GREEN: "green",
    Pace.AMBER: "yellow",
    Pace.RED: "red",
    Pace.STOPPED: "grey",
    Pace.UNKNOWN: "orange",
}
HEADS = ("Ordered", "Worked", "Courses", "Left", "To be worked by")
BAR_HEADS = [Column("Hours"), Column("How many", numeric=True)]


@dataclass(frozen=True)
class Bar:
    """What is worked, then what courses count for, along what was ordered."""

    words: str
    worked: int  # widths
    courses: int
    rows: list[list]


def pace_tag(found):
    """In time or not; where nothing of theirs has been measured yet, no more than a condition, and never green."""
    if found.measured or found.pace not in (Pace.GREEN, Pace.AMBER):
        return Tag(found.pace.title, PACE[found.pace])
    return Tag(f"{found.pace.title}, if all that is offered is worked", "grey")


def say_ordered(found):
    return say_minutes(found.ordered) if found.known else "length not recorded"


def cells_of(found):
    if not found.known:
        return [
            "Not recorded",
            say_minutes(found.worked),
            say_minutes(found.courses),
            "Not known",
            on(found.finish_by),
        ]
    return [
        say_minutes(found.ordered),
        say_minutes(found.worked),
        say_minutes(found.courses),
        say_minutes(found.left),
        on(found.finish_by),
    ]


def how_it_stands(work, found):
    """Where it stands, in a sentence or two."""
    if not found.known:
        return "The record does not say how many hours were ordered, so nobody can say what is left. Ask for the order."
    if not found.left:
        return f"All {say_minutes(found.ordered)} are worked."
    if work.state == WorkState.ENDED:
        return f"It ended with {say_minutes(found.left)} left. {ended(work.state_because)}"
    how = "worked a week of late" if found.measured else "offered a week"
    pace = f"{say_minutes(found.weekly)} {how}"
    if found.needed is None:
        return f"{say_minutes(found.left)} left, and {on(found.finish_by)} has passed. {pace}."
    forecast = f"done by {on(found.forecast)}" if found.forecast else "never done at this pace"
    return (
        f"{say_minutes(found.left)} left. {say_minutes(found.needed)} a week are needed to be done by {on(found.finish_by)}; "
        f"{pace}: {forecast}."
    )


def no_sessions(found):
    """What is said where no session of theirs is recorded: hours may be worked all the same, and then it says how."""
    if not found.worked:
        return "They have come to no session yet."
    return (
        f"No session of this requirement is recorded here. The {say_minutes(found.worked)} worked were worked elsewhere, "
        "entered by hand, or count from a requirement that runs at the same time."
    )


def bar_of(found):
    if not found.known:
        return None
    worked = min(found.worked, found.ordered)
    courses = min(found.courses, found.ordered - worked)
    return Bar(
        words=f"{say_minutes(worked)} worked, {say_minutes(courses)} of courses, {say_minutes(found.left)} left",
        worked=worked * WIDTH // found.ordered,
        courses=courses * WIDTH // found.ordered,
        rows=[
            ["Worked", say_minutes(worked)],
            ["Courses", say_minutes(courses)],
            ["Left", say_minutes(found.left)],
            ["Ordered", say_minutes(found.ordered)],
        ],
    )


def notes_of(work, found, names):
    notes = []
    if work.state == WorkState.SUSPENDED:
        notes.append(
            f"Suspended: {ended(names.text(work.state_because))} The time to work it in runs on."
        )
    if work.beside and work.runs == Runs.CONCURRENT:
        notes.append(
            f"It runs at the same time as {_named(work.beside)}: an hour worked counts for both."
        )
    if found.first and work.beside:
        notes.append(f"{say_minutes(found.first)} of {_named(work.beside)} are worked first.")
    if work.runs == Runs.ADDITIONAL:
        notes.append("A court added it for a breach.")
    recorded = work.requirement.completed
    counted_here = found.credited
    if recorded is not None and round(recorded * 60) != counted_here:
        notes.append(
            f"nDelius counts {recorded.normalize():f} hours completed and we count {say_minutes(counted_here)}. "
            "The two are never added. Put right the one that is wrong."
        )
    return notes


def _named(work):
    return f"{requirement_name(work.requirement)} of {on(work.sentenced_on)}"


def working_of(work, found, version):
    last = "extended by the court" if work.extended_to else f"{MONTHS} months from sentence"
    inputs = [
        Input("Sentenced", on(work.sentenced_on), source="the record"),
        Input("To be worked by", on(found.finish_by), source=last),
        Input("Left", say_minutes(found.left), source="ordered less what is credited"),
    ]
    if found.first:
        inputs.append(Input("Worked first, of another requirement", say_minutes(found.first)))
    measured = (
        f"counted since {on(found.since)}" if found.measured else "offered; too early to count"
    )
    inputs += [
        Input("Weeks left", f"{found.weeks_left:.1f}"),
        Input("Worked a week", say_minutes(found.weekly), source=measured),
        Input(
            "Needed a week", say_minutes(found.needed) if found.needed else "None, or no time left"
        ),
        Input("Forecast finish", on(found.forecast) if found.forecast else "Never at this pace"),
    ]
    return Working(
        title="How the pace was worked out",
        inputs=inputs,
        rule="What is left, divided by what was worked a week of late, gives the day it will be done. Late when that is after "
        "the last day; close when it is only days before.",
        source="twelve months: law (Sentencing Council); how it is counted: local policy on unpaid work",
        version=str(version),
        answer=found.pace.title,
    )
