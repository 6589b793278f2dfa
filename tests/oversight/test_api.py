"""My work and the loop by the API: the same rows and figures as the pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    PlanActionFactory,
    RegistrationFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db


def test_my_work_is_listed_worst_first_with_its_counts(client):
    officer = UserFactory()
    client.force_login(officer)
    cases = [CaseFactory(officer=officer, team=officer.team) for _ in range(3)]
    StandingFactory(case=cases[1], concern=True)
    for case in cases[:2]:
        DeadlineFactory(case=case, due_on=date(2018, 10, 15))
    DeadlineFactory(case=cases[2], due_on=localdate() + timedelta(days=40))
    kept = DeadlineFactory(case=CaseFactory(officer=officer, team=officer.team)).case
    limit(kept, restricted=True)

    answer = client.get(reverse("api-work")).json()

    assert [row["crn"] for row in answer["results"]] == [cases[1].crn, cases[0].crn]
    assert answer["results"][0]["kind"] == "first_ten_days"
    assert answer["counts"] == {"today": 2, "late": 2, "decide": 0, "week": 0, "coming": 1}
    assert answer["next_after"] is None


def test_the_page_of_work_goes_on_where_it_ended(client, monkeypatch):
    monkeypatch.setattr("cases.api.work.SIZE", 2)
    officer = UserFactory()
    client.force_login(officer)
    made = [
        DeadlineFactory(case=CaseFactory(officer=officer, team=officer.team)).case.crn
        for _ in range(5)
    ]

    seen, after = [], ""
    while after is not None:
        answer = client.get(reverse("api-work"), {"after": after}).json()
        seen += [row["crn"] for row in answer["results"]]
        after = answer["next_after"]

    assert sorted(seen) == sorted(made)


def test_the_loop_is_the_figures_of_its_page(client):
    team = TeamFactory()
    client.force_login(UserFactory(role=Role.QUALITY))
    case = CaseFactory(team=team)
    RegistrationFactory(case=case)
    enquiry = EnquiryFactory(case=case, analysed=True, replied_on=localdate())
    PlanActionFactory(case=case, enquiry=enquiry)
    RegistrationFactory(case=CaseFactory(team=team))

    answer = client.get(reverse("api-loop")).json()
    page = client.get(reverse("the-loop"))

    counts = answer["whole"]["counts"]
    assert (counts["concern"], counts["cited"], counts["not-cited"]) == (2, 1, 1)
    assert [(one["team"], one["counts"]) for one in answer["teams"]] == [(team.code, counts)]
    assert page.context["people"].count == counts["concern"]
