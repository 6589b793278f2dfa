"""The sheet that the lines of one case's log are written on.

Source: contact types and outcomes of nDelius.
"""

from datetime import time
from random import Random

from django.utils.timezone import localtime

from cases.management.days import by_now
from cases.management.demo.meet_plans import PlannedMeeting

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
    "C101": ("Appointment with an agency", APPOINTMENT, False),
    "CMOB": ("Text or e-mail to them", False, False),
    "CMOA": ("Text or e-mail from them", False, False),
    "CIEB": ("Information - to External Agency", False, False),
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
    "APPK": ("Attended", True, None),
    "ABNS": ("Did not attend, voluntary", False, False),
}
HOURS = ("09:30", "10:00", "11:15", "12:00", "13:30", "14:00", "15:15", "16:30")


class Log:
    """The lines of one case's log. `own`: chance of its own, so that more lines change nobody's plan."""

    def __init__(self, book, plan, places, today):
        self.book, self.sheet, self.plan, self.count = book, book.Contact, plan, 0
        self.places, self.today = places, today  # places by the code of a site
        self.own = Random(f"log {plan.crn} {plan.surname} {plan.order and plan.order.convicted_on}")
        officer = plan.officer
        self.staff = {"staff_code": officer.code, "staff_name": officer.name} if officer else {}
        self.office = plan.site.office

    def line(self, code, day, *, outcome="", words="", hour=None, booked=False, **values):
        """One line. Gives its row, or of an appointment what is now planned of it."""
        name, appointment, standard = TYPES[code]
        self.count += 1
        hour = hour or HOURS[self.count % len(HOURS)]
        if day == self.today and not booked and (outcome or not appointment):  # it was done
            hour = f"{localtime(by_now(day, time.fromisoformat(hour))):%H:%M}"
        attended = complied = None
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
        row = self.sheet.add(
            case_id=self.plan.case_id,
            sentence_id=self.plan.sentence_id,
            source_id="" if booked else str(self.count),
            type_code=code,
            type_name=name,
            started_at=f"{day} {hour} Europe/London",
            appointment=appointment,
            national_standard=standard,
            notes=words,
            **{**self.staff, **values},
        )
        if not appointment:
            return row
        meeting = PlannedMeeting(
            code, day, hour, outcome, attended, complied, values.get("rar_activity", False),
            values.get("requirement_id"), booked, id=row,
        )  # fmt: skip
        self.plan.meetings.append(meeting)
        return meeting
