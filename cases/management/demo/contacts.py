"""Writes the log: appointments kept and missed, calls and letters, from the start of supervision to today.

From 30 to 200 lines to a case, by how long somebody has been supervised and how closely, and fewer for those who
came in the last weeks.
"""

from datetime import timedelta

from cases.management.demo import activity_days, bookings, log_words, notes, visiting
from cases.management.demo.bookings import next_weekday
from cases.management.demo.log_sheet import HOURS, Log
from cases.management.demo.orders import working
from cases.reference.checks import CheckKind

CHANCES = {
    "ATTC": 75,
    "AFTC": 1,
    "UAAB": 7,
    "AFTA": 2,
    "AAME": 5,
    "AAEM": 3,
    "AAFC": 2,
    "RSOF": 3,
    "RSSR": 2,
}
CODES, WEIGHTS = list(CHANCES), list(CHANCES.values())
NO_OUTCOME = 0.015  # of past appointments: nobody has said what came of them
DAYS_BETWEEN = {"L": 22, "LC": 13, "M": 12, "MC": 7}
OFTENER = {"0": 1.0, "50": 1.0, "75": 0.8, "90": 0.65}
SESSION_MINUTES = 7 * 60
RECENTLY = 12  # days, in which a missed appointment still waits to be decided
SCREENED = "Resettlement worker: basic custody screening and plan received."

MOST, FEWEST = 200, 30  # lines
ROOM = 130  # lines, after which no reminder is written any more
SETTLED_WEEKS = 12  # of supervision: before that there are fewer lines
A_WEEK = {"L": 1.3, "LC": 2.1, "M": 2.3, "MC": 3.4}
IDLE, IDLE_DAYS, IDLE_AFTER = 0.05, 48, 100  # nobody has arranged to see them for so many days
# What else is in a log: type, words, how often, whether it is sensitive
BETWEEN = (
    ("CTOB", log_words.CALLS_TO, 22, False),
    ("CTOA", log_words.CALLS_FROM, 18, False),
    ("CMOB", log_words.TEXTS_TO, 15, False),
    ("CMOA", log_words.TEXTS_FROM, 12, False),
    ("CLOB", log_words.LETTERS, 7, False),
    ("CIEB", log_words.TO_AGENCIES, 8, False),
    ("CIEA", log_words.FROM_AGENCIES, 12, False),
    ("CIEA", log_words.SENSITIVE, 2, True),
    ("C002", log_words.OVERSIGHT, 4, False),
)
BETWEEN_WEIGHTS = [weight for *_, weight, _ in BETWEEN]
SEEN = (*notes.ATTENDED, *log_words.ATTENDED, *log_words.HEADED)


def write_contacts(book, plan, today, places):
    if plan.why == "awaiting":
        return
    log = Log(book, plan, places, today)
    _write_checks(log)
    for code, day, outcome, words, *tells in plan.lines:
        log.line(code, day, outcome=outcome, words=words)
        plan.noted += [(str(log.count), day, each) for each in tells]
    if plan.place == "retained" or plan.order.kind == "unpaid_work":
        _write_work(log, today)
    elif plan.order.kind == "custody":
        _write_inside(log, today)
    else:
        _write_supervision(log, today)
        if "W" in plan.requirements:
            _write_work(log, today)
    _write_between(log, today)


def _write_supervision(log, today):
    plan, rng = log.plan, log.plan.rng
    activity_days.plan_days(log, today)
    began = plan.order.began_on
    until = today if plan.order.kind != "recalled" else min(today, began + timedelta(days=40))
    if plan.told:
        until -= timedelta(days=plan.told.away)
    first_on = next_weekday(plan.arrived_on + timedelta(days=rng.randint(0, 4)))
    if first_on < today:
        log.line(
            "COAI",
            first_on,
            outcome="ATTC",
            place=log.office,
            words="Induction. Rules signed, diversity form done.",
        )
        log.line("CLOB", first_on, words="Reporting instructions.")
    _write_milestones(log, first_on, today)
    gap = DAYS_BETWEEN[plan.level] * OFTENER[plan.band]
    day = first_on + timedelta(days=rng.randint(5, 9))
    plan.idle = _is_idle(log, until, today)
    while day < until:
        appointment_on = next_weekday(day)
        forgotten = plan.idle and (today - appointment_on).days < IDLE_DAYS
        if appointment_on < until and not forgotten:
            _write_appointment(log, appointment_on, today)
        day += timedelta(days=max(3, rng.gauss(gap, gap / 5)))
    for code, days, outcome, words in plan.told.meets if plan.told else ():
        on = working(today - timedelta(days=days))
        bookings.write_past(log, code, on, today, outcome, words, {"place": log.office})
    ahead = until == today or (plan.told and plan.told.booked)
    if ahead and not plan.idle:
        bookings.write_ahead(log, next_weekday(max(day, today)), gap, today)
    activity_days.write_days(log, today)
    if bookings.may_book(plan):
        _write_visits(log, first_on, today)


def _write_visits(log, first_on, today):
    """Seen at home soon after they came, or to be seen; most of those who should be are not."""
    plan, own = log.plan, log.own
    if not visiting.calls_for_one(plan) or not plan.address or plan.told:
        return
    chance, on = own.random(), next_weekday(first_on + timedelta(days=own.randint(6, 40)))
    if chance < visiting.VISITED and on < today:
        words = own.choice(notes.HOME_VISITS[:2])
        bookings.write_past(log, "CHVS", on, today, "ATTC", words, {"place": "Home"})
    elif chance < visiting.VISITED + visiting.ARRANGED:
        bookings.write_visit(log, next_weekday(today + timedelta(days=own.randint(2, 15))), today)
    else:
        visiting.write_waiting(log, today)


def _is_idle(log, until, today):
    """Whether they are one of those whom nobody has arranged to see."""
    plan = log.plan
    lately = (today - plan.arrived_on).days < IDLE_AFTER
    if plan.told or lately or until != today or not bookings.may_book(plan):
        return False
    return log.own.random() < IDLE


def _write_between(log, today):
    """Calls, texts, letters and agencies, as many as make up the log of somebody so long with us."""
    plan, own = log.plan, log.own
    days = (today - plan.arrived_on).days - (plan.told.away if plan.told else 0)
    wanted = 4 + days / 7 * A_WEEK[plan.level]
    if days >= 7 * SETTLED_WEEKS:
        wanted = max(wanted, FEWEST + own.randint(0, 8))
    for _ in range(int(min(wanted, MOST) - log.count) if days > 1 else 0):
        code, words, _, sensitive = own.choices(BETWEEN, BETWEEN_WEIGHTS)[0]
        if code == "CMOB" and plan.no_texts:
            code, words = "CTOB", log_words.CALLS_TO
        on = next_weekday(plan.arrived_on + timedelta(days=own.randrange(days)))
        if on < today:
            log.line(code, on, words=own.choice(words), sensitive=sensitive, hour=own.choice(HOURS))


def _write_appointment(log, day, today):
    rng = log.plan.rng
    code, values = _kind(log)
    if rng.random() < 0.65 and not log.plan.no_texts and log.count < ROOM:
        before = day - timedelta(days=1)
        log.line("CTXT", before, words="Reminder of tomorrow's appointment.", hour="08:00")
    if log.plan.told and log.plan.told.life:
        bookings.write_past(log, code, day, today, "ATTC", log.own.choice(SEEN), values)
        return
    if rng.random() < NO_OUTCOME:
        bookings.write_past(log, code, day, today, "", "", values)
        return
    outcome = rng.choices(CODES, WEIGHTS)[0]
    if outcome == "UAAB" and (today - day).days < RECENTLY:
        outcome = "AFTA"
    words = _words(rng, code, outcome)
    if words in notes.ATTENDED:
        words = log.own.choice(SEEN)
    bookings.write_past(log, code, day, today, outcome, words, values)
    if outcome in {"UAAB", "AFTA"}:
        _write_failure(log, day, today, outcome)
    elif rng.random() < 0.3:
        call = rng.choice(("CTOA", "CTOB", "COUP"))
        log.line(call, day, words=rng.choice(notes.TELEPHONE), hour="16:45")
    elif rng.random() < 0.2:
        log.line("CIEA", day, words=rng.choice(notes.AGENCY), sensitive=True)


def _kind(log):
    """A kind of appointment, with where it is and what requirement it enforces."""
    drawn, wanted = log.plan.rng.random(), log.plan.requirements
    stalled = log.plan.told and log.plan.told.stalled
    if drawn < 0.12 and "F" in wanted and not stalled:
        return "RARP", {"place": log.office, "rar_activity": True, "requirement_id": wanted["F"]}
    if drawn < 0.17 and "7" in wanted:
        return "APAT", {"place": log.office, "requirement_id": wanted["7"]}
    if drawn < 0.2 and visiting.UNVISITED not in log.plan.defects:
        return "CHVS", {"place": "Home"}
    return ("COPT", {}) if drawn < 0.3 else ("COAP", {"place": log.office})


def _words(rng, code, outcome):
    if outcome in {"UAAB", "AFTA"}:
        return rng.choice(notes.ABSENT)
    if outcome not in {"ATTC", "AFTC"}:
        return rng.choice(notes.EXCUSED)
    if code == "CHVS":
        return rng.choice(notes.HOME_VISITS)
    return rng.choice(notes.TELEPHONE if code == "COPT" else notes.ATTENDED)


def _write_failure(log, day, today, outcome):
    """A letter, often later than the two working days that it should take."""
    rng = log.plan.rng
    log.line("CTOB", day, words="No answer.", hour="17:00")
    letter_on = next_weekday(day + timedelta(days=rng.choice((1, 2, 2, 5, 9))))
    if letter_on < today and outcome == "UAAB" and rng.random() < 0.8:
        log.line("AWLI", letter_on, system_generated=True)


def _write_milestones(log, first_on, today):
    """Assessment, plan, reviews and the supervisor's oversight, on time as the inspectors found."""
    rng = log.plan.rng
    assessed_on = next_weekday(first_on + timedelta(days=rng.randint(8, 20)))
    if assessed_on < today:
        log.line("C004", assessed_on)
        log.line("CSPI", assessed_on, words="Initial plan agreed and signed.")
    every = 112 if log.plan.complex else 182
    on = first_on + timedelta(days=every)
    while on < today:
        _write_done(log, "CRCO", on, today)
        if rng.random() < 0.6:
            _write_done(
                log, "C002", on + timedelta(days=3), today, words=rng.choice(notes.OVERSIGHT)
            )
        on += timedelta(days=every)


def _write_done(log, code, day, today, **values):
    """On the first weekday from that day on, once it is over: of what is to come nobody can say how it went."""
    on = next_weekday(day)
    if on < today:
        log.line(code, on, **values)


def _write_work(log, today):
    plan, rng = log.plan, log.plan.rng
    on = next_weekday(plan.arrived_on + timedelta(days=rng.randint(3, 10)))
    values = {"requirement_id": plan.requirements.get("W"), "place": "Community project"}
    if on < today:
        log.line(
            "DC01",
            on,
            outcome="ATTC",
            words="Induction. Safety talk and rules signed.",
            place=log.office,
        )
    sessions = rng.randint(6, 24)
    on += timedelta(days=7)
    while on < today and sessions:
        outcome = rng.choices(CODES, WEIGHTS)[0]
        attended = outcome == "ATTC"
        log.line(
            "C444", on, outcome=outcome, words=rng.choice(notes.WORK) if attended else "", hour="09:00",
            minutes_credited=SESSION_MINUTES if attended else None, **values,
        )  # fmt: skip
        if rng.random() < 0.25 and not plan.no_texts and log.count < ROOM:
            log.line(
                "CTXT",
                on - timedelta(days=1),
                words="Reminder of tomorrow's session.",
                hour="08:00",
            )
        sessions -= 1
        on += timedelta(days=7 if rng.random() < 0.85 else 14)


def _write_inside(log, today):
    rng, on = log.plan.rng, log.plan.arrived_on + timedelta(days=14)
    while on < today:
        if rng.random() < 0.5:
            words = rng.choice(notes.PRISON)
            _write_done(log, "CPVS", on, today, outcome="ATTC", words=words, place="Prison")
        else:
            _write_done(log, "CIEA", on, today, words=SCREENED)
        on += timedelta(days=rng.randint(25, 50))


def _write_checks(log):
    """The lines that nDelius has of an enquiry: asked, and answered."""
    for one in log.plan.enquiries:
        asked, answered = {
            CheckKind.POLICE: ("C369", "C204"),
            CheckKind.CHILDREN: ("SFGC", "SFRR"),
        }.get(CheckKind(one.kind), ("CIEA", "CIEA"))
        if one.sent_on:
            log.line(asked, one.sent_on, words=f"Asked of {one.asked_of}.", sensitive=True)
        if one.replied_on:
            log.line(answered, one.replied_on, words="Reply received and filed.", sensitive=True)
