"""Contact that nobody had arranged: the usual types, who may record each, and what it counts as.

Source: nDelius contact types as published (supervision reference 1.4).
"""

from dataclasses import dataclass

from cases.reference.appointments import FACE_TO_FACE_CODES
from staff.permissions import Role

SENIORS = frozenset({Role.SPO, Role.HEAD})


@dataclass(frozen=True, slots=True)
class ContactType:
    """A type of contact that has no outcome. `only`: the roles that may record it; empty: any that may at all."""

    code: str
    title: str
    hint: str = ""
    only: frozenset[Role] = frozenset()

    @property
    def face_to_face(self):
        return self.code in FACE_TO_FACE_CODES

    @property
    def speaks(self):
        """Whether one of us spoke with them."""
        return self.face_to_face or self.code in CALLS


UNARRANGED = {
    one.code: one
    for one in (
        ContactType("CTOB", "Phone call to them"),
        ContactType("CTOA", "Phone call from them"),
        ContactType("CMOB", "Text or e-mail to them"),
        ContactType("CMOA", "Text or e-mail from them"),
        ContactType("CLOB", "Letter to them"),
        ContactType("CLOA", "Letter from them"),
        ContactType("COUP", "They came in", "Seen face to face without an appointment. It counts as contact this month."),
        ContactType("C253", "Home visit, not notified", "You went, and they were there. It counts as contact this month."),
        ContactType("CT3B", "Phone call to somebody else"),
        ContactType("CT3A", "Phone call from somebody else"),
        ContactType("CM3A", "Letter, text or e-mail from somebody else"),
        ContactType("CIEA", "Information from an agency", "If somebody could be hurt, use Information in instead: it tells who must read it."),
        ContactType("CIEB", "Information to an agency"),
        ContactType("C002", "Management oversight", only=SENIORS),
        ContactType("COTH", "Something else"),
    )
}  # fmt: skip
CALL_TO_THEM, SOMETHING_ELSE = "CTOB", "COTH"
CALLS = frozenset({CALL_TO_THEM, "CTOA"})


def offered_to(role):
    """The types that somebody of this role may record."""
    return [one for one in UNARRANGED.values() if not one.only or role in one.only]


# What in the log comes from the person, by whatever way; and what says that we sent them away
FROM_THEM = frozenset({"CTOA", "CMOA", "CLOA", "COUP"})
STOOD_DOWN = frozenset({"AASD", "ATSS", "CO01"})
