"""Who they were known to be: the person, those around them, where they lived, and who held the case."""

from cases.models import Standing
from cases.queries.person import characteristics
from cases.reference.codes import Capacity
from oversight.queries.known_then.entries import entry, said

CASE = {
    "CRN": "crn",
    "Born": "born_on",
    "Sex": "sex",
    "State": "state",
    "Provider": "provider",
    "Team": "team",
    "Officer": "officer",
    "Officer since": "officer_since",
    "Managed by the NPS": "retained_by",
    "Came to us": "arrived_on",
    "With us": "left_as",
}
PERSON = {
    "Title": "title",
    "Middle names": "middle_names",
    "Known as": "preferred_name",
    "First language": "first_language",
    "Needs an interpreter": "needs_interpreter",
    "About their language": "language_notes",
    "Care leaver": "care_leaver",
    "Notes": "notes",
}
NAME = {"Born": "born_on", "Previous": "previous"}
REACHED = {"What": "value", "Safe": "safe", "Shared with": "shared_with", "Note": "note"}
ADDRESS = {
    "Street": "lines",
    "Town": "town",
    "County": "county",
    "Postcode": "postcode",
    "No fixed abode": "no_fixed_abode",
    "Type": "type_name",
    "From": "from_on",
    "To": "to_on",
    "Safe to write": "safe_to_write",
    "Notes": "notes",
}
AROUND = {
    "Who": "kind",
    "Relationship": "relationship",
    "Born": "born_on",
    "Lives with them": "lives_with",
    "Dependant": "dependant",
    "Victim": "victim",
    "Address": "address",
    "Authority": "authority",
    "From": "from_on",
    "To": "to_on",
    "Where that comes from": "source",
}
CIRCUMSTANCE = {
    "What": "subtype_name",
    "From": "started_on",
    "To": "ended_on",
    "Evidenced": "evidenced",
    "Notes": "notes",
}
DISABILITY = {"From": "from_on", "To": "to_on", "Notes": "notes"}
STANDING = {
    "Where the GRID puts them": "place",
    "Group": "group",
    "What is missing": "needs",
    "Risk of serious harm": "harm",
    "Contact": "contact_level",
    "A concern is open": "concern",
}
HELD = {
    "Officer": "officer",
    "As nDelius names them": "officer_name",
    "Provider": "provider",
    "Team": "team",
    "From": "from_on",
    "To": "to_on",
}
NAMED = {"Officer": "officer", "Why": "because", "By": "given_by", "At": "given_at"}
TRANSFER = {
    "Stands": "state",
    "From": "from_officer",
    "To": "to_officer",
    "Outside": "outside",
    "Officer there": "outside_officer",
    "Caretaker": "caretaker",
    "What whoever takes it must know": "note",
    "Offered": "offered_at",
    "Offered by": "offered_by",
    "Answered": "answered_at",
    "Answered by": "answered_by",
    "Because": "because",
}
GIVEN = {"To": "user", "To the team": "team", "From": "from_on", "Until": "to_on"}
PAUSE = {
    "From": "from_on",
    "To": "to_on",
    "Where": "where",
    "Who told us": "source",
    "Last seen": "last_seen_on",
    "It ended because": "ended_because",
}


def who_they_are(case, since):
    yield entry(case, case.name, CASE)
    person = getattr(case, "person", None)
    if person:
        coded = [
            [line.label, f"{line.value} {line.detail}".strip()] for line in characteristics(person)
        ]
        yield entry(person, "About them", PERSON, *coded)
    for one in case.other_names.order_by("pk"):
        yield entry(one, f"{one.forename} {one.surname}".strip(), NAME)
    for one in case.reachable.order_by("pk"):
        yield entry(one, one.get_kind_display(), REACHED)
    for one in case.addresses.order_by("pk"):
        yield entry(one, one.lines or one.town or "Address", ADDRESS)
    for one in case.circumstances.order_by("pk"):
        yield entry(one, one.type_name or one.type_code, CIRCUMSTANCE)
    for one in case.disabilities.order_by("pk"):
        yield entry(one, one.name or one.code, DISABILITY)


def around_them(case, since):
    for one in case.related_people.order_by("pk"):
        yield entry(one, one.name, AROUND, kept=one.protected)


def where_they_stood(case, since):
    standing = Standing.objects.filter(case=case).first()
    if standing:
        yield entry(standing, "Level and placement", STANDING)
    for one in case.pauses.order_by("pk"):
        yield entry(one, one.get_kind_display(), PAUSE)


def who_held_it(case, since):
    held = case.allocations.select_related("officer", "provider", "team").order_by("pk")
    for one in held:
        yield entry(one, f"Held from {said(one.from_on) or 'a day not recorded'}", HELD)
    for one in case.givings.select_related("officer", "given_by").order_by("pk"):
        warned = [(each["sentence"], each["said"]) for each in one.warned]
        yield entry(one, "Named as the officer", NAMED, *warned)
    people = ("from_officer", "to_officer", "caretaker", "offered_by", "answered_by")
    for one in case.transfers.select_related(*people).order_by("pk"):
        yield entry(one, f"Hand-over: {one.get_kind_display().lower()}", TRANSFER)
    for one in case.assignments.select_related("user", "team").order_by("pk"):
        yield entry(one, Capacity(one.capacity).title, GIVEN)
