"""Whoever was written to of a day in court is written to again where it is another, and their officer rings them."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from cases.models import Deadline, Letter, Notice
from cases.models.person import Address
from cases.queries.enquiries import MAIN_ADDRESS
from cases.reference.enforcement import BreachState, LetterKind, LetterState
from cases.services.enforcement.breaches.court import (
    call_off_hearing,
    correct_hearing,
    say_hearing,
    set_hearing,
)
from cases.services.enforcement.letters import look_at, make_ready, write_letter
from cases.services.enforcement.letters_back import letter_came_back
from cases.services.enforcement.letters_sent import send_letter
from staff.errors import RuleBroken
from tests.cases.a_breach import COURT, brought_to, on
from tests.cases.a_letter import NONE_BOOKED, PROOF
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
SET = NOW + 20 * DAY
ANOTHER = NOW + 27 * DAY
PROMISE = "You will get another letter that says when to come to court."


@pytest.fixture
def hub():
    return UserFactory(role="hub")


@pytest.fixture
def breach():
    """Accepted, of somebody at whose address it is safe to write to them."""
    found = brought_to(State.ACCEPTED)
    Address.objects.create(
        case=found.case, status_code=MAIN_ADDRESS, lines="1 Fern Road", town="Reading", postcode="RG1 1AA", safe_to_write=True
    )  # fmt: skip
    return found


def owed(breach):
    """The letters that tell of the court and are still to go."""
    return [*Letter.objects.to_go().filter(breach=breach, kind=LetterKind.BREACH)]


def gone(breach, by):
    """The one letter that is owed has gone."""
    (letter,) = owed(breach)
    letter.case = breach.case
    words = {"no_appointment": NONE_BOOKED}
    write_letter(letter=letter, words=words, welsh=False, by=by, now=NOW)
    letter = make_ready(letter=letter, by=by, now=NOW)
    return send_letter(letter=letter, proof=PROOF, by=by, now=NOW)


def day_set(breach, at=SET, court=COURT):
    return set_hearing(breach=breach, at=at, court=court, by=breach.case.officer, now=NOW)


def what_it_says(letter, now=NOW):
    said = look_at(letter=letter, now=now).said
    return " ".join(
        one for section in said["parts"][0]["sections"] for one in section["paragraphs"]
    )


def rung(breach):
    found = Notice.objects.filter(user=breach.case.officer, text__contains="Ring them")
    return [one.text for one in found.order_by("pk")]


def test_the_letter_that_was_promised_is_owed_once_the_day_is_set(breach, hub):
    went = gone(breach, hub)
    assert PROMISE in what_it_says(went)

    day_set(breach)

    (letter,) = owed(breach)
    assert f"You must come to {COURT} on" in what_it_says(letter)
    clock = Deadline.objects.unmet().get(letter=letter, kind="send_letter")
    assert clock.due_on <= (NOW + 5 * DAY).date()
    assert len(rung(breach)) == 1


def test_a_letter_that_is_still_to_go_says_the_day_by_itself(breach):
    day_set(breach)

    (letter,) = owed(breach)
    assert f"You must come to {COURT} on" in what_it_says(letter)
    assert rung(breach) == []


@pytest.mark.parametrize(("at", "court"), [(ANOTHER, COURT), (SET, "Slough Magistrates’ Court")])
def test_another_day_or_court_than_they_were_told_of_is_written_to_them(breach, hub, at, court):
    one = day_set(breach)
    gone(breach, hub)

    correct_hearing(hearing=one, at=at, court=court, by=breach.case.officer, now=NOW)

    (letter,) = owed(breach)
    assert f"come to {court} on" in what_it_says(letter)
    assert f"{localtime(at):%d}".lstrip("0") in rung(breach)[0]


def test_the_same_day_put_right_in_nothing_they_were_told_asks_for_none(breach, hub):
    one = day_set(breach)
    gone(breach, hub)

    correct_hearing(hearing=one, at=SET, court=f" {COURT} ", by=breach.case.officer, now=NOW)

    assert (owed(breach), rung(breach)) == ([], [])


def test_of_one_that_is_called_off_the_officer_rings_them_and_the_next_is_written(breach, hub):
    one = day_set(breach)
    gone(breach, hub)

    by = breach.case.officer
    call_off_hearing(hearing=one, because="The court lost power.", by=by, now=NOW)

    assert owed(breach) == []
    assert "called off" in rung(breach)[0]
    day_set(breach, ANOTHER)
    assert len(owed(breach)) == 1


def test_a_day_that_stands_again_after_it_was_called_off_is_rung_about_and_no_letter_goes(
    breach, hub
):
    one = day_set(breach)
    gone(breach, hub)
    by = breach.case.officer
    call_off_hearing(hearing=one, because="Taken for another case.", by=by, now=NOW)

    day_set(breach)

    assert owed(breach) == []
    called_off, stands = rung(breach)
    assert "called off" in called_off
    assert f"{localtime(SET):%d %B %Y}".lstrip("0") in stands
    assert "does not say so" not in stands


def test_a_day_that_is_put_back_to_what_the_letter_says_is_rung_about_again(breach, hub):
    one = day_set(breach)
    gone(breach, hub)
    by = breach.case.officer
    correct_hearing(hearing=one, at=ANOTHER, court=COURT, by=by, now=NOW)

    correct_hearing(hearing=one, at=SET, court=COURT, by=by, now=NOW)

    assert len(rung(breach)) == 2
    assert f"{localtime(SET):%d %B %Y}".lstrip("0") in rung(breach)[1]


def test_a_first_day_that_is_called_off_before_its_letter_went_is_rung_about(breach, hub):
    gone(breach, hub)
    one = day_set(breach)

    by = breach.case.officer
    call_off_hearing(hearing=one, because="The court lost power.", by=by, now=NOW)

    assert ["called off" in one for one in rung(breach)] == [False, True]


@pytest.mark.parametrize(("attended", "letters"), [(True, 0), (False, 1)])
def test_whoever_was_not_there_when_it_was_put_off_is_written_to(breach, hub, attended, letters):
    one = day_set(breach, NOW + DAY)
    gone(breach, hub)

    say_hearing(
        hearing=one, attended=attended, result="Put off.", next_at=ANOTHER, by=breach.case.officer, now=NOW + 2 * DAY
    )  # fmt: skip

    assert len(owed(breach)) == letters


def test_none_is_owed_where_the_letter_came_back_and_its_officer_sees_to_it(breach, hub):
    letter = gone(breach, hub)
    letter_came_back(letter=letter, on=NOW.date(), because="Gone away", by=hub, now=NOW)

    day_set(breach)

    assert owed(breach) == []
    assert Letter.objects.get(breach=breach, kind=LetterKind.BREACH).state == LetterState.RETURNED


def test_whoever_is_wanted_is_brought_before_the_court_without_a_letter(breach, hub):
    gone(breach, hub)
    on(breach, State.WARRANT)
    breach.refresh_from_db()

    day_set(breach)

    assert owed(breach) == []


def test_a_day_that_was_written_down_once_it_had_passed_is_told_to_nobody(breach, hub):
    gone(breach, hub)

    set_hearing(breach=breach, at=NOW, court=COURT, by=breach.case.officer, now=NOW + DAY)

    assert owed(breach) == []


def test_a_slip_in_the_year_is_refused_on_every_way_to_a_day(breach):
    far, by = NOW + 400 * DAY, breach.case.officer
    with pytest.raises(RuleBroken, match="Check the year"):
        day_set(breach, far)
    one = day_set(breach)
    with pytest.raises(RuleBroken, match="Check the year"):
        correct_hearing(hearing=one, at=far, court=COURT, by=by, now=NOW)
    with pytest.raises(RuleBroken, match="Check the year"):
        say_hearing(
            hearing=one, attended=True, result="Put off.", next_at=far, by=by, now=SET + DAY
        )
