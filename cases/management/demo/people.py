"""The person of a plan: their names, characteristics, addresses and the people around them.

Telephone numbers are those Ofcom keeps for drama; streets and everyone in them are invented.
"""

from datetime import timedelta

from cases.management.demo import names
from cases.management.demo.plan import PlannedPerson
from cases.reference.codes import CaseState, Given, Sex
from cases.rules.search import folded

# Words of nDelius, the group of names that goes with them, and how many in a hundred
ETHNICITIES = [
    ("White: British/English/Welsh/Scottish/Northern Irish", "british", 71),
    ("White: Irish", "british", 1.5),
    ("White: Gypsy or Irish Traveller", "british", 1),
    ("White: Any other background", "eastern", 5),
    ("Asian/Asian British: Indian", "asian", 1.6),
    ("Asian/Asian British: Pakistani", "asian", 4.6),
    ("Asian/Asian British: Bangladeshi", "asian", 0.8),
    ("Asian/Asian British: Any other background", "asian", 1.5),
    ("Black/Black British: Caribbean", "black", 2.4),
    ("Black/Black British: African", "black", 2.2),
    ("Black/Black British: Any other background", "black", 0.9),
    ("Mixed: White and Black Caribbean", "black", 1.5),
    ("Mixed: White and Asian", "asian", 0.6),
    ("Other: Any other background", "british", 0.8),
    (Given.NOT_ASKED, "british", 2.2),
    (Given.NOT_STATED, "british", 1.4),
    (Given.UNKNOWN, "british", 1),
]
FORENAMES = {
    "british": (names.BRITISH_MEN, names.BRITISH_WOMEN),
    "eastern": (names.EASTERN_MEN, names.EASTERN_WOMEN),
    "asian": (names.SOUTH_ASIAN_MEN, names.SOUTH_ASIAN_WOMEN),
    "black": (names.BLACK_MEN, names.BLACK_WOMEN),
}
SURNAMES = {
    "british": names.BRITISH_SURNAMES,
    "eastern": names.EASTERN_SURNAMES,
    "asian": names.SOUTH_ASIAN_SURNAMES,
    "black": names.BLACK_SURNAMES,
}
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
INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # letters that end a postcode
NO_FIXED_ABODE = 0.05
WITH_CHILDREN = {True: 0.48, False: 0.4}  # of women, of men
WITH_PARTNER = 0.42
EARLIEST_PARENT = 17
OLDEST_CHILD = 16


def draw(rng, rows):
    """One of these rows, by the weight that ends each; without the weight."""
    row = rng.choices(rows, [row[-1] for row in rows])[0]
    return row[:-1] if len(row) > 2 else row[0]


def plan_people(plan, today):
    """Name the person and those around them. Children and partners decide which checks are needed."""
    rng = plan.rng
    plan.ethnicity, plan.background = draw(rng, ETHNICITIES)
    men, women = FORENAMES[plan.background]
    plan.forename = rng.choice(women if plan.woman else men)
    plan.surname = rng.choice(SURNAMES[plan.background])
    plan.people = [*_partner(plan), *_children(plan, today)]


def _partner(plan):
    rng = plan.rng
    abusive = plan.domestic
    if not abusive and rng.random() > WITH_PARTNER:
        return []
    men, women = FORENAMES[plan.background]
    forename = rng.choice(men if plan.woman else women)
    former = rng.random() < (0.5 if abusive else 0.15)
    return [
        PlannedPerson(
            kind="partner",
            name=f"{forename} {rng.choice(SURNAMES[plan.background])}",
            relationship="Former partner" if former else "Partner",
            born_on=plan.record.born_on + timedelta(days=rng.randint(-1800, 1800)),
            lives_with=None if rng.random() < 0.15 else not former and rng.random() < 0.6,
            victim=abusive,
            protected=abusive,
            address=street(rng, plan) if former else "",
        )
    ]


def _children(plan, today):
    rng = plan.rng
    age = (today - plan.record.born_on).days // 365
    oldest = min(OLDEST_CHILD, age - EARLIEST_PARENT)
    if oldest < 1 or (not plan.child_concern and rng.random() > WITH_CHILDREN[plan.woman]):
        return []
    men, women = FORENAMES[plan.background]
    surname = plan.surname if rng.random() < 0.7 else rng.choice(SURNAMES[plan.background])
    lives_with = rng.random() < (0.7 if plan.woman else 0.35)
    return [
        PlannedPerson(
            kind="child",
            name=f"{rng.choice(rng.choice((men, women)))} {surname}",
            relationship="Child",
            born_on=today - timedelta(days=rng.randint(60, oldest * 365)),
            lives_with=lives_with,
            dependant=True,
            protected=True,
        )
        for _ in range(rng.choices([1, 2, 3, 4], [46, 34, 14, 6])[0])
    ]


def street(rng, plan):
    """An address in one of the towns of the person's site."""
    return ", ".join(filter(None, address_of(rng, plan.site)))


def address_of(rng, site):
    town, county, district = rng.choice(site.towns)
    postcode = f"{district} {rng.randint(1, 9)}{rng.choice(INWARD)}{rng.choice(INWARD)}"
    flat = f"Flat {rng.randint(1, 24)}, " if rng.random() < 0.25 else ""
    return f"{flat}{rng.randint(1, 180)} {rng.choice(names.STREETS)}", town, county, postcode


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
        needs_interpreter=bool(told and told.language) or _interpreter(rng, language),
        may_text=None if rng.random() < 0.2 else not plan.domestic_victim and rng.random() < 0.9,
        care_leaver=bool(told and told.care_leaver) or _care_leaver(rng, plan, today),
    )  # fmt: skip
    _write_names(book, plan)
    _write_identifiers(book, plan)
    _write_reachable(book, plan)
    _write_address(book, plan)
    _write_life(book, plan)
    for one in plan.people:
        one.id = _write_related(book, plan, one)


def _interpreter(rng, language):
    if rng.random() < 0.08:
        return None
    return language != "English" and rng.random() < 0.4


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


def _write_reachable(book, plan):
    rng = plan.rng
    guarded = plan.woman and rng.random() < 0.2 or plan.domestic_victim
    if plan.told or rng.random() < 0.88:
        unsafe = guarded and (plan.told or rng.random() < 0.6)
        safe = False if unsafe else None if rng.random() < 0.3 else True
        book.Reachable.add(
            case_id=plan.case_id,
            kind="mobile",
            value=f"07700 900{rng.randint(0, 999):03}",
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
            type_name="Homeless - Rough Sleeping", from_on=moved_on, town=rng.choice(plan.site.towns)[0],
        )  # fmt: skip
        plan.address = ""
        return
    lines, town, county, postcode = address_of(rng, plan.site)
    kind, kind_name = draw(rng, ADDRESS_TYPES)
    book.Address.add(
        case_id=plan.case_id, status_code="M", lines=lines, town=town, county=county, postcode=postcode,
        type_code=kind, type_name=kind_name, from_on=moved_on,
        safe_to_write=False if plan.domestic_victim else None if rng.random() < 0.3 else True,
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
        address=one.address, authority=plan.site.authority if one.kind == "child" else "",
        source="Pre-sentence report" if plan.rng.random() < 0.5 else "Told to the officer",
    )  # fmt: skip
