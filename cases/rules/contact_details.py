"""What may be recorded of how to get in touch with somebody. Source: product rules, safe contact."""

import re

from cases.rules.reminders import text_number
from staff.errors import RuleBroken

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
FEWEST_DIGITS = 9  # of a telephone number with its area


def check_way(kind, value):
    """The number or address as it is kept; refused where nobody could be reached by it.

    `kind`: mobile, telephone or email.
    """
    value = " ".join(value.split())
    if kind == "email":
        if not EMAIL.fullmatch(value):
            raise RuleBroken("Enter the whole e-mail address, such as name@example.org.")
        return value
    if kind == "mobile" and not text_number(value):
        raise RuleBroken("Enter a mobile number that can be texted, such as 07700 900123.")
    if len(re.sub(r"\D", "", value)) < FEWEST_DIGITS:
        raise RuleBroken("Enter the whole number with its area, such as 0118 496 0123.")
    return value


def same_way(one, other):
    """Whether two numbers or addresses are one, however they are written."""
    return _plain(one) == _plain(other)


def _plain(value):
    if "@" in value:
        return value.strip().casefold()
    return text_number(value) or re.sub(r"\D", "", value)
