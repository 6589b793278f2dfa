"""Plans what came in about a case: from whom, who it names, whether it was read, and what it came to.

Source: HMIP Thames Valley CRC 2018, 2.3 and 2.4 (call-outs and an attack that nobody acted on).
"""

from datetime import timedelta

from cases.management.demo import acting, checks, loop_words
from cases.management.demo.loop_plans import Owed, PlannedInformation, PlannedReading
from cases.reference.checks import Because, CheckKind
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

TOLD_OF = 0.07  # of cases, in the last six weeks
KINDS = {"call_out": 28, "arrest": 10, "child": 18, "adult": 3, "court": 7, "health": 16, "sighting": 8, "other": 10}  # fmt: skip
HARM = {"call_out": 0.7, "arrest": 0.4, "child": 0.6, "adult": 0.6, "sighting": 0.3, "other": 0.3}
UNREAD = 0.4
UNREAD_SINCE, READ_SINCE = 9, 42  # days ago, at most
READ_AS = {"nothing": 45, "raised": 20, "plan": 35}
READ_DAYS = 2
NAMES_ANOTHER = 0.4  # of those below
MAY_NAME = {"sighting", "other"}
# What the other did to, or is to, the person; and in words where the two must be kept apart
RELATIONS = {
    "attacked_by": "was attacked by",
    "at_odds": "is in a dispute or a rival group with",
    "seen_with": "",
}
# Whom it makes us ask, unless they are being asked already
CALLS_FOR = {
    "call_out": (Because.CALL_OUT, (CheckKind.POLICE,)),
    "arrest": (Because.NEW_CONCERN, (CheckKind.POLICE,)),
    "child": (Because.NEW_CONCERN, (CheckKind.CHILDREN, CheckKind.POLICE)),
    "adult": (Because.NEW_CONCERN, (CheckKind.ADULTS,)),
}
ASKED_SINCE = {"never_sent": 60, "waiting": 25, "never_analysed": 15}


def plan_information(plan, today, other):
    """What came in, if anything did. `other` is the plan of a colleague's case that it may name."""
    rng = plan.rng
    if not plan.ours or not plan.officer or plan.limit or rng.random() > TOLD_OF:
        return
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    unread = rng.random() < UNREAD
    days = rng.randint(0, UNREAD_SINCE if unread else READ_SINCE)
    came_on = max(plan.arrived_on, checks.working_before(today - timedelta(days=days)))
    said_by, who, words = rng.choice(loop_words.COMING_IN[kind])
    harm = rng.random() < HARM.get(kind, 0)
    one = tell(plan, kind, (said_by, who, words), came_on, harm=harm)
    ask_because_of(plan, one, today)
    if not unread:
        read(plan, one.readings[0], today)
    if other and kind in MAY_NAME and rng.random() < NAMES_ANOTHER:
        name(one, other, rng.choice(list(RELATIONS)))


def tell(plan, kind, said, came_on, *, harm):
    """Something about this case, to be read by its officer."""
    said_by, who, words = said
    happened_on = came_on - timedelta(days=plan.rng.randint(0, 1))
    one = PlannedInformation(kind, said_by, who, came_on, happened_on, words, harm)
    one.readings.append(PlannedReading(plan, main=True, owed=_owed(one)))
    plan.information.append(one)
    return one


def name(one, other, relation):
    """It names somebody else under supervision: their officer reads it too."""
    reading = PlannedReading(other, main=False, owed=_owed(one), relation=relation)
    one.readings.append(reading)
    if RELATIONS[relation]:
        main = one.readings[0].plan
        one.kept_apart = f"{other.crn} {RELATIONS[relation]} {main.crn}"


def ask_because_of(plan, one, today):
    """The enquiries it calls for, where none is open: most not yet sent."""
    because, kinds = CALLS_FOR.get(one.kind, ("", ()))
    if plan.children and one.kind in {"call_out", "arrest"}:
        kinds = (*kinds, CheckKind.CHILDREN)
    under_way = {each.kind for each in plan.open_enquiries}
    for kind in kinds:
        if kind in under_way:
            continue
        for enquiry in checks.put(plan, kind, because, one.came_on):
            outcome = plan.rng.choices(list(ASKED_SINCE), list(ASKED_SINCE.values()))[0]
            checks.come_to(plan, enquiry, outcome, today)


def read(plan, reading, today, read_as=""):
    """Read, in time or late, and said what it came to."""
    rng = plan.rng
    late = rng.choice((0, 0, 0, 1, 2, 4))
    reading.read_on = min(add_working_days(reading.owed.triggered_on, late), today)
    reading.owed.met_on = reading.read_on
    reading.read_as = read_as or rng.choices(list(READ_AS), list(READ_AS.values()))[0]
    if reading.read_as == "raised" and (plan.raises or plan.complex):
        reading.read_as = "plan"
    if reading.read_as == "raised":
        reading.raised = acting.raise_contact(plan, reading.read_on)
    elif reading.read_as == "plan":
        acting.act(plan, reading.read_on, today, reading=reading)
    else:
        reading.because = rng.choice(loop_words.NOTHING)


def _owed(one):
    why = f"Came in {say_date(one.came_on)}"
    if one.harm:
        return Owed("read_information_today", one.came_on, one.came_on, why)
    due_on = add_working_days(one.came_on, READ_DAYS)
    return Owed("read_information", one.came_on, due_on, why)
