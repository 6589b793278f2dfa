"""Restrictions on their pages: who reads what, what is shown before it is written, and that no word is lost."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Deadline, PostcodePoint, Restriction
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CaseFactory,
    ProjectFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    UserFactory,
    WorkAllocationFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
STATEMENTS = 23  # of the list, its header and its way in
LABEL, PERSON = "Around the yellow house", "Sam Reed"
CIRCLE = {
    "areas-TOTAL_FORMS": "1", "areas-INITIAL_FORMS": "0", "areas-0-label": LABEL, "areas-0-shape": "circle",
    "areas-0-centre": "451000 206000", "areas-0-radius": "100", "areas-0-buffer": "50",
}  # fmt: skip
NO_AREAS = {"areas-TOTAL_FORMS": "0", "areas-INITIAL_FORMS": "0"}
GIVEN = {
    "kind": "restraining", "terms": "areas", "prohibits": "Must not go into the area the order bans.",
    "protects": "nobody", "from_on": "1 October 2018", "source": "The order, from the court", **CIRCLE,
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


@pytest.fixture
def order(case):
    """It bans an area and protects somebody."""
    person = RelatedPersonFactory(case=case, name=PERSON)
    one = RestrictionFactory(
        case=case, terms="areas", protects=person, prohibits="Must not go into the area."
    )
    RestrictedAreaFactory(restriction=one, label=LABEL, buffer=20)
    return one


def listed(client, user, case):
    return words(see(client, user, "case-restrictions", case))


def send(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data)


def record(client, user, case, **given):
    """Sent, looked at and confirmed."""
    return confirmed(client, user, "record-restriction", case, **GIVEN | given)


def confirmed(client, user, name, case, *beside, **given):
    page = send(client, user, name, case, *beside, **given, step="check")
    understood = page.context["understood"]
    assert understood, (page.context["form"].errors, page.context["areas"].errors)
    return send(
        client, user, name, case, *beside, **given, step="record", understood=understood["mark"]
    )


def errors(page):
    form, areas = page.context["form"], page.context["areas"]
    found = [*form.errors.items(), *(pair for one in areas.errors for pair in one.items())]
    return " ".join(str(text) for _, texts in found for text in texts)


# The list


def test_an_empty_list_does_not_say_that_there_is_no_order(client, case):
    page = listed(client, case.officer, case)

    assert "which does not say that there is no order" in page
    assert "Record a restriction" in page


def test_whoever_works_on_the_case_reads_all_of_it(client, case, order):
    page = listed(client, case.officer, case)

    assert LABEL in page
    assert PERSON in page
    assert "Within 100 m of 451000 206000: 31,416 square metres" in page
    assert "<svg viewBox" in page.split("Areas it bans")[1]


@pytest.mark.parametrize("role", [Role.HUB, Role.COORDINATOR, Role.QUALITY, Role.AUDITOR])
def test_whoever_may_not_see_protected_names_reads_what_they_must_not_do_and_no_more(
    client, case, order, role
):
    user = UserFactory(role=role)

    page = listed(client, user, case)

    assert "Must not go into the area." in page
    assert "1 area is banned." in page
    assert not any(one in page for one in (LABEL, PERSON, "451000", "Areas it bans"))


def test_an_officer_who_only_covers_the_team_reads_no_area(client, case, order):
    colleague = UserFactory(role=Role.OFFICER, team=case.team)

    page = listed(client, colleague, case)

    assert "Must not go into the area." in page
    assert LABEL not in page
    assert "Record a restriction" not in page


def test_an_entry_of_the_record_without_its_terms_leads_to_recording_them(client, case):
    entry = RegistrationFactory(case=case, type_code="RSTO")

    page = listed(client, case.officer, case)
    begun = see(client, case.officer, "record-restriction", case, of=f"registration-{entry.pk}")

    assert f"record/?of=registration-{entry.pk}" in page
    assert begun.context["form"]["of"].value() == f"registration-{entry.pk}"
    assert begun.context["form"]["kind"].value() == "restraining"


def test_what_has_run_out_ended_or_changed_stands_apart(client, case):
    RestrictionFactory(case=case, from_on=TODAY - 9 * DAY, to_on=TODAY - DAY, kind="bail")
    first = RestrictionFactory(case=case, ended_on=TODAY, ended_because="Varied")
    RestrictionFactory(case=case, follows=first, terms="not_seen", prohibits="")

    page = see(client, case.officer, "case-restrictions", case).context["page"]

    assert [one.title for one in page.rows] == ["Restraining order"]
    assert page.rows[0].tag.text == "Still to do"
    assert [one.links[0].text for one in page.rows] == ["Record its terms"]
    assert [(one.tag.text, one.links) for one in page.former] == [
        ("Superseded", []),
        ("Closed", []),
    ]


def test_a_restriction_that_protects_somebody_protected_names_them_to_those_who_may(client, case):
    person = RelatedPersonFactory(case=case, name=PERSON, protected=True)
    RestrictionFactory(case=case, protects=person)

    assert PERSON in listed(client, case.officer, case)


@pytest.mark.parametrize("number", [5, 60])
def test_the_list_takes_as_many_statements_for_many_as_for_few(client, case, number):
    for _ in range(number):
        area = RestrictedAreaFactory(restriction__case=case)
        RestrictedAreaFactory(restriction=area.restriction)
        RegistrationFactory(case=case, type_code="SOPS")
    client.force_login(case.officer)
    client.get(reverse("case-restrictions", args=[case.crn]))

    with CaptureQueriesContext(connection) as statements:
        client.get(reverse("case-restrictions", args=[case.crn]))

    assert len(statements) == STATEMENTS


# Recording


def test_what_was_understood_is_shown_before_anything_is_written(client, case):
    page = send(client, case.officer, "record-restriction", case, **GIVEN, step="check")

    shown = words(page)
    assert "Check what was understood" in shown
    assert "31,416 square metres" in shown
    assert "the supervisor on site" in shown
    assert "never to a supervisor" in shown
    assert not Restriction.objects.exists()


def test_once_confirmed_it_is_recorded(client, case):
    answer = record(client, case.officer, case, copy_seen_on="today", to_on="3 May 2027")

    one = Restriction.objects.get()
    assert answer.status_code == 302
    assert one.areas.get().outline == {"centre": [451_000, 206_000], "radius": 100}
    assert (one.copy_seen_on, str(one.to_on)) == (TODAY, "2027-05-03")


@pytest.mark.parametrize("name", ["end-restriction", "record-restriction"])
def test_where_nobody_holds_the_case_it_is_the_senior_who_is_said_to_be_told(
    client, hub, order, name
):
    senior = UserFactory(role=Role.SPO, team=order.case.team)
    Case.objects.filter(pk=order.case_id).update(officer=None)

    assert f"{senior.name} has been told." in done(client, hub, name, order)


@pytest.mark.parametrize("name", ["end-restriction", "record-restriction"])
def test_nobody_is_said_to_be_told_of_what_the_officer_did(client, order, name):
    said = done(client, order.case.officer, name, order)

    assert said.startswith("It is ")
    assert "told" not in said


def done(client, user, name, order):
    """What is said once it is recorded, or ended."""
    if name == "record-restriction":
        answer = record(client, user, order.case)
    else:
        answer = send(client, user, name, order.case, order.pk, because="Discharged on 1 May")
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


def test_what_was_changed_after_it_was_shown_is_shown_again(client, case):
    shown = send(client, case.officer, "record-restriction", case, **GIVEN, step="check")
    mark = shown.context["understood"]["mark"]
    other = GIVEN | {"areas-0-radius": "10"}

    again = send(client, case.officer, "record-restriction", case, **other, step="record", understood=mark)  # fmt: skip

    assert "314 square metres" in words(again)
    assert not Restriction.objects.exists()


def test_a_circle_can_be_given_by_a_postcode_we_know(client, case):
    PostcodePoint.objects.create(postcode="OX11AA", easting=451_234, northing=206_789)

    record(client, case.officer, case, **{"areas-0-centre": "ox1 1aa"})

    assert Restriction.objects.get().areas.get().outline["centre"] == [451_234, 206_789]


def test_a_wrong_centre_is_noticed_by_the_postcode_and_the_sites_near_it(client, case):
    PostcodePoint.objects.create(postcode="OX11AA", easting=451_234, northing=206_789)
    ProjectFactory(name="The long meadow", easting=451_234, northing=206_989)
    ProjectFactory(name="The old mill", easting=451_234, northing=206_800)
    far = {"areas-0-centre": "100000 100000", "areas-0-buffer": "0"}

    near = words(send(client, case.officer, "record-restriction", case, **GIVEN | {"areas-0-centre": "ox1 1aa"}, step="check"))  # fmt: skip
    off = words(send(client, case.officer, "record-restriction", case, **GIVEN | far, step="check"))

    assert "Found by the postcode OX1 1AA." in near
    assert "Project sites near: The old mill (in it) and The long meadow (100 m from it)." in near
    assert "The broken line is what is kept clear" in near
    assert "No project site is within 3 km of it" in off
    assert "Found by" not in off
    assert "The broken line" not in off


def test_an_outline_is_given_one_corner_a_line_with_its_holes(client, case):
    corners = "451000 206000\n451200 206000\n451200 206200\n451000 206200\nhole\n451050 206050\n451100 206050\n451100 206100"  # fmt: skip

    record(client, case.officer, case, **{"areas-0-shape": "polygon", "areas-0-corners": corners})

    (outside, hole) = Restriction.objects.get().areas.get().outline["rings"]
    assert (len(outside), len(hole)) == (4, 3)


def test_another_area_is_added_and_what_was_typed_stays(client, case):
    page = send(client, case.officer, "record-restriction", case, **GIVEN, step="another")

    areas = page.context["areas"]
    assert len(areas.forms) == 2
    assert areas.forms[0]["label"].value() == LABEL
    assert areas.forms[1]["buffer"].value() == "0"
    assert not areas.total_error_count()


def test_another_area_that_is_left_empty_is_left_out(client, case):
    more = {"areas-TOTAL_FORMS": "2", "areas-1-label": "", "areas-1-buffer": "0"}

    record(client, case.officer, case, **more)

    assert Restriction.objects.get().areas.get().label == LABEL


def test_an_area_to_be_removed_is_left_out(client, case):
    more = {"areas-TOTAL_FORMS": "2", "areas-1-label": "x", "areas-1-shape": "circle", "areas-1-centre": "1 1", "areas-1-radius": "5", "areas-1-buffer": "0", "areas-1-DELETE": "on"}  # fmt: skip

    record(client, case.officer, case, **more)

    assert Restriction.objects.get().areas.get().label == LABEL


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"areas-0-centre": "by the church"}, "Write a postcode"),
        ({"areas-0-centre": "OX9 9ZZ"}, "do not know where that postcode lies"),
        ({"areas-0-centre": "999999 206000"}, "not on the national grid"),
        ({"areas-0-radius": "0"}, "1 or more"),
        ({"areas-0-label": ""}, "What does the order call it"),
        ({"areas-0-shape": "polygon", "areas-0-corners": "1 1\n2 2"}, "three corners"),
        ({"areas-0-shape": "polygon", "areas-0-corners": "1 1\nx"}, "Line 2"),
        (NO_AREAS, "Give the areas"),
        ({"prohibits": ""}, "plain words"),
        ({"prohibits": f"Must not contact {PERSON}."}, "names somebody"),
        ({"prohibits": "Must not enter OX1 1AA."}, "address or a postcode"),
        ({"source": ""}, "Where do we have it from"),
        ({"from_on": "some day"}, "date"),
        ({"to_on": "3 May 2018"}, "has been"),
    ],
)
def test_what_is_refused_says_why_and_loses_nothing(client, case, given, says):
    RelatedPersonFactory(case=case, name=PERSON)

    page = send(client, case.officer, "record-restriction", case, **GIVEN | given, step="check")

    assert says in errors(page)
    assert page.context["understood"] is None
    assert page.context["form"]["made_by"].value() is None
    for name in ("prohibits", "source"):
        assert page.context["form"][name].value() == (GIVEN | given)[name]
    assert not Restriction.objects.exists()


def test_what_is_typed_is_kept_until_it_is_sent(client, case):
    send(client, case.officer, "record-restriction", case, **GIVEN | {"from_on": ""}, step="check")

    again = see(client, case.officer, "record-restriction", case)

    assert again.context["form"]["prohibits"].value() == GIVEN["prohibits"]
    assert again.context["areas"].forms[0]["label"].value() == LABEL


def test_areas_are_not_asked_for_where_it_bans_contact_only(client, case):
    given = {"terms": "contact", "areas-0-centre": "nowhere", "areas-0-label": ""}

    record(client, case.officer, case, **given)

    assert not Restriction.objects.get().areas.exists()


@pytest.mark.parametrize(("easting", "state"), [(451_050, "suspended"), (452_000, "active")])
def test_work_that_it_touches_is_suspended_in_the_same_step_and_no_other(client, easting, state):
    project = a_project(easting=easting, northing=206_000)
    live = WorkAllocationFactory(work=a_worker(), project=project)

    record(client, live.case.officer, live.case)

    live.refresh_from_db()
    assert live.state == state
    assert not any(one in live.state_because for one in (LABEL, "451"))


# Changing and ending


def test_a_change_begins_with_what_stands_and_takes_its_place(client, case, order):
    begun = see(client, case.officer, "change-restriction", case, order.pk)
    assert begun.context["areas"].forms[0]["centre"].value() == "451000 206000"

    given = GIVEN | {"because": "The radius was mistyped", "areas-INITIAL_FORMS": "1", "areas-0-radius": "150"}  # fmt: skip
    confirmed(client, case.officer, "change-restriction", case, order.pk, **given)

    made = Restriction.objects.standing().get()
    assert made.follows == order
    assert made.areas.get().outline["radius"] == 150


def test_whoever_may_not_see_the_areas_changes_the_rest_and_is_shown_none(client, case, order, hub):
    begun = see(client, hub, "change-restriction", case, order.pk)
    assert not any(one in words(begun) for one in (LABEL, PERSON, "451000"))

    given = GIVEN | NO_AREAS | {"because": "Varied", "areas_how": "keep", "prohibits": "Must not go there."}  # fmt: skip
    given.pop("protects")
    page = send(client, hub, "change-restriction", case, order.pk, **given, step="check")
    assert "Its areas stay as they are recorded" in words(page)
    assert not any(one in words(page) for one in (LABEL, PERSON, "451000"))
    confirmed(client, hub, "change-restriction", case, order.pk, **given)

    made = Restriction.objects.standing().get()
    assert made.areas.get().label == LABEL
    assert made.protects.name == PERSON
    assert made.prohibits == "Must not go there."


def test_they_can_give_the_areas_anew_from_the_order_in_their_hand(client, case, order, hub):
    given = GIVEN | {"because": "Varied", "areas_how": "anew", "areas-0-radius": "500"}
    given.pop("protects")

    confirmed(client, hub, "change-restriction", case, order.pk, **given)

    assert Restriction.objects.standing().get().areas.get().outline["radius"] == 500


def test_recording_the_terms_of_one_not_seen_ends_what_is_owed(client, case):
    unseen = GIVEN | NO_AREAS | {"terms": "not_seen", "prohibits": ""}
    confirmed(client, case.officer, "record-restriction", case, **unseen)
    one = Restriction.objects.get()
    assert Deadline.objects.unmet().filter(case=case, kind="see_order_terms").exists()

    given = GIVEN | {"because": "The court sent it"}
    confirmed(client, case.officer, "change-restriction", case, one.pk, **given)

    assert not Deadline.objects.unmet().filter(case=case, kind="see_order_terms").exists()


def test_one_is_ended_with_a_reason(client, case, order):
    refused = send(client, case.officer, "end-restriction", case, order.pk, because="n/a")
    assert "Say why it ends" in words(refused)

    send(client, case.officer, "end-restriction", case, order.pk, because="Discharged on 1 May")

    assert not Restriction.objects.standing().exists()


@pytest.mark.parametrize("name", ["change-restriction", "end-restriction"])
def test_what_has_ended_meanwhile_takes_nothing_more(client, case, order, name):
    Restriction.objects.update(ended_on=TODAY, ended_because="x")

    answer = see(client, case.officer, name, case, order.pk)

    assert answer["Location"] == reverse("case-restrictions", args=[case.crn])


@pytest.mark.parametrize("name", ["change-restriction", "end-restriction"])
def test_one_of_another_case_is_not_found(client, case, order, name):
    other = CaseFactory(officer=case.officer)

    assert see(client, case.officer, name, other, order.pk).status_code == 404


def test_a_coordinator_reads_every_case_and_records_on_none(client, case, order):
    user = coordinator()

    assert "Must not go into the area." in listed(client, user, case)
    assert see(client, user, "record-restriction", case).status_code == 403


def test_an_assigned_officer_records(client, case):
    user = UserFactory(role=Role.OFFICER)
    AssignmentFactory(case=case, user=user, from_on=TODAY - DAY)

    record(client, user, case)

    assert Restriction.objects.get().recorded_by == user


def test_a_long_name_and_a_long_label_are_shown_whole(client, case):
    area = RestrictedAreaFactory(restriction__case=case, label="x" * 200)

    assert "x" * 200 in listed(client, case.officer, case)
    assert area.label
