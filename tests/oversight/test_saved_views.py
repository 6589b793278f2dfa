"""Lists kept under a name: what may be kept, who finds them, and that they open nothing more than their reader reaches."""

from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse
from django.utils.timezone import now

from oversight.models import SavedView
from oversight.queries.views import views_for
from oversight.reference.lists import LISTS
from oversight.reference.team_figures import FIGURES
from oversight.services.saved_views import save_view
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role, reach
from tests.factories import CaseFactory, TeamFactory, UserFactory, limit
from tests.test_architecture import endpoints

pytestmark = pytest.mark.django_db
PAGE, API = reverse("saved-views"), reverse("api-saved-views")
LATE = f"{reverse('team-owed')}?harm=a&show=late"


@pytest.fixture
def team():
    return TeamFactory(name="Abbey")


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def kept(by, name="Late", address=LATE, *, shared=False):
    return save_view(by=by, address=address, name=name, shared=shared, now=now())


def test_a_list_is_kept_with_its_filters_and_opened_again(client, spo):
    answer = client.post(
        PAGE, {"address": f"http://testserver{LATE}&after=9", "name": "Could hurt"}
    )

    view = SavedView.objects.get()
    assert answer.status_code == 302
    assert (view.by, view.page, view.filters) == (spo, "team-owed", {"show": "late", "harm": "a"})
    assert not view.shared
    opened = client.get(reverse("open-view", args=[view.pk]))
    assert urlsplit(opened.url).path == reverse("team-owed")
    assert client.get(opened.url).status_code == 200
    assert Entry.objects.filter(action="saved_view", by=spo).count() == 1


def test_the_list_looked_at_last_is_filled_in(client, spo):
    client.get(LATE)

    assert client.get(PAGE).context["form"].initial["address"] == LATE


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/team/owed/",
        "//elsewhere.example/team/owed/",
        "/\\elsewhere.example/team/owed/",
        "javascript:alert(1)",
        "team/owed/",
        "/nowhere/",
        "/account/",
        "/caseload.csv",
        "/sign-out/",
        "/policy/",
        "/team/owed/?name=Smith",
        "/team/owed/?harm=Smith+Alan",
        "http://[",
    ],
)
def test_what_is_no_list_of_ours_is_refused_and_that_is_said(client, spo, address):
    answer = client.post(PAGE, {"address": address, "name": "Other"})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not SavedView.objects.exists()


def test_a_page_of_one_person_is_no_list(spo):
    case = CaseFactory(team=spo.team)

    with pytest.raises(RuleBroken):
        kept(spo, address=reverse("case", args=[case.crn]))


def test_nobody_keeps_a_list_that_they_may_not_open(team):
    with pytest.raises(RuleBroken):
        kept(UserFactory(role=Role.OFFICER, team=team))


def test_the_same_name_again_changes_what_it_is_of(spo):
    kept(spo)
    kept(spo, address=reverse("caseload"))

    assert [(one.page, one.filters) for one in SavedView.objects.all()] == [("caseload", {})]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(by=spo, name="Late", page="caseload", made_at=now())


def test_no_more_than_so_many_are_kept(spo, monkeypatch):
    monkeypatch.setattr("oversight.services.saved_views.MOST_VIEWS", 2)
    kept(spo, "One")
    kept(spo, "Two")

    with pytest.raises(RuleBroken):
        kept(spo, "Three")
    kept(spo, "Two", address=reverse("caseload"))


def test_what_is_shared_is_found_by_the_team_and_nobody_else(client, spo, team):
    view = kept(spo, shared=True)
    kept(spo, "Mine alone")
    colleague, stranger = UserFactory(role=Role.SPO, team=team), UserFactory(role=Role.SPO)

    client.force_login(colleague)
    assert [one.name for one in client.get(PAGE).context["theirs"]] == ["Late"]
    assert [one.name for one in client.get(reverse("team-board")).context["views"]] == ["Late"]
    assert [one.name for one in client.get(reverse("team-figures")).context["views"]] == ["Late"]
    for act in ("share-view", "remove-view"):
        assert client.post(reverse(act, args=[view.pk])).status_code == 404
    client.force_login(stranger)
    assert client.get(PAGE).context["theirs"] == []
    assert client.get(reverse("open-view", args=[view.pk])).status_code == 404


def test_sharing_ends_when_its_maker_leaves_the_team_or_us(spo, team):
    kept(spo, shared=True)
    colleague = UserFactory(role=Role.SPO, team=team)
    assert len(views_for(colleague)) == 1

    spo.is_active = False
    spo.save()
    assert views_for(colleague) == []
    spo.is_active, spo.team = True, TeamFactory()
    spo.save()
    assert views_for(colleague) == []
    assert views_for(UserFactory(role=Role.HEAD, team=None)) == []


def test_whoever_opens_a_shared_view_sees_by_their_own_reach(client, spo, team):
    """The senior's list holds a case of limited access; their colleague is shut out of it."""
    hidden = CaseFactory(team=team, surname="Hidden")
    limit(hidden, restricted=True, let_in=[spo])
    view = kept(spo, "Caseload", f"{reverse('caseload')}?whose=team", shared=True)

    mine = client.get(client.get(reverse("open-view", args=[view.pk])).url)
    client.force_login(UserFactory(role=Role.SPO, team=team))
    theirs = client.get(client.get(reverse("open-view", args=[view.pk])).url)

    assert "Hidden" in mine.content.decode()
    assert "Hidden" not in theirs.content.decode()


def test_a_view_of_a_page_that_is_not_theirs_is_neither_listed_nor_opened(client, spo, team):
    view = kept(spo, shared=True)
    client.force_login(UserFactory(role=Role.OFFICER, team=team))

    assert client.get(PAGE).context["theirs"] == []
    answer = client.get(reverse("open-view", args=[view.pk]), follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "not one that you may open" in answer.content.decode()


def test_nobody_without_a_team_shares(spo):
    spo.team = None
    spo.save()

    with pytest.raises(RuleBroken):
        kept(spo, shared=True)


def test_sharing_and_putting_away_are_buttons_and_are_kept_in_the_trail(client, spo):
    view = kept(spo)

    client.post(reverse("share-view", args=[view.pk]), {"shared": "1"})
    view.refresh_from_db()
    assert view.shared
    client.post(reverse("share-view", args=[view.pk]), {"shared": "0"})
    client.post(reverse("remove-view", args=[view.pk]))

    assert not SavedView.objects.exists()
    acts = Entry.objects.filter(by=spo, action__in=["shared_view", "removed_view"])
    assert list(acts.order_by("pk").values_list("action", flat=True)) == [
        "shared_view", "shared_view", "removed_view",
    ]  # fmt: skip


def test_the_page_costs_the_same_however_many_views_there_are(
    client, spo, django_assert_num_queries
):
    kept(spo)
    client.get(PAGE)
    with django_assert_num_queries(6) as few:
        client.get(PAGE)
    for n in range(9):
        kept(spo, f"View {n} {'of a long name' * 3}")
    with django_assert_num_queries(len(few)):
        client.get(PAGE)


def test_every_list_is_a_page_that_asks_for_what_is_said_of_it():
    found = {one.name: one for one in endpoints(get_resolver().url_patterns)}

    for name, page in LISTS.items():
        assert found[name].callback.action == page.action
        assert not found[name].pattern.converters
    assert {one.page for one in FIGURES.values()} <= LISTS.keys()
    for one in FIGURES.values():
        assert {*one.codes, "team"} <= LISTS[one.page].filters


@pytest.mark.parametrize("role", Role)
def test_whoever_has_a_caseload_keeps_views(role):
    lists = role not in (Role.COORDINATOR,) and reach(role, Action.LIST_CASES)

    assert bool(reach(role, Action.SAVE_VIEW)) == bool(lists)


def test_the_api_keeps_shares_lists_and_puts_away(client, spo, team):
    made = client.post(API, {"address": LATE, "name": "Late"}, content_type="application/json")
    assert made.status_code == 201
    one = reverse("api-saved-view", args=[made.json()["id"]])

    shared = client.patch(one, {"shared": True}, content_type="application/json")

    assert (shared.json()["shared"], shared.json()["list"]) == (True, "team-owed")
    colleague = UserFactory(role=Role.SPO, team=team)
    client.force_login(colleague)
    assert [row["address"] for row in client.get(API).json()] == [LATE]
    assert client.delete(one).status_code == 404
    client.force_login(spo)
    assert client.delete(one).status_code == 204
    assert client.get(API).json() == []


def test_the_api_refuses_in_the_words_of_the_page(client, spo):
    answer = client.post(
        API, {"address": "/account/", "name": "X"}, content_type="application/json"
    )

    assert answer.status_code == 422
    assert "not the address of a list" in answer.content.decode()
