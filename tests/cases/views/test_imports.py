"""The pages on imports and data quality: every number opens its list, and limited cases stay shut."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import ImportRun, Issue, Reject
from staff.permissions import Role
from tests.cases.importing.extracts import TODAY, bring_in, conviction, offender, registration
from tests.factories import CaseFactory, TeamFactory, UserFactory, limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    return user


def issue(case, kind="no_birth_date"):
    return Issue.objects.create(case=case, kind=kind, what=f"About {kind}", raised_on=TODAY)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_imports_are_listed_the_latest_first(client, hub, tmp_path):
    bring_in(tmp_path / "first", offender())
    bring_in(tmp_path / "second", offender(), "{")

    rows = client.get(reverse("imports")).context["rows"]

    assert [(row["source"], row["read"], row["rejected"]) for row in rows] == [
        ("second", 2, 1),
        ("first", 1, 0),
    ]


def test_an_import_shows_its_counts_what_did_not_land_and_the_codes_to_review(
    client, hub, tmp_path
):
    done = bring_in(
        tmp_path,
        offender(shoeSize=9, dateOfBirth="soon"),
        conviction("X999999"),
        registration(code="UNK1"),
    )

    answer = client.get(reverse("import", args=[done.run.pk]))

    assert answer.context["counts"] == [
        ("People", [1, 1, 0, 0, 0]),
        ("Convictions", [1, 0, 0, 0, 1]),
        ("Registrations", [1, 1, 0, 0, 0]),
    ]
    for words in ("dateOfBirth", "is not a date", "The whole line", "UNK1", "offender.shoeSize: 1"):
        assert words in text(answer)


def test_what_did_not_land_is_paged(client, hub):
    run = ImportRun.objects.create(source="x", counts={}, seconds=1)
    Reject.objects.bulk_create(
        Reject(run=run, file="a.ndjson", line=line, reason="not JSON") for line in range(1, 61)
    )
    here = reverse("import", args=[run.pk])

    first = client.get(here)
    second = client.get(first.context["next"])

    assert [reject.line for reject in first.context["rejects"]] == list(range(1, 51))
    assert [reject.line for reject in second.context["rejects"]] == list(range(51, 61))
    assert (second.context["first"], second.context["next"]) == (here, "")


def test_an_import_that_is_not_there_is_not_found(client, hub):
    assert client.get(reverse("import", args=[1])).status_code == 404


@pytest.mark.parametrize(
    ("role", "imports", "quality"),
    [
        (Role.OFFICER, 403, 403),
        (Role.SPO, 403, 200),
        (Role.HUB, 200, 200),
        (Role.HEAD, 200, 200),
        (Role.SYSTEM, 200, 403),
    ],
)
def test_imports_and_data_quality_are_for_those_who_look_after_the_record(
    client, role, imports, quality
):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("imports")).status_code == imports
    assert client.get(reverse("data-quality")).status_code == quality


def test_data_quality_lists_what_is_open_and_narrows_to_one_kind(client, hub):
    first, second = CaseFactory(surname="Adams"), CaseFactory(surname="Brook")
    issue(first)
    issue(second)
    issue(second, "no_sex")
    Issue.objects.create(case=first, kind="old", what="Old", raised_on=TODAY, settled_on=TODAY)

    everything = client.get(reverse("data-quality"))
    narrowed = client.get(everything.context["kinds"][1].href)

    assert [row["crn"] for row in everything.context["rows"]] == [first.crn, second.crn, second.crn]
    assert [(kind.text, kind.count) for kind in everything.context["kinds"]] == [
        ("About no_birth_date", 2),
        ("About no_sex", 1),
    ]
    assert [row["what"] for row in narrowed.context["rows"]] == ["About no_sex"]


def test_data_quality_is_of_the_reach_of_the_reader(client):
    team = TeamFactory()
    client.force_login(UserFactory(role=Role.SPO, team=team))
    ours = issue(CaseFactory(team=team)).case
    issue(CaseFactory())

    rows = client.get(reverse("data-quality")).context["rows"]

    assert [row["crn"] for row in rows] == [ours.crn]


def test_of_a_case_of_limited_access_only_the_masked_row_is_shown(client, hub):
    case = issue(CaseFactory(surname="Hiddenname"), "limited_without_list").case
    limit(case, restricted=True)

    answer = client.get(reverse("data-quality"))

    assert answer.context["rows"] == []
    assert answer.context["kinds"] == []
    assert case.crn in text(answer)
    assert "Hiddenname" not in text(answer)
    assert "This case is limited. Ask the head of service." in text(answer)


@pytest.mark.parametrize("page", ["imports", "data-quality"])
def test_a_page_asks_as_many_questions_of_sixty_rows_as_of_five(client, hub, page):
    def add(many):
        for _ in range(many):
            ImportRun.objects.create(source="x", counts={}, seconds=1, by=hub)
            issue(CaseFactory())

    add(5)
    few = _queries(client, page)
    add(55)

    assert _queries(client, page) == few


def _queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(page))
    return len(captured)
