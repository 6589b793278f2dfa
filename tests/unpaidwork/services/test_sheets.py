from datetime import timedelta

import pytest

from cases.models import Assignment, Case, Named
from cases.reference.codes import Capacity
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    AttendanceFactory,
    InstructionFactory,
    OverrideFactory,
    RegistrationFactory,
    RestrictionFactory,
    SiteCheckFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
    limit,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import cleared
from tests.unpaidwork.a_sheet import (
    DAY,
    MORNING,
    expect,
    planned,
    publish,
    published,
    signed_again,
    supervisor_of,
)
from unpaidwork.models import Acknowledgement, Attendance, Instruction
from unpaidwork.queries.publishing import expected_on
from unpaidwork.queries.sheet import acknowledged, sheet_of
from unpaidwork.rules.sheet import CHANGED, SUSPENDED
from unpaidwork.services.retesting import retest
from unpaidwork.services.sheets import (
    acknowledge,
    record_reading,
    settle_reach,
    settle_reach_near,
    staff_session,
)

pytestmark = pytest.mark.django_db
NEVER_BARE = {  # domestic abuse, a restraining order, sexual registration, weapons, children
    "ADVP", "ADVV", "IMAR", "REG30", "RSTO", "SOPS", "SHPO", "SPO", "ARSO", "ANSO", "AVIS", "WEAP", "RCCO", "RCPR",
    "RCHD", "ADWC", "CSEP",
}  # fmt: skip


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


def people(session, user):
    return sheet_of(session, user, MORNING).people


def read(session, user):
    for one in people(session, user):
        place = Attendance.objects.get(pk=one.key)
        acknowledge(session=session, place=place, digest=one.digest, by=user, now=MORNING)


def test_a_sheet_of_people_whose_gate_is_open_is_published():
    session = published()

    assert session.state == "published"
    assert Entry.objects.filter(action="published_sheet").count() == 1


@pytest.mark.parametrize("code", sorted(NEVER_BARE))
def test_no_sheet_is_published_while_a_flag_says_nothing(code):
    case = cleared()
    flag = RegistrationFactory(case=case, type_code=code)
    session = planned(case)

    with pytest.raises(RuleBroken, match="No instruction says what this means on site"):
        publish(session)

    session.refresh_from_db()
    assert session.state == "planned"
    assert not Assignment.objects.filter(case=case, capacity=Capacity.UNPAID_WORK).exists()
    assert flag.active


def test_an_order_that_says_nothing_refuses_it_too():
    case = cleared()
    RestrictionFactory(case=case)

    with pytest.raises(RuleBroken, match="Restraining order"):
        publish(planned(case))


@pytest.mark.parametrize("code", ["INVI", "RHRH"])
def test_what_is_never_shown_on_site_needs_none(code):
    case = cleared()
    RegistrationFactory(case=case, type_code=code)
    signed_again(case)

    assert publish(planned(case)).state == "published"


def test_one_whose_gate_is_shut_that_day_refuses_it():
    work = WorkFactory()

    with pytest.raises(RuleBroken, match="No risk assessment for unpaid work is signed"):
        publish(planned(cleared(), work.case))


def test_an_induction_is_held_while_the_gate_is_shut_but_not_without_instructions():
    work = WorkFactory()
    session = planned(work.case, project__kind="induction")

    assert publish(session).state == "published"
    RegistrationFactory(case=work.case, type_code="ARSO")
    with pytest.raises(RuleBroken, match="No instruction"):
        publish(session)


def test_one_who_was_called_off_holds_nothing_up():
    session = planned(cleared(), WorkFactory().case)
    off = Attendance.objects.order_by("-pk").first().appointment
    off.called_off_at, off.called_off_by, off.asked_by = NOW, off.booked_by, "them"
    off.called_off_because = "They are in hospital."
    off.save()

    assert publish(session).state == "published"
    assert len(people(session, coordinator())) == 1


@pytest.mark.parametrize("wrong", ["nobody", "unchecked", "many"])
def test_a_site_without_staff_a_check_or_room_is_refused(wrong):
    session = planned()
    if wrong == "nobody":
        session.staff.clear()
    if wrong == "unchecked":
        session.project.checks.all().delete()
    if wrong == "many":
        session.project.most = session.project.ratio = 1
        session.project.save()
        expect(session, cleared())

    with pytest.raises(RuleBroken):
        publish(session)


@pytest.mark.parametrize("state", ["closed", "stood_down"])
def test_what_is_over_is_not_published_or_staffed(state):
    session = planned()
    type(session).objects.filter(pk=session.pk).update(state=state, state_because="Snow")

    with pytest.raises(RuleBroken, match="does not change any more"):
        publish(session)
    with pytest.raises(RuleBroken, match="does not change any more"):
        staff_session(session=session, staff=[], by=coordinator(), now=MORNING)


def test_a_session_of_yesterday_has_no_sheet_to_publish():
    with pytest.raises(RuleBroken, match="over"):
        publish(planned(on=TODAY))


def test_a_case_kept_from_the_coordinator_refuses_and_is_not_named():
    case = WorkFactory().case
    user = coordinator()
    limit(case, kept_out=[user])

    with pytest.raises(RuleBroken) as refusal:
        publish(planned(case), by=user)

    assert "Limited access: 1" in str(refusal.value)
    assert case.surname not in str(refusal.value)
    assert case.crn not in str(refusal.value)


# Who reaches whom


def reaches(session):
    user = supervisor_of(session)
    return Case.objects.open_to(user, Action.RUN_SESSION)


def test_supervisors_reach_its_people_from_the_day_before_to_the_day_after_and_not_longer():
    session = published()

    reached = []
    for days in range(-2, 3):
        with frozen(MORNING + timedelta(days=days)):
            reached.append(reaches(session).count())

    assert reached == [0, 1, 1, 1, 0]


def test_nobody_is_reached_before_it_is_published():
    assert reaches(planned()).count() == 0


def test_a_supervisor_who_is_taken_off_reaches_nobody_and_whoever_comes_does():
    session = published()
    before, after = supervisor_of(session), UserFactory(role=Role.SUPERVISOR)

    staff_session(session=session, staff=[after], by=coordinator(), now=MORNING)

    assert not Case.objects.open_to(before, Action.RUN_SESSION).exists()
    assert Case.objects.open_to(after, Action.RUN_SESSION).count() == 1


def test_somebody_who_comes_to_it_later_is_reached_within_a_minute():
    session = published()
    late = expect(session, cleared())

    settle_reach_near(today=DAY)

    assert reaches(session).filter(pk=late.case_id).exists()
    assert settle_reach_near(today=DAY) == (0, 0)


def test_a_session_that_is_stood_down_reaches_nobody():
    session = published()
    type(session).objects.update(state="stood_down", state_because="Snow")

    settle_reach(sessions=[session])

    assert not reaches(session).exists()


def test_another_session_of_that_day_and_other_work_on_the_case_are_left_alone():
    session, other = published(), published()
    kept = Assignment.objects.create(
        case=Attendance.objects.filter(session=session).get().case,
        user=supervisor_of(session),
        capacity=Capacity.UNPAID_WORK,
        from_on=DAY - timedelta(days=1),
    )

    settle_reach(sessions=[session])

    assert reaches(other).count() == 1
    assert Assignment.objects.filter(pk=kept.pk).exists()


def test_only_supervisors_and_coordinators_supervise_and_a_published_session_keeps_one():
    session = published()

    for staff in ([UserFactory()], [UserFactory(role=Role.SUPERVISOR, is_active=False)], []):
        with pytest.raises(RuleBroken):
            staff_session(session=session, staff=staff, by=coordinator(), now=MORNING)


# Reading it


def test_the_register_opens_once_every_part_was_read_by_this_reader():
    session = published(cleared(), cleared())
    user, second = supervisor_of(session), UserFactory(role=Role.SUPERVISOR)
    staff_session(session=session, staff=[user, second], by=coordinator(), now=MORNING)
    assert not acknowledged(session, user)

    read(session, user)

    assert acknowledged(session, user)
    assert not acknowledged(session, second)
    assert Entry.objects.filter(action="acknowledged_sheet", by=user).count() == 2


def test_reading_twice_is_kept_once():
    session = published()
    user = supervisor_of(session)

    read(session, user)
    read(session, user)

    assert Acknowledgement.objects.count() == 1


def flagged():
    case = cleared()
    flag = RegistrationFactory(case=case, type_code="AMHL")
    InstructionFactory(registration=flag)
    signed_again(case)
    return case, flag


def test_an_instruction_that_changes_is_read_anew():
    case, flag = flagged()
    session = published(case)
    user = supervisor_of(session)
    read(session, user)

    Instruction.objects.update(do="Ring the team at once.")

    assert not acknowledged(session, user)
    assert people(session, user)[0].do[0].label == "Ring the team at once."


def test_what_was_read_before_it_changed_is_not_acknowledged():
    case, flag = flagged()
    session = published(case)
    user = supervisor_of(session)
    (old,) = people(session, user)
    Instruction.objects.update(do="Ring the team at once.")

    with pytest.raises(RuleBroken, match="changed"):
        acknowledge(
            session=session, place=Attendance.objects.get(pk=old.key), digest=old.digest, by=user, now=MORNING
        )  # fmt: skip


def test_a_flag_that_appears_once_the_sheet_is_out_holds_them_back():
    session = published()
    user = supervisor_of(session)
    read(session, user)

    RegistrationFactory(case=Case.objects.get(work_attendances__session=session), type_code="ARSO")

    (one,) = people(session, user)
    assert "do not start work" in one.held
    assert "sex" not in str(one)
    assert not acknowledged(session, user)


def test_a_gate_that_shuts_once_the_sheet_is_out_holds_them_back_and_is_read_anew():
    session = published()
    user, other = supervisor_of(session), coordinator()
    read(session, user)
    assert acknowledged(session, user)

    case = Case.objects.get(work_attendances__session=session)
    flag = RegistrationFactory(case=case, type_code="ALSH")
    InstructionFactory(case=case, registration=flag)

    (one,) = people(session, user)
    assert one.held == CHANGED
    assert not acknowledged(session, user)
    read(session, user)
    assert acknowledged(session, user)
    signed_again(case)
    assert [one.held for one in people(session, other)] == [""]


def test_what_an_override_lets_pass_holds_nobody_back():
    session = published()
    case = Case.objects.get(work_attendances__session=session)
    case.work_risks.all().delete()
    gap = {"gaps": ["risk"], "sentences": ["No risk assessment for unpaid work is signed."]}
    OverrideFactory(
        case=case, assessment=None, act="allocation", state="approved", expires_on=DAY,
        decided_by=UserFactory(role=Role.SPO), decided_at=NOW, **gap,
    )  # fmt: skip

    assert [one.held for one in people(session, supervisor_of(session))] == [""]


def test_somebody_whose_work_is_suspended_once_the_sheet_is_out_stays_on_it_and_does_not_start():
    case = cleared()
    session = planned(case)
    place = session.attendances.get()
    place.allocation = WorkAllocationFactory(work=place.work, case=case, project=session.project)
    place.save()
    session = publish(session)
    user = supervisor_of(session)
    read(session, user)

    RestrictionFactory(case=case, terms="not_seen", copy_seen_on=None, copy_seen_by=None)
    retest([case.pk], None, MORNING + timedelta(hours=1))

    (one,) = people(session, user)
    assert one.held == SUSPENDED
    assert (one.told, one.health, one.apart) == ((), (), ())
    assert not acknowledged(session, user)
    assert not expected_on(session).exists()
    settle_reach_near(today=DAY)
    assert people(session, user) == (one,)


def test_somebody_called_off_for_any_other_reason_is_not_on_the_sheet():
    session = published()
    place = session.attendances.get()
    off = place.appointment
    off.called_off_at, off.called_off_by, off.asked_by = (
        NOW + timedelta(days=2),
        off.booked_by,
        "them",
    )
    off.called_off_because = "They are in hospital."
    off.save()

    assert people(session, supervisor_of(session)) == ()


def test_nobody_acknowledges_what_is_not_published_or_not_on_their_sheet():
    session, other = planned(), published()
    user = supervisor_of(session)
    place = Attendance.objects.get(session=session)

    with pytest.raises(RuleBroken):
        acknowledge(session=session, place=place, digest="", by=user, now=MORNING)
    by = coordinator()
    (one,) = people(session, by)
    with pytest.raises(RuleBroken, match="not published"):
        acknowledge(session=session, place=place, digest=one.digest, by=by, now=MORNING)
    with pytest.raises(RuleBroken, match="not on this sheet"):
        acknowledge(session=other, place=place, digest="", by=supervisor_of(other), now=MORNING)


def test_a_supervisor_an_exclusion_keeps_out_reads_the_safety_instruction_and_nothing_else():
    case, flag = flagged()
    session = published(case)
    user = supervisor_of(session)
    made = limit(case, kept_out=[user])
    made.safety = "Two staff at all times."
    made.save()

    (one,) = people(session, user)

    assert (one.safety, one.ask, one.masked) == (
        "Two staff at all times.",
        "the head of service",
        True,
    )
    assert not any((one.name, one.crn, one.told, one.health, one.hours_left, one.comes))
    read(session, user)
    assert acknowledged(session, user)


def test_every_view_of_every_person_is_in_the_trail_and_every_refusal():
    seen, kept = cleared(), cleared()
    session = published(seen, kept)
    user = supervisor_of(session)
    limit(kept, kept_out=[user])

    record_reading(session=session, sheet=sheet_of(session, user, MORNING), by=user)

    trail = Entry.objects.filter(action="read_day_sheet").values_list("crn", "refused")
    assert set(trail) == {(seen.crn, False), (kept.crn, True)}


def test_somebody_let_in_for_a_day_reads_it_whole_while_they_are():
    case, flag = flagged()
    session = published(case)
    user = supervisor_of(session)
    limit(case, restricted=True)
    Named.objects.create(
        limit=case.limit,
        user=user,
        let_in=True,
        until_at=MORNING + timedelta(hours=1),
        reason="On site",
    )

    whole = people(session, user)
    with frozen(MORNING + timedelta(hours=2)):
        masked = people(session, user)

    assert whole[0].told
    assert masked[0].masked


def test_a_site_is_checked_before_anybody_reads_of_it():
    session = planned()
    SiteCheckFactory(
        project=session.project, checked_on=TODAY, hazards=[{"hazard": "Pond", "control": "Fence"}]
    )

    sheet = sheet_of(publish(session), supervisor_of(session), MORNING)

    assert [(one.hazard, one.control) for one in sheet.hazards] == [("Pond", "Fence")]


def test_a_place_that_came_with_no_allocation_is_on_the_sheet_all_the_same():
    session = published()
    one = AttendanceFactory(session=session, work=cleared().works.get())
    settle_reach_near(today=DAY)

    assert one.pk in {each.key for each in people(session, supervisor_of(session))}
