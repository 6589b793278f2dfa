"""The agency book of the demonstration: who is asked, for which area, how, and how long they take.

The authorities, forces and courts are those of the model provider's area; how each is reached and how
long it takes are invented.
"""

from dataclasses import dataclass
from typing import Any

from cases.management.demo.places import ADDRESS_CHECKS, OUTSIDE, POLICE, PRISONS, SITES
from cases.models import Agency
from cases.reference.agencies import Channel
from cases.reference.checks import CheckKind

EVERYWHERE = ""
MAIL = "agencies.example.test"
TURNAROUNDS = (5, 7, 3, 10)  # working days, dealt out in the order of the book
# Those not reached by secure e-mail: kind and authority
BY_LETTER = {
    (CheckKind.CHILDREN, "Buckinghamshire County Council"),
    (CheckKind.ADULTS, "Oxfordshire County Council"),
    (CheckKind.ADULTS, "Hampshire County Council"),
}
BY_TELEPHONE = {(CheckKind.ADULTS, "West Berkshire Council")}
TEAMS = {
    CheckKind.CHILDREN: "children's social care",
    CheckKind.ADULTS: "adult social care",
    CheckKind.OTHER_AREA: "youth offending team",
}
STANDS_IN = dict(zip(PRISONS, (("OX25",), ("MK4",), ("HP18",)), strict=True))


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An agency as planned. `answers_for` are the authorities it is asked about; none: everywhere."""

    kind: CheckKind
    name: str
    answers_for: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    turnaround: int = 5
    channel: Channel = Channel.EMAIL

    @property
    def areas(self):
        return [*self.answers_for, *self.districts]


def _districts():
    """Postcode districts by authority."""
    found: dict[str, list[str]] = {}
    for site in SITES:
        found.setdefault(site.authority, []).extend(town[2] for town in site.towns)
    for _, _, district, authority, _ in OUTSIDE:
        found.setdefault(authority, []).append(district)
    return {authority: tuple(districts) for authority, districts in found.items()}


DISTRICTS = _districts()


def _book():
    yield BookEntry(CheckKind.POLICE, POLICE)
    for _, _, _, authority, force in OUTSIDE:
        name = f"{force}, domestic abuse unit"
        yield BookEntry(CheckKind.POLICE, name, (authority,), DISTRICTS[authority], 7)
    for kind, team in TEAMS.items():
        for number, (authority, districts) in enumerate(DISTRICTS.items()):
            channel = Channel.LETTER if (kind, authority) in BY_LETTER else Channel.EMAIL
            channel = Channel.TELEPHONE if (kind, authority) in BY_TELEPHONE else channel
            turnaround = TURNAROUNDS[number % len(TURNAROUNDS)]
            yield BookEntry(
                kind, f"{authority}, {team}", (authority,), districts, turnaround, channel
            )
    yield BookEntry(CheckKind.ADDRESS, ADDRESS_CHECKS, channel=Channel.PORTAL)
    courts: dict[str, list[str]] = {}
    for site in SITES:
        courts.setdefault(site.courts[0][1], []).extend(town[2] for town in site.towns)
    for court, districts in courts.items():
        yield BookEntry(
            CheckKind.COURT_TERMS, court, districts=tuple(districts), channel=Channel.LETTER
        )
    for prison, districts in STANDS_IN.items():
        yield BookEntry(CheckKind.PRISON, f"{prison}, offender management unit", (), districts, 3)


BOOK = tuple(_book())
_BY_AREA = {(one.kind, area): one for one in BOOK for area in one.areas or (EVERYWHERE,)}


def answering(kind, area):
    """Whom the book names for this kind of question about an authority or a postcode district."""
    kind = CheckKind(kind)
    return _BY_AREA.get((kind, area)) or _BY_AREA[kind, EVERYWHERE]


def asked_about(site, kind):
    """Whom the book names about a person of this site."""
    court = kind == CheckKind.COURT_TERMS
    return answering(kind, site.towns[0][2] if court else site.authority)


def shared_out(site, kind, people):
    """Each of these people to the agency of where they live, the person's own first.

    Somebody of whose address nothing is known goes with the person.
    """
    own = asked_about(site, kind)
    found: dict[BookEntry, list[Any]] = {own: []}
    for one in people:
        area = one.authority or one.postcode.partition(" ")[0]
        agency = answering(kind, area) if area else own
        found.setdefault(agency, []).append(one)
    return list(found.items())


def write_book():
    """Write the book; gives the key of each agency by its entry."""
    rows = Agency.objects.bulk_create(
        Agency(
            kind=one.kind,
            name=one.name,
            areas=one.areas,
            channel=one.channel,
            turnaround_days=one.turnaround,
            **_reached(number, one),
        )
        for number, one in enumerate(BOOK, start=1)
    )
    return {one: row.pk for one, row in zip(BOOK, rows, strict=True)}


def _reached(number, one):
    """How it is reached; no telephone number or address is anybody's."""
    match one.channel:
        case Channel.LETTER:
            return {"address": f"{one.name}, PO Box {number}, Nowhere ZZ99 9ZZ"}
        case Channel.TELEPHONE:
            return {
                "telephone": f"01632 960{number:03}",
                "note": "Ring before noon and ask for the duty desk.",
            }
        case Channel.PORTAL:
            return {"portal": f"https://{MAIL}/checks/{number}"}
    return {"email": f"{one.kind.replace('_', '-')}.{number}@{MAIL}"}
