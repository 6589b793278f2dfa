"""What an action of the plan must say. Source: report 2.3 (plans that said neither who nor by when)."""

from cases.reference.checks import Changes
from staff.errors import RuleBroken


def check_action(what, by_whom, by_on, today):
    """Refuse an action that nobody could be asked about."""
    if not what.strip() or not by_whom.strip():
        raise RuleBroken("Say what is to be done, and by whom.")
    if by_on < today:
        raise RuleBroken("The day by which it is to be done has been. Give today or a later one.")


def check_analysis(changes, analysis, actions):
    """Refuse an analysis that says nothing, or that changes the plan and puts nothing in it."""
    if changes not in set(Changes) or not analysis.strip():
        raise RuleBroken("Say what the reply changes, or that it changes nothing and why.")
    if changes == Changes.PLAN and not actions:
        raise RuleBroken("Say what is to be done about it, by whom and by when.")
