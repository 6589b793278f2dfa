"""Which agency in the book is asked about whom, by where each of them lives.

Source: product rules, checks (an enquiry goes to the authority where each lives).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.reference.agencies import Channel
from cases.reference.checks import Because, CheckKind, SubjectKind
from cases.rules.enquiries import About
from staff.errors import RuleBroken

INWARD = 3  # characters of the second half of a postcode
LONGEST_DISTRICT = 4  # characters
NOWHERE = ("", "")
OF_SOMEBODY_NEW = frozenset({Because.NEW_PERSON, Because.NEW_ADDRESS})

NEEDS = {  # what the book must hold for the agency to be asked in this way
    Channel.EMAIL: ("email", "Enter the e-mail address they are written to at."),
    Channel.LETTER: ("address", "Enter the address they are written to at."),
    Channel.TELEPHONE: ("telephone", "Enter the number they are rung on."),
    Channel.PORTAL: ("portal", "Enter the address of their web form."),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An agency in the book. Without areas it answers everywhere."""

    id: int
    kind: CheckKind
    areas: tuple[str, ...] = ()  # names of local authorities, postcode districts


def agency_for(kind, place, book):
    """The id of the agency of this kind that answers for a place, or None.

    A place is (local authority, postcode). Whoever has the area comes before one that answers
    everywhere, and the authority before the postcode.
    """
    authority, postcode = place
    of_kind = [one for one in book if one.kind == kind]
    for area in filter(None, (folded(authority), district(postcode))):
        for one in of_kind:
            if area in map(folded, one.areas):
                return one.id
    return next((one.id for one in of_kind if not one.areas), None)


def area_of(areas, places):
    """Which of an agency's areas these places lie in, in the words of the book; "" for everywhere."""
    known = {folded(area): area for area in areas}
    for authority, postcode in places:
        for place in (folded(authority), district(postcode)):
            if place and place in known:
                return known[place]
    return ""


def shared_out(kind, about, book, *, home=None, because=None):
    """Which agency is asked about whom: [(id of the agency or None, those it is asked about)].

    Each goes to the authority of their own address. Those without one go with the person on
    probation, who stands in every part. `home` is where the person lives, when they are not there.
    About somebody or somewhere new, nobody is asked about the person alone again.
    """
    about = tuple(about)
    person = [one for one in about if one.kind == SubjectKind.PERSON]
    home = home or next((_place(one) for one in person), NOWHERE)
    parts: dict[int | None, list[About]] = {}
    for one in about:
        parts.setdefault(agency_for(kind, _own(one) or home, book), []).append(one)
    if because in OF_SOMEBODY_NEW and len(parts) > 1:
        parts = {agency: theirs for agency, theirs in parts.items() if theirs != person}
    return [
        (agency, tuple(one for one in about if one in person or one in theirs))
        for agency, theirs in parts.items()
    ]


def overlapping(areas: Iterable[str], others: Iterable[str]) -> list[str]:
    """The areas that both answer for, as the first writes them."""
    theirs = set(map(folded, others))
    return [area for area in areas if folded(area) in theirs]


def check_reached(channel, **reached):
    """Refuse an agency that cannot be asked as the book says. `reached`: e-mail, address and so on."""
    wanted, refusal = NEEDS[Channel(channel)]
    if not reached[wanted].strip():
        raise RuleBroken(refusal)


def check_areas(areas, others):
    """Refuse an area that another agency of its kind has. `others`: (name, areas) of each of them."""
    for name, held in others:
        both = overlapping(areas, held)
        if both:
            raise RuleBroken(f"{name} answers for {both[0]} already. An area has one agency.")
        if not areas and not held:
            raise RuleBroken(f"{name} answers everywhere already. Say which areas this one has.")


def folded(text):
    return " ".join(text.casefold().split())


def district(postcode):
    """The first half of a postcode, however it is spaced, or the half alone: RG1 of RG1 1AA."""
    whole = "".join(folded(postcode).split())
    return whole if len(whole) <= LONGEST_DISTRICT else whole[:-INWARD]


def _own(one):
    return _place(one) if one.authority or one.postcode else None


def _place(one):
    return one.authority, one.postcode
