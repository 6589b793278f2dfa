"""An officer who leads a session keeps its register as a facilitator does, and reaches nothing else of anybody on it."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Assignment, Case
from cases.queries.reach import actions_on
from cases.queries.routes import may_see_to_it
from cases.queries.visit_staff import may_go
from grid.models import LeaderTraining
from grid.queries.group_register import find_session
from grid.queries.group_register_page import register_of
from grid.queries.group_sessions import my_groups
from grid.reference.group_marks import Mark
from grid.services.attendances import settle_attendances
from grid.services.group_register import say_of, send_register
from grid.services.series_leaders import cover_session
from staff.errors import RuleBroken
from staff.permissions import Action, Role
from tests.clock import frozen
from tests.factories import CaseFactory, RelatedPersonFactory, UserFactory
from tests.grid.a_group_session import (
    AFTER,
    TUESDAY,
    a_series,
    a_session,
    fresh,
    join,
    lead,
    leader,
    logged,
    said,
    the_only,
)
from tests.grid.planned_series import FIRST, NOW, at, member, on_an_order, planned, sessions_of

pytestmark = pytest.mark.django_db
KEEP = Action.KEEP_GROUP_REGISTER


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(AFTER):
        yield


@pytest.fixture
def officer():
    return leader("Olu Grant", role=Role.OFFICER)


@pytest.fixture
def session(officer):
    return a_session(by=officer)


def page(client, name, *args, by):
    client.force_login(by)
    return client.get(reverse(name, args=args))


def test_they_say_what_came_of_it_and_send_it_on_the_page(client, officer, session):
    one = the_only(session)
    shown = page(client, "group-register", session.pk, by=officer).content.decode()
    assert one.case.name in shown

    card = {"version": one.version, "mark": Mark.TOOK_PART.value}
    sent = {f"person-{one.pk}-{name}": value for name, value in card.items()}
    client.post(
        reverse("group-register", args=[session.pk]),
        {"version": session.version, "do": "send"} | sent,
    )

    assert fresh(session).sent_by == officer
    assert (fresh(one).mark, fresh(one).recorded_by) == (Mark.TOOK_PART, officer)
    assert logged(one).attended is True


def test_they_say_it_and_send_it_over_the_api(officer, session):
    api, one = APIClient(), the_only(session)
    api.force_login(officer)
    here = reverse("api-group-register", args=[session.pk])

    said_of = {"attendance": one.pk, "version": 1, "mark": Mark.NOT_COME.value}
    answer = api.post(here, said_of, format="json").json()
    sent = api.post(
        reverse("api-group-register-send", args=[session.pk]),
        {"version": answer["version"]},
        format="json",
    )

    assert sent.status_code == 200
    assert fresh(session).sent_by == officer
    mine = api.get(reverse("api-my-groups")).json()
    assert [row["session"] for row in mine["today"]] == [session.pk]


def test_their_groups_are_those_that_they_lead(client, officer, session):
    a_session()

    shown = my_groups(officer, AFTER)

    assert [row.key for row in shown.today] == [session.pk]
    assert (shown.not_sent, shown.to_come, shown.of_team) == ([], [], [])
    assert page(client, "my-groups", by=officer).status_code == 200


def test_no_other_session_is_theirs_though_the_same_person_is_on_it(client, officer, session):
    other = a_session(series=session.series, number=2, starts_at=at(date(2018, 10, 1), 18))
    theirs = join(other, the_only(session).case)
    api = APIClient()
    api.force_login(officer)

    assert Case.objects.open_to(officer, KEEP).filter(pk=theirs.case_id).exists()
    assert page(client, "group-register", other.pk, by=officer).status_code == 404
    assert page(client, "group-attendance", other.pk, theirs.pk, by=officer).status_code == 404
    assert api.get(reverse("api-group-register", args=[other.pk])).status_code == 404
    with pytest.raises(RuleBroken):
        say_of(attendance=theirs, version=1, said=said(theirs), by=officer, now=AFTER)
    with pytest.raises(RuleBroken):
        send_register(session=other, version=fresh(other).version, by=officer, now=AFTER)
    assert (fresh(theirs).mark, fresh(other).sent_at) == ("", None)


def test_an_officer_who_is_named_for_nothing_keeps_no_register(client, session):
    of_the_team = UserFactory(team=the_only(session).case.team)

    assert page(client, "group-register", session.pk, by=of_the_team).status_code == 404
    assert my_groups(of_the_team, AFTER).today == []


def test_even_the_officer_of_somebody_on_it_does_not_keep_what_others_lead(client, session):
    assert page(client, "group-register", session.pk, by=the_only(session).case.officer).status_code == 404  # fmt: skip


def test_the_register_is_what_a_facilitator_who_leads_reads_but_for_the_way_to_the_case(
    officer, session
):
    with_a_partner = join(session)
    RelatedPersonFactory(case=with_a_partner.case, name="Ann Quill", protected=True)
    fran = lead(session, leader())
    say_of(
        attendance=with_a_partner, version=1, by=fran, now=AFTER,
        said=said(with_a_partner, Mark.DID_NOT_COMPLY, note="Spoke of Ann Quill."),
    )  # fmt: skip

    theirs, hers = (
        register_of(find_session(user, session.pk), user, AFTER) for user in (officer, fran)
    )

    assert [card.href for card in theirs.cards] == ["", ""]
    assert all(card.href for card in hers.cards)
    assert replace(theirs, cards=[]) == replace(hers, cards=[])
    assert theirs.cards == [replace(card, href="") for card in hers.cards]
    assert all(card.safety for card in theirs.cards)
    assert "Ann Quill" not in "".join(card.note for card in theirs.cards)


def test_their_own_people_stay_their_own(officer, session):
    own = join(session, CaseFactory(officer=officer))

    cards = register_of(find_session(officer, session.pk), officer, AFTER).cards

    assert {card.case: bool(card.href) for card in cards} == {
        own.case_id: True,
        the_only_other(session, own).case_id: False,
    }


def the_only_other(session, one):
    return session.attendances.exclude(pk=one.pk).get()


@pytest.mark.parametrize(
    "name", ["case", "case-contacts", "case-offers", "case-week", "case-interventions"]
)
def test_no_page_of_the_case_opens_by_it(client, officer, session, name):
    case = the_only(session).case

    assert page(client, name, case.crn, by=officer).status_code in (403, 404)
    assert Action.VIEW_CASE not in actions_on(case, officer)
    assert case not in Case.objects.open_to(officer, Action.LIST_CASES)


def test_nobody_is_offered_them_for_work_on_the_case(officer, session):
    case = the_only(session).case

    assert officer not in may_go(case)
    assert officer not in may_see_to_it(case, TUESDAY)


def test_the_series_names_nobody_by_it_and_leads_to_the_register_of_their_session_alone(
    client, officer
):
    series = a_series()
    mine = a_session(series=series, by=officer)
    other = a_session(series=series, number=2, starts_at=at(date(2018, 10, 1), 18))

    shown = page(client, "series", series.pk, by=officer).content.decode()

    assert the_only(mine).case.crn not in shown
    assert reverse("group-register", args=[mine.pk]) in shown
    assert reverse("group-register", args=[other.pk]) not in shown


def test_naming_them_opens_the_register_and_cover_hands_it_on():
    officer, stands_in = (trained(name) for name in ("Olu Grant", "Ida Moss"))
    with frozen(NOW):
        series = planned(leaders=[officer])
        case = on_an_order(date(2019, 6, 30))
        member(series, case)
        settle_attendances(series, because="They joined", by=series.planned_by, now=NOW)
        first, second = sessions_of(series)[:2]
        cover_session(
            session=first, out=officer, stand_in=stands_in, because="They are away", version=fresh(series).version,
            by=series.planned_by, now=NOW,
        )  # fmt: skip

    with frozen(at(FIRST, 20, 30)):
        kept = {
            user.name: [bool(find_session(user, one.pk)) for one in (first, second)]
            for user in (officer, stands_in)
        }
        names = [
            card.crn
            for card in register_of(find_session(stands_in, first.pk), stands_in, AFTER).cards
        ]

    assert kept == {"Olu Grant": [False, True], "Ida Moss": [True, False]}
    assert names == [case.crn]
    assert set(Assignment.objects.filter(case=case, capacity="group").values_list("user", flat=True)) == {officer.pk, stands_in.pk}  # fmt: skip


def trained(name):
    user = leader(name, role=Role.OFFICER)
    LeaderTraining.objects.create(
        user=user, skill="Making Amends", from_on=date(2017, 1, 1), recorded_at=NOW, recorded_by=user
    )  # fmt: skip
    return user
