"""What those who supervise unpaid work or lead groups state of themselves, on their own account."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from staff.errors import RuleBroken
from staff.models import Entry, User
from staff.permissions import Role
from staff.services import state_sex
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_supervisor_states_it_and_changes_it_and_the_trail_does_not_say_what(client):
    user = UserFactory(role=Role.SUPERVISOR)
    client.force_login(user)

    page = client.post(reverse("account"), {"stating": "1", "sex": "woman"}, follow=True)
    user.refresh_from_db()
    assert user.sex == "woman"
    assert "Your settings are saved" in page.content.decode()
    client.post(reverse("account"), {"stating": "1", "sex": "not_said"})
    user.refresh_from_db()
    assert user.sex == "not_said"
    details = Entry.objects.filter(action="stated_sex").values_list("detail", flat=True)
    assert list(details) == [{"answered": True}, {"answered": True}]


def test_nothing_chosen_is_said_and_changes_nothing_else(client):
    user = UserFactory(role=Role.SUPERVISOR, uses_shortcuts=True, mobile="07700 900123")
    client.force_login(user)

    page = client.post(reverse("account"), {"stating": "1"}).content.decode()

    assert "Choose one of the answers" in page
    user.refresh_from_db()
    assert (user.sex, user.uses_shortcuts, user.mobile) == ("", True, "07700 900123")


@pytest.mark.parametrize(
    ("role", "asked"),
    [(Role.COORDINATOR, True), (Role.FACILITATOR, True), (Role.OFFICER, True), (Role.HUB, False)],
)
def test_only_those_who_may_supervise_or_lead_are_asked_and_are_told_why(client, role, asked):
    client.force_login(UserFactory(role=role))

    page = client.get(reverse("account")).content.decode()

    assert ("Are you a woman or a man?" in page) == asked
    assert ("must not be supervised by a woman" in page) == asked
    assert ("groups for women are led by women" in page) == asked


def test_another_word_is_refused():
    with pytest.raises(RuleBroken, match="Choose one"):
        state_sex(user=UserFactory(), sex="other")


def test_an_account_may_be_opened_with_what_they_state():
    call_command("open_account", "pat", role="supervisor", sex="man", no_password=True)

    assert User.objects.get(username="pat").sex == "man"
