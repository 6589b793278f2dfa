"""Plans who somebody is and who is around them: names, partners, children, addresses.

Streets and everyone in them are invented.
"""

from datetime import timedelta

from cases.management.demo import names, places
from cases.management.demo.plan_parts import PlannedPerson
from cases.reference.codes import Given

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
INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # letters that end a postcode
WITH_CHILDREN = {True: 0.48, False: 0.4}  # of women, of men
WITH_PARTNER = 0.42
OUTSIDE = 0.12  # of those who live elsewhere, beyond the provider's area
AUTHORITY_KNOWN = 0.9
ADDRESS_KNOWN = 0.7
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
    where = None
    for one in plan.people:
        if where is None or one.kind != "child":  # brothers and sisters live together
            where = _where(plan, one)
        one.address, one.postcode, one.authority = where


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
        )
    ]


def _where(plan, one):
    """Address, postcode and authority, as far as they are known."""
    rng = plan.rng
    if one.lives_with or rng.random() > ADDRESS_KNOWN:
        known = one.lives_with and rng.random() < AUTHORITY_KNOWN
        return "", "", plan.site.authority if known else ""
    if rng.random() < OUTSIDE:
        return outside_address(rng, rng.choice(places.OUTSIDE))
    lines, town, _, postcode = address_of(rng, plan.site)
    known = rng.random() < AUTHORITY_KNOWN
    return f"{lines}, {town}, {postcode}", postcode, plan.site.authority if known else ""


def outside_address(rng, place):
    town, _, district, authority, _ = place
    lines, postcode = _lines(rng), _postcode(rng, district)
    return f"{lines}, {town}, {postcode}", postcode, authority


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


def address_of(rng, site):
    """An address in one of the towns of the person's site."""
    town, county, district = rng.choice(site.towns)
    postcode = _postcode(rng, district)
    return _lines(rng), town, county, postcode


def _lines(rng):
    flat = f"Flat {rng.randint(1, 24)}, " if rng.random() < 0.25 else ""
    return f"{flat}{rng.randint(1, 180)} {rng.choice(names.STREETS)}"


def _postcode(rng, district):
    return f"{district} {rng.randint(1, 9)}{rng.choice(INWARD)}{rng.choice(INWARD)}"
