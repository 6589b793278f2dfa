"""Overrides across cases: their ages and outcomes, and who approves how many."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from staff.permissions import Role
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    OverrideFactory,
    RelatedPersonFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("overrides"), reverse("overrides-csv")
DAYS = timedelta(days=1)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def override(team, state="asked", by=None, case=None, **columns):
    assessment = AssessmentFactory(case=case or CaseFactory(team=team))
    known = {"expires_on": localdate() + 3 * DAYS, "asked_at": now() - 2 * DAYS, "state": state}
    if by:
        known |= {"decided_by": by, "decided_at": now(), "opened_case": True}
    if state == "closed":
        known |= {"closed_on": localdate(), "closed_how": "The police rang back."}
    return OverrideFactory(assessment=assessment, **known | columns)


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def test_what_waits_for_a_senior_stands_first_and_the_oldest_of_each_first(client, spo, team):
    running = override(team, "approved", by=spo)
    ran_out = override(team, "expired", by=spo, expires_on=localdate() - DAYS)
    asked, asked_later = override(team), override(team)

    answer = client.get(PAGE)

    assert crns(answer) == [one.case.crn for one in (asked, asked_later, ran_out, running)]


def test_what_has_not_ended_is_listed_with_age_and_days_left(client, spo, team):
    first = override(team)
    third = override(team, "approved", by=spo)
    second = override(team, "expired", by=spo, expires_on=localdate() - DAYS)
    override(team, "closed", by=spo)
    override(team, "refused", by=spo)

    answer = client.get(PAGE)
    text = answer.content.decode()

    assert crns(answer) == [one.case.crn for one in (first, second, third)]
    assert "Asked 2 days ago" in text
    assert "3 days left" in text
    assert "1 day ago, and is not closed" in text


def test_what_is_closed_says_how_and_what_was_refused_says_why(client, spo, team):
    override(team, "closed", by=spo)
    override(team, "refused", by=spo, decision_note="Ring them first.")

    text = client.get(PAGE, {"state": "any"}).content.decode()

    assert "The police rang back." in text
    assert "Ring them first." in text


def test_each_count_opens_its_list(client, spo, team):
    for state in ("asked", "approved", "approved", "expired", "closed", "refused"):
        override(team, state, by=spo)
    override(team, "approved", by=spo, opened_case=False)
    override(TeamFactory(), "asked")

    counts = client.get(PAGE).context["counts"]

    assert [link.count for link in counts] == [1, 3, 1, 1, 1, 1]
    for link in counts:
        assert len(crns(client.get(link.href))) == link.count, link.text


def test_approved_without_opening_the_case_is_said_plainly(client, spo, team):
    override(team, "approved", by=spo, opened_case=False)

    assert "Approved without opening the case</strong>" in client.get(PAGE).content.decode()


def test_who_approved_how_many_this_month_stands_against_the_cap(client, spo, team):
    head = UserFactory(role=Role.HEAD)
    for _ in range(2):
        override(team, "approved", by=spo)
    override(TeamFactory(), "closed", by=spo, opened_case=False)
    override(team, "approved", by=head)
    override(team, "refused", by=spo)
    override(team, "approved", by=spo, decided_at=now() - 40 * DAYS)

    lines = client.get(PAGE).context["approvers"]

    assert [(one.name, one.approved.count, one.most, one.unopened.count) for one in lines] == [
        (spo.name, 3, "of 4", 1),
        (head.name, 1, "no cap", 0),
    ]
    for one in lines:
        assert len(crns(client.get(one.approved.href))) == one.approved.count
        assert len(crns(client.get(one.unopened.href))) == one.unopened.count


@pytest.mark.parametrize("codes", [{"state": "asked"}, {"act": "assessment", "state": "asked"}])
def test_a_filter_leaves_out_what_was_not_asked_for_and_its_chip_brings_it_back(
    client, spo, team, codes
):
    wanted = override(team)
    override(team, "approved", by=spo)

    narrowed = client.get(PAGE, codes)

    assert crns(narrowed) == [wanted.case.crn]
    brought_back = [client.get(chip.href) for chip in narrowed.context["chips"]]
    assert 2 in [len(crns(one)) for one in brought_back]


def test_an_officer_sees_those_of_their_own_cases(client, team):
    officer = UserFactory(team=team)
    mine = override(team, case=CaseFactory(team=team, officer=officer))
    override(team)
    client.force_login(officer)

    assert crns(client.get(PAGE)) == [mine.case.crn]


def test_a_case_of_limited_access_is_masked(client, spo, team):
    kept = override(team).case
    limit(kept, restricted=True, let_in=[kept.officer])

    page = client.get(PAGE)

    assert crns(page) == []
    assert "Ask the head of service" in page.content.decode()


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(client, team):
    found = override(team, sentences=["Robin Marsh has no protective action."])
    RelatedPersonFactory(case=found.case, name="Robin Marsh", protected=True)
    client.force_login(UserFactory(role=Role.AUDITOR))

    assert "Robin Marsh" not in client.get(PAGE).content.decode()


def test_the_file_holds_the_same_and_none_of_what_was_written(client, spo, team):
    override(team, "approved", by=spo, opened_case=False)
    override(TeamFactory())

    body = b"".join(client.get(FILE).streaming_content).decode()

    (line,) = csv.DictReader(body.splitlines())
    assert (line["Age in days"], line["Opened the case before deciding"]) == ("2", "No")
    assert "The order ends on Friday" not in body


def test_those_who_may_not_take_lists_away_are_refused(client, team):
    client.force_login(UserFactory(team=team))

    assert client.get(FILE).status_code == 403


def test_following_next_shows_every_override_once(client, spo, team, monkeypatch):
    monkeypatch.setattr("oversight.views.overrides.SIZE", 2)
    made = [override(team, "closed", by=spo).case.crn for _ in range(5)]

    seen, address = [], f"{PAGE}?state=any"
    while address:
        answer = client.get(address)
        seen += crns(answer)
        address = answer.context["next"]

    assert seen == made[::-1]


def test_the_board_leads_to_what_waits_for_the_senior(client, spo, team):
    override(team)
    override(team, "expired", by=spo)
    AssessmentFactory(case=CaseFactory(team=team), state="waiting")

    links = client.get(reverse("team-board")).context["senior"]

    assert [link.count for link in links] == [1, 1, 1]
    for link in links:
        assert len(crns(client.get(link.href))) == 1, link.text


def test_sixty_overrides_take_no_more_statements_than_five(
    client, spo, team, monkeypatch, django_assert_num_queries, django_assert_max_num_queries
):
    monkeypatch.setattr("oversight.views.overrides.SIZE", 100)

    def made(count):
        for _ in range(count):
            override(team, "approved", by=spo)

    made(5)
    with django_assert_max_num_queries(30) as at_five:
        client.get(PAGE)

    made(55)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)
