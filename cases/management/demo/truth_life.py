"""The ground truth of the life of cases: who has come, changes hands, cannot be seen, is put to the NPS, has died, ends.

Reckoned from the plans alone, as `cases.management.demo.truth` is: how long each may take is said here a second time.
"""

from datetime import timedelta

from cases.management.demo import life
from cases.management.demo.desk import absent
from cases.management.demo.log_sheet import TYPES
from cases.management.demo.loop_plans import Owed
from cases.rules.calendar import add_working_days, working_days_before

INSIDE = {"custody", "recalled"}
OUTSIDE = {"retained", "no_sentence"}
LATELY = 10  # working days since somebody came
OPENS_DAYS = 42  # before the last day of a case
A_MONTH = 31  # days, after which the police are asked again
# Clocks that an arrival starts, and how many working days each has; the second for whoever was released
NAME, TEN_DAYS, INDUCTION = ("name_officer", 1), ("first_ten_days", 10), ("hold_induction", 10)
FIRST = {"court": ("first_appointment", 5), "prison": ("first_appointment_licence", 1)}
FIRSTS = {kind for kind, _ in FIRST.values()}
# Of what an escalation waits for, by the last step taken: kind, working days, the step it runs from
WITH_THE_NPS = {
    "referred": (("answer_escalation", 5, "referred"),),
    "asked": (("answer_escalation", 5, "referred"), ("send_what_was_asked", 1, "asked")),
    "challenged": (("answer_escalation", 5, "challenged"),),
    "accepted": (("hand_over_to_nps", 5, "accepted"),),
    "not_referred": (),
}
# What nobody can do of somebody who cannot be seen, as far as any of it is planned
NEEDS_THEM = {"first_appointment", "hold_induction", "make_plan", "monthly_contact", "home_visit"}


def stands_still(plan, kind):
    return plan.away_from is not None and kind in NEEDS_THEM


def came(plan, today):
    """(day, from where) of whoever came in the last days; None of anybody else."""
    if plan.place in OUTSIDE or plan.order is None:
        return None
    days = [(plan.arrived_on, "court")]
    if plan.order.released_on and plan.order.kind not in INSIDE:
        days.append((plan.order.released_on, "prison"))
    on, how = max(days)
    return (on, how) if working_days_before(today, LATELY) <= on <= today else None


def _seen_since(plan, on):
    """Whether an appointment that counts was kept or is to come since then."""
    return any(one.stands and TYPES[one.code][2] and one.on >= on for one in plan.meetings)


def is_answered(plan, one, today):
    """A first appointment of whoever has just come, which the log shows."""
    arrived = came(plan, today) if one.kind in FIRSTS else None
    return arrived is not None and _seen_since(plan, arrived[0])


def life_clocks(plan, today):
    """Each clock that runs on the case because of what befell it."""
    yield from _clocks_of_arrival(plan, today)
    befell = plan.told.life if plan.told else ""
    if befell in life.OFFERED and befell not in life.ANSWERED:
        yield _owed("answer_transfer", life.day(today, life.OFFERED[befell]), 2)
    if befell in life.WANTED:
        since = last_asked(befell, today) or plan.away_from
        yield Owed("ask_whereabouts", since, since + timedelta(days=A_MONTH), "")
    if befell == "died":
        yield _owed("tell_of_death", life.day(today, life.DIED[befell]), 1)
    if befell in life.ESCALATED:
        steps = life.ESCALATED[befell]
        for kind, days, since in WITH_THE_NPS[list(steps)[-1]]:
            yield _owed(kind, life.day(today, steps[since]), days)
    if plan.crn == life.BESIDE["marac"]:
        asked_by = life.day(today, life.REPORT_LATE)
        yield Owed("send_meeting_report", asked_by, asked_by, "")
    end = last_day(plan)
    if end and end < today:
        yield Owed("end_case", end, end, "")


def _owed(kind, since, days):
    return Owed(kind, since, add_working_days(since, days), "")


def _clocks_of_arrival(plan, today):
    """Those that were not running already, as what was planned of whoever came."""
    arrived = came(plan, today)
    if arrived is None:
        return
    on, how = arrived
    planned = {one.kind for one in plan.deadlines if one.triggered_on >= on}
    wanted = [] if plan.officer else [NAME]
    if plan.order.kind not in INSIDE:
        wanted += [TEN_DAYS, INDUCTION] + ([] if _seen_since(plan, on) else [FIRST[how]])
    yield from (_owed(kind, on, days) for kind, days in wanted if kind not in planned)


def last_asked(befell, today):
    days = life.WANTED.get(befell)
    return life.day(today, days) if days else None


def last_day(plan):
    """Of a case of ours, by its sentences; None while inside. Unpaid work may keep it in force for longer."""
    order = plan.order
    if plan.place in OUTSIDE or order is None or order.kind == "custody":
        return None
    ends = (order.pss_end_on, order.licence_end_on) if order.custodial else (order.end_on,)
    return max(filter(None, (*ends, plan.second_end_on)))


class LifeTruth:
    """Fills as each person is planned."""

    def __init__(self, today, workforce):
        self.today, self.workforce = today, workforce
        self.befell, self.arrivals, self.pauses = {}, [], []
        self.escalations, self.endings = {}, []
        self.leaver = workforce.teams[1].officers[0]
        self.leavers_cases = []

    def learn(self, plan):
        befell = plan.told.life if plan.told else ""
        if befell:
            self.befell[befell] = plan.crn
        self._learn_arrival(plan, befell)
        if plan.away_from:
            asked = last_asked(befell, self.today)
            said = [plan.crn, life.PAUSES[befell], plan.away_from.isoformat()]
            self.pauses.append([*said, asked.isoformat() if asked else ""])
        if plan.place == "escalate":
            self.escalations[plan.crn] = list(life.ESCALATED.get(befell, ["opened"]))[-1]
        end = last_day(plan)
        if end and end <= self.today + timedelta(days=OPENS_DAYS):
            works = "W" in plan.requirements and plan.order.kind in {"community", "unpaid_work"}
            self.endings.append([plan.crn, end.isoformat(), works])
        if plan.place not in OUTSIDE and plan.officer is self.leaver:
            self.leavers_cases.append(plan.crn)

    def _learn_arrival(self, plan, befell):
        arrived = came(plan, self.today)
        if arrived is None:
            return
        on, how = arrived
        inside = plan.order.kind in INSIDE
        owned, met = plan.officer is not None, {one.kind for one in plan.deadlines if one.met_on}
        booked = inside or _seen_since(plan, on) or not FIRSTS.isdisjoint(met)
        done = TEN_DAYS[0] in met
        read = befell == "settled" or (done and not inside)
        if not (owned and booked and read):
            self.arrivals.append([plan.crn, how, on.isoformat(), owned, booked, read])

    def told(self, limited):
        offered = [crn for crn in sorted(self.leavers_cases) if crn not in limited][::2]
        return {
            "life": {
                "befell": self.befell,
                "arrivals": sorted(self.arrivals),
                "pauses": sorted(self.pauses),
                "escalations": self.escalations,
                "endings": sorted(self.endings),
                "leaving": {
                    "who": self.leaver.username,
                    "last_on": (self.today + timedelta(days=life.LEAVES_IN)).isoformat(),
                    "cases": sorted(self.leavers_cases),
                    "offered": offered,
                    "to": [one.username for one in self._here(1) if one is not self.leaver][:2],
                },
                "beside": {name: self.befell.get(who, who) for name, who in life.BESIDE.items()},
                "rota": self.workforce.teams[1].code,
                "gone": self.workforce.gone.username,
                "colleague": next(
                    one.username for one in self._here(0) if one is not self.workforce.officer
                ),
            }
        }

    def _here(self, place):
        """The officers of a team who are not away."""
        away = [one for one, *_ in absent(self.workforce)]
        return [one for one in self.workforce.teams[place].officers if one not in away]
