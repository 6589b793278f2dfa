"""Measures of unpaid work as they are shown: each number is what its list holds, worked by hand."""

import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from rest_framework.test import APIClient

from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    TODAY,
    AttendanceFactory,
    CaseFactory,
    CourseFactory,
    InstructionFactory,
    ProjectFactory,
    RegistrationFactory,
    RestrictionFactory,
    TeamFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
    WorkSessionFactory,
    limit,
)
from tests.unpaidwork.a_work import credited, worked
from tests.unpaidwork.a_worker import sign_risk
from unpaidwork.models import Work, WorkReview
from unpaidwork.reference.measures import MEASURES

pytestmark = pytest.mark.django_db
PAGE, LIST = reverse("work-measures"), reverse("work-measure-people")
FIGURES, FILE = reverse("work-measures-csv"), reverse("work-measure-people-csv")
NOW = datetime(2018, 12, 3, 9, tzinfo=get_current_timezone())  # a Monday


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team():
    return TeamFactory(name="Abbey")


def signed_in(client, role=Role.COORDINATOR, **columns):
    user = UserFactory(role=role, **columns)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client):
    return signed_in(client)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def sums(client, **asked):
    """{measure: (number, out of, share)} as the page shows them together."""
    page = client.get(PAGE, asked).context
    rows = [row for part in page["parts"] for row in part.rows]
    return {
        code: (row.numbers.met.text, row.numbers.counted.text, row.numbers.share)
        for code, row in zip(_codes(), rows, strict=True)
    }


def _codes():
    return MEASURES


def listed(client, code, **asked):
    return client.get(LIST, {"code": code} | asked).context["rows"]


def lines_of(answer):
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def so_of(client, code, **asked):
    """{CRN: (is it so, why)} of a list with one line a person."""
    return {row.crn: (row.met, row.words) for row in listed(client, code, **asked)}


def booked_at(when):
    return datetime.combine(when, time(10), get_current_timezone())


def work(team=None, **columns):
    return WorkFactory(case_of=CaseFactory(team=team or TeamFactory()), **columns)


def on_a_day(work, on, came="left", **columns):
    session = WorkSessionFactory(on=on, **columns.pop("session", {}))
    starts = booked_at(on).replace(hour=9)
    return AttendanceFactory(
        work=work, session=session, came=came,
        appointment__contact__started_at=starts, appointment__contact__ended_at=starts.replace(hour=16),
        **columns,
    )  # fmt: skip


# Each measure from the record, worked by hand


def test_whatever_books_work_first_counts_as_arranged_and_only_in_time(client, coordinator):
    placed, late, inducted, never, ended = (work() for _ in range(5))
    WorkAllocationFactory(work=placed, made_at=booked_at(date(2018, 10, 10)), made_by=coordinator)
    WorkAllocationFactory(
        work=ended,
        made_at=booked_at(TODAY),
        made_by=coordinator,
        state="ended",
        state_because="Moved",
    )
    on_a_day(inducted, date(2018, 11, 5), "expected", appointment__booked_at=booked_at(TODAY))
    on_a_day(late, date(2018, 10, 30), "expected", appointment__booked_at=booked_at(date(2018, 10, 11)))  # fmt: skip

    found = so_of(client, "arranged")

    assert {crn for crn, (met, _) in found.items() if met} == {
        placed.case.crn, inducted.case.crn, ended.case.crn,
    }  # fmt: skip
    assert found[late.case.crn][1] == "Arranged on 11 October 2018; due by 10 October 2018"
    assert found[never.case.crn] == (False, "Not arranged yet; due by 10 October 2018")
    assert sums(client)["arranged"] == ("3", "5", "Too few")


def test_what_ended_is_counted_by_order_and_by_requirement(client, coordinator):
    done, revoked, one_of_two = work(), work(), work()
    second = WorkFactory(case_of=one_of_two.case, requirement__sentence=one_of_two.requirement.sentence)  # fmt: skip
    Work.objects.filter(pk__in=[done.pk, one_of_two.pk, second.pk]).update(
        state="completed", completed_on=date(2018, 11, 1)
    )
    Work.objects.filter(pk=revoked.pk).update(state="ended", state_because="Revoked")
    for one, reason in (
        (done, "Completed"),
        (revoked, "Revoked"),
        (one_of_two, "Expired normally"),
    ):
        sentence = one.requirement.sentence
        sentence.terminated_on, sentence.termination_reason = date(2018, 11, 2), reason
        sentence.save()

    found = sums(client)

    assert found["orders"][:2] == ("2", "3")
    assert found["positive"][:2] == ("3", "4")
    assert so_of(client, "orders")[revoked.case.crn] == (False, "Ended otherwise")


def test_twelve_months_are_counted_from_sentence_whatever_a_court_extended(client, coordinator):
    extended = work(sentenced_on=date(2017, 11, 1), extended_to=date(2019, 3, 1))
    done = work(sentenced_on=date(2017, 11, 1), state="completed", completed_on=date(2018, 10, 31))

    found = so_of(client, "year")

    assert found[extended.case.crn][0] is False
    assert found[done.case.crn][0] is True


def test_risk_is_assessed_before_the_first_day_and_an_induction_is_none(client, coordinator):
    before, after, inducted = work(), work(), work()
    sign_risk(before.case)  # on 1 October
    on_a_day(before, date(2018, 10, 2))
    sign_risk(after.case)
    on_a_day(after, date(2018, 9, 25))
    on_a_day(inducted, date(2018, 10, 2), session={"project": ProjectFactory(kind="induction")})

    found = so_of(client, "assessed")

    assert found == {
        before.case.crn: (True, "Signed before; first day 2 October 2018"),
        after.case.crn: (False, "Not signed before; first day 25 September 2018"),
    }


def test_an_instruction_is_there_for_each_flag_and_order_of_the_day(client, coordinator):
    told, untold, ended, unflagged = (work() for _ in range(4))
    InstructionFactory(registration=RegistrationFactory(case=told.case))
    RestrictionFactory(case=untold.case, recorded_at=booked_at(TODAY))
    RegistrationFactory(case=ended.case, active=False, ended_on=date(2018, 10, 8))
    for one in (told, untold, ended, unflagged):
        on_a_day(one, date(2018, 10, 9))

    found = so_of(client, "told")

    assert found[told.case.crn] == (True, "Each had its instruction")
    assert found[untold.case.crn][0] is False
    assert set(found) == {told.case.crn, untold.case.crn}


def test_a_week_is_offered_or_not_and_what_we_stood_down_was_not(client, coordinator):
    whole, down = work(), work()
    for one in (whole, down):
        on_a_day(one, date(2018, 10, 17), "expected")
    contact = down.attendances.get().appointment.contact
    contact.outcome_code = "AASD"
    contact.save()

    weeks = listed(client, "offered", which="met")
    away = so_of(client, "away")

    assert [(row.crn, row.on) for row in weeks] == [(whole.case.crn, "15 October 2018")]
    assert weeks[0].words == "7 hours offered of 7 hours in the week of 15 October 2018"
    assert away[down.case.crn] == (True, "Stood down by us")
    assert sums(client)["away"][:2] == ("1", "2")
    assert sums(client)["offered"][:2] == ("1", "14")  # 15 October to 2 December, twice


def test_what_they_did_is_recorded_with_its_task_skill_and_grades(client, coordinator):
    whole = {"task": "Painting", "skills": ["painting"], "quality": "GD", "behaviour": "NA"}
    good, bare = work(), work()
    on_a_day(good, date(2018, 10, 9), **whole)
    on_a_day(bare, date(2018, 10, 9), task="Painting")

    found = so_of(client, "recorded")

    assert found[good.case.crn] == (True, "All recorded")
    assert found[bare.case.crn] == (False, "Missing: a skill, how the work was and behaviour")


def test_looking_back_is_counted_where_what_they_worked_took_them_there(client, coordinator):
    back, not_back = work(), work()
    for one in (back, not_back):
        worked(one, 2000, on=date(2018, 10, 9))
    WorkReview.objects.create(
        work=back, point="third", held_on=date(2018, 10, 16), their_words="I paint.", strengths="Turned up.",
        by=coordinator, at=NOW,
    )  # fmt: skip

    found = so_of(client, "third")

    assert found[back.case.crn] == (
        True, "Looked back on 16 October 2018; due by 16 October 2018",
    )  # fmt: skip
    assert found[not_back.case.crn] == (False, "Not looked back yet; due by 16 October 2018")


def test_courses_travel_and_motivation_are_counted(client, coordinator):
    ended = {"state": "completed", "completed_on": date(2018, 11, 1), "ete_because": "Out of work."}
    learnt, not_learnt = work(**ended), work(**ended)
    credited(learnt, 120)
    CourseFactory(work=not_learnt, recorded_by=coordinator)
    on_a_day(learnt, date(2018, 10, 9), travel="credited")
    on_a_day(not_learnt, date(2018, 10, 9), travel="waiting")
    sign_risk(
        learnt.case, answers=["motivation.willing", "motivation.wants", "motivation.barriers"]
    )
    sign_risk(not_learnt.case, answers=["motivation.willing"])

    for code in ("courses", "travel", "motivation"):
        assert {crn for crn, (met, _) in so_of(client, code).items() if met} == {learnt.case.crn}
        assert len(so_of(client, code)) == 2
    said = so_of(client, "motivation")[not_learnt.case.crn][1]
    assert said == "Missing: what they want and what makes it hard"


# The page


def planted(team, other):
    """Something under every measure, in two teams."""
    for where in (team, team, other):
        one = work(where)
        for n in range(3):
            on_a_day(one, date(2018, 10, 9) + timedelta(weeks=n), travel="waiting")
        sign_risk(one.case)
        RegistrationFactory(case=one.case)
        worked(one, 2000, on=date(2018, 11, 1))
        worked(one, 1000, on=date(2018, 11, 8))
        worked(one, 3000, on=date(2018, 11, 15))
        Work.objects.filter(pk=one.pk).update(
            state="completed", completed_on=date(2018, 11, 15), ete_because="Out of work.",
            sentenced_on=date(2017, 11, 20),
        )  # fmt: skip
        sentence = one.requirement.sentence
        sentence.terminated_on, sentence.termination_reason = date(2018, 11, 20), "Completed"
        sentence.save()


def numbers_of(page):
    rows = [row.numbers for part in page["parts"] for row in part.rows]
    return rows + [one for part in page["parts"] for row in part.teams for one in row.numbers]


def test_every_number_opens_the_list_that_adds_up_to_it(client, coordinator, team):
    planted(team, TeamFactory(name="Zouch"))

    page = client.get(PAGE).context

    opened = 0
    for numbers in numbers_of(page):
        for link in (numbers.met, numbers.counted):
            if link.href:
                opened += 1
                assert client.get(link.href).context["shown"].split()[0] == link.text, link.hidden
            else:
                assert link.text == "0"
    assert opened > 60
    assert all(row.numbers.counted.text != "0" for part in page["parts"] for row in part.rows)


def test_teams_stand_by_name_and_add_up_to_the_whole(client, coordinator, team):
    planted(team, TeamFactory(name="Zouch"))

    for part in client.get(PAGE).context["parts"]:
        assert [row.name for row in part.teams] == ["Abbey", "Zouch"]
        for place, whole in enumerate(part.rows):
            for name in ("met", "counted"):
                parts = [int(getattr(row.numbers[place], name).text) for row in part.teams]
                assert int(getattr(whole.numbers, name).text) == sum(parts)


def test_a_case_without_a_team_counts_in_the_whole_and_that_is_said(client, coordinator):
    one = work(state="completed", completed_on=date(2018, 11, 1))
    one.case.team = None
    one.case.save()

    assert sums(client)["positive"][:2] == ("1", "1")
    assert "Cases without a team count above, and in no team’s row." in text_of(client.get(PAGE))


def test_a_senior_begins_with_their_team_and_may_see_every_other(client, team):
    signed_in(client, Role.SPO, team=team)
    planted(team, TeamFactory(name="Zouch"))

    assert sums(client)["positive"][:2] == ("2", "2")
    assert sums(client, team="all")["positive"][:2] == ("3", "3")


def test_only_the_days_of_the_period_are_counted(client, coordinator, team):
    planted(team, team)

    assert sums(client, period="month")["positive"][:2] == ("0", "0")
    assert sums(client, period="last-month")["positive"][:2] == ("3", "3")
    assert sums(client, period="last-quarter")["away"][:2] == ("0", "0")


def test_a_share_is_shown_of_ten_and_below_its_target_that_is_said(client, coordinator):
    for n in range(9):
        work(state="completed", completed_on=date(2018, 11, 1), sentenced_on=date(2018, 1, n + 1))
    few = sums(client)["positive"]
    ended = work(state="ended", state_because="Revoked")
    ended.requirement.terminated_on = date(2018, 11, 1)
    ended.requirement.save()
    Work.objects.update(sentenced_on=date(2018, 1, 1))

    assert few == ("9", "9", "Too few")
    assert sums(client)["positive"] == ("9", "10", "90%")
    text = text_of(client.get(PAGE))
    assert "Lowest: " in text
    assert "Below target" in text  # none was arranged in time


def test_each_measure_says_how_it_is_counted_by_which_source_and_what_is_not_here(
    client, coordinator
):
    text = text_of(client.get(PAGE))

    for one in MEASURES.values():
        assert one.how in text
        assert f"Source: {one.source}." in text
    assert "belong to enforcement" in text
    assert "From 3 December 2017 to 2 December 2018, counted now." in text


def test_with_nothing_to_count_that_is_said_and_nothing_is_a_link(client, coordinator):
    page = client.get(PAGE)

    assert all(not one.href for row in numbers_of(page.context) for one in (row.met, row.counted))
    assert {numbers.share for numbers in numbers_of(page.context)} == {"None"}
    assert "would be listed here" in text_of(client.get(LIST))


def test_the_first_day_of_a_month_has_nothing_to_count_of_it_yet(client, coordinator):
    with time_machine.travel(datetime(2018, 12, 1, 9, tzinfo=get_current_timezone()), tick=False):
        text = text_of(client.get(PAGE, {"period": "month"}))

    assert "These days begin today" in text


def test_codes_that_are_not_on_offer_are_said_and_left_out(client, coordinator):
    for address in (PAGE, LIST):
        page = client.get(address, {"period": "never", "team": "XX", "code": "none"})
        assert page.status_code == 200
        assert page.context["form"].errors


def test_a_long_list_is_paged_and_comes_to_its_number(client, coordinator, team):
    one = work(team)
    for n in range(60):
        on_a_day(one, date(2018, 9, 1) + timedelta(days=n))

    first = client.get(LIST, {"code": "away"}).context
    second = client.get(first["next"]).context

    assert (len(first["rows"]), len(second["rows"]), second["next"]) == (50, 10, "")
    assert len({row.anchor for row in [*first["rows"], *second["rows"]]}) == 60
    assert client.get(LIST, {"code": "away", "after": "gone"}).context["rows"][0] == first["rows"][0]  # fmt: skip


def test_statements_do_not_grow_with_the_number_of_people(client, coordinator, team):
    def statements(address, asked):
        client.get(address, asked)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address, asked).status_code == 200
        return len(counted)

    planted(team, team)
    asked = [(PAGE, {}), *((LIST, {"code": code}) for code in sorted(MEASURES))]
    before = [statements(*one) for one in asked]
    planted(team, team)

    assert [statements(*one) for one in asked] == before
    assert max(before) < 45


# Who sees what


def test_limited_access_is_counted_and_no_more_is_said(client, coordinator, team):
    planted(team, team)
    kept = Work.objects.order_by("pk").first().case
    limit(kept, kept_out=[coordinator])

    page, rows = client.get(PAGE), client.get(LIST, {"code": "positive"})

    assert "Limited access: 1." in text_of(page)
    assert sums(client)["positive"][:2] == ("2", "2")
    assert kept.crn not in {row.crn for row in rows.context["rows"]}
    assert [row.crn for row in rows.context["masked"]] == [kept.crn]
    assert kept.surname not in text_of(rows)


def test_whom_the_nps_manages_counts_where_they_work_and_not_in_the_contract(client, coordinator):
    one = work(state="completed", completed_on=date(2018, 11, 1))
    on_a_day(one, date(2018, 10, 9))
    one.case.retained_by = "NPS"
    one.case.save()

    assert sums(client)["positive"][:2] == ("0", "0")
    assert sums(client)["away"][:2] == ("0", "1")


def test_somebody_whose_sentence_is_over_is_still_counted(client, coordinator):
    one = work(state="completed", completed_on=date(2018, 11, 1))
    one.case.state = "ended"
    one.case.save()

    assert sums(client)["positive"][:2] == ("1", "1")


def test_the_files_hold_what_the_pages_do_and_taking_people_away_is_recorded(client, team):
    planted(team, team)
    signed_in(client, Role.HEAD)

    people = lines_of(client.get(FILE, {"code": "told"}))
    figures = lines_of(client.get(FIGURES))

    assert len(people) - 1 == int(sums(client)["told"][1])
    assert {row[4] for row in people[1:]} == {MEASURES["told"].title}
    assert len(figures) - 1 == 2 * len(MEASURES)
    assert ["Every team", "Unpaid work completed", "3", "3"] in [row[:4] for row in figures]
    assert Entry.objects.filter(action="export_cases", detail__list="work-measures").exists()


def test_a_coordinator_takes_away_figures_and_no_list_of_people(client, coordinator, team):
    planted(team, team)

    assert client.get(FIGURES).status_code == 200
    assert client.get(FILE, {"code": "told"}).status_code == 403
    assert client.get(LIST, {"code": "told"}).context["csv"] == ""


def test_the_api_gives_the_same_figures_and_lists(client, coordinator, team):
    planted(team, TeamFactory(name="Zouch"))
    api = APIClient()
    api.force_authenticate(coordinator)

    body = api.get(reverse("api-work-measures"), {"team": team.code}).json()
    page = api.get(reverse("api-work-measure-people"), {"code": "positive", "which": "met"}).json()

    shown = sums(client, team=team.code)
    assert {one["code"]: (str(one["met"]), str(one["counted"])) for one in body["whole"]} == {
        code: found[:2] for code, found in shown.items()
    }
    assert (body["first"], body["last"]) == ("2017-12-03", "2018-12-02")
    assert [one["team"] for one in body["teams"]] == [team.code]
    assert len(page["results"]) == 3
    assert {one["met"] for one in page["results"]} == {True}
    assert page["limited_access"] == []


def test_the_ways_there_lead_to_the_measures(client, coordinator):
    for address in ("work-caseload", "projects"):
        assert PAGE in client.get(reverse(address)).content.decode()
    signed_in(client, Role.SPO, team=TeamFactory())
    assert PAGE in client.get(reverse("team-board")).content.decode()
