"""What a rule says of what it is asked."""

from staff.errors import RuleBroken


def refusal(check, *asked):
    """Its words where it refuses, blank where it lets it pass."""
    try:
        check(*asked)
    except RuleBroken as refused:
        return str(refused)
    return ""
