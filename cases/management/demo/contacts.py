"""Writes the log: appointments kept and missed, calls and letters, from the start of supervision to today.

Sources: contact types and outcomes of nDelius; about forty lines to a case, fewer for those new.
"""

from datetime import timedelta

from cases.management.demo import notes
from cases.management.demo.orders import working
from cases.reference.checks import CheckKind

APPOINTMENT = True
TYPES = {  # code: name, appointment, national standard
    "COAI": ("Initial Appointment (NS)", APPOINTMENT, True),
    "COAP": ("Planned Office Visit (NS)", APPOINTMENT, True),
    "COPT": ("Planned Telephone Contact (NS)", APPOINTMENT, True),
    "CHVS": ("Home Visit to Case (NS)", APPOINTMENT, True),
    "CPVS": ("Prison Visit", APPOINTMENT, False),
    "RARP": ("RAR Programme Day", APPOINTMENT, False),
    "APAT": ("Programme Session (NS)", APPOINTMENT, True),
    "C444": ("Other Appointment (NS)", APPOINTMENT, True),
    "DC01": ("UPW Induction - Individual", APPOINTMENT, False),
    "CTOA": ("Phone Contact from Offender", False, False),
    "CTOB": ("Phone Contact to Offender", False, False),
    "CTXT": ("Text Message to Send", False, False),
    "CLOB": ("Letter/Fax to Offender", False, False),
    "CIEA": ("Information - from External Agency", False, False),
    "C002": ("Management Oversight", False, False),
    "C004": ("OASys Assessment Completed", False, False),
    "CSPI": ("Sentence Plan - Initial", False, False),
    "CRCO": ("Case Reviewed by Case Manager", False, False),
    "AWLI": ("Breach Action - First Warning Letter Sent", False, False),
    "C369": ("Police Intelligence Check", False, False),
    "SFGC": ("Safeguarding Check", False, False),
    "SFRR": ("Safeguarding Check - response received", False, False),
    "C204": ("Police Liaison", False, False),
    "COUP": ("Unplanned Contact from Offender", False, False),
}
OUTCOMES = {  # code: name, attended, complied
    "ATTC": ("Attended - Complied", True, True),
    "AFTC": ("Attended - Failed to Comply", True, False),
    "UAAB": ("Unacceptable Absence", False, False),
    "AFTA": ("Failed to Attend", False, False),
    "AAME": ("Acceptable Absence - Medical", False, True),
    "AAEM": ("Acceptable Absence - Employment", False, True),
    "AAFC": ("Acceptable Absence - Family/ Childcare", False, True),
    "RSOF": ("Rescheduled - Offender Request", False, True),
    "RSSR": ("Rescheduled - Service Request", False, True),
}
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
HOURS = ("09:30", "10:00", "11:15", "12:00", "13:30", "14:00", "15:15", "16:30")
RECENTLY = 12  # days, in which a missed appointment still waits to be decided


class Log:
    """The lines of one case's log."""

    def __init__(self, book, plan):
        self.sheet, self.plan, self.count = book.Contact, plan, 0
        officer = plan.officer
        self.staff = {"staff_code": officer.code, "staff_name": officer.name} if officer else {}
        self.office = plan.site.office

    def line(self, code, day, *, outcome="", words="", hour=None, **values):
        name, appointment, standard = TYPES[code]
        self.count += 1
        at = f"{day} {hour or HOURS[self.count % len(HOURS)]} Europe/London"
        if outcome:
            outcome_name, attended, complied = OUTCOMES[outcome]
            if appointment and attended:
                self.plan.attended.append(day)
            values |= {
                "outcome_code": outcome,
                "outcome_name": outcome_name,
                "attended": attended,
                "complied": complied,
            }
        self.sheet.add(
            case_id=self.plan.case_id,
            sentence_id=self.plan.sentence_id,
            source_id=str(self.count),
            type_code=code,
            type_name=name,
            started_at=at,
            appointment=appointment,
            national_standard=standard,
            notes=words,
            **{**self.staff, **values},
        )


def write_contacts(book, plan, today):
    if plan.why == "awaiting":
        return
    log = Log(book, plan)
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


def _write_supervision(log, today):
    plan, rng = log.plan, log.plan.rng
    began = plan.order.began_on
    until = today if plan.order.kind != "recalled" else min(today, began + timedelta(days=40))
    first_on = next_weekday(plan.arrived_on + timedelta(days=rng.randint(0, 4)))
    if first_on <= today:
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
    while day < until:
        appointment_on = next_weekday(day)
        if appointment_on < until:
            _write_appointment(log, appointment_on, today)
        day += timedelta(days=max(3, rng.gauss(gap, gap / 5)))
    if until == today:
        log.line("COAP", next_weekday(max(day, today + timedelta(days=1))), place=log.office)


def _write_appointment(log, day, today):
    rng = log.plan.rng
    code, values = _kind(log)
    if rng.random() < 0.65 and not log.plan.no_texts:
        before = day - timedelta(days=1)
        log.line("CTXT", before, words="Reminder of tomorrow's appointment.", hour="08:00")
    if rng.random() < NO_OUTCOME:
        log.line(code, day, **values)
        return
    outcome = rng.choices(CODES, WEIGHTS)[0]
    if outcome == "UAAB" and (today - day).days < RECENTLY:
        outcome = "AFTA"
    log.line(code, day, outcome=outcome, words=_words(rng, code, outcome), **values)
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
    if drawn < 0.12 and "F" in wanted:
        return "RARP", {"place": log.office, "rar_activity": True, "requirement_id": wanted["F"]}
    if drawn < 0.17 and "7" in wanted:
        return "APAT", {"place": log.office, "requirement_id": wanted["7"]}
    if drawn < 0.2:
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
    if letter_on <= today and outcome == "UAAB" and rng.random() < 0.8:
        log.line("AWLI", letter_on, system_generated=True)


def _write_milestones(log, first_on, today):
    """Assessment, plan, reviews and the supervisor's oversight, on time as the inspectors found."""
    rng = log.plan.rng
    assessed_on = next_weekday(first_on + timedelta(days=rng.randint(8, 20)))
    if assessed_on <= today:
        log.line("C004", assessed_on)
        log.line("CSPI", assessed_on, words="Initial plan agreed and signed.")
    every = 112 if log.plan.complex else 182
    on = first_on + timedelta(days=every)
    while on < today:
        log.line("CRCO", next_weekday(on))
        if rng.random() < 0.6:
            log.line(
                "C002", next_weekday(on + timedelta(days=3)), words=rng.choice(notes.OVERSIGHT)
            )
        on += timedelta(days=every)


def _write_work(log, today):
    plan, rng = log.plan, log.plan.rng
    on = next_weekday(plan.arrived_on + timedelta(days=rng.randint(3, 10)))
    values = {"requirement_id": plan.requirements.get("W"), "place": "Community project"}
    if on <= today:
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
        if rng.random() < 0.25 and not plan.no_texts:
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
            log.line(
                "CPVS",
                next_weekday(on),
                outcome="ATTC",
                words=rng.choice(notes.PRISON),
                place="Prison",
            )
        else:
            log.line(
                "CIEA",
                next_weekday(on),
                words="Resettlement worker: basic custody screening and plan received.",
            )
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


def next_weekday(day):
    return working(day) if working(day) == day else day + timedelta(days=7 - day.weekday())
