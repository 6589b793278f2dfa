"""The projects for one person, ranked, in a fixed number of statements however many there are.

Source: `unpaidwork.rules.matching` says in which order and why.
"""

from dataclasses import dataclass

from unpaidwork.models import Project, Work, WorkRisk
from unpaidwork.queries.allocating import Ask, Board, board_of
from unpaidwork.queries.anywhere import whatever_the_project
from unpaidwork.reference.risk_questions import Said
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.availability import first_day
from unpaidwork.rules.matching import Day, Match, Wants, match, ranked
from unpaidwork.rules.placing import Placing

TRAINING = "ete.training"
BY_THE_WEEK = (ProjectKind.GROUP, ProjectKind.INDIVIDUAL, ProjectKind.HOME)


@dataclass(frozen=True, slots=True)
class Matches:
    """What stands in the way whatever the project, and the projects in order."""

    of_case: list  # [Found]
    matches: list[Match]
    board: Board


def matches_for(work: Work, today, *, but=None):
    """Every running project for this work. `but`: the key of the allocation that another takes the place of."""
    running = Project.objects.running(today).filter(kind__in=BY_THE_WEEK)
    board = board_of([work], list(running.values_list("pk", flat=True)), today)
    worker, wants = board.workers[work.case_id], wants_of(work.case_id)
    asked = {
        (site.project, runs.pk): Ask(work, as_runs(site.project, runs, today), but)
        for site in board.sites.values()
        for runs in site.availability
        if runs.to_on is None or runs.to_on >= today
    }
    board.measure(list(asked.values()))
    found = []
    for site in board.sites.values():
        days = [
            _day(board, asked[site.project, runs.pk], runs)
            for runs in site.availability
            if (site.project, runs.pk) in asked
        ]
        if days:
            away = board.minutes_away(asked[site.project, days[0].runs.pk])
            found.append(match(site, days, worker, wants, away, board.policy))
    theirs = board.theirs_anywhere(work)
    of_case = whatever_the_project(board.case_found[work.case_id], worker, theirs)
    return Matches(of_case, ranked(found, worker), board)


def as_runs(project, runs, today):
    """A place at the hours a project runs, from its next day."""
    begins = max(today, first_day(runs))
    return Placing(
        project=project,
        weekday=runs.weekday,
        from_on=begins,
        from_at=runs.from_at,
        to_at=runs.to_at,
        every=runs.every,
    )


def wants_of(case):
    """What they hope for, by the risk assessment in force. One statement."""
    risk = WorkRisk.objects.in_force().filter(case=case).first()
    yes = {
        code for code, one in (risk.answers if risk else {}).items() if one.get("said") == Said.YES
    }
    return Wants(training=TRAINING in yes)


def _day(board, ask, runs):
    found = tuple(one for one in board.found(ask) if not board.is_of_the_case(ask, one))
    site, seat = board.sites[ask.placing.project], board.seat(ask)
    same_day = [board.seats[key] for key in board.by_place["site", seat.project, seat.weekday]]
    there = {one.case for one in same_day if one.from_at < seat.to_at and seat.from_at < one.to_at}
    return Day(runs, found, max(0, site.most - len(there)))
