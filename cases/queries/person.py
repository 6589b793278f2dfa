"""What is recorded of the person: not asked, not stated and not known each said as itself.

Sources: nDelius offender document; product rules, safe contact.
"""

from dataclasses import dataclass

from django.db.models import F

from cases.models import Address, Identifier, Person, Reachable, ReferenceCode
from cases.queries.people import Around, people_around
from cases.reference.codes import Given, Sex
from staff.kit import Line, on

ANSWERS = {given.value: given.title for given in Given}
ASKED = {True: "Yes", False: "No", None: Given.NOT_ASKED.title}
SAFE = {True: "Safe to use", False: "Not safe: do not use", None: "Not asked whether it is safe"}
CODED = ("gender_identity", "ethnicity", "nationality", "religion", "sexual_orientation")


@dataclass(frozen=True)
class PersonPage:
    identity: list[Line]
    numbers: list[Line]
    characteristics: list[Line]
    communication: list[Line]
    reachable: list[Line]
    addresses: list[Line]
    earlier_addresses: list[Line]
    disabilities: list[Line]
    circumstances: list[Line]
    people: list[Around]
    notes: str


def person_page(case, names):
    """Everything on record of the person, for one reader."""
    person = Person.objects.filter(case=case).first() or Person(case=case)
    current, earlier = _addresses(case, names)
    return PersonPage(
        identity=_identity(case, person),
        numbers=[
            Line(Identifier.Kind(i.kind).label, i.value)
            for i in case.identifiers.order_by("kind", "pk")
        ],
        characteristics=characteristics(person),
        communication=_communication(person, names),
        reachable=[_reachable(one, names) for one in case.reachable.order_by("kind", "pk")],
        addresses=current,
        earlier_addresses=earlier,
        disabilities=[_disability(one, names) for one in case.disabilities.order_by("pk")],
        circumstances=[_circumstance(one, names) for one in _circumstances(case)],
        people=people_around(case, names),
        notes=names.text(person.notes),
    )


def _identity(case, person):
    others = case.other_names.order_by("pk")
    known, given = Sex(case.sex).title, person.sex_as_given
    names = [(one.previous, f"{one.forename} {one.surname}".strip()) for one in others]
    return [
        Line(
            "Name",
            " ".join(
                filter(None, [person.title, case.forename, person.middle_names, case.surname])
            ),
        ),
        Line("Likes to be called", person.preferred_name),
        Line(
            "Previous names",
            ", ".join(name for previous, name in names if previous) or "None recorded",
        ),
        Line(
            "Also known as",
            ", ".join(name for previous, name in names if not previous) or "None recorded",
        ),
        Line("Date of birth", on(case.born_on)),
        Line(
            "Sex",
            known,
            detail=f"Given as {given}" if given.lower() not in ("", known.lower()) else "",
        ),
    ]


def characteristics(person):
    coded = _named({name: getattr(person, name) for name in CODED})
    second = f"And {person.second_nationality}" if person.second_nationality else ""
    return [
        Line("Gender identity", coded["gender_identity"]),
        Line("Ethnicity", coded["ethnicity"]),
        Line("Nationality", coded["nationality"], detail=second),
        Line("Immigration status", person.immigration_status),
        Line("Religion or belief", coded["religion"]),
        Line("Sexual orientation", coded["sexual_orientation"]),
        Line("Care leaver", ASKED[person.care_leaver]),
    ]


def nationality_in_words(person):
    """The first of them, or why there is none. One statement."""
    return _named({"nationality": person.nationality})["nationality"]


def _named(answers):
    """Each answer in words: why there is none, else the name of the code, else as it was given."""
    codes = [code for code in answers.values() if code and code not in ANSWERS]
    found = ReferenceCode.objects.filter(list_name__in=answers, code__in=codes)
    known = {(one.list_name, one.code): one.name for one in found}
    return {
        name: ANSWERS.get(answer) or known.get((name, answer), answer)
        for name, answer in answers.items()
    }


def _communication(person, names):
    return [
        Line("First language", person.first_language, detail=names.text(person.language_notes)),
        Line("Needs an interpreter", ASKED[person.needs_interpreter]),
        Line(
            "Offered Welsh",
            on(person.welsh_offered_on) if person.welsh_offered_on else "Not recorded",
        ),
        Line("Wants to hear from us in Welsh", ASKED[person.wants_welsh]),
        Line("May be sent text messages", ASKED[person.may_text]),
        Line("May be sent e-mail", ASKED[person.may_email]),
    ]


def _reachable(one, names):
    shared = f"Also used by {names.text(one.shared_with)}" if one.shared_with else ""
    said = [SAFE[one.safe], shared, names.text(one.note)]
    return Line(Reachable.Kind(one.kind).label, one.value, detail=". ".join(filter(None, said)))


def _addresses(case, names):
    found = list(
        case.addresses.order_by(
            F("to_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True), "pk"
        )
    )
    return (
        [_address(one, names) for one in found if one.to_on is None],
        [_address(one, names) for one in found if one.to_on],
    )


def _address(one: Address, names):
    written = ", ".join(filter(None, [one.lines, one.town, one.county, one.postcode]))
    written = names.text(written)
    safe = {
        True: "Safe to write",
        False: "Not safe to write",
        None: "Not asked whether it is safe to write",
    }
    dates = f"{on(one.from_on)} to {on(one.to_on)}" if one.to_on else f"Since {on(one.from_on)}"
    said = [dates, safe[one.safe_to_write], one.telephone, names.text(one.notes)]
    return Line(
        one.type_name or ("Main address" if one.status_code == "M" else "Address"),
        "No fixed abode" if one.no_fixed_abode else written,
        detail=". ".join(filter(None, said)),
    )


def _disability(one, names):
    until = f" to {on(one.to_on)}" if one.to_on else ""
    return Line(one.name, f"Since {on(one.from_on)}{until}", detail=names.text(one.notes))


def _circumstances(case):
    return case.circumstances.order_by(F("ended_on").desc(nulls_first=True), "type_name", "pk")


def _circumstance(one, names):
    ended = f", ended {on(one.ended_on)}" if one.ended_on else ""
    evidence = "Evidence seen" if one.evidenced else "Evidence not seen"
    return Line(
        one.type_name or one.type_code,
        one.subtype_name or one.subtype_code or "Recorded",
        detail=". ".join(
            filter(None, [f"Since {on(one.started_on)}{ended}", evidence, names.text(one.notes)])
        ),
    )
