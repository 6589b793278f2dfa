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
    """Refuse an analysis that says nothing, that changes something and nothing, or the plan and puts nothing in it.

    `changes`: codes of `Changes`. Gives them in the order in which they are asked, each once.
    """
    said = [one for one in Changes if one in set(changes)]
    if not said or set(changes) - set(Changes) or not analysis.strip():
        raise RuleBroken("Say what the reply changes, or that it changes nothing and why.")
    if Changes.NOTHING in said and len(said) > 1:
        raise RuleBroken("Say either what the reply changes, or that it changes nothing.")
    if Changes.PLAN in said and not actions:
        raise RuleBroken("Say what is to be done about it, by whom and by when.")
    return said
