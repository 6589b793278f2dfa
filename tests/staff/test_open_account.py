"""Opening, shutting and giving passwords to accounts at the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case
from staff.models import Entry, User
from staff.permissions import Action, Role
from tests.factories import CaseFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-by-the-weir"


@pytest.fixture
def typed(monkeypatch):
    """Gives a command these lines on its standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_an_account_signs_in_and_reaches_its_teams_cases(client, typed):
    team = TeamFactory()
    case = CaseFactory(team=team)
    typed(f"{PASSWORD}\n")

    call_command("open_account", "pat", role="officer", team=team.code, grade="pso")

    signed_in = client.post("/sign-in/", {"username": "pat", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert case in Case.objects.open_to(User.objects.get(username="pat"), Action.VIEW_CASE)
    entry = Entry.objects.get(action="opened_account")
    assert entry.detail == {"account": "pat", "role": "officer", "team": team.code}
    assert PASSWORD not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"role": None}, "Give a --role"),
        ({"role": "officer"}, "need a team"),
        ({"role": "hub", "team": "nowhere"}, "no team with the code nowhere"),
        ({"role": "hub", "grade": "po"}, "Only a responsible officer has a grade"),
        ({"role": "hub", "staff_code": "C99A1"}, "Another account has the staff code"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_opened(typed, options, said):
    UserFactory(username="taken", staff_code="C99A1")
    typed(f"{PASSWORD}\n")

    with pytest.raises(CommandError, match=said):
        call_command("open_account", "pat", **options)

    assert not User.objects.filter(username="pat").exists()


@pytest.mark.parametrize("password", ["short", "password12345", "", "patpatpatpat"])
def test_a_weak_password_opens_nothing(typed, password):
    typed(f"{password}\n")

    with pytest.raises(CommandError):
        call_command("open_account", "patpatpatpat", role="hub")

    assert not User.objects.filter(username="patpatpatpat").exists()


def test_a_name_already_taken_is_refused(typed):
    UserFactory(username="taken")
    typed(f"{PASSWORD}\n")

    with pytest.raises(CommandError, match="already"):
        call_command("open_account", "taken", role="hub")


def test_an_account_for_single_sign_on_has_no_password():
    call_command("open_account", "pat", role="hub", email="pat@example.test", no_password=True)

    assert not User.objects.get(username="pat").has_usable_password()


def test_a_new_password_ends_the_sessions_of_the_old_one(client, typed):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    typed(f"{PASSWORD}\n")

    call_command("open_account", user.username, password=True)

    assert client.get("/account/").status_code == 302
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_shut_account_opens_nothing_from_the_next_request(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)

    call_command("open_account", user.username, close=True)

    assert client.get("/account/").status_code == 302
    assert Entry.objects.filter(action="closed_account").exists()


def test_an_account_that_is_not_there_is_named():
    with pytest.raises(CommandError, match="no account called nobody"):
        call_command("open_account", "nobody", close=True)
