"""Writes what a court required or a licence demands.

Sources: requirement categories of nDelius; standard licence conditions of 2018.
"""

from dateutil.relativedelta import relativedelta

RAR = (
    "F",
    "Rehabilitation Activity Requirement (RAR)",
    "RARREQ",
    "Rehabilitation Activity Requirement (RAR)",
    "Days",
)
WORK = ("W", "Unpaid Work", "W01", "Regular", "Hours")
PROGRAMMES = {
    "BBR": ("7", "Court - Accredited Programme", "P12", "Building Better Relationships", "Days"),
    "TSP": ("7", "Court - Accredited Programme", "P12", "Thinking Skills Programme", "Days"),
    "RES": ("7", "Court - Accredited Programme", "P12", "Resolve", "Days"),
}
REQUIREMENTS = {"F": RAR, "W": WORK, **PROGRAMMES}
CURFEW = ("M", "Curfew", "", "", "Months")
EXCLUSION = ("X", "Exclusion", "", "", "Months")
ALCOHOL = ("H", "Alcohol Treatment", "", "", "Months")
STANDARD = (
    "Be of good behaviour and not behave in a way which undermines the purpose of the licence period.",
    "Not commit any offence.",
    "Keep in touch with the supervising officer in accordance with instructions given.",
    "Receive visits from the supervising officer in accordance with instructions given.",
    "Reside permanently at an address approved by the supervising officer.",
    "Not undertake work, or a particular type of work, unless it is approved by the supervising officer.",
    "Not travel outside the United Kingdom except with prior permission.",
)  # fmt: skip
KEEP_IN_TOUCH = STANDARD[2]
ADDITIONAL = (
    ("Participation in programme or activities", "Comply with requirements to address drug misuse as instructed."),
    ("Curfew arrangement", "Confine yourself to the approved address between 19:00 and 07:00 daily."),
    ("Making or maintaining contact with a person", "Not seek to approach or communicate with the named person without prior approval."),
    ("Freedom of movement", "Not enter the area shown on the map provided without prior approval."),
)  # fmt: skip


def write_conditions(book, plan, today):
    rng, order = plan.rng, plan.order
    from_on = order.released_on or order.release_due_on
    chosen = [("Standard", text) for text in STANDARD]
    chosen += rng.sample(ADDITIONAL, rng.choice((0, 0, 1, 1, 2)))
    for category, text in chosen:
        condition_id = book.LicenceCondition.add(
            sentence_id=plan.sentence_id,
            category=category,
            text=text,
            from_on=from_on,
            to_on=order.licence_end_on,
        )
        if text == KEEP_IN_TOUCH and order.licence_end_on >= today:
            plan.keep_in_touch = condition_id
        if category != "Standard" and order.licence_end_on >= today:
            plan.conditions[condition_id] = category


def write_requirements(book, plan, today):
    order = plan.order
    served = min(
        1.0, (today - order.started_on).days / max(1, (order.end_on - order.started_on).days)
    )
    for kind, length in _wanted(plan):
        _requirement(book, plan, kind, length, served)


def _wanted(plan):
    """Which requirements the court made, and of what length."""
    rng = plan.rng
    if plan.told:
        return [(REQUIREMENTS[kind], length) for kind, length in plan.told.requirements]
    if plan.order.kind == "unpaid_work":
        return [(WORK, rng.choice((40, 60, 80, 100, 120, 150, 180)))]
    wanted = []
    if rng.random() < 0.85:
        wanted.append((RAR, rng.choice((10, 15, 20, 20, 25, 30, 40))))
    if plan.domestic and rng.random() < 0.3:
        wanted.append((PROGRAMMES["BBR"], 29))
    elif rng.random() < 0.07:
        wanted.append((PROGRAMMES[rng.choice(("TSP", "TSP", "RES"))], 20))
    if rng.random() < 0.33 or not wanted:
        wanted.append((WORK, rng.choice((60, 80, 100, 120, 150, 200))))
    if rng.random() < 0.1:
        wanted.append((CURFEW, rng.choice((2, 3, 4))))
    if plan.has("RSTO") and rng.random() < 0.3:
        wanted.append((EXCLUSION, 12))
    if rng.random() < 0.05:
        wanted.append((ALCOHOL, 6))
    return wanted


def _requirement(book, plan, kind, length, served):
    rng, order = plan.rng, plan.order
    main, main_name, sub, sub_name, unit = kind
    done = round(length * served * rng.uniform(0.1, 1.1)) if unit in {"Days", "Hours"} else None
    if plan.told and plan.told.finished:
        done = length
    by_itself = order.started_on + relativedelta(months=length) if unit == "Months" else None
    plan.lengths[main] = length
    if kind in PROGRAMMES.values():
        plan.programme = sub_name
    plan.requirements[main] = book.Requirement.add(
        sentence_id=plan.sentence_id, source_id=f"{main}{len(plan.requirements) + 1}", main_code=main, main_name=main_name,
        sub_code=sub, sub_name=sub_name, length=length, length_unit=unit, active=plan.why != "ended",
        restrictive=main in {"M", "X"}, imposed_on=order.convicted_on, expected_start_on=order.started_on,
        expected_end_on=by_itself or order.end_on, commenced_on=order.started_on if served > 0.05 else None,
        completed=min(done, length) if done is not None else None,
    )  # fmt: skip
