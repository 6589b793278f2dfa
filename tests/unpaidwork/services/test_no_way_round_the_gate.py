"""The registered sex offender and the stand-alone violent order of the report: refused by every route, and why.

Source: report 4.1 (both were placed); unpaid work reference 10 (U1 to U3).
"""

import csv
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Deadline, Notice, Registration
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    InstructionFactory,
    OffenceFactory,
    OverrideFactory,
    RegistrationFactory,
    UserFactory,
    WorkFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, sign_risk
from unpaidwork.models import WorkAllocation
from unpaidwork.services.allocations import (
    allocate,
    allocate_many,
    change_allocation,
    end_allocation,
    reassign,
    reopen,
    resume,
    suspend,
)
from unpaidwork.services.retesting import retest

pytestmark = pytest.mark.django_db
CHILDREN = "There are children at or beside"
NOT_ANALYSED = "No risk assessment for unpaid work is signed."


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


def the_sex_offender():
    """Their checks are answered and their risk assessed: what is left is the site. The school garden is none for them."""
    work = a_worker()
    registered = RegistrationFactory(
        case=work.case, type_code="ARSO", review_on=TODAY + timedelta(days=90)
    )
    InstructionFactory(registration=registered)
    sign_risk(work.case)
    return work, CHILDREN


def the_violent_order():
    """A stand-alone order after an assault with a weapon, and no analysis of risk."""
    work = WorkFactory()
    OffenceFactory(sentence=work.requirement.sentence, code="00801", description="Wounding")
    return work, NOT_ANALYSED


def a_school_garden():
    project = a_project(weekdays=[1, 2])
    project.neighbours.create(near="school")
    return project


def stands_by_mistake(work, project, state):
    """As though it had been made before anybody asked."""
    return WorkAllocation.objects.create(
        work=work,
        case=work.case,
        project=project,
        weekday=1,
        from_on=TODAY,
        from_at="09:00",
        to_at="16:00",
        state=state,
        state_because="" if state == "active" else "Before",
        made_at=NOW,
        made_by=work.case.officer,
    )


def by_page(work, project, by, client):
    client.force_login(by)
    said = {
        "day": "1-0900-1600-week",
        "from_on": "1 October 2018",
        "to_on": "",
        "stop": "own",
        "confirm": "1",
    }
    page = reverse("choose-work", args=[work.case.crn, project.pk], query={"work": str(work.pk)})
    return client.post(page, said).content.decode()


def by_api(work, project, by, client):
    api = APIClient()
    api.force_login(by)
    answer = api.post(
        reverse("api-work-allocations", args=[work.case.crn]), as_sent(project), format="json"
    )
    assert answer.status_code == 422
    return answer.json()["detail"]


def as_sent(project):
    return {
        "project": project.code,
        "weekday": 1,
        "from_on": "2018-10-01",
        "from_at": "09:00",
        "to_at": "16:00",
    }


def by_bulk(work, project, by, client):
    done = allocate_many(works=[work], placing=on_tuesdays(project), by=by, now=NOW)
    assert done.made == ()
    return " ".join(done.exceptions[0].sentences)


def by_bulk_page(work, project, by, client):
    client.force_login(by)
    said = {
        "day": "1-0900-1600-week",
        "from_on": "1 October 2018",
        "to_on": "",
        "stop": "own",
        "people": [str(work.pk)],
    }
    return client.post(reverse("allocate-many", args=[project.pk]), said).content.decode()


def by_bulk_api(work, project, by, client):
    api = APIClient()
    api.force_login(by)
    page = reverse("api-allocate-many", args=[project.pk])
    answer = api.post(page, as_sent(project) | {"works": [work.pk]}, format="json")
    assert answer.json()["made"] == []
    return " ".join(answer.json()["exceptions"][0]["why"])


def by_reassigning(work, project, by, client):
    old = stands_by_mistake(work, a_project(), "suspended")
    try:
        return refusal_of(
            reassign,
            allocation=old,
            placing=on_tuesdays(project),
            because="Nearer to home",
            by=by,
        )
    finally:
        old.refresh_from_db()
        assert old.state == "suspended"


def by_resuming(work, project, by, client):
    old = stands_by_mistake(work, project, "suspended")
    return refusal_of(resume, allocation=old, by=by)


def by_reopening(work, project, by, client):
    old = stands_by_mistake(work, project, "ended")
    return refusal_of(reopen, allocation=old, by=by)


def by_changing(work, project, by, client):
    old = stands_by_mistake(work, project, "active")
    try:
        return refusal_of(change_allocation, allocation=old, weekday=2, by=by)
    finally:
        WorkAllocation.objects.filter(pk=old.pk).update(state="ended", state_because="Before")


def by_command(work, project, by, client, tmp_path):
    path, rejects = tmp_path / "places.csv", tmp_path / "rejects.csv"
    head = ["crn", "project", "weekday", "from_on", "from_at", "to_at"]
    line = [work.case.crn, project.code, "Tuesday", "2018-10-01", "09:00", "16:00"]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, line])
    with pytest.raises(SystemExit) as stopped:
        call_command("allocate_work", str(path), "--as", by.username, "--rejects", str(rejects))
    assert stopped.value.code == 1
    return rejects.read_text()


def refusal_of(service, **said):
    with pytest.raises(RuleBroken) as refused:
        service(now=NOW, **said)
    return str(refused.value)


ROUTES = {
    one.__name__: one
    for one in (
        by_page,
        by_api,
        by_bulk,
        by_bulk_page,
        by_bulk_api,
        by_reassigning,
        by_resuming,
        by_reopening,
        by_changing,
        by_command,
    )
}
WHO = {"the sex offender": the_sex_offender, "the violent order": the_violent_order}


@pytest.mark.parametrize("who", sorted(WHO))
@pytest.mark.parametrize("route", sorted(ROUTES))
def test_neither_is_placed_by_any_route_and_each_says_why(route, who, client, tmp_path):
    (work, why), project, by = WHO[who](), a_school_garden(), coordinator()
    more = {"tmp_path": tmp_path} if route == "by_command" else {}

    said = ROUTES[route](work, project, by, client, **more)

    assert why in said
    assert not WorkAllocation.objects.filter(project=project, state="active").exists()
    refused = Entry.objects.filter(action="allocated_work", crn=work.case.crn, refused=True)
    assert refused.get().detail["keys"]


def test_the_bulk_writes_the_rest(client):
    (work, _), other, project = the_sex_offender(), a_worker(), a_school_garden()

    done = allocate_many(
        works=[work, other], placing=on_tuesdays(project), by=coordinator(), now=NOW
    )

    assert [one.case for one in done.made] == [other.case]
    assert [one.work for one in done.exceptions] == [work]


def test_a_record_brought_in_stops_at_once_what_was_allocated():
    work, project, by = a_worker(), a_school_garden(), coordinator()
    made = allocate(work=work, placing=on_tuesdays(project), by=by, now=NOW)
    Registration.objects.create(
        case=work.case, source_id="brought-in", type_code="ARSO", active=True
    )

    touched = retest([work.case_id], None, NOW)

    made.refresh_from_db()
    assert [one.pk for one in touched] == [made.pk]
    assert (made.state, CHILDREN in made.state_because) == ("suspended", True)
    assert Deadline.objects.filter(case=work.case, kind="allocate_again", met_on=None).exists()
    told = set(Notice.objects.values_list("user", flat=True))
    assert {by.pk, work.case.officer.pk} <= told


# Going ahead all the same


def an_approval(work, keys, sentences):
    senior = UserFactory(role=Role.SPO, team=work.case.team)
    return OverrideFactory(
        case=work.case,
        act="allocation",
        assessment=None,
        state="approved",
        gaps=keys,
        sentences=sentences,
        expires_on=TODAY + timedelta(days=7),
        asked_by=work.case.officer,
        decided_at=NOW,
        decided_by=senior,
    )


def a_single_placement():
    """One person with a charity shop: for somebody on the register a senior approves it first."""
    return a_project(kind="individual", most=1, ratio=1)


def the_gap(work, project):
    with pytest.raises(RuleBroken) as refused:
        allocate(work=work, placing=on_tuesdays(project), by=coordinator(), now=NOW)
    return refused.value.found


def test_a_single_placement_goes_ahead_by_a_seniors_approval_which_is_kept_and_counted():
    (work, _), project = the_sex_offender(), a_single_placement()
    gaps = the_gap(work, project)
    override = an_approval(work, [one.key for one in gaps], [one.sentence for one in gaps])

    made = allocate(work=work, placing=on_tuesdays(project), by=coordinator(), now=NOW)

    assert made.override == override
    assert made.evidence["overrides"][0]["override"] == override.pk
    entries = Entry.objects.filter(action="allocated_work", refused=False)
    counted = entries.exclude(detail__override=None).count()
    assert counted == WorkAllocation.objects.exclude(override=None).count() == 1


def test_whoever_approved_it_does_not_go_ahead_by_it():
    (work, _), project = the_sex_offender(), a_single_placement()
    gaps = the_gap(work, project)
    override = an_approval(work, [one.key for one in gaps], [one.sentence for one in gaps])

    with pytest.raises(RuleBroken):
        allocate(work=work, placing=on_tuesdays(project), by=override.decided_by, now=NOW)


def test_once_the_approval_has_run_out_the_place_is_stopped():
    (work, _), project = the_sex_offender(), a_single_placement()
    gaps = the_gap(work, project)
    an_approval(work, [one.key for one in gaps], [one.sentence for one in gaps])
    made = allocate(work=work, placing=on_tuesdays(project), by=coordinator(), now=NOW)

    assert retest([work.case_id], None, NOW) == []
    retest([work.case_id], None, NOW + timedelta(days=8))

    made.refresh_from_db()
    assert made.state == "suspended"


def test_children_are_never_let_pass_by_anybody():
    (work, _), project = the_sex_offender(), a_school_garden()
    gaps = the_gap(work, project)
    an_approval(work, [one.key for one in gaps], [one.sentence for one in gaps])

    with pytest.raises(RuleBroken, match=CHILDREN):
        allocate(work=work, placing=on_tuesdays(project), by=coordinator(), now=NOW)


def test_what_stops_or_ends_says_why_and_a_second_hand_is_told_to_look_again():
    work, by = a_worker(), coordinator()
    made = allocate(work=work, placing=on_tuesdays(a_project()), by=by, now=NOW)

    with pytest.raises(RuleBroken, match="Say why"):
        suspend(allocation=made, because="-", by=by, now=NOW)
    end_allocation(allocation=made, because="They have moved away", by=by, now=NOW)
    with pytest.raises(RuleBroken, match="meanwhile"):
        suspend(allocation=made, because="Too late", by=by, now=NOW)
