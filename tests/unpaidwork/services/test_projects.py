"""Projects and for whom they are done: written, refused, shared between two writers; whoever works there tested again."""

from datetime import date, time, timedelta

import pytest

from cases.models import RestrictedArea
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from staff.rules.merging import marks
from tests.factories import (
    NOW,
    TODAY,
    AvailabilityFactory,
    BeneficiaryFactory,
    ProjectFactory,
    RestrictionFactory,
    SiteCheckFactory,
    UserFactory,
    WorkAllocationFactory,
)
from unpaidwork.models import Availability, Beneficiary, Project, SiteCheck
from unpaidwork.queries.project_words import BENEFICIARY, DAYS, PROJECT, held, plain
from unpaidwork.reference.risk import AllocationState
from unpaidwork.services.projects import (
    check_site,
    end_days,
    end_project,
    save_beneficiary,
    save_days,
    save_project,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAIR = [("Uneven ground", "Boots, and a briefing each morning")]


@pytest.fixture
def coordinator():
    return UserFactory(role=Role.COORDINATOR)


@pytest.fixture
def ready():
    """A project at which nothing stands against working."""
    project = ProjectFactory(
        beneficiary__agreed_on=TODAY, beneficiary__insured_until=TODAY + 300 * DAY
    )
    SiteCheckFactory(project=project)
    return project


def said_of(project, **changes):
    return held(project, PROJECT) | changes


def save(project, by, seen=None, **changes):
    return save_project(project=project, by=by, now=NOW, seen=seen, **said_of(project, **changes))


def test_a_project_is_added_and_that_is_in_the_trail(coordinator):
    said = said_of(ProjectFactory.build(beneficiary=BeneficiaryFactory()), code="P9")

    made, conflicts = save_project(project=None, by=coordinator, now=NOW, **said)

    assert (made.code, conflicts) == ("P9", ())
    entry = Entry.objects.get(action="added_project")
    assert (entry.by, entry.detail["project"]) == (coordinator, made.pk)
    assert made.name not in str(entry.detail)


def test_only_what_was_changed_is_written(coordinator, ready):
    save(ready, coordinator, most=12)

    assert Entry.objects.get(action="changed_project").detail["answers"] == ["most"]
    assert Project.objects.get().most == 12


REFUSED = {
    "before its first": {"to_on": date(2000, 1, 1)},
    "how whoever is there can be reached": {"signal": "none", "fallback": ""},
    "at least one task": {"tasks": []},
    "one at least": {"most": 0},
    "Give it a code": {"code": "  "},
    "told to nobody on site": {"what_is_done": "Painting the refuge in Elm Road."},
}


@pytest.mark.parametrize("words", sorted(REFUSED))
def test_what_is_refused_is_said_clearly_and_nothing_is_kept(coordinator, ready, words):
    with pytest.raises(RuleBroken, match=words):
        save(ready, coordinator, **REFUSED[words])

    assert not Entry.objects.filter(action="changed_project").exists()


def test_a_code_stands_for_one_project(coordinator, ready):
    ProjectFactory(code="P9")

    with pytest.raises(RuleBroken, match="already"):
        save(ready, coordinator, code="p9")


def test_what_two_people_change_is_put_together(coordinator, ready):
    seen = marks(plain(held(ready, PROJECT)), PROJECT)
    before = held(ready, PROJECT)
    save(ready, coordinator, seen=seen, most=12)

    done, conflicts = save_project(
        project=ready, by=coordinator, now=NOW, seen=seen, **before | {"ratio": 4}
    )

    assert conflicts == ()
    assert (done.most, done.ratio) == (12, 4)


def test_what_both_change_is_shown_and_not_written(coordinator, ready):
    seen = marks(plain(held(ready, PROJECT)), PROJECT)
    before = held(ready, PROJECT)
    save(ready, coordinator, seen=seen, most=12)

    _, conflicts = save_project(
        project=ready, by=coordinator, now=NOW, seen=seen, **before | {"most": 9, "ratio": 4}
    )

    assert conflicts == ("most",)
    assert Project.objects.values_list("most", "ratio").get() == (12, 8)


def test_a_site_that_moves_takes_the_ends_of_its_ways_with_it(coordinator, ready):
    route = ready.routes.create(name="By van", line=[[453000, 205000], [455000, 205000]], seats=8)

    save(ready, coordinator, point=(456000, 206000))

    route.refresh_from_db()
    assert route.line == [[453000, 205000], [456000, 206000]]


def test_a_site_that_moves_to_where_somebody_may_not_go_suspends_them_at_once(coordinator, ready):
    allocation = WorkAllocationFactory(project=ready)
    barred = RestrictionFactory(case=allocation.case, terms="areas")
    barred.areas.all().delete()
    RestrictedArea.objects.create(
        restriction=barred,
        label="x",
        shape="circle",
        outline={"centre": [456000, 206000], "radius": 100},
    )

    save(ready, coordinator, point=(456000, 206050))

    allocation.refresh_from_db()
    assert allocation.state == AllocationState.SUSPENDED


def test_an_ended_project_has_a_last_day_and_no_earlier_than_its_first(coordinator, ready):
    with pytest.raises(RuleBroken, match="It began on"):
        end_project(project=ready, to_on=ready.from_on - DAY, by=coordinator, now=NOW)

    end_project(project=ready, to_on=TODAY, by=coordinator, now=NOW)

    ready.refresh_from_db()
    assert ready.to_on == TODAY


def days_said(**changes):
    said = {
        "weekday": 1,
        "every": "week",
        "from_on": TODAY,
        "to_on": None,
        "from_at": time(9),
        "to_at": time(16),
    } | changes
    said["from_on"] += DAY * ((said["weekday"] - said["from_on"].weekday()) % 7)
    return said


def add_days(project, by, **changes):
    return save_days(project=project, days=None, by=by, now=NOW, **days_said(**changes))


def test_a_day_of_the_week_is_added_changed_and_ended(coordinator, ready):
    row, _ = add_days(ready, coordinator)
    said = held(row, DAYS) | {"to_at": time(15)}

    save_days(project=ready, days=row, by=coordinator, now=NOW, **said)
    end_days(days=row, to_on=row.from_on, by=coordinator, now=NOW)

    row.refresh_from_db()
    assert (row.to_at, row.to_on) == (time(15), row.from_on)


def test_a_day_that_never_came_is_taken_out(coordinator, ready):
    row, _ = add_days(ready, coordinator, from_on=TODAY + 30 * DAY)

    end_days(days=row, to_on=TODAY, by=coordinator, now=NOW)

    assert not Availability.objects.exists()


def test_a_first_day_that_is_another_day_of_the_week_is_refused(coordinator, ready):
    said = days_said() | {"from_on": days_said()["from_on"] + DAY}

    with pytest.raises(RuleBroken, match="is a Wednesday. Enter its first Tuesday"):
        save_days(project=ready, days=None, by=coordinator, now=NOW, **said)


def test_a_project_does_not_run_twice_at_one_time(coordinator, ready):
    add_days(ready, coordinator, every="fortnight")

    with pytest.raises(RuleBroken, match="already"):
        add_days(ready, coordinator, from_at=time(15), to_at=time(18))
    add_days(ready, coordinator, from_at=time(16), to_at=time(18))
    add_days(ready, coordinator, every="fortnight", from_on=days_said()["from_on"] + 7 * DAY)

    assert ready.availability.count() == 3


def look(project, by, **changes):
    said = {
        "checked_on": TODAY,
        "hazards": PAIR,
        "tools": ["power"],
        "first_aid": "Kit in the van",
        "review_on": TODAY + 180 * DAY,
    }
    return check_site(project=project, by=by, today=TODAY, now=NOW, **said | changes)


def test_a_look_at_a_site_is_kept_with_every_hazard_and_its_control(coordinator):
    made = look(ProjectFactory(), coordinator)

    assert made.hazards == [{"hazard": PAIR[0][0], "control": PAIR[0][1]}]
    assert (made.tools, made.checked_by) == (["power"], coordinator)


NOT_A_LOOK = {
    "at least one hazard|Name at least one": {"hazards": []},
    "what is done about it": {"hazards": [*PAIR, ("Ladders", " ")]},
    "what it is for": {"hazards": [("", "Gloves")]},
    "first aid": {"first_aid": " "},
    "still to come": {"checked_on": TODAY + DAY},
    "within a year": {"review_on": TODAY + 400 * DAY},
    "after today": {"review_on": TODAY},
    "nobody on site": {"hazards": [("Next to the refuge", "Keep quiet")]},
}


@pytest.mark.parametrize("words", sorted(NOT_A_LOOK))
def test_a_look_that_says_too_little_is_refused(coordinator, words):
    with pytest.raises(RuleBroken, match=words):
        look(ProjectFactory(), coordinator, **NOT_A_LOOK[words])

    assert not SiteCheck.objects.exists()


def test_a_look_from_before_the_last_one_is_refused(coordinator, ready):
    with pytest.raises(RuleBroken, match="already"):
        look(ready, coordinator, checked_on=TODAY - 11 * DAY)


def beneficiary_said(**changes):
    return held(BeneficiaryFactory.build(), BENEFICIARY) | changes


def test_for_whom_work_is_done_is_added_and_changed(coordinator):
    made, _ = save_beneficiary(
        beneficiary=None, by=coordinator, now=NOW, today=TODAY, **beneficiary_said()
    )
    said = held(made, BENEFICIARY) | {"agreed_on": TODAY, "agreement_until": TODAY + DAY}

    save_beneficiary(beneficiary=made, by=coordinator, now=NOW, today=TODAY, **said)

    assert Beneficiary.objects.get().agreement_until == TODAY + DAY


NOT_AGREED = {
    "still to come": {"agreed_on": TODAY + DAY},
    "when it was agreed as well": {"agreement_until": TODAY},
    "run out before it was made": {"agreed_on": TODAY, "agreement_until": TODAY - DAY},
    "nobody on site": {"name": "Elm Road Refuge"},
}


@pytest.mark.parametrize("words", sorted(NOT_AGREED))
def test_an_agreement_that_cannot_be_is_refused(coordinator, words):
    said = beneficiary_said(**NOT_AGREED[words])

    with pytest.raises(RuleBroken, match=words):
        save_beneficiary(beneficiary=None, by=coordinator, now=NOW, today=TODAY, **said)


def test_insurance_that_has_run_out_suspends_whoever_works_there_at_once(coordinator, ready):
    allocation = WorkAllocationFactory(project=ready)
    AvailabilityFactory(project=ready)
    said = held(ready.beneficiary, BENEFICIARY) | {"insured_until": TODAY - DAY}

    save_beneficiary(beneficiary=ready.beneficiary, by=coordinator, now=NOW, today=TODAY, **said)

    allocation.refresh_from_db()
    assert allocation.state == AllocationState.SUSPENDED
