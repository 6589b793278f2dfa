"""Writes the person of a plan: characteristics, identifiers, how to reach them, where they live.

Telephone numbers are those Ofcom keeps for drama.
"""

from datetime import timedelta

from cases.management.demo.people import (
    AUTHORITY_KNOWN,
    FORENAMES,
    INWARD,
    SURNAMES,
    address_of,
    draw,
)
from cases.reference.codes import CaseState, Given, Sex
from cases.rules.search import folded

FOREIGN = {
    "eastern": (
        [("Polish", "Polish"), ("Romanian", "Romanian"), ("Lithuanian", "Lithuanian")],
        0.85,
    ),
    "asian": ([("Pakistani", "Urdu"), ("Bangladeshi", "Bengali"), ("Indian", "Punjabi")], 0.12),
    "black": ([("Nigerian", "English"), ("Jamaican", "English"), ("Somali", "Somali")], 0.15),
    "british": ([("Irish", "English")], 0.015),
}
RELIGIONS = {
    "british": ["No Religion"] * 5
    + ["Christian", "Church of England (Anglican)", "Roman Catholic"],
    "eastern": ["Roman Catholic", "Orthodox (Greek/Russian)", "No Religion"],
    "asian": ["Muslim", "Muslim", "Muslim", "Sikh", "Hindu"],
    "black": ["Christian", "Christian", "Muslim", "No Religion", "Pentecostal"],
}
ORIENTATIONS = [("Heterosexual or Straight", 60), ("Gay or Lesbian", 2), ("Bisexual", 2), (Given.NOT_ASKED, 26), (Given.NOT_STATED, 10)]  # fmt: skip
DISABILITIES = [("MI", "Mental Illness", 12), ("DY", "Dyslexia", 6), ("LD", "Learning Difficulties", 5), ("RM", "Reduced Mobility", 4), ("HD", "Hearing Difficulties", 2), ("PC", "Progressive Condition", 1)]  # fmt: skip
ADDRESS_TYPES = [("A01D", "Rental accommodation - social rental (LA or other)", 34), ("A01C", "Rental accommodation - private rental", 18), ("A07B", "Friends/Family (settled)", 26), ("A07A", "Friends/Family (transient)", 9), ("A04", "Supported Housing", 7), ("A01A", "Householder (Owner - freehold or leasehold)", 6)]  # fmt: skip
EMPLOYMENT = [("B01C", "Full-time employed (30 or more hours per week)", 28), ("B02C", "Part-time employed (15 hours per week)", 12), ("B09A", "Not employed", 60)]  # fmt: skip
NO_FIXED_ABODE = 0.05


def write_case(book, plan, staff_rows):
    """The case itself. `staff_rows` gives the keys of providers, teams and users."""
    values = {
        "crn": plan.crn,
        "surname": plan.surname,
        "forename": plan.forename,
        "sort_name": folded(f"{plan.surname} {plan.forename}"),
        "born_on": None if "born_on" in plan.needs else plan.record.born_on,
        "sex": Sex.UNKNOWN if "sex" in plan.needs else Sex.FEMALE if plan.woman else Sex.MALE,
        "state": _state(plan),
        "provider_id": staff_rows.provider_of(plan),
        "team_id": staff_rows.team_id(plan.team.code) if plan.team else None,
        "officer_id": plan.officer.user_id if plan.officer else None,
        "officer_since": plan.officer_since if plan.officer else None,
        "retained_by": plan.retained_by,
        "arrived_on": plan.arrived_on,
        "facts_changed_at": staff_rows.now,
        "imported": plan.imported,
        "taken_up_on": plan.taken_up_on,
    }
    plan.case_id = book.Case.add(**values)
    return plan.case_id


def _state(plan):
    if plan.place != "no_sentence":
        return CaseState.SUPERVISED
    return CaseState.AWAITING_SENTENCE if plan.why == "awaiting" else CaseState.NO_SENTENCE


def write_person(book, plan, today):
    rng, case_id = plan.rng, plan.case_id
    nationality, language = _nationality(plan)
    told = plan.told
    book.Person.add(
        case_id=case_id,
        title=rng.choice(("Ms", "Miss", "Mrs")) if plan.woman else "Mr",
        preferred_name=plan.forename[:3] if rng.random() < 0.04 else "",
        sex_as_given="Not Known / Not Recorded" if "sex" in plan.needs else "Female" if plan.woman else "Male",
        gender_identity=_identity(rng, plan),
        ethnicity=plan.ethnicity,
        nationality=nationality,
        religion=Given.NOT_ASKED if rng.random() < 0.25 else rng.choice(RELIGIONS[plan.background]),
        sexual_orientation=draw(rng, ORIENTATIONS),
        first_language=language,
        needs_interpreter=_interpreter(plan, language),
        may_text=_may_text(plan),
        care_leaver=bool(told and told.care_leaver) or _care_leaver(rng, plan, today),
    )  # fmt: skip
    _write_names(book, plan)
    _write_identifiers(book, plan)
    _write_reachable(book, plan)
    _write_address(book, plan)
    _write_life(book, plan)
    for one in plan.people:
        one.id = _write_related(book, plan, one)


def _interpreter(plan, language):
    """Whether they need one; None: not asked."""
    if plan.told and plan.told.language:
        plan.interpreter = True
        return True
    if plan.rng.random() < 0.08:
        return None
    plan.interpreter = language != "English" and plan.rng.random() < 0.4
    return plan.interpreter


def _nationality(plan):
    rng, told = plan.rng, plan.told
    if told:
        return (told.language, told.language) if told.language else ("British", "English")
    choices, share = FOREIGN[plan.background]
    if rng.random() < share:
        return rng.choice(choices)
    if rng.random() < 0.06:
        return Given.NOT_ASKED, ""
    return "British", "English"


def _identity(rng, plan):
    if rng.random() < 0.3:
        return Given.NOT_ASKED
    if rng.random() < 0.012:
        return rng.choice(("Non-Binary", "Prefer to self-describe", Given.NOT_STATED))
    return "Female" if plan.woman else "Male"


def _care_leaver(rng, plan, today):
    if (today - plan.record.born_on).days > 25 * 365:
        return None
    return None if rng.random() < 0.3 else rng.random() < 0.22


def _write_names(book, plan):
    rng = plan.rng
    if rng.random() < 0.12:
        forename = rng.choice(FORENAMES[plan.background][plan.woman])
        surname = rng.choice(SURNAMES[plan.background])
        book.OtherName.add(
            case_id=plan.case_id,
            previous=plan.woman and rng.random() < 0.6,
            surname=surname,
            forename=forename,
            sort_name=folded(f"{surname} {forename}"),
        )


def _write_identifiers(book, plan):
    rng = plan.rng
    year = plan.record.first_on.year
    pnc = f"{year}/{plan.number + 1:07}{rng.choice(INWARD)}"
    book.Identifier.add(case_id=plan.case_id, kind="pnc", value=pnc, match=pnc)
    if rng.random() < 0.6:
        cro = f"{rng.randint(1, 99_999):05}/{year % 100:02}{rng.choice(INWARD)}"
        book.Identifier.add(case_id=plan.case_id, kind="cro", value=cro, match=cro)
    if plan.order.custodial or rng.random() < 0.3:
        noms = f"A{rng.randint(1000, 9999)}{rng.choice(INWARD)}{rng.choice(INWARD)}"
        book.Identifier.add(case_id=plan.case_id, kind="noms", value=noms, match=noms)


def _may_text(plan):
    agreed = (
        None if plan.rng.random() < 0.2 else not plan.domestic_victim and plan.rng.random() < 0.9
    )
    plan.agreed_to_texts = agreed
    return agreed


def _write_reachable(book, plan):
    rng = plan.rng
    guarded = plan.woman and rng.random() < 0.2 or plan.domestic_victim
    if plan.told or rng.random() < 0.88:
        unsafe = guarded and (plan.told or rng.random() < 0.6)
        plan.no_texts = bool(unsafe)
        safe = False if unsafe else None if rng.random() < 0.3 else True
        number = f"07700 900{rng.randint(0, 999):03}"
        if safe and plan.agreed_to_texts:
            plan.text_to = number.replace(" ", "")
        book.Reachable.add(
            case_id=plan.case_id,
            kind="mobile",
            value=number,
            safe=safe,
            note="" if safe is not False else "Shared telephone: do not text or leave a message.",
        )
    if rng.random() < 0.15:
        book.Reachable.add(
            case_id=plan.case_id, kind="telephone", value=f"01632 960{rng.randint(0, 999):03}"
        )
    if rng.random() < 0.3:
        value = f"{plan.forename}.{plan.surname}{rng.randint(1, 99)}@example.test".lower()
        book.Reachable.add(case_id=plan.case_id, kind="email", value=value, safe=not guarded)


def _write_address(book, plan):
    rng = plan.rng
    moved_on = plan.order.convicted_on - timedelta(days=rng.randint(30, 2500))
    if rng.random() < NO_FIXED_ABODE:
        book.Address.add(
            case_id=plan.case_id, status_code="M", no_fixed_abode=True, type_code="A08A",
            type_name="Homeless - Rough Sleeping", from_on=moved_on, authority=plan.site.authority,
        )  # fmt: skip
        plan.address = ""
        return
    lines, town, county, postcode = address_of(rng, plan.site)
    kind, kind_name = draw(rng, ADDRESS_TYPES)
    plan.address_id = book.Address.add(
        case_id=plan.case_id, status_code="M", lines=lines, town=town, county=county, postcode=postcode,
        type_code=kind, type_name=kind_name, from_on=moved_on,
        safe_to_write=False if plan.domestic_victim else None if rng.random() < 0.3 else True,
        authority=plan.site.authority if rng.random() < AUTHORITY_KNOWN else "",
    )  # fmt: skip
    plan.address = f"{lines}, {town}, {postcode}"
    if rng.random() < 0.3:
        lines, town, county, postcode = address_of(rng, plan.site)
        book.Address.add(
            case_id=plan.case_id, status_code="P", lines=lines, town=town, county=county, postcode=postcode,
            from_on=moved_on - timedelta(days=rng.randint(200, 1500)), to_on=moved_on,
        )  # fmt: skip


def _write_life(book, plan):
    rng = plan.rng
    since = plan.order.convicted_on
    if rng.random() < 0.22:
        code, name = draw(rng, DISABILITIES)
        book.Disability.add(case_id=plan.case_id, code=code, name=name, from_on=since)
    if plan.order.kind != "custody" and rng.random() < 0.8:
        code, name = draw(rng, EMPLOYMENT)
        _circumstance(book, plan, "B", "Employment", code, name)
    if plan.children and rng.random() < 0.5:
        _circumstance(book, plan, "I", "Dependents", "I02", "Is a Primary Carer")
    if plan.woman and rng.random() < 0.02:
        _circumstance(book, plan, "PM", "Pregnancy/Maternity", "D06", "Pregnancy")
    if rng.random() < 0.08:
        _circumstance(book, plan, "G", "Literacy and Numeracy", "G01", "Reading/Literacy Concerns")


def _circumstance(book, plan, code, name, subcode, subname):
    book.Circumstance.add(
        case_id=plan.case_id, type_code=code, type_name=name, subtype_code=subcode, subtype_name=subname,
        started_on=plan.order.convicted_on, evidenced=plan.rng.random() < 0.5,
    )  # fmt: skip


def _write_related(book, plan, one):
    return book.RelatedPerson.add(
        case_id=plan.case_id, kind=one.kind, name=one.name, relationship=one.relationship, born_on=one.born_on,
        lives_with=one.lives_with, dependant=one.dependant, victim=one.victim, protected=one.protected,
        address=one.address, authority=one.authority, postcode=one.postcode,
        source="Pre-sentence report" if plan.rng.random() < 0.5 else "Told to the officer",
    )  # fmt: skip
