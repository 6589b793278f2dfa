"""The ground truth of unpaid work: what was planted, reckoned from the plans alone, for tests to hold the pages to."""

from collections import Counter, defaultdict

from cases.rules.calendar import add_working_days, working_days_between
from unpaidwork.management.demo.owed import not_closed, owed_of, pace, untold
from unpaidwork.reference.sites import Takes

# Working days late at which each is told of what is owed, lowest first
LADDERS = {
    "assess_work_risk": ((0, "spo"),),
    "renew_work_risk": ((0, "spo"),),
    "arrange_work": ((0, "spo"),),
    "allocate_again": ((0, "coordinator"), (2, "spo")),
    "close_register": ((0, "coordinator"), (2, "spo")),
    "decide_course": ((0, "coordinator"),),
    "call_same_day": ((0, "spo"),),
    "decide_absence": ((0, "spo"),),
}
HARM = frozenset({"ADVP", "RCCO", "RCPR", "RCHD", "REG15", "REG17", "AV2S", "WEAP", "STRG", "REG22", "ARSO", "RSTO"})  # fmt: skip
AT_RISK = "at_risk"
DECIDE_DAYS = 6  # working days


class WorkTruth:
    """Fills as each person, and then each session, is looked at."""

    def __init__(self, today):
        self.today = today
        self.works, self.owed, self.diary = {}, [], []
        self.lists = defaultdict(list)
        self.sessions, self.flags, self.incidents = [], [], []
        self.decisions, self.of_meeting = [], []

    def learn(self, plan):
        self.works[plan.who.crn] = {
            "ordered": plan.ordered,
            "credited": plan.credited,
            "state": "open" if plan.left else "completed",
            "pace": pace(plan, self.today),
        }
        for name, has in self._found(plan).items():
            if has:
                self.lists[name].append(plan.who.crn)
        for day in plan.days:
            said = [plan.who.crn, day.on.isoformat()]
            if day.travel == "waiting":
                self.lists["travel"].append(said)
            if day.came == "left" and not day.task:
                self.lists["unrecorded"].append(said)
            if day.came == "expected" and day.on >= self.today and not plan.will_stop:
                self.diary.append([plan.who.crn, "UPWA", day.on.isoformat(), "09:30"])
        for kind, _, due_on in owed_of(plan, self.today):
            self._owe(plan, kind, due_on)

    def _found(self, plan):
        """{list: whether they are on it}"""
        who, working = plan.who, plan.state == "active" and not plan.will_stop
        without = bool(plan.left and untold(plan, self.today))
        unanalysed = working and not who.retained and harms(who) and not who.analysed_on
        return {
            "terms": plan.left and plan.unseen,
            "instruction": without,
            "suspended": plan.state == "suspended" or plan.will_stop,
            "changed": plan.changed,
            "moved_area": plan.will_stop == "area",
            "terms_and_placed": plan.will_stop == "terms",
            "sex_offender_untold": who.has("ARSO") and without,
            "placed_unassessed": working and not who.retained and plan.risk in {"none", "draft"},
            "placed_unanalysed": unanalysed,
            "alone_unanalysed": unanalysed and who.alone,
        }

    def learn_calendar(self, calendar, sites):
        for one in calendar.sessions.values():
            planned = sites.planned[one.project]
            there = [
                plan for plan, day in one.people if not (plan.will_stop and day.on >= self.today)
            ]
            live = one.state in {"planned", "published"}
            told = [plan for plan in there if untold(plan, self.today)]
            self.sessions.append(
                {
                    "project": one.project,
                    "on": one.on.isoformat(),
                    "state": one.state,
                    "expected": len(there),
                    "staff": len(one.staff),
                    "short": _short(one, planned, len(there)) if live else 0,
                    "untold": len(told) if live else 0,
                }
            )
            if one.state == "published" and one.on < self.today:
                said = [one.project, one.on.isoformat(), len(one.expected)]
                self.lists["to_close"].append(said)
        for plan, _, due_on in not_closed(calendar, self.today):
            self._owe(plan, "close_register", due_on)
        for plan, day, _ in calendar.missed:
            self._learn_missed(plan, day)
        self.incidents, self.lists["disagreed"] = calendar.incidents, calendar.disagreed
        self._learn_women(calendar, sites)

    def _learn_missed(self, plan, day):
        """It awaits the officer; nobody rang them that day. Another day was given before they missed this one."""
        crn, on = plan.who.crn, day.on.isoformat()
        self.decisions.append([crn, "UPWA", on, "awaiting", ""])
        for kind, due_on in (("call_same_day", day.on), ("decide_absence", add_working_days(day.on, DECIDE_DAYS))):  # fmt: skip
            self.of_meeting.append([crn, kind, due_on.isoformat()])
            self._flag_if_late(crn, kind, due_on)

    def _learn_women(self, calendar, sites):
        """The only woman in her group, and nobody wrote that she agreed."""
        groups: dict[tuple, dict] = defaultdict(dict)
        for session in calendar.sessions.values():
            if session.on >= self.today and sites.planned[session.project].takes == Takes.ANYBODY:
                for plan, _ in session.people:
                    if plan.who.woman and not plan.will_stop:
                        groups[plan.project, plan.weekday][plan.who.crn] = plan
        for women in groups.values():
            plan, *others = women.values()
            if not others and not plan.agreed_alone:
                self.lists["lone_woman"].append(plan.who.crn)

    def _owe(self, plan, kind, due_on):
        self.owed.append([plan.who.crn, kind, due_on.isoformat()])
        self._flag_if_late(plan.who.crn, kind, due_on)

    def _flag_if_late(self, crn, kind, due_on):
        if due_on >= self.today:
            return
        days, due = working_days_between(due_on, self.today), due_on.isoformat()
        told = [role for rung, role in LADDERS[kind] if days >= rung][-1]
        self.flags.append(
            {"crn": crn, "kind": kind, "due_on": due, "told": told, "enquiry": "", "late": True}
        )

    def told(self):
        return {
            "works": self.works,
            "owed": sorted(self.owed),
            "meeting": {
                "diary": self.diary,
                "decisions": self.decisions,
                "owed": self.of_meeting,
            },
            "sessions": self.sessions,
            "incidents": self.incidents,
            "flags": self.flags,
            "states": dict(Counter(one["state"] for one in self.sessions)),
            **{name: sorted(found) for name, found in self.lists.items()},
        }


def _short(session, planned, people):
    """Supervisors fewer than it needs, where there is any: two where nobody could call for help."""
    needed = max(-(-people // planned.ratio), 2 if planned.signal == "unknown" else 1)
    return max(0, needed - len(session.staff)) if session.staff else 0


def harms(who):
    """Whether a register says that they harm somebody."""
    return any(one.code in HARM and one.part != AT_RISK for one in who.registers)
