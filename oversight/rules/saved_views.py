"""What may be kept as a view: a name that says nothing of a person, and filters that are codes.

Source: product rules, sharing (names, dates of birth and free text never stand in an address).
"""

import re
from collections.abc import Collection
from urllib.parse import parse_qsl

from staff.errors import RuleBroken

AFTER = "after"  # where a page of a long list begins: a view begins at its beginning
MOST_VIEWS = 50  # of one member of staff
LONGEST_CODE = 60
CODE = re.compile(rf"[A-Za-z0-9_.@+-]{{1,{LONGEST_CODE}}}")
# A CRN, also written apart. A small letter that stands alone is a word: “a 12500”
OF_A_PERSON = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]|[A-Z][ -])\d{5,6}(?![A-Za-z0-9])")
NO_LIST = (
    "This is not the address of a list that can be kept. Open the list, set its filters, and come back here: the list you "
    "looked at last is filled in."
)


def filters_of(query: str, allowed: Collection[str]) -> dict[str, str]:
    """The filters of an address, by name; blank ones and the page of a long list left out. Anything else is refused."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name == AFTER or not value:
            continue
        if name not in allowed or name in found:
            raise RuleBroken(
                f"This list has no filter called “{name[:20]}”, or has it twice. Set its filters on its page."
            )
        if not CODE.fullmatch(value):
            raise RuleBroken(
                "A filter of this address is no choice of the list. Set its filters on its page."
            )
        found[name] = value
    return found


def checked_name(words: str) -> str:
    """The name as it is kept. One that holds a CRN is refused: colleagues read it beside others."""
    name = " ".join(words.split())
    if not name:
        raise RuleBroken("Give the view a name.")
    if OF_A_PERSON.search(name):
        raise RuleBroken(
            "Leave the CRN out of the name: whoever you share the view with may not see that case."
        )
    return name
