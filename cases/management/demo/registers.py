"""Plans and writes the registers a person is on: levels of harm, flags, each with the person's part.

Sources: register types as nDelius publishes them; HMIP Thames Valley CRC 2018, Annex 3 (what makes a
case complex); the part of a person is the product's own.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from cases.management.demo.plan_parts import PlannedRegister
from cases.reference.codes import Part

# Code: name, register, months between reviews, colour
TYPES = {
    "RLRH": ("Low RoSH", "RoSH", 6, "Green"),
    "RMRH": ("Medium RoSH", "RoSH", 6, "Amber"),
    "RHRH": ("High RoSH", "RoSH", 6, "Red"),
    "RVHR": ("Very High RoSH", "RoSH", 6, "Red"),
    "ADVP": ("Domestic Abuse Perpetrator", "Public Protection", 3, "Red"),
    "ADVV": ("Domestic Abuse Victim", "Safeguarding", 6, "Amber"),
    "REG30": ("Domestic Abuse History", "Safeguarding", 0, "Amber"),
    "IMAR": ("MARAC", "Public Protection", 3, "Red"),
    "RCCO": ("Child Concerns", "Safeguarding", 3, "Amber"),
    "RCPR": ("Child Protection", "Safeguarding", 3, "Red"),
    "RCHD": ("Risk to Children", "Safeguarding", 3, "Red"),
    "RVAD": ("Safeguarding - Adult At Risk", "Safeguarding", 6, "Red"),
    "REG22": ("Risk to an Adult At Risk", "Safeguarding", 6, "Red"),
    "REG15": ("Risk to Known Adult", "Public Protection", 6, "Amber"),
    "REG17": ("Risk to Public", "Public Protection", 6, "Amber"),
    "AV2S": ("Risk to Staff", "Alerts", 6, "Red"),
    "WEAP": ("Weapons", "Alerts", 3, "Red"),
    "STRG": ("Street Gangs", "Alerts", 3, "Red"),
    "REG26": ("Organised Crime", "Alerts", 6, "Red"),
    "MAPP": ("MAPPA", "Public Protection", 3, "Red"),
    "IIOM": ("Integrated Offender Management", "Information", 6, "White"),
    "RSTO": ("Restraining Order", "Alerts", 6, "Amber"),
    "ALSH": ("Suicide/Self Harm", "Safeguarding", 6, "Red"),
    "ARSO": ("Registered Sex Offender", "Public Protection", 3, "Red"),
    "INVI": ("Victim Contact", "Alerts", 3, "Amber"),
    "WRSM": ("Warrant / Summons", "Alerts", 3, "Amber"),
}
# What makes a case complex where the person is the source of the harm
COMPLEX = {
    "ADVP": 50,
    "RCCO": 13,
    "RCPR": 11,
    "RCHD": 9,
    "IMAR": 6,
    "STRG": 5,
    "WEAP": 2,
    "REG22": 3,
    "REG26": 1,
}
COMPLEX_OF_WOMEN = {
    "ADVP": 20,
    "RCCO": 30,
    "RCPR": 32,
    "RCHD": 8,
    "IMAR": 2,
    "STRG": 2,
    "WEAP": 1,
    "REG22": 5,
}
A_SECOND = 0.3
PART_NOT_RECORDED = 0.1
FROM_AN_EARLIER_ORDER = 0.12
REVIEW_MISSED = 0.2
# What anybody may be on beside, and is never complex for: code, part, men and women in a hundred
BESIDE = (
    ("ADVV", Part.AT_RISK, 3, 26),
    ("REG30", Part.SOURCE, 9, 3),
    ("RVAD", Part.AT_RISK, 2, 5),
    ("ALSH", Part.AT_RISK, 8, 15),
    ("AV2S", Part.SOURCE, 3, 1),
    ("REG17", Part.SOURCE, 5, 1),
    ("REG15", Part.SOURCE, 4, 1),
    ("INVI", Part.SOURCE, 1.5, 0.5),
    ("WRSM", Part.NOT_RECORDED, 1.5, 1),
    ("RCPR", Part.PARENT, 1, 4),
    ("RCCO", Part.PARENT, 1.5, 4),
    ("IMAR", Part.AT_RISK, 0.2, 4),
)
EVIDENCE = {
    "ADVP": "Police call-outs named in the pre-sentence report",
    "ADVV": "Told to the officer at induction",
    "IMAR": "Minutes of the MARAC",
    "RCCO": "Referral by the school, children's social care",
    "RCPR": "Child protection conference, children's social care",
    "RCHD": "OASys, section R10.6",
    "REG22": "Adult social care enquiry",
    "STRG": "Police intelligence about the person's own conduct",
    "WEAP": "Police record of what was found",
    "REG26": "Police intelligence about the person's own conduct",
    "RSTO": "Court order",
}


def plan_registers(plan, today):
    """Every register of the person, so that they come out at the planned level and no other."""
    _plan_harm(plan, today)
    if plan.complex:
        _plan_complexity(plan, today)
    _plan_weapon(plan, today)
    _plan_beside(plan, today)
    _plan_mappa(plan, today)
    if plan.iom:
        add(plan, today, "IIOM", Part.NOT_RECORDED)


def add(plan, today, code, part, *, on=None, level="", category="", firearm=None, ended_on=None):
    """One entry, with the review that should have followed it done in time or missed."""
    on = on or _some_day(plan, today)
    months = TYPES[code][2]
    review_on = None
    if months and ended_on is None:
        review_on = on + relativedelta(months=months)
        missed = plan.rng.random() < REVIEW_MISSED
        while review_on < today and not missed:
            review_on += relativedelta(months=months)
    plan.registers.append(
        PlannedRegister(
            code, on, part, level, category, firearm, ended_on, review_on, EVIDENCE.get(code, "")
        )
    )


def _some_day(plan, today):
    rng, began = plan.rng, plan.order.convicted_on
    if rng.random() < FROM_AN_EARLIER_ORDER:
        return began - timedelta(days=rng.randint(20, 500))
    return began + timedelta(days=rng.randint(0, max(0, min((today - began).days, 200))))


def _plan_harm(plan, today):
    rng, code = plan.rng, plan.rosh
    if not code:
        return
    if code in {"RHRH", "RVHR"}:
        risen = max(plan.order.convicted_on, today - timedelta(days=rng.randint(0, 25)))
        on = plan.order.convicted_on + (risen - plan.order.convicted_on) / 2
        add(plan, today, code, Part.SOURCE, on=risen)
        if on < risen:
            add(plan, today, "RMRH", Part.SOURCE, on=on)
        return
    add(plan, today, code, Part.SOURCE)
    on = plan.registers[-1].started_on
    earlier = rng.random()
    if earlier < 0.02:  # the older one was never closed; the later one holds
        add(
            plan,
            today,
            "RMRH" if code == "RLRH" else "RLRH",
            Part.SOURCE,
            on=on - timedelta(days=200),
        )
    elif earlier < 0.12:
        other = rng.choice(("RLRH", "RMRH", "RHRH"))
        add(plan, today, other, Part.SOURCE, on=on - timedelta(days=300), ended_on=on)


def _plan_complexity(plan, today):
    rng = plan.rng
    weights = dict(COMPLEX_OF_WOMEN if plan.woman else COMPLEX)
    for _ in range(1 + (rng.random() < A_SECOND)):
        code = rng.choices(list(weights), list(weights.values()))[0]
        del weights[code]
        unrecorded = rng.random() < PART_NOT_RECORDED and code not in {"WEAP", "STRG"}
        part = Part.NOT_RECORDED if unrecorded else Part.SOURCE
        add(plan, today, code, part, firearm=True if code == "WEAP" else None)
    if plan.domestic and rng.random() < 0.35:
        add(plan, today, "RSTO", Part.SOURCE)


def _plan_weapon(plan, today):
    """A knife, or a weapon of which nobody has said whether it is a firearm."""
    if plan.rng.random() < 0.06 and not plan.has("WEAP"):
        add(plan, today, "WEAP", Part.SOURCE, firearm=False if plan.rng.random() < 0.8 else None)


def _plan_beside(plan, today):
    rng = plan.rng
    for code, part, men, women in BESIDE:
        if rng.random() * 100 < (women if plan.woman else men) and not plan.has(code):
            add(plan, today, code, part)
    if not plan.complex and rng.random() < 0.03:
        code = rng.choice(("ADVP", "RCPR", "RCCO"))
        since = plan.order.convicted_on - timedelta(days=rng.randint(400, 1500))
        if not plan.has(code):
            ended_on = since + timedelta(days=rng.randint(90, 380))
            add(plan, today, code, Part.SOURCE, on=since, ended_on=ended_on)


def _plan_mappa(plan, today):
    if plan.why in {"M1", "M2"}:
        since = max(plan.order.convicted_on, today - timedelta(days=plan.rng.randint(0, 40)))
        add(plan, today, "MAPP", Part.SOURCE, on=since, level=plan.why, category="M2")
    elif plan.rng.random() < 0.004:
        add(plan, today, "MAPP", Part.SOURCE, level="M0", category="X9")


def write_registers(book, plan):
    for number, one in enumerate(plan.registers, start=1):
        name, register, months, colour = TYPES[one.code]
        one.id = book.Registration.add(
            case_id=plan.case_id,
            source_id=f"raised-{number}" if one.raised else str(number),
            type_code=one.code,
            type_name=name,
            register_name=register,
            level_code=one.level,
            category_code=one.category,
            part=one.part,
            firearm=one.firearm,
            active=one.ended_on is None,
            started_on=one.started_on,
            ended_on=one.ended_on,
            review_on=one.review_on,
            review_months=months or None,
            colour=colour,
            warn_staff=one.code in {"AV2S", "WEAP"},
            evidence=one.evidence,
            provisional=one.raised is not None,
            notes=one.notes,
        )
