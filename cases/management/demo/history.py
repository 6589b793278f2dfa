"""Who holds and held the case, who else works on it, who may not see it, and what OASys said last."""

from datetime import timedelta

from cases.management.demo.orders import working
from cases.management.demo.places import UNPAID_WORK_TEAM
from cases.reference.codes import Capacity
from staff.permissions import Role

CHANGED_OFFICER = 0.14  # continuity of officers is good
MONTHS_BEFORE_CHANGE = 3
COVERED = 0.02
COVER_DAYS = 11
IN_GROUPS = 0.1
MENTORED = 0.3
SOON = 84  # days before release from which the resettlement team is at work
NOT_ASSESSED = 0.06
TEXT = "Assessment completed before this system began."


def plan_history(plan, today):
    """Whether somebody else held the case before, and until when."""
    since, rng = plan.officer_since, plan.rng
    if plan.officer is None or plan.told:
        return
    others = [one for one in plan.team.officers if one is not plan.officer]
    months_held = (today - since).days // 30
    if others and months_held > MONTHS_BEFORE_CHANGE and rng.random() < CHANGED_OFFICER:
        changed_on = working(since + timedelta(days=rng.randint(40, months_held * 28)))
        plan.held_before = (rng.choice(others), since, changed_on)
        plan.officer_since = changed_on


def write_history(book, plan, workforce, staff_rows, today):
    _write_allocations(book, plan, staff_rows)
    _Assignments(book, plan, workforce, today).write(staff_rows)
    _write_assessment(book, plan, today)


def _write_allocations(book, plan, staff_rows):
    if not plan.team:
        book.Allocation.add(
            case_id=plan.case_id, officer_name=plan.retained_by, provider_id=staff_rows.nps.pk, active=True,
            reason_code="ANPS", unallocated=not plan.retained_by, from_on=plan.arrived_on,
        )  # fmt: skip
        return
    team_id, provider_id = staff_rows.team_id(plan.team.code), staff_rows.provider.pk
    if plan.officer is None:
        book.Allocation.add(
            case_id=plan.case_id, provider_id=provider_id, team_id=team_id, active=True, unallocated=True,
            reason_code="ACRC", from_on=plan.arrived_on,
        )  # fmt: skip
        return
    spells = [(plan.officer, plan.officer_since, None)]
    if plan.held_before:
        spells.insert(0, plan.held_before)
    for officer, since, until in spells:
        book.Allocation.add(
            case_id=plan.case_id, officer_id=officer.user_id, officer_code=officer.code, officer_name=officer.name,
            provider_id=provider_id, team_id=team_id, reason_code="CAI" if until else "RO", active=until is None,
            from_on=since, to_on=until,
        )  # fmt: skip


class _Assignments:
    """Work on the case by somebody other than its officer."""

    def __init__(self, book, plan, workforce, today):
        self.book, self.plan, self.workforce, self.today = book, plan, workforce, today

    def write(self, staff_rows):
        plan, rng = self.plan, self.plan.rng
        if plan.place == "no_sentence":
            return
        if "W" in plan.requirements:
            team_id = staff_rows.team_id(UNPAID_WORK_TEAM[0])
            self._add(Capacity.UNPAID_WORK, plan.arrived_on, team_id=team_id)
        if plan.told:
            for capacity, role in plan.told.workers:
                until = self._days(COVER_DAYS) if capacity == Capacity.COVER else None
                self._add(capacity, self._days(-4), to=self.workforce.sign_in(role), until=until)
            return
        if "7" in plan.requirements or ("F" in plan.requirements and rng.random() < IN_GROUPS):
            self._give(Capacity.GROUP, Role.FACILITATOR, plan.arrived_on)
        if plan.order.kind == "custody" and plan.order.release_due_on <= self._days(SOON):
            self._give(Capacity.RESETTLEMENT, Role.RESETTLEMENT, self._days(-10))
            if rng.random() < MENTORED:
                self._give(Capacity.MENTOR, Role.MENTOR, self._days(-5))
        others = [one for one in plan.team.officers if one is not plan.officer] if plan.team else []
        if plan.officer and others and rng.random() < COVERED:
            self._add(
                Capacity.COVER, self._days(-3), to=rng.choice(others), until=self._days(COVER_DAYS)
            )

    def _give(self, capacity, role, since):
        self._add(capacity, since, to=self.plan.rng.choice(self.workforce.of_role(role)))

    def _add(self, capacity, since, *, to=None, team_id=None, until=None):
        self.book.Assignment.add(
            case_id=self.plan.case_id, user_id=to.user_id if to else None, team_id=team_id, capacity=capacity,
            from_on=since, to_on=until,
        )  # fmt: skip

    def _days(self, number):
        return self.today + timedelta(days=number)


def _write_assessment(book, plan, today):
    """The last assessment, which says of harm what the register says."""
    if plan.raises:  # raised in a sentence, and not yet assessed
        return
    if not plan.rosh or plan.place == "no_sentence" or plan.rng.random() < NOT_ASSESSED:
        return
    level = next(one for one in plan.registers if one.code == plan.rosh and one.ended_on is None)
    book.ImportedAssessment.add(
        case_id=plan.case_id, source="OASys", source_id="1", completed_on=min(level.started_on, today),
        harm=plan.rosh, document={"note": TEXT},
    )  # fmt: skip
