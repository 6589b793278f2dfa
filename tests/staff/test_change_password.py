"""Changing one's own password."""

import pytest
from django.test import Client
from django.urls import reverse

from staff.models import Entry, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("change-password")
OLD, NEW = "lantern-by-the-weir", "kettle-under-the-elm"


@pytest.fixture
def user(client):
    user = UserFactory()
    user.set_password(OLD)
    user.save()
    client.force_login(user)
    return user


def test_the_new_password_holds_here_and_ends_every_other_session(client, user):
    elsewhere = Client()
    elsewhere.force_login(user)

    answer = client.post(PAGE, {"old": OLD, "new": NEW, "again": NEW}, follow=True)

    assert "Your password is changed" in answer.content.decode()
    assert client.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert Entry.objects.filter(by=user, action="set_password").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "not-mine-at-all"}, "That is not your password now"),
        ({"again": "kettle-under-the-oak"}, "the same both times"),
        ({"new": "short", "again": "short"}, "too short"),
        ({"new": "", "again": ""}, "New password"),
    ],
)
def test_what_cannot_be_is_refused_and_the_password_stays(client, user, given, said):
    answer = client.post(PAGE, {"old": OLD, "new": NEW, "again": NEW} | given)

    assert said in answer.content.decode()
    assert User.objects.get(pk=user.pk).check_password(OLD)


def test_no_password_is_shown_back(client, user):
    answer = client.post(PAGE, {"old": "wrong-password-here", "new": NEW, "again": NEW})

    assert NEW not in answer.content.decode()
