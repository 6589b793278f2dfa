"""What agencies owe us, and the chase before it goes: the hub's pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Message
from cases.reference.agencies import Channel
from cases.rules.references import reference_of, references_in
from staff.permissions import Role
from tests.factories import AgencyFactory, EnquiryFactory, UserFactory, limit

pytestmark = pytest.mark.django_db
PAGE = reverse("owing-agencies")


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    return user


@pytest.fixture
def police():
    return AgencyFactory(name="Thames Valley Police")


def asked(agency, days=13, late=1):
    return EnquiryFactory(
        sent=True,
        agency=agency,
        sent_on=localdate() - timedelta(days=days),
        due_on=localdate() - timedelta(days=late),
    )


def words(page):
    return page.content.decode()


def test_with_nothing_asked_nothing_is_owed(client, hub):
    assert "Nothing is owed" in words(client.get(PAGE))


def test_each_agency_shows_what_it_owes_and_how_it_is_chased(client, hub, police):
    asked(police)
    asked(police, late=0)
    asked(AgencyFactory(name="MASH", channel=Channel.TELEPHONE, telephone="0118 496 0001"))

    first, second = client.get(PAGE).context["rows"]

    assert (first["name"], first["owing"].open, first["owing"].overdue) == (police.name, 2, 1)
    assert first["owing"].median_days == 13
    assert (first["how"], second["how"]) == ("One e-mail a week", "Ring 0118 496 0001")
    assert first["chase"]
    assert not second["chase"]


def test_the_chase_is_seen_before_it_goes_and_sent_once(client, hub, police):
    enquiry = asked(police)
    address = reverse("chase-agency", args=[police.pk])

    preview = words(client.get(address))
    first = client.post(address, follow=True)
    second = words(client.post(address))

    assert reference_of(enquiry.pk) in preview
    assert "The next e-mail is a week away" in words(first)
    assert "One e-mail a week is enough" in second
    assert Message.objects.count() == 1


def test_one_of_limited_access_goes_with_it_and_is_not_shown(client, hub, police):
    shown, kept = asked(police), asked(police)
    limit(kept.case, restricted=True)
    address = reverse("chase-agency", args=[police.pk])

    preview = words(client.get(address))
    client.post(address)

    assert reference_of(kept.pk) not in preview
    assert kept.case.crn not in preview
    assert references_in(Message.objects.get().body) == [shown.pk, kept.pk]
    assert client.get(PAGE).context["rows"][0]["owing"].open == 1


@pytest.mark.parametrize("rows", [5, 60])
def test_the_page_takes_the_same_queries_however_long(
    client, hub, django_assert_max_num_queries, rows
):
    for n in range(rows):
        asked(AgencyFactory(areas=[f"RG{n}"]))

    with django_assert_max_num_queries(10):
        client.get(PAGE)
