"""The rota: who is put on, who cannot be, what is shared out, and who is said to be on duty."""

from datetime import timedelta

import pytest

from cases.models import DutyTurn
from cases.queries.duty import on_duty_today, rota_of
from cases.rules.rota import days_of_rota
from cases.services.duty import put_on_duty, share_out_duty, take_off_duty
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AbsenceFactory,
    DepartureFactory,
    DutyTurnFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = days_of_rota(TODAY)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def senior(team):
    return UserFactory(role=Role.SPO, team=team)


def put_on(team, user, by, on=DAYS[1]):
    return put_on_duty(team=team, on=on, user=user, by=by, now=NOW)


def test_put_on_and_taken_off_both_are_kept_and_in_the_trail(team, senior):
    officer = UserFactory(team=team)

    turn = put_on(team, officer, senior)
    with pytest.raises(RuleBroken, match="already"):
        put_on(team, officer, senior)
    take_off_duty(turn=turn, by=senior, now=NOW)

    assert DutyTurn.objects.get().called_off_on == TODAY
    assert Entry.objects.filter(action__in=["put_on_duty", "took_off_duty"]).count() == 2
    put_on(team, officer, senior)
    with pytest.raises(RuleBroken, match="taken off"):
        take_off_duty(turn=turn, by=senior, now=NOW)


def test_nobody_is_put_on_who_is_away_gone_no_officer_or_on_no_working_day(team, senior):
    away, leaver = UserFactory(team=team), UserFactory(team=team)
    AbsenceFactory(user=away, from_on=DAYS[0], to_on=DAYS[3])
    DepartureFactory(user=leaver, last_on=DAYS[0])
    saturday = TODAY + timedelta(days=5 - TODAY.weekday())

    for user, on, words in (
        (away, DAYS[1], "is away until"),
        (leaver, DAYS[1], "leaves on"),
        (senior, DAYS[1], "as an officer"),
        (UserFactory(team=team, is_active=False), DAYS[1], "as an officer"),
        (UserFactory(team=team), saturday, "no working day"),
        (UserFactory(team=team), TODAY - timedelta(days=3), "has been"),
    ):
        with pytest.raises(RuleBroken, match=words):
            put_on(team, user, senior, on=on)


def test_shared_out_every_day_has_one_and_pressed_again_nothing_changes(team, senior):
    one, other = UserFactory(team=team), UserFactory(team=team)
    AbsenceFactory(user=one, from_on=DAYS[0], to_on=DAYS[4])
    UserFactory(team=TeamFactory())
    put_on(team, other, senior, on=DAYS[6])

    share_out_duty(team=team, by=senior, now=NOW)

    turns = list(DutyTurn.objects.order_by("on").values_list("on", "user"))
    assert [on for on, _ in turns] == DAYS
    assert {user for on, user in turns if on <= DAYS[4]} == {other.pk}
    assert share_out_duty(team=team, by=senior, now=NOW) == []


def test_a_team_without_an_officer_at_work_is_told(team, senior):
    with pytest.raises(RuleBroken, match="no officer at work"):
        share_out_duty(team=team, by=senior, now=NOW)


def test_the_rota_warns_of_a_day_with_nobody_and_of_somebody_who_went_away_since(team):
    turn = DutyTurnFactory(team=team, on=DAYS[0])
    AbsenceFactory(user=turn.user, from_on=DAYS[0], to_on=DAYS[0])

    first, second = rota_of(team, DAYS[:2])

    assert "is away until" in first.turns[0].against
    assert first.warning == "Nobody of those on duty is there"
    assert second.warning == "Nobody has the duty"


def test_the_desk_says_who_covers_for_whoever_is_on_duty_and_away(team):
    turn, nobody = DutyTurnFactory(team=team), TeamFactory()
    cover = UserFactory(first_name="Ash", last_name="Lane")
    AbsenceFactory(user=turn.user, cover=cover, from_on=TODAY, to_on=TODAY)

    said = {one.code: one for one in on_duty_today([team, nobody], TODAY)}

    assert "Ash Lane covers" in said[team.code].who
    assert not said[team.code].warning
    assert said[nobody.code].who == ""
