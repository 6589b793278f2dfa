"""A week of unpaid work, as journeys of the coordinator and the supervisor find it. Made in the database of the site.

Everybody here is made for it, beside the demonstration: whom journeys meet does not hang on what that holds.
"""

import json
import re
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Case, Person
from cases.rules.overrides import SIX
from staff.models import User
from staff.permissions import Role
from tests.factories import (
    AddressFactory,
    AssessmentFactory,
    AttendanceFactory,
    AvailabilityFactory,
    BeneficiaryFactory,
    CaseFactory,
    CourseFactory,
    EnquiryFactory,
    InstructionFactory,
    NeighbourFactory,
    OverrideFactory,
    ProjectFactory,
    RegistrationFactory,
    RestrictionFactory,
    SentenceFactory,
    SiteCheckFactory,
    StopFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
    WorkSessionFactory,
)
from tests.unpaidwork.a_risk import WORDS, signed_risk
from unpaidwork.models import Attendance, Incident, Instruction, WorkSession
from unpaidwork.queries.generating import closed_days
from unpaidwork.queries.instructions import key_of
from unpaidwork.rules.placing import Placing
from unpaidwork.services.allocations import allocate, end_allocation, suspend
from unpaidwork.services.incidents import report_incident
from unpaidwork.services.overrides import ask_work_override
from unpaidwork.services.risk import begin_risk
from unpaidwork.services.sessions import generate_sessions
from unpaidwork.services.sheets import settle_reach
from unpaidwork.services.watch import begin_watch
from unpaidwork.services.work_owed import settle_work

MAKE = """
import json
from tests.journeys.a_working_week import Week
print("WEEK", json.dumps(Week().{what}()))
"""
EVERY_DAY = range(7)
ALL_DAY = (time(0, 1), time(23, 58))
NINE, FOUR = time(9), time(16)
LONG_NAME = ("Featherstonehaugh-Cholmondeley", "Maximilian")
NEVER = "Do not let them work or wait where children are or pass."
SEXUAL = {"must_not": NEVER, "watch_for": "Wandering off towards the school."}
WEAPONS = {
    "must_not": "Do not give them a blade or a hammer.",
    "watch_for": "Raised voices, and standing over others.",
}


def make_week(site, what="made"):
    """What there is to be met, by what it is: keys of sessions and projects, CRNs of cases."""
    printed = site.begin_with(MAKE.format(what=what))
    return json.loads(re.search(r"WEEK (\{.*\})", printed)[1])


class Week:
    """One project that runs every day and one beside a school, an induction, and people at each point of the way."""

    def __init__(self):
        self.today = localdate()
        self.officer = User.objects.get(username="officer")
        self.coordinator = User.objects.get(username="coordinator")
        self.supervisor = User.objects.get(username="supervisor")
        known = {"signal": "none", "fallback": "Ring the farm, 01865 000000"}
        self.meadow = self.project("MEADOW", "The long meadow", **known)
        self.school = self.project("GARDEN", "The school garden")
        NeighbourFactory(project=self.school, what="Park School", easting=455100)
        self.induction = self.project("INDUCT", "Induction at the depot", kind="induction")

    def made(self):
        here = self.today_on_the_meadow()
        return {
            **here,
            "meadow": self.meadow.pk,
            "school": self.school.pk,
            "shut": self.gate_shut().crn,
            "ready": self.may_work("Reed", "Jamie", ("ARSO", SEXUAL)).crn,
            **self.placed(),
            **self.nearly_done(),
            "other_session": self.of_another_team(),
            "to_close": self.not_closed(),
        }

    def with_every_page(self):
        """The same, with one of everything that has a page of its own."""
        week = self.made()
        shut, placed = (Case.objects.get(crn=week[name]) for name in ("shut", "placed"))
        began = {"by": self.officer, "today": self.today}
        ask = dict.fromkeys(SIX, "She is rung on Friday, and two supervise him that day.")
        asked = ask_work_override(
            case=shut, keys=["risk"], expires_on=self.today + timedelta(days=7), now=now(), **ask, **began,
        )  # fmt: skip
        watched = WorkSession.objects.get(pk=week["session"])
        in_an_hour = now() + timedelta(hours=1)
        way = StopFactory(route__project=self.meadow).route
        return week | {
            "risk": begin_risk(case=shut, **began).pk,
            "override": asked.pk,
            "approved": self.approved(shut).pk,
            "restriction": RestrictionFactory(case=shut, from_on=self.today).pk,
            "attendance": watched.attendances.earliest("pk").pk,
            "watch": begin_watch(session=watched, call_by=in_an_hour, by=self.supervisor, now=now()).pk,
            "way": way.pk,
            "pick_up": way.stops.get().pick_up_id,
            "days": self.meadow.availability.earliest("pk").pk,
            "neighbour": self.school.neighbours.get().pk,
            "beneficiary": self.meadow.beneficiary_id,
            **self.places_of(placed),
            **self.told_of(Case.objects.get(crn=week["people"][1])),
            "incident": Incident.objects.latest("pk").pk,
            "travel": Attendance.objects.filter(travel="waiting").latest("pk").pk,
        }  # fmt: skip

    def approved(self, case):
        """An override that lets an allocation go ahead, until somebody closes it."""
        known = {
            "act": "allocation",
            "assessment": None,
            "gaps": ["risk"],
            "asked_by": self.officer,
        }
        decided = {
            "state": "approved",
            "decided_by": User.objects.get(username="spo"),
            "decided_at": now(),
        }
        until = self.today + timedelta(days=7)
        return OverrideFactory(case=case, expires_on=until, asked_at=now(), **known, **decided)

    def places_of(self, case):
        """One active, one suspended, one ended."""
        active, work = case.work_allocations.get(), case.works.get()
        made = {"because": "The van is off the road.", "by": self.coordinator, "now": now()}
        known = {"work": work, "project": self.induction, "from_on": self.today, "made_by": self.coordinator, "made_at": now()}  # fmt: skip
        suspended, ended = (WorkAllocationFactory(weekday=day, **known) for day in (2, 3))
        suspend(allocation=suspended, **made)
        end_allocation(allocation=ended, **made)
        return {"active": active.pk, "suspended": suspended.pk, "ended": ended.pk}

    def told_of(self, case):
        told = Instruction.objects.get(case=case)
        return {"told": case.crn, "instruction": told.pk, "flag": key_of(told)}

    def project(self, code, name, **given):
        agreed = BeneficiaryFactory(
            name=f"Friends of {name.lower()}",
            agreed_on=self.today - timedelta(days=30),
            agreement_until=self.today + timedelta(days=700),
            insured_until=self.today + timedelta(days=700),
        )
        began = self.today - timedelta(days=100)
        made = ProjectFactory(
            code=code, name=name, beneficiary=agreed, from_on=began, address="The lane, Ambrose Green", hi_vis=True, **given
        )  # fmt: skip
        SiteCheckFactory(
            project=made,
            checked_on=self.today - timedelta(days=10),
            review_on=self.today + timedelta(days=180),
            checked_by=self.coordinator,
        )
        for weekday in EVERY_DAY:
            AvailabilityFactory(project=made, weekday=weekday, from_on=began)
        return made

    def case(self, surname, forename, **given):
        made = CaseFactory(
            surname=surname,
            forename=forename,
            officer=self.officer,
            team=self.officer.team,
            arrived_on=self.today,
            officer_since=self.today,
            **given,
        )
        Person.objects.get_or_create(case=made)
        AddressFactory(case=made, from_on=self.today)
        return made

    def work(self, case, **given):
        sentence = SentenceFactory(case=case, convicted_on=self.today, started_on=self.today)
        days = {"sentenced_on": self.today, "arrived_on": self.today}
        return WorkFactory(case_of=case, requirement__sentence=sentence, **days | given)

    def may_work(self, surname, forename, *flags, **given):
        """Whose gate is open: checks answered, risk assessed, what each flag means on site written down."""
        case = self.case(surname, forename, **given)
        self.work(case)
        EnquiryFactory(case=case, analysed=True, triggered_on=self.today, analysed_on=self.today)
        answers = dict.fromkeys(("harm.increase", "harm.reduce", "harm.because"), WORDS)
        AssessmentFactory(case=case, signed=True, completed_on=self.today, answers=answers)
        for code, said in flags:
            flag = RegistrationFactory(case=case, type_code=code, started_on=self.today)
            review = self.today + timedelta(days=60)
            InstructionFactory(registration=flag, review_on=review, **said)
        signed_risk(case, today=self.today)
        return case

    def gate_shut(self):
        """On a register of which supervisors are told nothing, with a check unanswered and no risk assessment."""
        case = self.case("Ash", "Dana")
        self.work(case)
        EnquiryFactory(case=case, sent=True, triggered_on=self.today, sent_on=self.today, due_on=self.today + timedelta(days=5))  # fmt: skip
        RegistrationFactory(case=case, type_code="AMHL", started_on=self.today)
        return case

    def placed(self):
        """Two who work on the meadow from the next day it runs, one of them until an order says otherwise."""
        first, last = self.today + timedelta(days=1), self.today + timedelta(days=7)
        shut = closed_days(first, last, self.today)
        day = next(on for number in range(7) if (on := first + timedelta(days=number)) not in shut)
        placing = Placing(project=self.meadow.pk, weekday=day.weekday(), from_on=self.today, from_at=NINE, to_at=FOUR)  # fmt: skip
        cases = [self.may_work("Vale", "Chris"), self.may_work("Weir", "Ali")]
        for case in cases:
            allocate(work=case.works.get(), placing=placing, by=self.coordinator, now=now())
        generate_sessions(case_ids=[one.pk for one in cases], by=self.coordinator, now=now())
        self.meadow.ratio = 1  # since then: the two of them need two staff
        self.meadow.save(update_fields=["ratio"])
        session = self.meadow.sessions.get(on=day)
        return {"placed": cases[0].crn, "next_session": session.pk}

    def nearly_done(self):
        """97 of 100 hours worked over eleven months, and a course that waits for a decision."""
        began = self.today - timedelta(days=330)
        case = self.may_work("Brook", "Lee")
        work = case.works.get()
        work.sentenced_on = work.arrived_on = began
        work.save()
        for week in range(14):
            self.worked(work, began + timedelta(weeks=2 * week + 1), 415)
        work.attendances.filter(pk=work.attendances.latest("pk").pk).update(travel="waiting")
        course = CourseFactory(
            work=work, taken_minutes=90, expected_minutes=90, finished_on=self.today, recorded_at=now(), recorded_by=self.officer,
        )  # fmt: skip
        settle_work(case_ids=[case.pk], by=self.coordinator, today=self.today)
        return {"nearly": case.crn, "nearly_work": work.pk, "course": course.pk}

    def worked(self, work, on, minutes):
        session, _ = self.sessions_of(self.meadow, on)
        began = at(on, NINE)
        AttendanceFactory(
            session=session, work=work, came="left", arrived_at=began, left_at=began + timedelta(minutes=minutes),
            credited_minutes=minutes, quality="GD", behaviour="EX", task="Clearing paths", skills=["gardening"],
            recorded_at=began, recorded_by=self.supervisor, appointment__contact__started_at=began,
            appointment__contact__ended_at=began + timedelta(minutes=minutes),
        )  # fmt: skip

    def sessions_of(self, project, on):
        return project.sessions.get_or_create(
            on=on, from_at=NINE, defaults={"to_at": FOUR, "state": "closed", "closed_at": at(on, FOUR), "closed_by": self.supervisor}
        )  # fmt: skip

    def today_on_the_meadow(self):
        """A session that runs all of today, its sheet published; five on it, of whom two have flags."""
        people = [
            self.may_work("Alder", "Kim"),
            self.may_work("Birch", "Noel", ("WEAP", WEAPONS)),
            self.may_work(*LONG_NAME, ("ARSO", SEXUAL)),
            self.may_work("Hazel", "Tom"),
            self.may_work("Rowan", "Pat"),
        ]
        session = self.session(self.meadow, people, self.supervisor)
        return {"session": session.pk, "people": [one.crn for one in people]}

    def of_another_team(self):
        other = UserFactory(username="other.supervisor", role=Role.SUPERVISOR)
        orchard = self.project("ORCHARD", "The far orchard")
        return self.session(orchard, [self.may_work("Sallow", "Ray")], other).pk

    def not_closed(self):
        """Yesterday in the garden: one worked, and of the other nothing is said. And what was reported from there."""
        yesterday = self.today - timedelta(days=1)
        people = [self.may_work("Thorn", "Jo"), self.may_work("Yew", "Sam")]
        session = self.session(self.school, people, self.supervisor, on=yesterday)
        arrived = at(yesterday, NINE)
        session.attendances.filter(case=people[0]).update(
            came="left", arrived_at=arrived, left_at=at(yesterday, FOUR), credited_minutes=420, quality="GD",
            behaviour="GD", recorded_at=arrived, recorded_by=self.supervisor,
        )  # fmt: skip
        said = "The gate fell, and missed us."
        report_incident(session=session, kind="near_miss", words=said, harm=True, by=self.supervisor, now=now())  # fmt: skip
        return session.pk

    def session(self, project, people, supervisor, on=None):
        first, last = ALL_DAY
        on = on or self.today
        session = WorkSessionFactory(
            project=project, on=on, from_at=first, to_at=last, state="published", published_at=now(),
            published_by=self.coordinator,
        )  # fmt: skip
        session.staff.add(supervisor)
        for case in people:
            AttendanceFactory(
                session=session, work=case.works.get(), appointment__contact__started_at=at(on, first),
                appointment__contact__ended_at=at(on, last),
            )  # fmt: skip
        settle_reach(sessions=[session])
        return session


def at(on, clock):
    return datetime.combine(on, clock, get_current_timezone())
