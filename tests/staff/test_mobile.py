"""The number staff are reached at while somebody is on a home visit."""

import pytest
from django.urls import reverse

from staff.errors import RuleBroken
from staff.models import Entry
from staff.rules.telephones import understand_mobile
from tests.factories import UserFactory


@pytest.mark.parametrize(
    "written",
    ["07700900123", "07700 900 123", "+44 7700 900123", "0044 7700900123", "+44 (0)7700-900123"],
)
def test_a_mobile_number_is_understood_however_it_is_written(written):
    assert understand_mobile(written) == "07700 900123"


@pytest.mark.parametrize(
    "written", ["12345", "0118 496 0123", "07700 90012", "seven", "+1 7700 900123"]
)
def test_what_rings_no_mobile_is_refused(written):
    with pytest.raises(RuleBroken, match="07700 900123"):
        understand_mobile(written)


def test_no_number_is_none():
    assert understand_mobile("  ") == ""


@pytest.mark.django_db
def test_staff_keep_and_take_away_their_own_number_on_their_account(client):
    user = UserFactory()
    client.force_login(user)

    kept = client.post(reverse("account"), {"mobile": "+447700900123"}, follow=True)
    user.refresh_from_db()
    assert user.mobile == "07700 900123"
    assert "07700 900123" in kept.content.decode()
    client.post(reverse("account"), {"mobile": ""})
    user.refresh_from_db()
    assert user.mobile == ""
    assert [one.detail for one in Entry.objects.filter(action="set_mobile").order_by("pk")] == [
        {"known": True}, {"known": False},
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_wrong_number_is_said_and_stays_in_its_box(client):
    user = UserFactory(mobile="07700 900123")
    client.force_login(user)

    page = client.post(reverse("account"), {"mobile": "12345"}).content.decode()

    assert "Enter a mobile number" in page
    assert 'value="12345"' in page
    user.refresh_from_db()
    assert user.mobile == "07700 900123"


@pytest.mark.django_db
def test_shortcuts_and_the_number_are_saved_each_by_its_own_button(client):
    user = UserFactory(mobile="07700 900123", uses_shortcuts=True)
    client.force_login(user)

    client.post(reverse("account"), {})

    user.refresh_from_db()
    assert (user.mobile, user.uses_shortcuts) == ("07700 900123", False)
