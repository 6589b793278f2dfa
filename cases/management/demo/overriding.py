"""Plans overrides, as they are asked, decided, run out and closed; and routes taken away, until booked.

Sources: product rules, override; HMIP Thames Valley CRC 2018, 2.3 ("not one to one", and nothing in its place).
"""

from datetime import timedelta

from cases.management.demo import plan_words as words
from cases.management.demo.assess_plans import PlannedOverride, PlannedRoute
from cases.management.demo.assessing import unmade, waited_for
from cases.management.demo.checks import working_before
from cases.management.demo.loop_plans import Owed
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

ASKED = 0.08  # of drafts with a check in the way, that an override is asked for
REFUSED = 0.25  # of those that were decided
DECIDE_DAYS, READ_DAYS = 1, 5  # working days
SAMPLE = 5  # one in so many approved is read
MOST_A_MONTH = 4  # that one senior approves; what is asked besides, the head of service decides
LENGTHS = (7, 10, 14)  # days, the last the longest there may be
CLOSED = 0.4  # of those that have run out
NOT_OPENED = 0.25  # approved without opening the case
ROUTES = 0.012  # of plans with a requirement that can be moved
ROUTES_BOOKED = 0.4
BOOK_DAYS = 10


def plan_overrides(plan, today, number, approved, head):
    """Asked on a draft, or approved and signed upon. `number`: how many there were before; `approved`
    counts those of each team in each month."""
    if plan.over:
        month = plan.team.code, plan.signed_on.year, plan.signed_on.month
        by = plan.team.spo if approved[month] < MOST_A_MONTH else head
        approved[month] += 1
        plan.overrides.append(_approved(plan, today, number, by))
    elif plan.assessments and plan.assessments[0].state == "draft" and plan.officer:
        gaps = list(unmade(plan, today))
        wanted = plan.told.asks_override if plan.told else plan.rng.random() < ASKED
        if gaps and wanted:
            plan.overrides.append(_asked(plan, gaps, today))


def _write(plan, gaps, asked_on, length):
    rng = plan.rng
    return PlannedOverride(
        act="assessment",
        of=plan.assessments[0],
        state="asked",
        gaps=[f"enquiry:{one.id}" for one in gaps],
        sentences=[waited_for(one) for one in gaps],
        words={name: rng.choice(said) for name, said in words.OVERRIDE.items()},
        asked_on=asked_on,
        expires_on=asked_on + timedelta(days=length),
    )


def _asked(plan, gaps, today):
    rng = plan.rng
    since = max(one.triggered_on for one in gaps)
    asked_on = max(since, add_working_days(today - timedelta(days=rng.randint(2, 5)), 0))
    one = _write(plan, gaps, min(asked_on, today), LENGTHS[-1])
    why = f"{plan.officer.name} asked on {say_date(one.asked_on)}, until {say_date(one.expires_on)}"
    one.owed.append(
        Owed("decide_override", one.asked_on, add_working_days(one.asked_on, DECIDE_DAYS), why)
    )
    if not plan.told and rng.random() < REFUSED:
        one.state, one.decided_on, one.opened_case = "refused", today, True
        one.decided_by = plan.team.spo
        one.decision_note = (
            "Refused: the agency answers within days, and nothing here cannot wait for it."
        )
        one.owed[0].met_on = today
    return one


def _approved(plan, today, number, by):
    """Decided on the day of the signature, and in force, run out or closed since."""
    rng, on = plan.rng, plan.signed_on
    one = _write(plan, plan.over, on, LENGTHS[0] if plan.told else rng.choice(LENGTHS))
    one.state, one.decided_on, one.decided_by = "approved", on, by
    one.decision_note = rng.choice(words.DECISION)
    one.opened_case = not plan.told and rng.random() > NOT_OPENED
    until = say_date(one.expires_on)
    asked = f"{plan.officer.name} asked on {say_date(on)}, until {until}"
    decided = f"Approved by {by.name} on {say_date(on)}, until {until}"
    one.owed.append(Owed("decide_override", on, add_working_days(on, DECIDE_DAYS), asked, on))
    one.owed.append(Owed("close_override", on, one.expires_on, decided))
    if one.expires_on < today:
        one.state = "expired"
        if not plan.told and rng.random() < CLOSED:
            one.state, one.closed_on, one.closed_how = "closed", one.expires_on, words.CLOSED
            one.owed[-1].met_on = one.closed_on
    one.sampled = by == plan.team.spo and number % SAMPLE == 0
    if one.sampled:
        _read(plan, one, today)
    return one


def _read(plan, one, today):
    """By the head of service, as one of a sample."""
    on = one.decided_on
    why = f"Read as one of a sample: approved by {plan.team.spo.name} on {say_date(on)}"
    one.owed.append(Owed("read_override", on, add_working_days(on, READ_DAYS), why))
    read_on = add_working_days(on, plan.rng.randint(1, 9))
    if read_on <= today:
        one.read_on, one.read_note = read_on, words.READ
        one.owed[-1].met_on = read_on


def plan_routes(plan, today):
    if plan.told:
        for days, *said in (plan.told.route,) if plan.told.route else ():
            take_away(plan, "F", working_before(today - timedelta(days=days)), said, today)
        return
    movable = [main for main in ("F", "7") if main in plan.requirements]
    if plan.sentence_plans and movable and plan.rng.random() < ROUTES:
        decided_on = today - timedelta(days=plan.rng.randint(3, 25))
        decided_on = max(decided_on, plan.arrived_on)
        take_away(plan, movable[0], decided_on, plan.rng.choice(words.REMOVED), today)


def take_away(plan, requirement, decided_on, said, today):
    """The senior's decision, which stays with them until what takes its place is booked."""
    removed, because, route, replacement = said
    by_on = add_working_days(decided_on, BOOK_DAYS)
    why = (
        f"A route was taken away on {say_date(decided_on)}, and what takes its place is not booked"
    )
    owed = Owed("book_replacement", decided_on, by_on, why)
    one = PlannedRoute(removed, because, route, replacement, decided_on, by_on, [owed], requirement)
    if not plan.told and plan.rng.random() < ROUTES_BOOKED:
        one.booked_on = min(today, add_working_days(decided_on, plan.rng.randint(1, BOOK_DAYS)))
        one.booked_for = one.booked_on + timedelta(days=9)
        one.booked_with = "Programme staff, at the office"
        owed.met_on = one.booked_on
    plan.routes.append(one)
    for each in plan.sentence_plans:
        _replaced(each, f"requirement:{plan.requirements[requirement]}", one)
    return one


def _replaced(sentence_plan, key, route):
    """What stood in the way of a requirement is answered by its replacement, which is to be arranged."""
    sentence_plan.gaps = [gap for gap in sentence_plan.gaps if gap != f"route:{key}"]
    left = [warning for warning in sentence_plan.warnings if warning != f"arranged:{key}"]
    sentence_plan.warnings = left + ([] if route.booked_on else [f"arranged:{key}"])
