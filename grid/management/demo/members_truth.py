"""What the members of series add to the truth of meeting people and of interventions, and the truth of the series themselves.

Reckoned from what was planned of them and from their log as it was before, as `cases.management.demo.truth_meeting` is.
"""

from datetime import timedelta

from cases.management.demo.bookings import DECIDE_DAYS
from cases.management.demo.truth_meeting import WINDOW, tally_of_day
from cases.management.demo.truth_meeting_clocks import FACE_TO_FACE
from cases.reference.appointments import PROGRAMME_SESSION, Called, Decided
from cases.rules.calendar import add_working_days
from grid.management.demo.group_members import is_rar_day
from grid.reference.group_marks import Mark


def told_of_members(members, today):
    """Of each series with members: [its key, {CRN: session they begin with, days kept, missed, excused and not said}]."""
    found: dict[tuple, dict] = {}
    for one in sorted(members, key=lambda one: one.crn):
        marks = one.marks(today)
        days = {
            mark: _days(one, mark, marks) for mark in (Mark.TOOK_PART, Mark.NOT_COME, Mark.EXCUSED)
        }
        found.setdefault(tuple(one.series.key(today)), {})[one.crn] = {
            "begins": one.begins,
            "kept": days[Mark.TOOK_PART],
            "missed": days[Mark.NOT_COME],
            "excused": days[Mark.EXCUSED],
            "unsaid": [day.isoformat() for number, day in one.sessions.items() if day < today and number not in marks],
            "to_come": [day.isoformat() for day in one.sessions.values() if day >= today],
            "rar_credited": [day.isoformat() for day in _credited(one, today)],
        }  # fmt: skip
    return [[*key, rows] for key, rows in sorted(found.items())]


def _days(one, wanted, marks):
    return [one.sessions[number].isoformat() for number, mark in marks.items() if mark is wanted]


def _credited(one, today):
    marks = one.marks(today)
    return [
        day
        for number, day in one.sessions.items()
        if day in one.days and marks.get(number) is Mark.TOOK_PART
    ]


def add_to_truth(planted, members, today):
    """Changes `planted` by what they were given."""
    meeting = planted["meeting"]
    for one in members:
        marks = one.marks(today)
        _add_meetings(meeting, one, marks, today)
        if one.crn in meeting["contact"]:
            _add_contact(meeting["contact"][one.crn], one, marks, today)
        if one.days:
            _add_days(meeting["rar"][one.crn], one, today)
            _plan_already(planted["interventions"], one)
    for name in ("diary", "decisions", "owed"):
        meeting[name].sort()


def _add_meetings(meeting, one, marks, today):
    for number, day in one.sessions.items():
        said = [one.crn, PROGRAMME_SESSION, day.isoformat()]
        if day >= today:
            meeting["diary"].append([*said, f"{one.series.from_at:%H:%M}"])
        elif marks.get(number) is Mark.NOT_COME and one.must_come_on(day):
            meeting["decisions"].append([*said, str(Decided.AWAITING), str(Called.SPOKE)])
            due_on = add_working_days(day, DECIDE_DAYS).isoformat()
            meeting["owed"].append([one.crn, "decide_absence", due_on])


def _add_contact(counts, one, marks, today):
    """Each day is counted once, whatever else was on it."""
    for number, day in one.sessions.items():
        if not today - timedelta(days=WINDOW) <= day < today:
            continue
        before = [_Seen(line) for line in one.beside[day] if line.type_code in FACE_TO_FACE]
        after = tally_of_day([*before, _Session(marks.get(number))])
        was = tally_of_day(before)
        for name in after:
            counts[name] += after[name] - was[name]


class _Seen:
    """A line of the log as the truth counts it."""

    def __init__(self, line):
        self.outcome, self.attended = line.outcome_code, line.attended
        booking = getattr(line, "booking", None)
        self.stands = booking is None or booking.called_off_at is None


class _Session:
    """A session, by what was said of it; None: nothing."""

    stands = True

    def __init__(self, mark):
        self.outcome = str(mark or "")
        self.attended = None if mark is None else mark is Mark.TOOK_PART


def _add_days(counted, one, today):
    _, planned, booked, credited = counted
    to_come = [
        day for day in one.days if day >= today and not any(map(is_rar_day, one.beside[day]))
    ]
    counted[1:] = (
        planned + len(one.days),
        booked + len(to_come),
        credited + len(_credited(one, today)),
    )


def _plan_already(interventions, one):
    """What they do is planned of their RAR now, so that it is not proposed."""
    told, code = interventions["people"][one.crn], one.series.code
    in_order = [each for each in interventions["in_order"][one.crn] if each != code]
    told["suits"] = sorted(in_order)
    told["proposed"] = next(iter(in_order), None)
    told["already"] = sorted([*told["already"], code])
    interventions["in_order"][one.crn] = in_order
