"""A place in a series: given with its appointments, kept, let go, left and finished. Source: product rules, groups."""

from datetime import date, timedelta

import pytest

from cases.models import Appointment, Contact, Notice, RarActivity
from grid.models import GroupAttendance, Referral, SeriesPlace
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import Hook
from grid.services.places import finish_series, keep_place, let_go
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import ContactFactory, PauseFactory, UserFactory
from tests.grid.a_place import apart, expected, is_free, joins, leaves, lives_near, somebody
from tests.grid.on_licence import condition, licence
from tests.grid.planned_series import (
    FIRST,
    NOW,
    TUESDAY,
    TUESDAYS,
    at,
    facilitator,
    oxford,
    planned,
    room_at,
    sessions_of,
    waits,
)

pytestmark = pytest.mark.django_db
THE_END = at(TUESDAYS[-1], 20, 30)


def a_series(**changes):
    return planned(leaders=[facilitator(skill="Making Amends")], **changes)


def on_list(case):
    return Referral.objects.waiting().filter(case=case).exists()


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


# Giving


def test_a_place_books_every_session_in_their_case():
    leader = facilitator(skill="Making Amends", staff_code="C99F001")
    series, case = planned(leaders=[leader]), somebody()

    place = joins(series, case)

    rows = expected(case)
    assert [one.session.number for one in rows] == [1, 2, 3, 4, 5, 6]
    assert [one.starts_at for one in rows] == [at(day, 18) for day in TUESDAYS]
    for one in rows:
        booked = Appointment.objects.select_related("contact__requirement").get(
            pk=one.appointment_id
        )
        contact = booked.contact
        assert (booked.where, booked.place, booked.officer) == ("office", series.place, leader)
        assert (booked.enforces, contact.requirement.main_code) == ("requirement", "F")
        assert (contact.type_code, contact.type_name) == ("APAT", "Making Amends")
        assert (contact.started_at, contact.ended_at) == (one.starts_at, one.ends_at)
        assert (contact.place, contact.staff_code) == ("Oxford office", "C99F001")
    assert (place.state, place.begins_with, place.instead) == (PlaceState.TAKEN, 1, False)
    entry = Entry.objects.get(action="gave_place")
    assert (entry.crn, entry.detail["place"]) == (case.crn, place.pk)


def test_days_of_the_requirement_are_planned_for_it_once():
    series, case = a_series(), somebody()

    leaves(joins(series, case))
    joins(series, referral=Referral.objects.get(case=case))

    activity = RarActivity.objects.get(case=case)
    assert (activity.what, activity.days) == ("Making Amends", 6)
    assert (activity.route, activity.theme) == ("group", "NPS002")
    assert {one.appointment.rar_activity_id for one in expected(case)} == {activity.pk}


@pytest.mark.parametrize(
    ("days", "required", "words"),
    [
        (20, 6, []),
        (
            4,
            4,
            [
                "4 days of their requirement are left for it: they come to the other 2 days by their own choice."
            ],
        ),
        (
            1,
            1,
            [
                "1 day of their requirement is left for it: they come to the other 5 days by their own choice."
            ],
        ),
        (
            0,
            0,
            [
                "0 days of their requirement are left for it: they come to the other 6 days by their own choice."
            ],
        ),
    ],
)
def test_what_goes_beyond_the_days_that_are_left_is_voluntary(days, required, words):
    case = somebody(days=days)

    place = joins(a_series(), case)

    enforced = [one.appointment.enforces for one in expected(case)]
    assert enforced == ["requirement"] * required + ["voluntary"] * (6 - required)
    assert place.seen == words
    assert RarActivity.objects.filter(case=case).count() == (1 if days else 0)


def test_what_is_planned_otherwise_leaves_fewer_days():
    case = somebody(days=10)
    requirement = case.sentences.get().requirements.get()
    RarActivity.objects.create(
        case=case, requirement=requirement, theme="NPS005", what="CV writing", days=7,
        route="one_to_one", planned_on=FIRST, planned_by=case.officer,
    )  # fmt: skip

    joins(a_series(), case)

    enforced = [one.appointment.enforces for one in expected(case)]
    assert enforced == ["requirement"] * 3 + ["voluntary"] * 3


def test_nobody_must_come_once_the_order_has_ended():
    case = somebody(ends_on=TUESDAYS[3])

    joins(a_series(), case)

    enforced = [one.appointment.enforces for one in expected(case)]
    assert enforced == ["requirement"] * 4 + ["voluntary"] * 2
    assert RarActivity.objects.get(case=case).days == 4


def test_by_a_licence_they_come_under_its_condition():
    sentence = licence(licence_end_on=date(2018, 10, 20))
    case, said = sentence.case, condition(sentence)
    lives_near(case)
    is_free(case)

    joins(a_series(), referral=waits(case, hook=Hook.LICENCE))

    rows = expected(case)
    by = [(one.appointment.enforces, one.appointment.condition) for one in rows]
    assert by == [("condition", said)] * 3 + [("voluntary", None)] * 3
    assert {one.appointment.contact.sentence_id for one in rows[:3]} == {sentence.pk}


def test_after_a_licence_they_come_under_their_supervision():
    sentence = licence(licence_end_on=date(2018, 9, 1), custody_status="P")
    lives_near(sentence.case)
    is_free(sentence.case)

    joins(a_series(), referral=waits(sentence.case, hook=Hook.PSS))

    by = [(one.appointment.enforces, one.appointment.contact.sentence_id) for one in expected(sentence.case)]  # fmt: skip
    assert by == [("order", sentence.pk)] * 6


def test_by_their_own_choice_nothing_is_enforced():
    case = somebody()

    joins(a_series(), referral=waits(case, hook=Hook.VOLUNTARY))

    assert {one.appointment.enforces for one in expected(case)} == {"voluntary"}
    assert not RarActivity.objects.filter(case=case).exists()


def test_what_they_were_referred_by_and_runs_no_more_brings_nobody():
    referral = waits(somebody(), hook=Hook.LICENCE)

    with pytest.raises(RuleBroken, match="none runs now: licence condition"):
        joins(a_series(), referral=referral)
    assert not SeriesPlace.objects.exists()


def test_a_deadline_for_a_day_of_the_requirement_is_met():
    case = somebody()
    case.deadlines.create(
        kind="book_rar_day", triggered_on=NOW.date(), due_on=NOW.date(), why="Stalled"
    )

    joins(a_series(), case)

    assert case.deadlines.get(kind="book_rar_day").met_on == NOW.date()


def test_whoever_has_a_place_is_off_the_list_and_whoever_does_something_meanwhile_is_not():
    taken, meanwhile = somebody(), somebody()

    series = a_series()
    joins(series, taken)
    joins(series, referral=waits(meanwhile, "stepping_stones"), instead=True)

    assert not on_list(taken)
    assert on_list(meanwhile)
    assert len(expected(meanwhile)) == 6


def test_something_else_is_given_only_meanwhile():
    series, case = a_series(), somebody()

    with pytest.raises(RuleBroken, match="they wait for Stepping Stones to Change"):
        joins(series, referral=waits(case, "stepping_stones"))
    with pytest.raises(RuleBroken, match="This is what they wait for"):
        joins(series, case, instead=True)


def test_a_full_series_takes_nobody():
    series = a_series(places=4)
    for _ in range(4):
        joins(series)
    late = somebody()

    with pytest.raises(RuleBroken, match="It has 4 places, all of them taken"):
        joins(series, late)
    assert expected(late) == []
    assert on_list(late)


def test_hours_that_do_not_fit_are_refused_in_words():
    case = somebody(asked=False)
    is_free(case, parts=["morning"])

    with pytest.raises(RuleBroken, match="Tuesday 2 October 2018, 6pm to 8pm, with about"):
        joins(a_series(), case)


def test_nobody_is_sent_anywhere_at_hours_that_nobody_asked_about():
    with pytest.raises(RuleBroken, match=r"Nobody has recorded when they can come\."):
        joins(a_series(), somebody(asked=False))


def test_whoever_is_to_be_kept_apart_never_joins_the_same_series():
    one, other = somebody(), somebody()
    apart(one, other)
    series = a_series()
    joins(series, one)

    with pytest.raises(RuleBroken, match="Somebody they are to be kept apart from"):
        joins(series, other)


def test_nobody_is_in_two_series_at_one_hour():
    case, place = somebody(), oxford()
    joins(a_series(place=place), case)
    another = planned(
        leaders=[facilitator("Jo Hill", skill="Stepping Stones to Change")],
        code="stepping_stones",
        place=place,
        room=room_at(place, "Room 2"),
        weekly=[TUESDAY],
        places=8,
    )

    with pytest.raises(RuleBroken, match="They are in another series at 6pm on 2 October 2018"):
        joins(another, case)
    assert len(expected(case)) == 6


def test_what_else_they_are_expected_at_is_kept_with_the_place():
    case = somebody()
    ContactFactory(
        case=case, appointment=True, outcome_code="", type_name="Office visit",
        started_at=at(FIRST, 18, 30), ended_at=at(FIRST, 19),
    )  # fmt: skip

    place = joins(a_series(), case)

    assert place.seen == ["They are expected elsewhere at 6pm on 2 October 2018: office visit."]
    assert Entry.objects.get(action="gave_place").detail["unread"] == 1


def test_nothing_is_given_while_supervision_stands_still():
    case = somebody()
    PauseFactory(case=case)

    with pytest.raises(RuleBroken, match="stands still"):
        joins(a_series(), case)


def test_the_officer_is_told_unless_they_did_it():
    series, case, mine = a_series(), somebody(), somebody()

    joins(series, case)
    joins(series, mine, by=mine.officer)

    assert told(case.officer) == [
        f"{case.crn} has a place in Making Amends at Oxford office, from 2 October 2018 at 6pm."
    ]
    assert told(mine.officer) == []


# Keeping


def test_a_place_is_kept_for_some_days_and_then_free_by_itself():
    series, referral = a_series(places=4), waits(somebody())
    for _ in range(3):
        joins(series)

    kept = keep_place(referral=referral, series=series, by=UserFactory(), now=NOW)

    assert kept.kept_until - NOW == timedelta(days=5)
    assert expected(referral.case) == []
    assert on_list(referral.case)
    with pytest.raises(RuleBroken, match="1 of them kept"):
        joins(series)
    later = kept.kept_until + timedelta(minutes=1)
    joins(series, now=later)
    kept.refresh_from_db()
    assert (kept.state, kept.closed_because) == (PlaceState.LET_GO, "Nobody took it up in time.")


def test_the_place_that_is_kept_is_the_one_they_are_given():
    series, referral = a_series(places=4), waits(somebody())
    kept = keep_place(referral=referral, series=series, by=UserFactory(), now=NOW)

    given = joins(series, referral=referral)

    assert (given.pk, given.state, given.kept_until) == (kept.pk, PlaceState.TAKEN, None)
    assert len(expected(referral.case)) == 6


def test_one_place_is_kept_for_one_person():
    place = oxford()
    first = a_series(place=place)
    other = a_series(
        place=place, room=room_at(place, "Room 2"), first_on=FIRST + timedelta(weeks=8)
    )
    referral, by = waits(somebody()), UserFactory()
    keep_place(referral=referral, series=first, by=by, now=NOW)

    for series, words in [(first, "It is kept for them already"), (other, "in another series")]:
        with pytest.raises(RuleBroken, match=words):
            keep_place(referral=referral, series=series, by=by, now=NOW)


def test_a_kept_place_is_let_go_for_a_reason():
    series, referral, by = a_series(), waits(somebody()), UserFactory()
    kept = keep_place(referral=referral, series=series, by=by, now=NOW)

    with pytest.raises(RuleBroken, match="Say why"):
        let_go(place=kept, because="  ", by=by, now=NOW)
    let_go(place=kept, because="They would rather wait.", by=by, now=NOW)

    kept.refresh_from_db()
    assert (kept.state, kept.closed_because) == (PlaceState.LET_GO, "They would rather wait.")
    with pytest.raises(RuleBroken, match="No place is kept for them now"):
        let_go(place=kept, because="Again.", by=by, now=NOW)


# Leaving


def test_whoever_leaves_is_on_the_list_again_from_the_day_they_were_first_on_it():
    series, case = a_series(), somebody()
    place = joins(series, case)
    since = place.referral.waiting_since

    leaves(place, because="They work on Tuesdays now.")

    assert expected(case) == []
    rows = Appointment.objects.filter(contact__case=case)
    assert {(one.asked_by, one.called_off_because) for one in rows} == {
        ("person", "They work on Tuesdays now.")
    }
    assert {one.outcome_code for one in Contact.objects.filter(case=case)} == {"RSOF"}
    referral = Referral.objects.waiting().get(case=case)
    assert (referral.state, referral.waiting_since) == (ReferralState.ACCEPTED, since)
    place.refresh_from_db()
    assert (place.state, place.closed_because) == (PlaceState.LEFT, "They work on Tuesdays now.")


def test_what_was_said_of_a_session_stays_when_they_leave():
    series, case = a_series(), somebody()
    place = joins(series, case)
    first = expected(case)[0]
    Contact.objects.filter(pk=first.appointment_id).update(outcome_code="ATTC", attended=True)

    leaves(place, now=at(TUESDAYS[1], 9))

    assert [one.pk for one in expected(case)] == [first.pk]
    assert Contact.objects.get(pk=first.appointment_id).outcome_code == "ATTC"


def test_nobody_leaves_twice():
    place = joins(a_series())
    leaves(place)

    with pytest.raises(RuleBroken, match="They are not in this series now"):
        leaves(place)


# Finishing


def was_at(case, number, mark):
    GroupAttendance.objects.filter(case=case, session__number=number).update(
        mark=mark, recorded_at=THE_END, recorded_by=UserFactory()
    )


def send_last(series):
    last = sessions_of(series)[-1]
    last.sent_at, last.sent_by = THE_END, UserFactory()
    last.save()


def test_a_series_is_finished_by_those_who_had_its_last_session():
    series, there, absent = a_series(), somebody(), somebody()
    done, undone = joins(series, there), joins(series, absent)
    was_at(there, 6, "took_part")
    was_at(absent, 6, "not_come")
    send_last(series)

    assert finish_series(series=series, by=None, now=THE_END) == 1

    done.refresh_from_db()
    undone.refresh_from_db()
    assert (done.state, undone.state) == (PlaceState.FINISHED, PlaceState.LEFT)
    finished = Referral.objects.get(case=there)
    assert (finished.state, finished.closed_on) == (ReferralState.DONE, TUESDAYS[-1])
    assert on_list(absent)


def in_the_case(case, number, code, *, attended):
    rows = Contact.objects.filter(
        booking__group_attendance__case=case, booking__group_attendance__session__number=number
    )
    rows.update(outcome_code=code, attended=attended)


def test_what_their_officer_says_of_the_last_session_counts_and_not_what_it_put_right():
    series, there, absent = a_series(), somebody(), somebody()
    done, undone = joins(series, there), joins(series, absent)
    in_the_case(there, 6, "ATTC", attended=True)
    was_at(absent, 6, "took_part")
    in_the_case(absent, 6, "AFTA", attended=False)
    send_last(series)

    finish_series(series=series, by=None, now=THE_END)

    done.refresh_from_db()
    undone.refresh_from_db()
    assert (done.state, undone.state) == (PlaceState.FINISHED, PlaceState.LEFT)


def test_a_series_is_not_finished_before_its_last_register_is_sent():
    series = a_series()
    joins(series)

    for now in (NOW, THE_END):
        with pytest.raises(RuleBroken, match="The register of its last session is not sent yet"):
            finish_series(series=series, by=None, now=now)


def test_what_was_done_meanwhile_ends_no_waiting():
    series, case = a_series(), somebody()
    joins(series, referral=waits(case, "stepping_stones"), instead=True)
    was_at(case, 6, "took_part")
    send_last(series)

    finish_series(series=series, by=None, now=THE_END)

    assert on_list(case)


def test_a_facilitator_finishes_one_person_early():
    series, case, other = a_series(), somebody(), somebody()
    place = joins(series, case)
    joins(series, other)

    finish_series(series=series, place=place, by=UserFactory(), now=at(TUESDAYS[4], 9))

    place.refresh_from_db()
    assert place.state == PlaceState.FINISHED
    assert [one.session.number for one in expected(case)] == [1, 2, 3, 4]
    assert len(expected(other)) == 6
    assert Referral.objects.get(case=case).state == ReferralState.DONE
