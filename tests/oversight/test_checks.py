"""The checks desk: what is unfinished, in which order, and whose next action it is."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Limit
from cases.queries.due import due_rows
from cases.queries.header import case_header
from cases.reference.checks import CheckKind
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    StandingFactory,
    SubjectFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("checks-desk")


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    return user


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def test_concern_comes_first_and_then_the_longest_due(client, hub):
    later = EnquiryFactory(due_on=date(2018, 10, 5)).case
    sooner = EnquiryFactory(due_on=date(2018, 10, 4)).case
    concern = EnquiryFactory(due_on=date(2018, 10, 8)).case
    StandingFactory(case=concern, concern=True)

    assert crns(client.get(PAGE)) == [concern.crn, sooner.crn, later.crn]


def test_finished_enquiries_are_not_on_the_desk(client, hub):
    EnquiryFactory(analysed=True)

    answer = client.get(PAGE)

    assert crns(answer) == []
    assert "Nothing is owed" in answer.content.decode()


def test_each_step_shows_how_many_wait_and_how_many_are_overdue(client, hub):
    EnquiryFactory()
    EnquiryFactory(due_on=localdate() + timedelta(days=3))
    EnquiryFactory(sent=True)

    counts = [(waiting.count, late.count) for waiting, late in client.get(PAGE).context["totals"]]

    assert counts == [(2, 1), (1, 1), (0, 0)]


def test_the_number_of_working_days_late_is_said(client, hub):
    EnquiryFactory(due_on=localdate() - timedelta(days=14))

    assert "working days late" in client.get(PAGE).content.decode()


def test_what_fell_due_on_friday_is_said_to_be_late_on_sunday(client, hub):
    EnquiryFactory(due_on=date(2026, 11, 20))

    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        client.force_login(hub)
        row = client.get(PAGE).context["rows"][0]

    assert row.late
    assert row.tag is None


@pytest.mark.parametrize(
    "codes", [{"kind": "police"}, {"step": "send"}, {"overdue": "1"}, {"officer": "nobody"}]
)
def test_a_filter_leaves_out_what_was_not_asked_for(client, hub, codes):
    wanted = EnquiryFactory(case=CaseFactory(officer=None))
    EnquiryFactory(sent=True, kind=CheckKind.CHILDREN, due_on=localdate() + timedelta(days=2))

    assert crns(client.get(PAGE, codes)) == [wanted.case.crn]


def test_the_next_action_is_offered_only_to_those_who_may_take_it(client):
    team = TeamFactory()
    officer = UserFactory(team=team)
    own = EnquiryFactory(case=CaseFactory(team=team, officer=officer))
    colleagues = EnquiryFactory(case=CaseFactory(team=team), due_on=date(2018, 10, 9))
    client.force_login(officer)

    rows = client.get(PAGE, {"officer": "all"}).context["rows"]

    assert [row.next.text for row in rows] == ["Send the enquiry", "Open the enquiry"]
    assert rows[0].next.href == reverse("send-request", args=[own.case.crn, own.pk])
    assert rows[1].next.href == reverse("check", args=[colleagues.case.crn, colleagues.pk])


def test_a_reply_is_opened_and_not_analysed_by_whoever_only_records(client, hub):
    replied = EnquiryFactory(replied=True)

    (row,) = client.get(PAGE).context["rows"]

    assert row.next.text == "Open the enquiry"
    assert client.get(row.next.href).status_code == 200
    client.force_login(replied.case.officer)
    (row,) = client.get(PAGE).context["rows"]
    assert row.next.text == "Analyse the reply"
    assert client.get(row.next.href).status_code == 200


@pytest.mark.parametrize(
    "days, says", [(-3, "Record a chase"), (0, "Record the reply"), (2, "Record the reply")]
)
def test_a_reply_that_is_late_is_chased_on_every_list_and_one_that_is_not_is_recorded(
    client, hub, days, says
):
    due_on = localdate() + timedelta(days=days)
    waits = EnquiryFactory(sent=True, due_on=due_on, sent_on=date(2018, 10, 1))
    owed = {"kind": "chase_check", "owner_role": Role.HUB, "enquiry": waits, "due_on": due_on}
    DeadlineFactory(case=waits.case, triggered_on=date(2018, 10, 1), **owed)

    (desk,) = client.get(PAGE).context["rows"]
    of_the_case = client.get(reverse("case-checks", args=[waits.case.crn])).context["summary"]
    header = case_header(waits.case, hub, localdate(), "case")
    (row,) = due_rows(waits.case, header.names, header.may, localdate())

    (line,) = [one for one in of_the_case.lines if one.key == waits.pk]
    assert [desk.next.text, line.next.text, row.next.text] == [says] * 3
    assert desk.next.href == line.next.href == row.next.href
    assert desk.what == row.what


def test_whoever_comes_to_chase_may_record_the_reply_instead(client, hub):
    waits = EnquiryFactory(sent=True)
    at = [waits.case.crn, waits.pk]

    page = client.get(reverse("chase-check", args=at)).content.decode()

    assert "They have answered: record the reply" in page
    assert f'href="{reverse("record-reply", args=at)}"' in page


def test_an_officer_begins_with_their_own_enquiries_and_may_ask_for_the_teams(client):
    team = TeamFactory()
    officer = UserFactory(team=team)
    own = EnquiryFactory(case=CaseFactory(team=team, officer=officer)).case
    EnquiryFactory(case=CaseFactory(team=team))
    client.force_login(officer)

    start = client.get(PAGE)
    without_the_chip = client.get(start.context["chips"][0].href)

    assert crns(start) == [own.crn]
    assert len(crns(without_the_chip)) == 2
    assert without_the_chip.context["chips"] == []


def test_a_senior_begins_with_the_team_and_every_number_is_what_its_list_holds(client):
    team = TeamFactory()
    client.force_login(UserFactory(role=Role.SPO, team=team))
    EnquiryFactory(case=CaseFactory(team=team))
    EnquiryFactory()

    start = client.get(PAGE)
    waiting, overdue = start.context["totals"][0]

    assert (waiting.count, overdue.count) == (1, 1)
    assert len(crns(client.get(waiting.href))) == len(crns(client.get(overdue.href))) == 1


def test_a_page_of_everybodys_enquiries_leads_to_the_next_page_of_everybodys(client, monkeypatch):
    monkeypatch.setattr("oversight.views.checks.SIZE", 1)
    team = TeamFactory()
    client.force_login(UserFactory(role=Role.SPO, team=team))
    made = [EnquiryFactory(case=CaseFactory(team=team)), EnquiryFactory(), EnquiryFactory()]

    seen, address = [], f"{PAGE}?team=all"
    while address:
        answer = client.get(address)
        seen += crns(answer)
        address = answer.context["next"]

    assert sorted(seen) == sorted(one.case.crn for one in made)


def test_a_case_of_limited_access_is_masked_here_too(client, hub):
    case = EnquiryFactory(case__surname="Hidden").case
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    page = client.get(PAGE).content.decode()

    assert "Hidden" not in page
    assert "Ask Pat Lane" in page


def test_following_next_shows_every_enquiry_once(client, hub, monkeypatch):
    monkeypatch.setattr("oversight.views.checks.SIZE", 2)
    made = [EnquiryFactory().case.crn for _ in range(5)]

    seen, address = [], PAGE
    while address:
        answer = client.get(address)
        seen += crns(answer)
        address = answer.context["next"]

    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "'; drop table"])
def test_a_place_to_start_that_is_no_number_starts_at_the_beginning(client, hub, after):
    made = EnquiryFactory().case

    assert crns(client.get(PAGE, {"after": after})) == [made.crn]


def test_sixty_enquiries_take_no_more_statements_than_five(
    client, hub, django_assert_num_queries, django_assert_max_num_queries
):
    for _ in range(5):
        StandingFactory(case=EnquiryFactory().case)
    with django_assert_max_num_queries(18) as at_five:
        client.get(PAGE)

    for _ in range(55):
        StandingFactory(case=EnquiryFactory().case)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)


FILE = reverse("checks-desk-csv")


def lines_of(answer):
    return list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))


def answered(case, **subject):
    enquiry = EnquiryFactory(case=case, kind=CheckKind.CHILDREN, replied=True)
    SubjectFactory(enquiry=enquiry, name=case.name, born_on=case.born_on)
    SubjectFactory(enquiry=enquiry, kind="child", **subject)
    return enquiry


def test_the_file_says_whom_each_reply_covers_and_whom_it_does_not(client, hub):
    case = CaseFactory()
    child = RelatedPersonFactory(case=case, name="Robin Marsh", born_on=date(2012, 1, 2))
    RelatedPersonFactory(case=case, name="Jo Marsh", born_on=date(2014, 1, 2))
    answered(case, name=child.name, born_on=child.born_on, related_person=child)

    head, row = lines_of(client.get(FILE))

    said = dict(zip(head, row, strict=True))
    assert said["Covers"].startswith(f"No trace on 1 October 2018 for {case.name} and Robin Marsh")
    assert said["Does not cover"] == "Does not cover: Jo Marsh (child, born 2 January 2014)"


def test_no_protected_name_is_in_the_file_even_for_those_who_may_see_it(client):
    head = UserFactory(role=Role.HEAD)
    case = CaseFactory()
    child = RelatedPersonFactory(case=case, name="Robin Marsh", protected=True)
    answered(case, name=child.name, related_person=child, protected=True)
    client.force_login(head)

    body = str(lines_of(client.get(FILE)))

    assert "Robin" not in body
    assert "child (name protected)" in body


def test_no_spreadsheet_runs_what_is_in_the_file(client, hub):
    EnquiryFactory(sent=True, asked_of='=HYPERLINK("http://x.example")')

    row = lines_of(client.get(FILE))[1]

    assert row[7].startswith("'=")


def test_the_file_costs_the_same_however_many_there_are(client, hub):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            lines_of(client.get(FILE))
        return len(captured)

    for _ in range(5):
        answered(CaseFactory(), name="Robin Marsh")
    few = asked()
    for _ in range(55):
        answered(CaseFactory(), name="Robin Marsh")

    assert asked() == few


def test_the_file_is_offered_to_those_who_may_have_it(client, hub):
    assert client.get(PAGE).context["csv"].startswith(FILE)
    client.force_login(UserFactory())
    assert client.get(PAGE).context["csv"] == ""
    assert client.get(FILE).status_code == 403
