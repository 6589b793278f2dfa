"""Somebody walks in: they are seen, or it is said that they left; whoever must hear does, and at once where it cannot wait."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from cases.models import Case, Contact, Deadline, Limit, Notice, WalkIn
from cases.reference.duty import CameFor, WalkInState
from cases.reference.holding import LeftAs
from cases.services.contact_log import record_contact
from cases.services.leaving import leave
from cases.services.walk_ins import leave_unseen, record_walk_in, see_walk_in
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AbsenceFactory,
    AppointmentFactory,
    CaseFactory,
    DutyTurnFactory,
    PauseFactory,
    PlaceFactory,
    UserFactory,
    WalkInFactory,
)
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def comes(case, by, **given):
    known = {"came_for": CameFor.HELP, "words": "Nowhere to sleep", "safe": True, "place": None}
    return record_walk_in(case=case, by=by, now=NOW, **known | given)


def seen(walk_in, by, **given):
    known = {"came_to": "Rang the night shelter, who keep a bed until 8pm.", "safe": True, "sensitive": False}  # fmt: skip
    return see_walk_in(walk_in=walk_in, by=by, now=NOW + HOUR, **known | given)


def leaves(walk_in, by):
    return leave_unseen(walk_in=walk_in, because="Gone when called at 11am", by=by, now=NOW + HOUR)


def owed(case, kind):
    return Deadline.objects.unmet().filter(case=case, kind=kind).first()


def told():
    return set(Notice.objects.values_list("user", flat=True))


def test_recorded_it_is_owed_today_and_the_officer_and_whoever_is_on_duty_hear(case, hub, senior):
    on_duty = DutyTurnFactory(team=case.team).user
    DutyTurnFactory(team=case.team, on=TODAY + timedelta(days=1))

    made = comes(case, hub, place=PlaceFactory(name="Slough"))

    assert owed(case, "see_walk_in").due_on == TODAY
    assert told() == {case.officer_id, on_duty.pk}
    notice = Notice.objects.first()
    assert f"{case.crn} has walked in at Slough" in notice.text
    assert case.surname not in notice.text
    assert Entry.objects.get(action="recorded_walk_in").detail == {"walk_in": made.pk}


@pytest.mark.parametrize("given", [{"safe": False}, {"came_for": CameFor.UPSET, "safe": None}], ids=["not-safe", "upset"])  # fmt: skip
def test_whoever_is_upset_or_not_safe_is_heard_of_by_the_senior_at_once(case, hub, senior, given):
    comes(case, hub, **given)

    assert told() == {case.officer_id, senior.pk}


def test_of_whoever_is_wanted_it_says_to_ring_the_police(case, hub, senior):
    PauseFactory(case=case)

    comes(case, hub)

    assert "ring the police before they leave" in Notice.objects.get(user=senior).text


def test_whoever_covers_hears_while_the_officer_is_away_and_nobody_who_is_shut_out(case, hub):
    cover = UserFactory(team=case.team)
    AbsenceFactory(user=case.officer, cover=cover, from_on=TODAY, to_on=TODAY)
    shut_out = DutyTurnFactory(team=case.team).user
    limit = Limit.objects.create(case=case, restricted=False, message="Kept", ask="Pat Lane")
    limit.named.create(user=shut_out, let_in=False)

    comes(case, hub)

    assert told() == {cover.pk}


def test_nobody_waits_twice_and_nobody_who_has_left_us_waits(case, hub):
    comes(case, hub)
    with pytest.raises(RuleBroken, match="waiting already"):
        comes(case, hub)

    for left_as, words in ((LeftAs.DIED, "have died"), (LeftAs.ENDED, "has ended")):
        with pytest.raises(RuleBroken, match=words):
            comes(CaseFactory(left_as=left_as), hub)


def test_something_else_must_be_said(case, hub):
    with pytest.raises(RuleBroken, match="what they want"):
        comes(case, hub, came_for=CameFor.OTHER, words=" n/a ")


def test_seen_it_is_in_the_log_as_contact_and_nothing_is_owed(case, hub):
    done = seen(comes(case, hub), case.officer)

    line = Contact.objects.get()
    assert (done.state, done.contact_id) == (WalkInState.SEEN, line.pk)
    assert (line.type_code, line.attended, line.started_at) == ("COUP", True, NOW)
    assert owed(case, "see_walk_in") is None
    assert Deadline.objects.get(kind="see_walk_in").void is False


def test_seen_about_an_appointment_of_today_it_is_that_line_and_no_other(case, hub):
    today = AppointmentFactory(case=case, contact__started_at=NOW + HOUR)
    other = AppointmentFactory(case=case, contact__started_at=NOW + timedelta(days=3))
    walk_in = comes(case, hub, came_for=CameFor.APPOINTMENT)

    with pytest.raises(RuleBroken, match="no appointment of theirs today"):
        seen(walk_in, hub, appointment=other.contact)
    done = seen(walk_in, hub, appointment=today.contact)

    assert done.contact == today.contact
    assert Contact.objects.filter(type_code="COUP").count() == 0


@pytest.mark.parametrize(
    ("given", "words"), [({"safe": None}, "Ask whether they are safe"), ({"came_to": "-"}, "came to")]
)  # fmt: skip
def test_nobody_is_seen_who_was_not_asked_or_of_whom_nothing_is_said(case, hub, given, words):
    with pytest.raises(RuleBroken, match=words):
        seen(comes(case, hub, safe=None), hub, **given)

    assert owed(case, "see_walk_in")


def test_what_they_say_alone_with_us_is_heard_of_at_once(case, hub, senior):
    walk_in = comes(case, hub)
    Notice.objects.all().delete()

    seen(walk_in, hub, safe=False)

    assert told() == {case.officer_id, senior.pk}


def test_left_unseen_the_clock_ends_and_whoever_is_not_safe_is_rung_the_same_day(case, hub, senior):
    leaves(comes(case, hub, safe=False), hub)

    assert Deadline.objects.get(kind="see_walk_in").void
    assert owed(case, "call_same_day").due_on == TODAY
    assert "Ring them today" in Notice.objects.filter(user=senior).latest("pk").text


def test_whoever_left_and_gave_no_cause_for_worry_is_not_rung(case, hub, senior):
    leaves(comes(case, hub), hub)

    assert owed(case, "call_same_day") is None
    assert told() == {case.officer_id}


def test_a_call_to_them_ends_the_ringing_and_a_letter_does_not(case, hub):
    leaves(comes(case, hub, safe=False), hub)
    said = {"case": case, "at": NOW + HOUR, "sensitive": False, "by": hub, "now": NOW + 2 * HOUR}

    record_contact(type_code="CLOB", notes="Wrote to ask how they are", **said)
    assert owed(case, "call_same_day")
    record_contact(type_code="CTOB", notes="At her sister’s, and all right", **said)

    assert owed(case, "call_same_day") is None


def test_it_ends_once(case, hub):
    walk_in = comes(case, hub)
    seen(walk_in, hub)

    with pytest.raises(RuleBroken, match="were seen already"):
        leaves(walk_in, hub)


def test_whoever_waits_as_the_case_ends_or_goes_elsewhere_waits_no_longer(case, hub):
    comes(case, hub)

    leave(case=case, left_as=LeftAs.ELSEWHERE, because="Moved to Kent", by=hub, now=NOW + HOUR)

    assert WalkIn.objects.get().state == WalkInState.LEFT
    assert not Deadline.objects.unmet().filter(kind="see_walk_in").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_see_the_same_person_at_once_write_one_line_of_the_log():
    walk_in = WalkInFactory(case=CaseFactory())
    hands = [UserFactory(role=Role.HUB).pk for _ in range(4)]

    def each(key):
        def work():
            one = WalkIn.objects.select_related("case").get(pk=walk_in.pk)
            by = type(walk_in.case.officer).objects.get(pk=key)
            with suppress(RuleBroken):  # whoever comes second
                seen(one, by)

        return work

    ended = wait(*[fork(each(key)) for key in hands])

    assert all(ended)
    assert Contact.objects.filter(case=walk_in.case, type_code="COUP").count() == 1
    assert Entry.objects.filter(action="ended_walk_in").count() == 1
    assert Case.objects.filter(pk=walk_in.case_id).exists()
    connection.close()
