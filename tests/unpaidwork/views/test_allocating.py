"""Finding work for somebody, by the pages."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import PostcodePoint, RelatedPerson
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import (
    NOW,
    AddressFactory,
    RegistrationFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    RouteFactory,
    StopFactory,
    UserFactory,
    WorkFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, sign_risk
from unpaidwork.models import Attendance, WorkAllocation
from unpaidwork.services.allocations import allocate, suspend

pytestmark = pytest.mark.django_db
TUESDAY = "1-0900-1600-week"


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


def address(page, case, *keys, **query):
    return reverse(page, args=[case.crn, *keys], query=query or None)


def see(client, page):
    response = client.get(page)
    assert response.status_code == 200
    return response


def choose(client, work, project, *, follow=False, **changes):
    said = {"day": TUESDAY, "from_on": "1 October 2018", "to_on": "", "stop": "own"}
    page = address("choose-work", work.case, project.pk, work=work.pk)
    return client.post(page, said | changes, follow=follow)


def give(client, work, project, **changes):
    return choose(client, work, project, confirm="1", follow=True, **changes)


def placed(work, project, by, **changes):
    return allocate(work=work, placing=on_tuesdays(project, **changes), by=by, now=NOW)


def test_what_stands_in_the_way_is_there_from_the_first_minute_and_nobody_can_be_placed(client, by):
    work, project = WorkFactory(), a_project()

    page = words(see(client, address("allocate-work", work.case)))

    assert "No risk assessment for unpaid work is signed." in page
    assert project.name in page
    assert "Once nothing stands in the way" in page
    assert address("choose-work", work.case, project.pk) not in page


def test_projects_come_in_order_with_why_and_why_not(client, by):
    work = a_worker()
    near = a_project(name="The near park")
    school = a_project(name="The school garden")
    school.neighbours.create(near="school")
    RegistrationFactory(case=work.case, type_code="ARSO", review_on=date(2019, 1, 1))

    page = words(see(client, address("allocate-work", work.case)))

    assert (
        page.index("The near park") < page.index("Not for them") < page.index("The school garden")
    )
    assert "There are children at or beside The school garden" in page
    assert near.what_is_done in page


def test_a_place_is_checked_before_it_is_given_and_then_what_happens_next_is_said(client, by):
    work, project = a_worker(), a_project()

    looked = words(choose(client, work, project))
    assert "Check the place" in looked
    assert not WorkAllocation.objects.exists()
    done = words(give(client, work, project))

    made = WorkAllocation.objects.get()
    assert (made.work, made.project, made.weekday) == (work, project, 1)
    assert "What happens next" in done
    assert "Their days of the next weeks are booked, the first on 2 October 2018." in done
    assert Attendance.objects.filter(allocation=made).count() == 4


def test_a_place_inside_a_banned_area_is_refused_in_words_that_name_nobody(client, by):
    work, project = a_worker(), a_project()
    restriction = RestrictionFactory(
        case=work.case,
        terms="areas",
        protects=RelatedPerson.objects.create(
            case=work.case, kind="partner", name="Jordan Pike", victim=True, protected=True
        ),
    )
    RestrictedAreaFactory(
        restriction=restriction,
        label="Around Jordan’s flat, 4 Hidden Row",
        outline={"centre": [455000, 205000], "radius": 200},
    )
    sign_risk(work.case)

    refused = words(choose(client, work, project))
    sent = words(give(client, work, project))

    for page in (refused, sent):
        assert "lies in an area that their restraining order keeps them out of" in page
        assert "Jordan" not in page
        assert "Hidden Row" not in page
    assert not WorkAllocation.objects.exists()


def test_what_is_warned_of_is_read_before_it_goes_ahead(client, by):
    work, project = a_worker(answers=["managing.no_woman"]), a_project()

    unread = words(give(client, work, project))
    assert "Read this first" in unread
    given = words(give(client, work, project, seen=[f"site:{project.pk}:not_woman"]))

    assert "What happens next" in given


def test_choosing_otherwise_keeps_what_was_chosen(client, by):
    work, project = a_worker(), a_project()

    page = choose(client, work, project, change="1", to_on="3 December 2018")

    assert 'value="3 December 2018"' in page.content.decode()
    assert "Check the place" in words(page)
    assert not WorkAllocation.objects.exists()


def test_somebody_is_moved_to_other_work_with_a_reason(client, by):
    work, old, new = a_worker(), a_project(), a_project(weekdays=[1, 2])
    stood = placed(work, old, by)
    page = address("choose-work", work.case, new.pk, work=work.pk, move=stood.pk)
    said = {
        "day": TUESDAY,
        "from_on": "8 October 2018",
        "to_on": "",
        "stop": "own",
        "because": "Nearer to the college",
        "confirm": "1",
    }

    client.post(page, said)

    stood.refresh_from_db()
    assert (stood.state, stood.state_because) == ("ended", "Nearer to the college")
    assert WorkAllocation.objects.get(state="active").project == new


def test_a_place_is_suspended_resumed_ended_and_reopened_by_its_pages(client, by):
    work, project = a_worker(), a_project()
    made = placed(work, project, by)

    def post(page, **said):
        client.post(address(page, work.case, made.pk), said)
        made.refresh_from_db()
        return made.state

    assert post("suspend-place", because="The river is high") == "suspended"
    assert post("resume-place") == "active"
    assert post("end-place", because="Found a job on Tuesdays") == "ended"
    assert post("reopen-place", from_on="1 October 2018") == "active"


def test_a_place_is_changed_to_another_way_there(client, by):
    work, project = a_worker(), a_project()
    made = placed(work, project, by)
    stop = StopFactory(route=RouteFactory(project=project))

    client.post(
        address("change-work-place", work.case, made.pk),
        {
            "day": TUESDAY,
            "from_on": "1 October 2018",
            "to_on": "",
            "stop": str(stop.pk),
            "confirm": "1",
        },
    )

    made.refresh_from_db()
    assert made.stop == stop


def test_an_induction_is_booked_while_the_gate_is_shut(client, by):
    work = WorkFactory()
    project = a_project(kind="induction", name="The office in the High Street")

    page = words(see(client, address("allocate-work", work.case)))
    client.post(
        address("book-induction", work.case),
        {"work": str(work.pk), "day": f"2018-10-02 {project.pk}"},
    )

    assert "Tuesday 2 October 2018" in page
    assert Attendance.objects.get().session.project == project


def test_the_induction_nearest_to_their_home_is_offered_first(client, by):
    work = WorkFactory()
    AddressFactory(case=work.case, status_code="M", postcode="RG1 3EH")
    PostcodePoint.objects.create(postcode="RG13EH", easting=471_000, northing=173_000)
    a_project(kind="induction", name="Induction far away", easting=451_000, northing=206_000)
    a_project(kind="induction", name="Induction near by", easting=471_500, northing=173_000)

    page = words(see(client, address("allocate-work", work.case)))

    assert "Induction near by, about 8 minutes each way" in page
    assert page.index("Induction near by") < page.index("Induction far away")


def test_the_places_of_a_case_say_what_stopped_and_why(client, by):
    work = a_worker()
    made = placed(work, a_project(name="The long river bank"), by)
    suspend(allocation=made, because="The bank is flooded", by=by, now=NOW)

    page = words(see(client, address("work-places", work.case)))

    assert "The long river bank" in page
    assert "The bank is flooded" in page
    assert "Resume" in page


def test_an_empty_list_says_what_would_be_there(client, by):
    work = WorkFactory()
    work.state, work.state_because = "suspended", "Ill"
    work.save()

    assert "They have no place yet." in words(see(client, address("work-places", work.case)))
    assert "There is no unpaid work to be done" in words(
        see(client, address("allocate-work", work.case))
    )


def test_an_officer_reads_the_places_and_gives_none(client):
    work = a_worker()
    made = placed(work, a_project(), coordinator())
    client.force_login(work.case.officer)

    page = words(see(client, address("work-places", work.case)))

    assert "Suspend" not in page
    assert client.get(address("allocate-work", work.case)).status_code == 403
    assert client.get(address("suspend-place", work.case, made.pk)).status_code == 403


def test_a_senior_of_the_team_may_allocate_and_of_another_may_not(client):
    work = a_worker()
    client.force_login(UserFactory(role=Role.SPO, team=work.case.team))
    assert client.get(address("allocate-work", work.case)).status_code == 200

    client.force_login(UserFactory(role=Role.SPO))
    assert client.get(address("allocate-work", work.case)).status_code == 404


def test_a_place_of_somebody_else_is_not_to_be_found_here(client, by):
    work, other = a_worker(), a_worker()
    made = placed(other, a_project(), by)

    assert client.get(address("suspend-place", work.case, made.pk)).status_code == 404


def test_the_statements_of_the_list_do_not_grow_with_the_projects(client, by):
    work = a_worker()
    counts = []
    for number in (5, 60):
        while WorkAllocation.objects.count() < number:
            placed(a_worker(), a_project(), by)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            see(client, address("allocate-work", work.case))
        counts.append(len(asked))

    assert counts[0] == counts[1]
