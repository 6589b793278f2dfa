"""What every step of a breach has in common: the case locked first, the step kept, the clocks and the log that follow.

Where it may go from where, and which clocks run there: `cases.rules.enforcement.breaches`. Source: product rules, failures.
"""

from django.utils.timezone import localtime

from cases.models import Breach, BreachStep, Contact, Deadline
from cases.reference.enforcement import BREACH_OVER, BreachState
from cases.rules.enforcement.breaches import ANSWERED_BY, CLOCKS, LAID, OWED, check_step
from cases.rules.enforcement.court import HEARS, court_owed
from cases.services.checks import lock_case
from cases.services.deadlines import LONGEST_WHY, meet_deadline, open_deadline
from cases.services.enforcement.letters import cancel_letter
from cases.services.policy import clocks
from cases.services.reviews_owed import owe_reviews
from staff.audit import record
from staff.rules.dates import say_date

State = BreachState
LAY, COURT, AMEND, SEE = "lay_breach", "say_hearing", "amend_breach", "see_amendment"
# What is owed of a breach no longer once it is over, however it ended
DROPPED = (AMEND, SEE, "win_back", "decide_again")
WHY = {
    State.SUBMITTED: "The pack went to the NPS on {day}",
    State.MORE_ASKED: "The NPS asked for more on {day}",
    State.RETURNED: "The NPS returned the pack on {day}",
}
# As nDelius calls each step: the log says so, and a review finds it among what has happened
LOGGED = {
    State.SUBMITTED: ("ABPK", "Breach pack sent to the NPS"),
    State.MORE_ASKED: ("BIIR", "The NPS asked for more of the breach"),
    State.RETURNED: ("BRRW", "The NPS returned the breach pack"),
    State.SUMMONS: ("BSII", "Breach: summons issued"),
    State.WARRANT: ("BREW", "Breach: warrant issued"),
    State.WITHDRAWN: ("ABWD", "Breach withdrawn"),
}
NOT_TO_GO = "The breach is over, so nothing is to be sent about it."


def locked(breach):
    """As it stands now, its case locked first."""
    case = lock_case(breach.case)
    found = Breach.objects.select_related("sentence", "sentence__case").get(pk=breach.pk)
    found.case = case
    return found


def take_step(breach, to, *, on, by, now, words="", outside="", logged=None, **kept):
    """Take the step: the breach, its history, its clocks, the log and the audit trail. The caller holds the case.

    `logged`: the (code, words) of its line in the log, where the state alone does not say it; `kept`: `pack`, `pack_says`.
    """
    check_step(State(breach.state), to)
    breach.state = to
    breach.save()
    step = BreachStep.objects.create(
        breach=breach, state=to, on=on, at=now, by=by, words=words, outside=outside, **kept
    )
    write_line(breach, logged or LOGGED.get(to), on=on, by=by, now=now)
    settle(breach, on=on, by=by, now=now)
    if to in BREACH_OVER:  # a review answers what it came to, from today
        owe_reviews(case_ids=[breach.case_id], today=localtime(now).date(), by=by)
    crn = breach.case.crn
    record(by=by, action="moved_breach", crn=crn, breach=breach.pk, step=step.pk, to=str(to))
    return step


def write_line(breach, logged, *, on, by, now):
    """A line of the log, in words of ours: what the NPS or the court said stands on the breach."""
    if logged is None:
        return
    code, title = logged
    today = localtime(now).date()
    Contact.objects.create(
        case=breach.case,
        sentence=breach.sentence,
        type_code=code,
        type_name=title,
        started_at=now,
        system_generated=True,
        notes=f"{title}." if on == today else f"{title} on {say_date(on)}.",
        staff_code=by.staff_code or by.username,
        staff_name=by.name,
    )


def settle(breach, *, on, by, now):
    """Every clock of a breach as its state has it: those that run there, and no other."""
    state, today = State(breach.state), localtime(now).date()
    about = {"case": breach.case, "by": by, "today": today, "breach": breach}
    runs: set[str] = OWED.get(state, set())
    for kind in CLOCKS:
        if kind not in runs:
            meet_deadline(kind=kind, void=state not in ANSWERED_BY[kind], **about)
    for kind in runs:
        why = WHY[state].format(day=say_date(on)) if state in WHY else "The pack is with us"
        open_deadline(kind=kind, triggered_on=on, why=why, **about)
    if state in LAID:
        laid(breach, by=by, now=now)
    settle_court(breach, since=on, by=by, now=now)
    if state in BREACH_OVER:
        _leave_nothing(breach, about, by=by, now=now)


def settle_court(breach, *, since, by, now, done=False, wrong=False):
    """The one clock of the court follows the day that is set, or asks where none is. `done`: what it ran for was said;
    `wrong`: the day that it ran for was none."""
    today = localtime(now).date()
    state = State(breach.state)
    hearing = next_hearing(breach)
    hearing_on = localtime(hearing.at).date() if hearing else None
    owed = court_owed(state, since, hearing_on, clocks(today).extra_bank_holidays)
    about = {"case": breach.case, "kind": COURT, "by": by, "today": today, "breach": breach}
    running = Deadline.objects.unmet().filter(kind=COURT, breach=breach).first()
    if running and owed and not done and running.why == owed.why[:LONGEST_WHY]:
        return
    said = state == State.DECIDED or done or state in HEARS
    meet_deadline(void=wrong or not said, **about)
    if owed:
        since = min(owed.since, today)
        open_deadline(triggered_on=since, due_on=max(owed.due_on, since), why=owed.why, **about)


def next_hearing(breach):
    """The day in court that is set, and of which nothing is said yet; None where none is."""
    return breach.hearings.filter(said_at=None, called_off=False).order_by("at", "pk").first()


def accepted_on(breach):
    """The day on which the NPS accepted it: no court hears it before."""
    step = breach.steps.filter(state=State.ACCEPTED).order_by("-pk").first()
    return step.on if step else localtime(breach.begun_at).date()


def laid(breach, *, by, now):
    """A court has it, so it was laid: nobody is asked to have that done any more."""
    today = localtime(now).date()
    meet_deadline(case=breach.case, kind=LAY, by=by, today=today, breach=breach)


def _leave_nothing(breach, about, *, by, now):
    """It is over: whatever was owed of it is owed no more, and what was to go about it does not go."""
    meet_deadline(kind=LAY, void=True, **about)
    for kind in DROPPED:
        meet_deadline(kind=kind, void=True, **about)
    breach.amendments.owed().update(refused_because=NOT_TO_GO)
    breach.hearings.filter(said_at=None, called_off=False).update(called_off=True, result=NOT_TO_GO)
    for letter in breach.letters.to_go().order_by("pk"):
        letter.case = breach.case
        cancel_letter(letter=letter, because=NOT_TO_GO, by=by, now=now)
