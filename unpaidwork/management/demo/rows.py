"""Writes what was planned of each person: orders, risk, instructions, hours, places."""

from datetime import timedelta

from cases.management.demo.enquiry_rows import at_mid_morning
from unpaidwork.management.demo import said
from unpaidwork.management.demo.dealing import HOME_SITE
from unpaidwork.management.demo.sites import FROM_AT, TO_AT

CIRCLE, BUFFER = 300, 100  # metres
FAR_EAST, FAR_NORTH = 6200, 5400  # from the site of theirs to where nobody works
OF_REGISTER_DAYS = 85
RISK_GOOD = timedelta(days=182)


def write_circumstance(book, plan):
    if plan.travels:
        book.Circumstance.add(
            case_id=plan.who.case, type_code="K", type_name="Travel", subtype_code="K09",
            subtype_name="Allowed travel time", started_on=plan.who.since, evidenced=True,
        )  # fmt: skip


def write_orders(book, plan, sites, *, officer):
    """Restrictions, with the areas they ban: none where anybody works."""
    who = plan.who
    east, north = _somewhere_else(plan, sites)
    for one in plan.orders:
        seen = one.terms != "not_seen"
        links = {f"{one.of.of}_id": one.of.key} if one.of else {}
        from_on = min(who.since, one.to_on) if one.to_on else who.since
        one.key = book.Restriction.add(
            case_id=who.case,
            kind=one.kind,
            terms=one.terms,
            prohibits=said.PROHIBITS.get(one.terms, ""),
            from_on=from_on,
            to_on=one.to_on,
            copy_seen_on=who.arrived_on if seen else None,
            copy_seen_by_id=officer if seen else None,
            source=said.FROM_THE_COURT if seen else "The register",
            recorded_at=at_mid_morning(who.arrived_on),
            recorded_by_id=officer,
            **links,
        )
        if one.terms == "areas":
            shape, outline = outline_of(one.shape, east, north)
            book.RestrictedArea.add(
                restriction_id=one.key,
                label=said.LABELS[0],
                shape=shape,
                outline=outline,
                buffer=BUFFER,
            )


def outline_of(shape, east, north):
    """(shape, outline) around this point: a circle, or a square with a hole where it does not hold."""
    if shape == "circle":
        return "circle", {"centre": [east, north], "radius": CIRCLE}
    outer, inner = _square(east, north, 2 * CIRCLE), _square(east, north, CIRCLE // 2)
    return "polygon", {"rings": [outer, inner]}


def _square(east, north, half):
    return [
        [east - half, north - half],
        [east + half, north - half],
        [east + half, north + half],
        [east - half, north + half],
    ]


def _somewhere_else(plan, sites):
    near = sites.planned[plan.project or HOME_SITE]
    return near.east + FAR_EAST, near.north - FAR_NORTH


def write_instructions(book, plan, *, officer, today):
    """What each flag means on site, of those that somebody wrote down."""
    who = plan.who
    answered = {one.of.key for one in plan.orders if one.of and one.of.of == "registration"}
    flags = [
        ({"registration_id": one.key}, said.TO_BE_TOLD[one.code])
        for one in who.to_be_told
        if one.key not in plan.untold | answered
    ]
    flags += [({"restriction_id": one.key}, said.OF_AN_ORDER) for one in plan.orders if one.told]
    for about, (must_not, watch_for, do) in flags:
        written_on = max(who.arrived_on, today - timedelta(days=20))
        book.Instruction.add(
            case_id=who.case, must_not=must_not, watch_for=watch_for, do=do, ring=said.RING, owner_id=officer,
            review_on=written_on + timedelta(days=OF_REGISTER_DAYS), written_at=at_mid_morning(written_on),
            written_by_id=officer, **about,
        )  # fmt: skip


def write_work(book, plan, *, today):
    """The requirement as it was taken up, and the ledger: what was completed elsewhere, what a court took away."""
    who = plan.who
    book.Work.add(
        requirement_id=who.requirement,
        case_id=who.case,
        minutes_ordered=who.hours * 60,
        sentenced_on=who.since,
        arrived_on=who.arrived_on,
        state="open" if plan.left else "completed",
        completed_on=None if plan.left else today,
        ete_because=said.COURSES_COUNT if plan.courses else "",
    )
    at = at_mid_morning(today)
    elsewhere = plan.credited - plan.worked - plan.of_courses
    if elsewhere:
        book.Adjustment.add(
            work_id=who.requirement, reason="elsewhere", minutes=elsewhere, on=who.arrived_on, at=at,
            note="Completed by the record, when the requirement was taken up here",
        )  # fmt: skip
    if plan.taken:
        book.Adjustment.add(
            work_id=who.requirement, reason="court_taken", minutes=-plan.taken * 60, on=today, at=at,
            note="The court took the rest away: a letter of the magistrates' court",
        )  # fmt: skip


def write_place(book, plan, sites, *, coordinator):
    if not plan.project:
        return
    who = plan.who
    stop = sites.stops[plan.stop].pk if plan.stop else None
    plan.allocation = book.WorkAllocation.add(
        work_id=who.requirement,
        case_id=who.case,
        project_id=sites.projects[plan.project].pk,
        weekday=plan.weekday,
        from_on=plan.from_on,
        from_at=FROM_AT,
        to_at=TO_AT,
        stop_id=stop,
        travel_help="Van" if stop else "",
        agreed_alone=plan.agreed_alone,
        state=plan.state,
        state_because=plan.because,
        made_at=at_mid_morning(max(who.arrived_on, plan.from_on - timedelta(days=5))),
        made_by_id=coordinator,
    )
