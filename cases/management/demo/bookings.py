"""Writes bookings: those of the last weeks with what came of them, and what is arranged for the weeks to come.

Older appointments came with the record, and have none. What an appointment that went wrong opened, and what it
came to, is written as the services would have.
"""

from datetime import timedelta
from uuid import UUID

from cases.management.demo import offices, reminding, visiting
from cases.management.demo.enquiry_rows import at_mid_morning, deadline
from cases.management.demo.loop_plans import Owed
from cases.management.demo.meet_plans import PlannedDecision
from cases.management.demo.orders import working
from cases.rules.calendar import add_working_days, working_days_before
from staff.rules.dates import say_date

BOOKED_SINCE = 28  # days: of those before that there is no booking
UNLOGGED = (9, 0.07)  # of the last so many days, the share of which nobody has said anything more
VOLUNTARY = 0.04
AS_VOLUNTARY = {"ATTC": "APPK", "AFTC": "APPK", "UAAB": "ABNS", "AFTA": "ABNS"}
WHERE = {"COPT": "telephone", "CHVS": "home", "C101": "elsewhere"}
TOLD = ("in_person", "in_person", "in_person", "telephone", "text", "letter", "not_yet")
ABSENT = {"UAAB", "AFTA", "ABNS"}
LOG_DAYS, DECIDE_DAYS, OFFER_DAYS, INTERPRETER_DAYS = 1, 6, 5, 2
CALLS = ("spoke", "no_answer", "no_answer", "message")
FORGOT = "Says that they forgot. They had it in writing, and were rung."
FAILURES = ("No reason was given and no proof came by the day that they had.", FORGOT)
ACCEPTED = (
    "The surgery confirms that they were seen that morning.",
    "We had told them another time: our mistake.",
)
MOVES = (
    ("person", "RSOF", "Their shift was changed."),
    ("service", "RSSR", "The officer was called to court."),
)
CALLED_OFF = ("person", "RSOF", "Working away that week.")
INTERPRETED = "Booked with the agency, by telephone."
PREPARED = ("Go through the diary.", "The letter from the council. Ask about sleep.", "", "", "")
SERIES_OF = 4


def may_book(plan):
    """Whether it is ours, with somebody to see them."""
    return plan.ours and plan.officer is not None and plan.order.kind not in {"custody", "recalled"}


def write_past(log, code, day, today, outcome, words, values):
    """An appointment that has been; with its booking, where it is of the last weeks."""
    plan, own = log.plan, log.own
    if not may_book(plan) or (today - day).days > BOOKED_SINCE:
        return log.line(code, day, outcome=outcome, words=words, **values)
    within, share = UNLOGGED
    keeps = plan.told and plan.told.life
    if (today - day).days <= within and own.random() < share and not keeps:
        outcome, words = "", ""
    voluntary = "requirement_id" not in values and own.random() < VOLUNTARY and not keeps
    outcome = AS_VOLUNTARY.get(outcome, outcome) if voluntary else outcome
    meeting = log.line(code, day, outcome=outcome, words=words, booked=True, **values)
    _book(log, meeting, day - timedelta(days=own.randint(3, 14)), voluntary=voluntary)
    if not outcome:
        _owe(
            meeting,
            "log_outcome",
            day,
            LOG_DAYS,
            f"The appointment of {say_date(day)} has no outcome",
        )
    elif outcome in ABSENT or outcome == "AFTC":
        _write_absence(log, meeting, day, today)
    elif outcome == "AAME" and own.random() < 0.4 and not voluntary:
        _write_accepted(log, meeting, day, today)
    _write_clocks(log, meeting)
    return meeting


def write_ahead(log, day, gap, today):
    """What is arranged for the weeks to come; of a case that is not ours, one line and no booking."""
    plan, own = log.plan, log.own
    if not may_book(plan):
        log.line("COAP", max(day, today + timedelta(days=1)), place=log.office)
        return
    booked_on = working(today - timedelta(days=own.randint(0, 6)))
    code = "COPT" if plan.level == "L" and own.random() < 0.15 else "COAP"
    if own.random() < 0.3 and gap < 14:
        _write_series(log, code, day, booked_on)
    else:
        _write_one(log, code, day, booked_on)
    chance = own.random()
    if chance < 0.05:
        _write_moved(log, next_weekday(day + timedelta(days=3)), booked_on, *own.choice(MOVES))
    elif chance < 0.07:
        off = log.line("COAP", next_weekday(day + timedelta(days=14)), outcome="RSOF", booked=True)
        _book(log, off, booked_on, off=CALLED_OFF)
    elif chance < 0.11:  # within the hour: a clash
        agency = log.line("C101", day, hour=log.plan.meetings[-1].hour, booked=True)
        _book(log, agency, booked_on, voluntary=True)


def _write_series(log, code, day, booked_on):
    series = UUID(int=log.own.getrandbits(128), version=4)
    hour = None
    for number in range(SERIES_OF):
        on = day + timedelta(weeks=number)
        meeting = _write_one(log, code, on, booked_on, hour=hour, series=series)
        hour = meeting.hour


def _write_one(log, code, day, booked_on, *, hour=None, series=None):
    plan, site = log.plan, log.plan.site.code
    if plan.woman and hour is None and offices.FOR_WOMEN.get(site) == day.weekday():
        hour = offices.FOR_WOMEN_AT
    place = {"place": log.office} if code == "COAP" else {}
    meeting = log.line(code, day, hour=hour, booked=True, **place)
    _book(log, meeting, booked_on, series=series)
    _write_clocks(log, meeting)
    return meeting


def _write_moved(log, on, booked_on, asked_by, outcome, because):
    """One that was moved, and what took its place three days later."""
    new = _write_one(log, "COAP", next_weekday(on + timedelta(days=3)), booked_on)
    old = log.line("COAP", on, outcome=outcome, booked=True, place=log.office)
    _book(
        log, old, booked_on - timedelta(days=5), off=(asked_by, outcome, because), moved_to=new.id
    )


def write_visit(log, day, today):
    """A visit at home that is to come."""
    meeting = log.line("CHVS", day, booked=True, place="Home")
    _book(log, meeting, working(today - timedelta(days=log.own.randint(0, 4))))
    _write_clocks(log, meeting)


def write_activity(log, day, today, marked):
    """A day of rehabilitation activity that is to come."""
    meeting = log.line("RARP", day, booked=True, **marked)
    _book(log, meeting, working(today - timedelta(days=log.own.randint(0, 6))))
    _write_clocks(log, meeting)


def _book(log, meeting, booked_on, *, voluntary=False, series=None, off=None, moved_to=None):
    plan, own = log.plan, log.own
    where = WHERE.get(meeting.code, "office")
    condition = None if voluntary or meeting.requirement else plan.keep_in_touch
    meeting.booked, meeting.stands = True, off is None
    at, officer_id = at_mid_morning(booked_on), plan.officer.user_id
    off_on = min(booked_on + timedelta(days=1), log.today)
    values = _called_off(off, at_mid_morning(off_on), officer_id)
    if moved_to:
        values["moved_to_id"] = moved_to
    if meeting.outcome and off is None:
        values |= {"logged_at": f"{meeting.on} 17:20 Europe/London", "logged_by_id": officer_id}
    told_how = "in_person" if meeting.outcome else own.choice(TOLD)
    remind = not meeting.outcome and own.random() < 0.7
    log.book.Appointment.add(
        contact_id=meeting.id,
        officer_id=officer_id,
        where=where,
        place_id=log.places[plan.site.code] if where == "office" else None,
        enforces="voluntary" if voluntary else "requirement" if meeting.requirement else "condition" if condition else "order",
        condition_id=condition,
        rar_activity_id=plan.rar.activities[0] if meeting.rar and plan.rar and plan.rar.activities else None,
        series=series,
        told_how=told_how,
        remind=remind,
        seen=[],
        prepared="" if meeting.outcome else own.choice(PREPARED),
        booked_at=at,
        booked_by_id=officer_id,
        **_interpreted(log, meeting, booked_on),
        **values,
    )  # fmt: skip
    if remind and meeting.stands:
        reminding.write_reminder(
            log.book, plan, meeting, where=where, booked_on=booked_on, today=log.today
        )
    if meeting.code == "CHVS":
        visiting.write_visit(log, meeting, booked_on)


def _called_off(off, at, officer_id):
    if off is None:
        return {}
    asked_by, _, because = off
    return {
        "called_off_at": at,
        "called_off_by_id": officer_id,
        "asked_by": asked_by,
        "called_off_because": because,
    }


def _interpreted(log, meeting, booked_on):
    """Whether one is needed, and booked; where it is not, it is owed by two working days before."""
    if not log.plan.interpreter:
        return {}
    if meeting.outcome or not meeting.stands or log.own.random() < 0.6:
        return {"interpreter": "booked", "interpreter_note": INTERPRETED}
    due_on = max(working_days_before(meeting.on, INTERPRETER_DAYS), booked_on)
    why = f"An interpreter is needed for the appointment on {say_date(meeting.on)}"
    if meeting.code != "C101":
        meeting.owed.append(Owed("book_interpreter", booked_on, due_on, why))
    return {"interpreter": "to_book"}


# What went wrong


def _write_absence(log, meeting, day, today):
    """The call of the same day, another one offered, and what it comes to."""
    own, absent = log.own, meeting.outcome in ABSENT
    late = own.random() < 0.12
    aware_on = min(today, next_weekday(day + timedelta(days=3))) if late else day
    decision = PlannedDecision("awaiting", aware_on)
    said = say_date(day)
    if absent:
        call = _owe(
            meeting, "call_same_day", aware_on, 0, f"They did not attend on {said}: are they safe?"
        )
        if own.random() < 0.62:
            decision.called, decision.called_on = own.choice(CALLS), aware_on
            decision.safe = "yes" if decision.called == "spoke" else ""
            call.met_on = aware_on
    if meeting.outcome == "ABNS":
        return
    decide = _owe(
        meeting,
        "decide_absence",
        aware_on,
        DECIDE_DAYS,
        f"What happened on {said} awaits your decision",
    )
    if absent:  # the next was given there and then
        _owe(
            meeting, "offer_again", day, OFFER_DAYS, f"They did not attend on {said}"
        ).met_on = aware_on
    until = decide.due_on
    if meeting.outcome == "UAAB" or (meeting.outcome == "AFTC" and until < today):
        decision.state, decision.because = "failure", own.choice(FAILURES)
        # A reason that is no reason is decided the next day; otherwise they have until the last for their proof
        then = add_working_days(aware_on, 1) if decision.because == FORGOT else until
        decide.met_on = decision.decided_on = min(then, today)
    meeting.decision = decision
    _write_decision(log, meeting, decision)


def _write_accepted(log, meeting, day, today):
    """It was a missed appointment until they brought proof."""
    accepted_on = min(today, next_weekday(day + timedelta(days=3)))
    said = say_date(day)
    words = f"They did not attend on {said}: are they safe?"
    _owe(meeting, "call_same_day", day, 0, words).met_on = day
    words = f"What happened on {said} awaits your decision"
    _owe(meeting, "decide_absence", day, DECIDE_DAYS, words).met_on = accepted_on
    meeting.decision = PlannedDecision(
        "acceptable", day, "spoke", day, "yes", log.own.choice(ACCEPTED), accepted_on
    )
    _write_decision(log, meeting, meeting.decision)


def _write_decision(log, meeting, one):
    officer_id = log.plan.officer.user_id
    log.book.ComplianceDecision.add(
        appointment_id=meeting.id,
        case_id=log.plan.case_id,
        state=one.state,
        happened_on=meeting.on,
        became_aware_on=one.aware_on,
        called_at=f"{one.called_on} 16:40 Europe/London" if one.called else None,
        called_by_id=officer_id if one.called else None,
        called=one.called,
        safe=one.safe,
        because=one.because,
        decided_at=f"{one.decided_on} 16:00 Europe/London" if one.decided_on else None,
        decided_by_id=officer_id if one.decided_on else None,
    )


def _owe(meeting, kind, since, days, why):
    owed = Owed(kind, since, add_working_days(since, days) if days else since, why)
    meeting.owed.append(owed)
    return owed


def _write_clocks(log, meeting):
    for one in meeting.owed:
        deadline(
            log.book, log.plan, one.kind, one.triggered_on, one.due_on, one.why, met_on=one.met_on,
            appointment_id=meeting.id,
        )  # fmt: skip


def next_weekday(day):
    return working(day) if working(day) == day else day + timedelta(days=7 - day.weekday())
