"""The first days over the API: the same as on the page. Source: `ttg.api.first_days`."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    InHandFactory,
    RelatedPersonFactory,
    UserFactory,
)
from tests.ttg.a_release import LEAVES, leaving

pytestmark = pytest.mark.django_db
ELEVEN = datetime(2018, 10, 5, 10, tzinfo=UTC)


def read(client, case, user=None):
    client.force_login(user or case.officer)
    return client.get(reverse("api-first-days", args=[case.crn])).json()


def test_it_gives_the_timetable_the_errands_and_what_cannot_be_kept(client):
    stay = leaving()
    first = AppointmentFactory(case=stay.case, at=ELEVEN, officer=stay.case.officer)
    second = AppointmentFactory(case=stay.case, at=ELEVEN, officer=stay.case.officer)
    InHandFactory(custody=stay, item="benefit", state="applied")

    [found] = read(client, stay.case)

    keys = [f"contact-{one.pk}" for one in (first, second)]
    assert [one["key"] for one in found["stops"]] == ["release", *keys]
    assert found["out"] == f"{LEAVES}T09:00:00+01:00"
    assert [(one["key"], one["on"]) for one in found["errands"]] == [("benefit", f"{LEAVES}")]
    assert [(one["problem"], one["stops"]) for one in found["cannot"]] == [("clash", keys)]
    assert found["stops"][1]["way"] is None
    assert found["curfew_from"] is None


def test_it_is_empty_where_there_is_no_day_of_release(client):
    assert read(client, CaseFactory()) == []
    assert read(client, leaving(release_on=None, release_kind="").case) == []


def test_protected_names_are_kept_from_those_who_may_not_see_them(client):
    stay = leaving()
    RelatedPersonFactory(case=stay.case, name="Rosa Quill", protected=True)
    ContactFactory(
        case=stay.case, source_id="", appointment=True, type_code="COOO", started_at=ELEVEN, outcome_code="",
        place="At Rosa Quill’s",
    )  # fmt: skip

    auditor = UserFactory(role=Role.AUDITOR)

    assert "Rosa Quill" in str(read(client, stay.case))
    assert "Rosa Quill" not in str(read(client, stay.case, auditor))
