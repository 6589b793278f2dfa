"""What the pages, the API and the notices of finding work tell of a case that is kept, and of whom an order protects."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Message, Notice, RelatedPerson
from cases.rules.restrictions import Area
from staff.models import Entry
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    RestrictedAreaFactory,
    RestrictionFactory,
    limit,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, sign_risk
from unpaidwork.models import WorkAllocation
from unpaidwork.services.allocation_check import Refused
from unpaidwork.services.allocations import allocate
from unpaidwork.services.restrictions import record_restriction

pytestmark = pytest.mark.django_db
HIDDEN = ("Jordan", "Pike", "Hidden Row", "OX4 9ZZ")


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


def kept_from(user):
    work = a_worker(surname="Qzxwvkjq", sort_name="qzxwvkjq alex")
    limit(work.case, kept_out=[user])
    return work


def somebody_protected(case):
    return RelatedPerson.objects.create(
        case=case, kind="partner", name="Jordan Pike", address="4 Hidden Row", postcode="OX4 9ZZ",
        victim=True, protected=True,
    )  # fmt: skip


def test_those_a_case_is_kept_from_see_it_counted_in_the_list_of_many_and_nothing_more(client):
    user = coordinator()
    work, project = kept_from(user), a_project()
    client.force_login(user)

    page = client.get(reverse("allocate-many", args=[project.pk])).content.decode()

    assert "Limited access: 1" in page
    assert "Qzxwvkjq" not in page
    assert work.case.crn not in page


def test_nor_can_they_place_it_by_its_key(client):
    user = coordinator()
    work, project = kept_from(user), a_project()
    api = APIClient()
    api.force_login(user)
    said = {
        "works": [work.pk],
        "weekday": 1,
        "from_on": "2018-10-01",
        "from_at": "09:00",
        "to_at": "16:00",
    }

    answer = api.post(reverse("api-allocate-many", args=[project.pk]), said, format="json")

    assert answer.json() == {"made": [], "exceptions": []}
    assert not WorkAllocation.objects.exists()


@pytest.mark.parametrize(
    "page", ["allocate-work", "work-places", "api-work-allocations", "api-work-matches"]
)
def test_its_own_pages_answer_with_the_masked_words(client, page):
    user = coordinator()
    work = kept_from(user)
    client.force_login(user)

    answer = client.get(reverse(page, args=[work.case.crn]))

    assert answer.status_code == 403
    assert "Qzxwvkjq" not in answer.content.decode()


def test_whoever_a_case_is_kept_from_hears_nothing_when_it_is_stopped():
    shut_out, told = coordinator(), coordinator()
    work = kept_from(shut_out)
    allocate(work=work, placing=on_tuesdays(a_project()), by=told, now=NOW)

    stop(work)

    heard = set(Notice.objects.values_list("user", flat=True))
    assert told.pk in heard
    assert shut_out.pk not in heard


def stop(work):
    return record_restriction(
        case=work.case,
        kind="restraining",
        terms="areas",
        prohibits="Must not go into the area that the order bans.",
        areas=[
            Area("Around 4 Hidden Row", "circle", {"centre": [455000, 205000], "radius": 80}, 0)
        ],
        protects=somebody_protected(work.case),
        from_on=TODAY,
        copy_seen_on=TODAY,
        source="Copy of the order, from the court",
        by=work.case.officer,
        now=NOW,
    )


def test_whom_an_order_protects_is_in_no_reason_notice_message_or_trail():
    work = a_worker()
    made = allocate(work=work, placing=on_tuesdays(a_project()), by=coordinator(), now=NOW)

    stop(work)

    made.refresh_from_db()
    assert made.state == "suspended"
    words = [
        made.state_because,
        str(made.evidence),
        *Notice.objects.values_list("text", flat=True),
        *Message.objects.values_list("body", flat=True),
        *(str(one) for one in Entry.objects.values_list("detail", flat=True)),
        *made.case.contacts.values_list("booking__called_off_because", flat=True),
    ]
    for hidden in HIDDEN:
        assert not [one for one in words if one and hidden in one], hidden


def test_nor_on_any_page_or_in_the_api_for_a_coordinator(client):
    work, project = a_worker(), a_project()
    order = RestrictionFactory(
        case=work.case, terms="areas", protects=somebody_protected(work.case)
    )
    RestrictedAreaFactory(
        restriction=order,
        label="Around Jordan’s flat, 4 Hidden Row",
        outline={"centre": [455000, 205000], "radius": 200},
    )
    sign_risk(work.case)
    client.force_login(coordinator())
    pages = ("allocate-work", "work-places", "api-work-matches", "api-work-allocations")

    for name in pages:
        page = client.get(reverse(name, args=[work.case.crn])).content.decode()
        for hidden in HIDDEN:
            assert hidden not in page, name
    assert (
        project.name in client.get(reverse("allocate-work", args=[work.case.crn])).content.decode()
    )


def test_a_refuge_is_said_to_nobody():
    project = a_project(name="The long garden")
    project.neighbours.create(near="refuge", what="A refuge behind the wall")
    work = a_worker(answers=["harm.domestic_abuse"])

    with pytest.raises(Refused) as refused:
        allocate(work=work, placing=on_tuesdays(project), by=coordinator(), now=NOW)

    said = " ".join(one.sentence for one in refused.value.found)
    assert "The long garden takes nobody whose record says: domestic abuse." in said
    assert "refuge" not in said.lower()
