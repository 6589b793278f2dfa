"""The frame of every page: who sees what in it, and what it says when a page cannot be shown."""

import pytest
from django.template.loader import render_to_string
from django.urls import resolve, reverse

from staff.navigation import OWN_GROUPS, PAGES, SERIES, UNMET, frame, not_beside
from staff.permissions import Role
from tests.factories import UserFactory
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db


def page_at(client, address, **expected):
    answer = client.get(address)
    assert answer.status_code == expected.get("status", 200)
    return sound(Page(answer.content.decode()))


@pytest.fixture
def supervisor(client):
    user = UserFactory(role=Role.SUPERVISOR)
    client.force_login(user)
    return user


def test_before_signing_in_there_is_only_a_way_in_and_help(client):
    page = page_at(client, reverse("sign-in"))

    assert [link["href"] for link in page.all("a")] == ["#main", reverse("home"), reverse("help")]
    assert page.one("h1").text == "Sign in"
    assert "keys.js" not in str([script["src"] for script in page.all("script")])


def test_an_empty_sign_in_says_what_to_enter(client):
    answer = client.post(reverse("sign-in"), {})

    page = sound(Page(answer.content.decode()))
    assert {"#id_username", "#id_password"} <= {link["href"] for link in page.all("a")}
    assert page.one("title").text.startswith("Error: ")


def test_the_frame_says_who_is_signed_in_and_when_that_ends(client, supervisor):
    page = page_at(client, reverse("account"))

    assert f"Signed in as {supervisor.name}, unpaid work supervisor." in page.text
    assert "60 minutes without opening a page" in page.text
    notice = page.one(id="session-notice")
    assert notice["data-seconds"] == "3600"
    assert "hidden" in notice.attributes


@pytest.mark.parametrize("uses", [True, False])
def test_the_shortcuts_are_loaded_only_for_those_who_use_them(client, supervisor, uses):
    supervisor.uses_shortcuts = uses
    supervisor.save()

    page = page_at(client, reverse("account"))

    loaded = [script["src"] for script in page.all("script") if "/keys." in script["src"]]
    assert bool(loaded) == uses


@pytest.mark.parametrize(
    "role, searches", [(Role.OFFICER, True), (Role.HUB, True), (Role.SYSTEM, False)]
)
def test_only_those_who_may_search_have_the_box(rf, role, searches):
    request = rf.get("/")
    request.user = UserFactory(role=role)
    request.resolver_match = None

    assert frame(request)["may_search"] is searches


def test_a_page_that_is_not_there_says_what_to_do(client, supervisor):
    assert "Page not found" in page_at(client, "/nowhere/", status=404).one("h1").text


def test_a_refusal_says_why_or_whom_to_ask():
    named = render_to_string("403.html", {"exception": "Access is limited. Ask Beth Osei."})
    plain = render_to_string("403.html", {"exception": ""})

    assert "Access is limited. Ask Beth Osei." in Page(named).text
    assert "ask your senior probation officer" in Page(plain).text


def test_when_something_goes_wrong_the_page_stands_alone():
    page = sound(Page(render_to_string("500.html")))

    assert page.one("h1").text == "Something went wrong"
    assert "If you were sending something, it was not saved" in page.text
    assert not page.all("script")


def test_help_says_which_keys_do_what_and_what_the_letters_stand_for(client):
    page = page_at(client, reverse("help"))

    assert [key.text for key in page.all("kbd")] == ["/", "?", "j", "k", "c"]
    assert "Case reference number" in page.text


def test_help_says_what_the_words_of_unpaid_work_mean(client):
    page = page_at(client, reverse("help"))

    for word in ("Allocation", "Day sheet", "Register", "Without a network"):
        assert word in [key.text for key in page.all("dt")]


@pytest.mark.parametrize("role, waits", [(Role.MENTOR, True), (Role.OFFICER, False)])
def test_a_role_that_nothing_is_open_to_is_told_so(client, role, waits, monkeypatch):
    monkeypatch.setitem(PAGES, Role.MENTOR, [])
    client.force_login(UserFactory(role=role))

    page = client.get(reverse("account")).content.decode()

    assert ("No part of this service is open to your role yet" in page) is waits


def test_pages_that_belong_together_have_one_entry_and_lead_to_each_other(client):
    client.force_login(UserFactory(role=Role.OFFICER))

    page = page_at(client, reverse("court-requests-waiting"))

    current = [link.text for link in page.all("a") if link.attributes.get("aria-current")]
    assert current == ["Other agencies", "Courts"]
    for name in ("agency-meetings-list", "victim-liaison-list"):
        assert reverse(name) in [link.attributes.get("href") for link in page.all("a")]


@pytest.mark.parametrize(
    ("role", "stay"), [(Role.OFFICER, ["My work", "Other agencies"]), (Role.AUDITOR, [])]
)
def test_of_the_entries_my_work_and_where_the_reader_is_stay_beside_a_menu(rf, role, stay):
    request = rf.get("/")
    request.user = UserFactory(role=role)
    request.resolver_match = resolve(reverse("court-requests-waiting"))

    entries = frame(request)["navigation"]

    assert [one.text for one in entries if one.stays] == stay
    assert [one.text for one in entries if one.work] == stay[:1]


def test_a_page_of_which_the_reader_has_no_other_beside_it_has_no_row_of_one(client):
    client.force_login(UserFactory(role=Role.HUB))

    page = page_at(client, reverse("complaints"))

    assert "Beside this page" not in str([nav.attributes for nav in page.all("nav")])


@pytest.mark.parametrize(
    ("role", "names"),
    [(Role.FACILITATOR, []), (Role.OFFICER, ["My groups", "Needs not met"]), (Role.HEAD, ["My groups"])],
)  # fmt: skip
def test_a_page_leads_by_itself_to_what_the_navigation_of_a_role_does_not(role, names):
    links = not_beside(UserFactory(role=role), [OWN_GROUPS, SERIES, UNMET])
    assert [link.text for link in links] == names
