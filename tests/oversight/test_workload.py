"""How full officers are: the figures from the record, the week that is kept, and the pages that show them."""

import html
import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import JobRun, Limit, Pause
from oversight.models import HoursOff, OfficerInduction, WorkloadWeek
from oversight.queries.policy import workload_policy
from oversight.queries.workload import loads_of, monday_of
from oversight.reference.allocation import Training
from oversight.reference.workload import Kind
from oversight.services import workload as services
from oversight.services.workload import keep_week
from staff.models import User
from staff.permissions import Role
from tests.factories import (
    NOW,
    AbsenceFactory,
    AllocationFactory,
    DepartureFactory,
    RequirementFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.oversight.an_officer import (
    LONG_AGO,
    a_case,
    a_week,
    an_hour,
    an_officer,
    contract,
    training,
)

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 7  # of the figures of any number of officers, the policy among them


@pytest.fixture
def officer(team):
    return an_officer(team)


def test_a_team_that_there_is_not_shows_nobody_rather_than_those_in_no_team(
    client, officer, senior
):
    head, nowhere = UserFactory(role=Role.HEAD), UserFactory(role=Role.OFFICER, team=None)

    page = see(client, head, "workload", team="nowhere")

    assert nowhere.name not in page
    assert officer.name not in page


def load(officer):
    (found,) = loads_of(User.objects.filter(pk=officer.pk), localdate())
    return found


def off(officer, code="union", hours="7.4", **given):
    return HoursOff.objects.create(
        user=officer, code=code, hours=hours and Decimal(hours), why="Branch secretary.",
        recorded_by=UserFactory(), recorded_at=NOW, **({"from_on": LONG_AGO} | given),
    )  # fmt: skip


def see(client, user, name, *args, **asked):
    client.force_login(user)
    return html.unescape(client.get(reverse(name, args=args), asked).content.decode())


# The figures


def test_a_load_is_what_the_rules_make_of_the_record(officer):
    contract(officer, "30")
    a_case(officer)
    a_case(officer, group="L0", level="monthly")

    found = load(officer)

    assert len(found.cases) == 2
    assert found.full.total == sum(one.points.number for one in found.cases) > 0
    assert found.full.available == 1764  # 2,176 x 30 / 37, cut
    assert found.known.contract == Fraction(30)
    assert found.full.percent == (Decimal(found.full.total) / 1764 * 100).quantize(Decimal("0.1"))


def test_without_hours_a_full_week_is_counted_and_that_is_said(client, officer, senior):
    assert load(officer).full.available == 2176
    assert "Hours by contract are not recorded" in see(client, senior, "workload")


def test_the_latest_contract_counts_and_none_after_its_last_day(officer):
    today = localdate()
    contract(officer, "37")
    contract(officer, "20", from_on=today)
    contract(officer, "10", from_on=today + timedelta(days=1))
    assert load(officer).known.contract == 20

    officer.contract_hours.filter(hours=20).update(from_on=today - timedelta(days=9), to_on=today - timedelta(days=1))  # fmt: skip
    assert load(officer).known.contract is None


def test_what_is_taken_off_makes_less_room_while_it_runs(officer):
    contract(officer)
    off(officer)
    off(officer, code="single_point", hours="1", to_on=localdate() - timedelta(days=1))

    assert load(officer).off.hours == Fraction("7.4")
    assert load(officer).full.available == 1740  # 2,176 x 29.6 / 37, cut


def test_a_case_that_is_not_ours_or_not_theirs_is_not_counted(officer):
    a_case(officer, retained_by="B. Stone, NPS Reading")
    a_case(an_officer(officer.team))
    a_case(officer, state="no_sentence")

    assert load(officer).cases == ()


def test_each_sort_of_case_is_found_in_the_record(officer):
    a_case(officer)
    unpaid = a_case(officer)
    RequirementFactory(sentence=unpaid.sentences.get(), main_code="W", active=True)
    licence = a_case(officer)
    licence.sentences.update(order="custody", custody_status="B", released_on=localdate())
    held = a_case(officer)
    held.sentences.update(order="custody", custody_status="D")
    wanted = a_case(officer)
    Pause.objects.create(case=wanted, kind="warrant", from_on=localdate(), source="x", begun_at=NOW, begun_by=officer)  # fmt: skip

    found = {one.crn: one for one in load(officer).cases}

    assert found[unpaid.crn].facts.kind == Kind.UNPAID_WORK
    assert found[licence.crn].facts.kind == Kind.LICENCE
    assert found[held.crn].facts.kind == Kind.CUSTODY
    assert found[wanted.crn].points.number == 0


def test_the_facts_by_which_officers_are_compared_are_those_recorded(officer):
    today = localdate()
    other = UserFactory(team=officer.team)
    training(officer, "child")
    training(officer, "domestic_abuse", expires_on=today)
    training(officer, "motivation")
    OfficerInduction.objects.create(user=officer, from_on=LONG_AGO, to_on=today, supporter=other, recorded_by=other, recorded_at=NOW)  # fmt: skip
    AbsenceFactory(user=officer, from_on=today, to_on=today + timedelta(days=3))
    AbsenceFactory(user=officer, from_on=today, to_on=today, cancelled_on=today)
    DepartureFactory(user=officer, last_on=today + timedelta(days=30))
    AllocationFactory(case=a_case(officer), from_on=today - timedelta(days=2))
    for back in range(4):
        a_week(officer, weeks_ago=back)

    facts = load(officer).facts

    assert facts.trained == {Training.CHILD}
    assert (facts.induction_to, facts.supported) == (today, True)
    assert facts.away == ((today, today + timedelta(days=3)),)
    assert facts.last_on == today + timedelta(days=30)
    assert facts.given_on == (today - timedelta(days=2),)
    assert facts.excess.weeks == 4
    assert facts.cases == 1


@pytest.mark.parametrize(
    ("weeks", "excess"),
    [
        ((0, 1, 2, 3), 4),
        ((1, 2, 3, 4), 4),  # this Monday's is not kept yet
        ((0, 1, 2), None),
        ((0, 1, 2, 4), None),
        ((2, 3, 4, 5), None),
    ],
)
def test_four_weeks_running_are_excessive_until_the_last_monday_that_was_kept(officer, weeks, excess):  # fmt: skip
    for back in weeks:
        a_week(officer, weeks_ago=back)

    found = load(officer).excess

    assert (found.weeks if found else None) == excess


def test_fifteen_officers_cost_the_statements_of_one(team):
    for _ in range(15):
        one = an_officer(team)
        contract(one)
        training(one)
        for _ in range(3):
            a_case(one)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = loads_of(User.objects.filter(team=team, role=Role.OFFICER), localdate())

    assert len(found) == 15
    assert all(len(one.cases) == 3 for one in found)
    assert len(asked) <= MOST_STATEMENTS, [one["sql"][:90] for one in asked]


# The week that is kept


def test_each_monday_every_officer_is_kept_once(team, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    officers = [an_officer(team) for _ in range(5)]
    a_case(officers[0])
    an_officer(team, is_active=False)

    run = keep_week(now=now())
    again = keep_week(now=now())

    assert run.finished_at
    assert run.result == {"kept": User.objects.filter(role=Role.OFFICER, is_active=True).count()}
    assert again.result == run.result
    kept = WorkloadWeek.objects.filter(user__in=officers)
    assert kept.count() == 5
    assert kept.get(user=officers[0]).points == load(officers[0]).full.total > 0
    assert kept.get(user=officers[0]).policy_version == workload_policy(localdate()).version
    assert kept.get(user=officers[1]).percent == 0


def test_a_week_that_is_kept_is_never_counted_again(officer):
    a_week(officer, "55")

    run = keep_week(now=now())

    others = User.objects.filter(role=Role.OFFICER, is_active=True).count() - 1
    assert WorkloadWeek.objects.get(user=officer).percent == Decimal("55")
    assert run.result == {"kept": others}


def test_a_run_that_died_half_way_is_taken_up(team, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 1)
    officers = [an_officer(team) for _ in range(3)]
    real, calls = services.loads_of, []

    def dies(*asked):
        calls.append(asked)
        if len(calls) == 2:
            raise ZeroDivisionError
        return real(*asked)

    monkeypatch.setattr(services, "loads_of", dies)
    with pytest.raises(ZeroDivisionError):
        keep_week(now=now())
    assert WorkloadWeek.objects.count() == 1

    keep_week(now=now())

    assert WorkloadWeek.objects.filter(user__in=officers).count() == 3
    assert JobRun.objects.get(job=services.KEEP).finished_at


def test_before_the_night_of_a_monday_the_week_before_is_kept(officer):
    early = an_hour(monday_of(localdate())).replace(hour=1)

    keep_week(now=early)

    assert WorkloadWeek.objects.get(user=officer).week == monday_of(localdate()) - timedelta(weeks=1)  # fmt: skip


def test_the_database_keeps_weeks_to_mondays_and_one_each(officer):
    a_week(officer)
    for changes in ({}, {"week": monday_of(localdate()) + timedelta(days=1)}):
        given = {"week": monday_of(localdate()), "points": 1, "available": 1, "percent": 1, "cases": 1, "policy_version": 1, "kept_at": NOW}  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkloadWeek.objects.create(user=officer, **(given | changes))


# The pages


def test_a_team_stands_in_the_order_of_names_with_the_arithmetic(client, team, senior):
    full = an_officer(team, last_name="Zeal")
    contract(full)
    a_case(full)
    an_officer(team, last_name="Abbot")
    UserFactory(role=Role.OFFICER, last_name="Elsewhere")

    text = see(client, senior, "workload")

    assert text.index("Abbot") < text.index("Zeal")
    assert "Elsewhere" not in text
    assert "2,176 points x 37 hours / 37 hours = 2,176" in text
    assert "It does not say how well they work" in text


def test_four_weeks_over_are_said_with_what_to_do(client, officer, senior):
    for back in range(4):
        a_week(officer, weeks_ago=back)

    for page in (see(client, senior, "workload"), see(client, senior, "officer-workload", officer.pk)):  # fmt: skip
        assert "an excessive workload, which a senior must see to" in page


def test_whoever_answers_for_somebody_too_full_is_led_to_what_can_be_done(client, officer, senior):
    assert "What you can do" not in see(client, senior, "officer-workload", officer.pk)
    for back in range(4):
        a_week(officer, weeks_ago=back)

    page = see(client, senior, "officer-workload", officer.pk)

    for href in (
        f"{reverse('ask-for-sharing')}?team={officer.team.code}",
        reverse("officer-supervision", args=[officer.pk]),
        reverse("record-known", args=[officer.pk, "off"]),
    ):
        assert f'href="{href}"' in page[page.index("What you can do") :]
        assert client.get(href).status_code == 200
    assert "What you can do" not in see(client, officer, "officer-workload", officer.pk)


def test_an_officer_is_told_that_the_list_is_theirs_alone(client, officer):
    page = see(client, officer, "workload")

    assert "Yours. Counted now, and kept each Monday" in page
    assert "in the order of their names" not in page


def test_the_pages_cost_the_same_for_one_and_for_many(client, team, senior):
    def cost(name, *args):
        client.force_login(senior)
        client.get(reverse(name, args=args))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(name, args=args))
        return len(asked)

    first = an_officer(team)
    a_case(first)
    before = cost("workload"), cost("officer-workload", first.pk)
    for _ in range(4):
        one = an_officer(team)
        contract(one)
        off(one)
        training(one)
        for _ in range(3):
            a_case(one)
            a_case(first)
    contract(first)
    training(first)
    off(first)

    assert (cost("workload"), cost("officer-workload", first.pk)) == before


def test_officers_read_their_own_and_nobody_elses(client, officer):
    other = an_officer(officer.team)

    assert f"Workload of {officer.name}" in see(client, officer, "officer-workload", officer.pk)
    assert other.name not in see(client, officer, "workload")
    assert client.get(reverse("officer-workload", args=[other.pk])).status_code == 404


def test_seniors_of_another_team_do_not_reach_an_officer(client, officer):
    client.force_login(UserFactory(role=Role.SPO))

    assert client.get(reverse("officer-workload", args=[officer.pk])).status_code == 404
    assert client.get(reverse("record-known", args=[officer.pk, "off"])).status_code == 404


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.SPO, True), (Role.HEAD, True), (Role.QUALITY, False), (Role.AUDITOR, False)],
)
def test_for_what_hours_are_taken_off_is_told_to_those_who_answer_for_them(client, officer, role, told):  # fmt: skip
    off(officer)
    reader = UserFactory(role=role, team=officer.team)

    for page in (
        see(client, reader, "officer-workload", officer.pk),
        see(client, reader, "workload", team=officer.team.code),
        see(client, reader, "api-officer-workload", officer.pk),
        see(client, reader, "api-workload", team=officer.team.code),
    ):
        assert ("Union work" in page) == told
        assert "Branch secretary" not in page or told
        assert "7.4" in page


def test_officers_read_why_their_own_hours_are_taken_off(client, officer):
    off(officer)

    assert "Branch secretary." in see(client, officer, "officer-workload", officer.pk)


def test_of_a_case_that_is_kept_from_the_reader_nothing_can_be_worked_out(client, officer, senior):
    a_case(officer, surname="Openly")
    kept = a_case(officer, surname="Secretly", group="MC75", level="weekly")
    before = see(client, senior, "officer-workload", officer.pk)
    limit(kept, restricted=True)

    text = see(client, senior, "officer-workload", officer.pk)
    told = client.get(reverse("api-officer-workload", args=[officer.pk])).json()

    assert "Working<span" in before
    assert "Secretly" not in text
    assert "MC75" not in text
    assert "Openly" in text
    assert kept.crn in text  # in the row that says whom to ask
    assert "Working<span" not in text
    assert told["limited_access"] == 1
    assert [one["points"] for one in told["cases_open_to_you"]] == [None]
    assert Limit.objects.filter(case=kept).exists()


def test_without_officers_and_with_a_long_name_the_page_still_reads(client, senior, team):
    assert "Officers of the team would be listed here" in see(client, senior, "workload")
    an_officer(team, first_name="A" * 100, last_name="B" * 100)

    assert "B" * 100 in see(client, senior, "workload")


def test_a_team_that_is_not_on_offer_shows_nobody_of_it(client, officer, senior):
    other = an_officer(TeamFactory())

    text = see(client, senior, "workload", team=other.team.code)

    assert other.name not in re.sub(r"<option.*?</option>", "", text)
    client.force_login(senior)
    answer = client.get(reverse("api-workload"), {"team": other.team.code})
    assert answer.status_code == 404
