"""Pages about projects, opened as each who may, and what each of them may not be told."""

import csv
import io
import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import PostcodePoint
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    NOW,
    AvailabilityFactory,
    BeneficiaryFactory,
    NeighbourFactory,
    PickUpFactory,
    ProjectFactory,
    RouteFactory,
    SiteCheckFactory,
    StopFactory,
    UserFactory,
    WorkAllocationFactory,
)
from unpaidwork.models import (
    Availability,
    Beneficiary,
    Neighbour,
    PickUp,
    Project,
    Route,
    SiteCheck,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOLD = sorted({Role.OFFICER, Role.SPO, Role.HUB, Role.SUPERVISOR, Role.QUALITY, Role.AUDITOR})
SETS = sorted({Role.COORDINATOR, Role.HEAD})
KEPT = ("Qzxelm", "refuge", "Refuge", "457123", "203987")


@pytest.fixture
def coordinator(client):
    user = UserFactory(role=Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def whole():
    """A project with one of everything, two of which stand near it: a school and a refuge."""
    today = localdate()
    project = ProjectFactory(
        name="Prospect Park",
        beneficiary__agreed_on=today,
        beneficiary__agreement_until=today + 30 * DAY,
        beneficiary__insured_until=today + 30 * DAY,
    )
    AvailabilityFactory(project=project, weekday=today.weekday(), from_on=today - 70 * DAY)
    SiteCheckFactory(project=project, review_on=today + 30 * DAY)
    NeighbourFactory(
        project=project, near="refuge", what="Qzxelm House", easting=457123, northing=203987
    )
    NeighbourFactory(project=project)
    StopFactory(route=RouteFactory(project=project))
    return project


def page(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked).content.decode()


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


def test_the_list_says_what_each_is_like_and_how_full_it_is_today(
    at_nine_on_a_monday, client, coordinator, whole
):
    today = localdate()
    WorkAllocationFactory(project=whole, weekday=today.weekday(), from_on=today)

    shown = text(page(client, "projects"))

    assert "Prospect Park" in shown
    assert "1 of 8" in shown
    assert "1 project" in shown


def test_the_list_names_what_is_to_be_put_right_and_narrows_to_it(client, coordinator, whole):
    bare = ProjectFactory(name="Canal path")

    shown = page(client, "projects")
    narrowed = text(page(client, "projects", wrong="check"))

    assert "No safety check" in text(shown)
    assert "Safety check missing or overdue: 1 project" in text(shown)
    assert "Canal path" in narrowed
    assert "Prospect Park" not in narrowed
    assert bare.beneficiary.name in narrowed


WRONG = {"check": "Canal path", "papers": "Old hall", "nobody": "Canal path", "days": "Canal path"}


@pytest.mark.parametrize("wrong", sorted(WRONG))
def test_each_exception_finds_what_it_is_so_of(client, coordinator, whole, wrong):
    today = localdate()
    WorkAllocationFactory(project=whole, from_on=today)
    ProjectFactory(name="Canal path")
    old = ProjectFactory(name="Old hall", beneficiary__agreement_until=today - DAY)
    SiteCheckFactory(project=old, review_on=today)
    AvailabilityFactory(project=old)
    WorkAllocationFactory(project=old, from_on=today)

    shown = page(client, "projects", wrong=wrong)

    assert WRONG[wrong] in shown
    assert "Prospect Park" not in shown


def test_ended_and_coming_projects_are_on_lists_of_their_own(client, coordinator):
    today = localdate()
    ProjectFactory(name="Ended one", to_on=today - DAY)
    ProjectFactory(name="Coming one", from_on=today + DAY)

    assert "Ended one" in page(client, "projects", shown="ended")
    assert "Coming one" in page(client, "projects", shown="coming")
    assert "would be listed here" in page(client, "projects")


@pytest.mark.parametrize("number", [5, 60])
def test_the_list_takes_as_many_statements_however_long(
    client, coordinator, django_assert_max_num_queries, number
):
    for _ in range(number):
        made = ProjectFactory()
        SiteCheckFactory(project=made)
        AvailabilityFactory(project=made)
        NeighbourFactory(project=made)
        WorkAllocationFactory(project=made)

    with django_assert_max_num_queries(24):
        client.get(reverse("projects"))


@pytest.mark.parametrize("number", [5, 60])
def test_a_project_takes_as_many_statements_however_many_work_there(
    client, coordinator, whole, django_assert_max_num_queries, number
):
    for _ in range(number):
        NeighbourFactory(project=whole)
        WorkAllocationFactory(project=whole)

    with django_assert_max_num_queries(16):
        client.get(reverse("project", args=[whole.pk]))


def test_a_long_list_goes_on_from_page_to_page(client, coordinator):
    for number in range(60):
        ProjectFactory(name=f"Site {number:02}")

    first = page(client, "projects")
    following = re.search(r'href="([^"]*after=\d+)" rel="next"', first)
    second = client.get(following[1].replace("&amp;", "&")).content.decode()

    assert "Site 49" in first
    assert "Site 50" not in first
    assert "Site 50" in second
    assert "60 projects" in second


@pytest.mark.parametrize("role", TOLD)
def test_a_refuge_is_given_away_to_nobody_but_coordinators(client, whole, role):
    client.force_login(UserFactory(role=role))

    pages = [
        client.get(reverse(name, args=args)).content.decode()
        for name, args in (
            ("project", [whole.pk]),
            ("projects", []),
            ("pick-ups", []),
            ("api-projects", []),
            ("api-project", [whole.pk]),
        )
    ]

    assert "Park School" in pages[0]
    for one in pages:
        assert not [word for word in KEPT if word in one]


@pytest.mark.parametrize("role", TOLD)
def test_the_page_is_letter_for_letter_what_it_would_be_without_the_refuge(client, whole, role):
    client.force_login(UserFactory(role=role))
    address = reverse("project", args=[whole.pk])

    with_it = without_tokens(client.get(address))
    Neighbour.objects.filter(near="refuge").delete()

    assert without_tokens(client.get(address)) == with_it


def without_tokens(answer):
    plain = re.sub(r'(csrfmiddlewaretoken|nonce)["=\w ]*value="\w+"', "", answer.content.decode())
    return re.sub(r'content="[\w.-]{20,}"|value="[\w:.-]{40,}"', "", plain)


@pytest.mark.parametrize("role", SETS)
def test_coordinators_see_a_refuge_and_that_it_is_theirs_alone(client, whole, role):
    client.force_login(UserFactory(role=role))

    shown = text(page(client, "project", whole.pk))

    assert "A refuge: Qzxelm House (told to coordinators alone)" in shown
    assert "457123, 203987" in shown


def test_the_page_of_a_project_says_all_of_it(client, coordinator, whole):
    WorkAllocationFactory(project=whole)

    shown = text(page(client, "project", whole.pk))

    for words in (
        "Clearing paths and painting fences.",
        "8 people at once, 8 to a supervisor",
        "Uneven ground",
        "Boots, and a briefing each morning",
        "200 m east",
        "8:30am Bus station",
        "Straight from stop to stop",
        "1 of 8",
        "Places on the map",
    ):
        assert words in shown


def test_a_project_with_nothing_put_in_says_what_is_missing(client, coordinator):
    shown = text(page(client, "project", ProjectFactory().pk))

    assert "Nobody has recorded a safety check" in shown
    assert "Nothing recorded does not mean that nobody is" in shown
    assert "nobody can be allocated" in shown


def test_nobody_who_works_there_is_named(client, coordinator, whole):
    allocation = WorkAllocationFactory(project=whole)

    shown = page(client, "project", whole.pk)

    assert allocation.case.surname not in shown
    assert allocation.case.crn not in shown


def test_who_may_not_set_projects_is_offered_nothing_to_set(client, whole):
    client.force_login(UserFactory(role=Role.SUPERVISOR))

    shown = page(client, "project", whole.pk)

    assert "/change/" not in shown
    assert "/add/" not in shown
    assert ">Change<" not in shown


PROJECT = {
    "code": "P900",
    "name": "Canal path",
    "kind": "group",
    "point": "SU 71600 73500",
    "from_on": "3 May 2018",
    "takes": "anybody",
    "most": "10",
    "ratio": "5",
    "signal": "good",
    "hi_vis": "yes",
    "what_is_done": "Clearing the path.",
    "tasks": "Clearing\r\nPainting\r\n\r\nClearing",
}


def send(client, name, /, *args, **said):
    return client.post(reverse(name, args=args), said)


def test_a_project_is_added_from_its_page(client, coordinator):
    said = PROJECT | {"beneficiary": BeneficiaryFactory().pk}

    answer = send(client, "add-project", **said)

    made = Project.objects.get()
    assert answer["Location"] == reverse("project", args=[made.pk])
    assert (made.easting, made.northing, made.tasks) == (471600, 173500, ["Clearing", "Painting"])


def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(client, coordinator):
    said = PROJECT | {"beneficiary": BeneficiaryFactory().pk, "point": "RG1 3EH"}

    answer = send(client, "add-project", **said).content.decode()

    assert "Enter a grid reference" in answer
    assert 'value="RG1 3EH"' in answer
    assert not Project.objects.exists()


def test_a_postcode_is_no_place_but_says_where_to_begin_looking(client, coordinator):
    PostcodePoint.objects.create(postcode="RG13EH", easting=471234, northing=173456)
    said = PROJECT | {"beneficiary": BeneficiaryFactory().pk, "point": "rg1 3eh"}

    answer = send(client, "add-project", **said).content.decode()

    assert "RG1 3EH lies around 471234, 173456. Enter the grid reference" in answer
    assert not Project.objects.exists()


def begun(client, name, *args):
    """What the page would send if nothing were changed."""
    said = {}
    for field in client.get(reverse(name, args=args)).context["form"]:
        value = field.value()
        if not (isinstance(value, list) or hasattr(field.field, "choices")):
            value = field.field.widget.format_value(value)
        said[field.html_name] = "" if value is None else getattr(value, "pk", value)
    return said


def test_two_on_one_page_are_put_together_or_shown_both(client, coordinator, whole):
    mine, theirs = (begun(client, "change-project", whole.pk) for _ in range(2))
    send(client, "change-project", whole.pk, **theirs | {"most": "12"})

    clash = send(client, "change-project", whole.pk, **mine | {"most": "9", "ratio": "4"})

    assert "Changed by somebody else while you were writing" in clash.content.decode()
    assert list(Project.objects.values_list("most", "ratio")) == [(12, 8)]
    again = clash.context["form"].data.dict() | {"tasks": mine["tasks"]}
    send(client, "change-project", whole.pk, **again)
    assert list(Project.objects.values_list("most", "ratio")) == [(9, 4)]


def test_nothing_changed_writes_nothing(client, coordinator, whole):
    said = begun(client, "change-project", whole.pk)

    answer = send(client, "change-project", whole.pk, **said)

    assert answer.status_code == 302
    assert Entry.objects.get(action="changed_project").detail["answers"] == []


def test_a_day_a_neighbour_a_pick_up_a_way_and_for_whom_are_added_from_their_pages(
    client, coordinator
):
    project, today = ProjectFactory(), localdate()
    send(client, "add-beneficiary", name="Canal Trust", may_be_told="First names.")
    send(
        client, "add-days", project.pk,
        weekday=today.weekday(), every="week", from_on="today", from_at="9am", to_at="4pm",
    )  # fmt: skip
    send(client, "add-neighbour", project.pk, near="care", what="Elm Lodge", point="455100, 205000")
    send(client, "add-pick-up", code="PU9", where="Station", point="453000, 205000")
    stop = PickUp.objects.get()
    answer = send(
        client, "add-way", project.pk,
        name="By van", seats="8", how="stops", stop_0=stop.pk, at_0="8:30am",
    )  # fmt: skip

    assert answer.status_code == 302
    assert Beneficiary.objects.filter(name="Canal Trust").exists()
    assert Availability.objects.get().to_at == time(16)
    assert Neighbour.objects.get().what == "Elm Lodge"
    assert Route.objects.get().line == [[453000, 205000], [455000, 205000]]


def test_parts_are_changed_and_ended_from_their_pages(client, coordinator, whole):
    days, route = Availability.objects.get(), Route.objects.get()
    school = Neighbour.objects.get(near="school")
    for name, row, change in (
        ("change-days", days, {"to_at": "3pm"}),
        ("change-neighbour", school, {"what": "Park Primary"}),
        ("change-way", route, {"seats": "9"}),
        ("change-pick-up", PickUp.objects.get(), {"where": "Coach station"}),
        ("change-beneficiary", whole.beneficiary, {"contact": "B. Khan"}),
    ):
        answer = send(client, name, row.pk, **begun(client, name, row.pk) | change)
        assert answer.status_code == 302, name
    for name, row in (("end-days", days), ("end-neighbour", school), ("end-way", route)):
        assert "Say so" in page(client, name, row.pk)
        assert send(client, name, row.pk).status_code == 302

    for row in (days, school, route):
        row.refresh_from_db()
    assert (days.to_at, days.to_on) == (time(15), localdate())
    assert (school.what, school.ended_on) == ("Park Primary", localdate())
    assert (route.seats, route.ended_on) == (9, localdate())


def test_a_stop_needs_a_time_and_a_time_a_stop(client, coordinator):
    said = {
        "name": "By van",
        "seats": "8",
        "how": "stops",
        "stop_0": PickUpFactory().pk,
        "at_1": "9am",
    }

    answer = send(client, "add-way", ProjectFactory().pk, **said).content.decode()

    assert "Say at what time it makes stop 1" in answer
    assert "Choose where stop 2 is" in answer


def test_it_says_how_many_a_change_suspends(client, coordinator, whole):
    stop = whole.routes.get().stops.get()
    WorkAllocationFactory(project=whole, stop=stop, from_on=localdate())

    answer = client.post(reverse("end-way", args=[stop.route_id]), follow=True)

    assert "It suspended 1 allocation: find other work" in text(answer.content.decode())


LOOK = {
    "checked_on": "today",
    "hazard_0": "Uneven ground",
    "control_0": "Boots",
    "tools": ["power"],
    "first_aid": "Kit in the van",
}


def test_a_safety_check_is_recorded_and_the_next_begins_with_its_hazards(client, coordinator):
    project, due = ProjectFactory(), localdate() + 100 * DAY

    send(client, "check-site", project.pk, **LOOK, review_on=f"{due:%d/%m/%Y}")

    assert SiteCheck.objects.get().review_on == due
    assert 'value="Uneven ground"' in page(client, "check-site", project.pk)


def test_a_hazard_without_a_control_is_asked_for(client, coordinator):
    said = LOOK | {"hazard_1": "Ladders", "review_on": "tomorrow"}

    answer = send(client, "check-site", ProjectFactory().pk, **said).content.decode()

    assert "Say what is done about hazard 2, or clear it" in answer
    assert not SiteCheck.objects.exists()


def test_a_project_is_ended_from_its_page(client, coordinator, whole):
    assert "allocation" in page(client, "end-project", whole.pk)

    send(client, "end-project", whole.pk, to_on="today")

    assert Project.objects.get().to_on == localdate()


def test_the_file_holds_what_projects_are_like_and_no_refuge(client, coordinator, whole):
    whole.name = "=cmd()"
    whole.save()
    body = b"".join(client.get(reverse("projects-csv")).streaming_content).decode()

    [row] = csv.DictReader(io.StringIO(body))

    assert (row["code"], row["name"], row["to_put_right"]) == (
        whole.code,
        "'=cmd()",
        "Nobody allocated",
    )
    assert not [word for word in KEPT if word in body]
    assert Entry.objects.filter(action="exported_projects").exists()


def test_a_project_that_is_not_there_is_not_found(client, coordinator):
    assert client.get(reverse("project", args=[999999])).status_code == 404


def test_a_long_name_is_shown_whole(client, coordinator):
    name = "The Friends of the Kennet and Avon Canal between Reading and Newbury " * 2
    project = ProjectFactory(name=name.strip())

    assert name.strip() in page(client, "projects")
    assert name.strip() in page(client, "project", project.pk)


def test_each_page_that_was_opened_is_in_the_trail(client, coordinator, whole):
    page(client, "project", whole.pk)

    assert Entry.objects.filter(by=coordinator, action="view_projects", at__lte=now()).exists()
