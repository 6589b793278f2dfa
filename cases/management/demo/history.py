"""Who holds and held the case, who else works on it, who may not see it, and what OASys said last."""

from datetime import timedelta

from cases.management.demo.orders import working
from cases.management.demo.places import UNPAID_WORK_TEAM
from cases.reference.codes import Capacity
from staff.permissions import Role

CHANGED_OFFICER = 0.14  # continuity of officers is good
COVERED = 0.02
SOON = 84  # days before release from which the resettlement team is at work
NOT_ASSESSED = 0.06
TEXT = "Assessment completed before this system began."


def write_history(book, plan, workforce, staff_rows, today):
    _write_allocations(book, plan, workforce, staff_rows)
    _write_assignments(book, plan, workforce, staff_rows, today)
    _write_assessment(book, plan, today)


def _write_allocations(book, plan, workforce, staff_rows):
    rng, since = plan.rng, plan.officer_since
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
    others = [one for one in plan.team.officers if one is not plan.officer]
    months_held = (staff_rows.now.date() - since).days // 30
    if others and months_held > 3 and rng.random() < CHANGED_OFFICER:
        before = rng.choice(others)
        changed_on = working(since + timedelta(days=rng.randint(40, months_held * 28)))
        _held(book, plan, before, provider_id, team_id, since, changed_on)
        since = changed_on
    _held(book, plan, plan.officer, provider_id, team_id, since, None)


def _held(book, plan, officer, provider_id, team_id, since, until):
    book.Allocation.add(
        case_id=plan.case_id, officer_id=officer.user_id, officer_code=officer.code, officer_name=officer.name,
        provider_id=provider_id, team_id=team_id, reason_code="CAI" if until else "RO", active=until is None,
        from_on=since, to_on=until,
    )  # fmt: skip


def _write_assignments(book, plan, workforce, staff_rows, today):
    rng, order = plan.rng, plan.order

    def assign(capacity, since, *, to=None, team=None, until=None):
        book.Assignment.add(
            case_id=plan.case_id, user_id=to.user_id if to else None, team_id=team, capacity=capacity,
            from_on=since, to_on=until,
        )  # fmt: skip

    if plan.place == "no_sentence":
        return
    if "W" in plan.requirements:
        assign(Capacity.UNPAID_WORK, plan.arrived_on, team=staff_rows.team_id(UNPAID_WORK_TEAM[0]))
    if "7" in plan.requirements or ("F" in plan.requirements and rng.random() < 0.1):
        assign(Capacity.GROUP, plan.arrived_on, to=rng.choice(workforce.of_role(Role.FACILITATOR)))
    if order.kind == "custody" and order.release_due_on <= today + timedelta(days=SOON):
        assign(
            Capacity.RESETTLEMENT,
            today - timedelta(days=10),
            to=rng.choice(workforce.of_role(Role.RESETTLEMENT)),
        )
        if rng.random() < 0.3:
            assign(
                Capacity.MENTOR,
                today - timedelta(days=5),
                to=rng.choice(workforce.of_role(Role.MENTOR)),
            )
    if plan.officer and rng.random() < COVERED:
        others = [one for one in plan.team.officers if one is not plan.officer]
        if others:
            assign(
                Capacity.COVER,
                today - timedelta(days=3),
                to=rng.choice(others),
                until=today + timedelta(days=11),
            )


def _write_assessment(book, plan, today):
    """The last assessment, which says of harm what the register says."""
    if not plan.rosh or plan.place == "no_sentence" or plan.rng.random() < NOT_ASSESSED:
        return
    level = next(one for one in plan.registers if one.code == plan.rosh and one.ended_on is None)
    book.ImportedAssessment.add(
        case_id=plan.case_id, source="OASys", source_id="1", completed_on=min(level.started_on, today),
        harm=plan.rosh, document={"note": TEXT},
    )  # fmt: skip
