"""Somebody who holds cases is leaving: whether it may be arranged, and from when their cases are not theirs.

Source: product rules, GRID (the sender owns it until a named officer accepts); report 3.3.
"""

from cases.rules.holding import MAY_HOLD
from staff.errors import RuleBroken
from staff.rules.dates import say_date


def check_departure(*, name, role, active, last_on, arranged, today):
    """Refuse for somebody who holds no cases, whose day has been, or who is known to leave. `arranged`: their last day, or None."""
    if role not in MAY_HOLD:
        raise RuleBroken(f"{name} holds no cases, so none need be handed over.")
    if not active:
        raise RuleBroken(
            f"{name}’s account is closed, so their cases are the senior’s already: name an officer for each."
        )
    if arranged:
        raise RuleBroken(f"{name} is down to leave on {say_date(arranged)}. Call that off first.")
    if last_on < today:
        raise RuleBroken(f"{say_date(last_on)} has been. Enter today or a later day.")


def has_left(last_on, today):
    """Once their last day has passed. On it their cases are still theirs."""
    return last_on < today


def check_running(departure_over):
    """Refuse to offer cases because of a leaving that was called off or is over. `departure_over`: whether it is."""
    if departure_over:
        raise RuleBroken("This leaving was called off, or is over. Look at the page again.")


def check_offers(offers):
    if not offers:
        raise RuleBroken("Choose at least one case, and who is to have it.")
