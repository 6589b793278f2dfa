"""What somebody says of their week, of what they are tied to and of places: kept, replaced, taken back, refused."""

from datetime import date, timedelta

import pytest

from cases.reference.codes import Sex
from grid.models import Commitment, FreeTime, PlaceSaid, SaidWeek
from grid.reference.groups import CanGo
from grid.services import weeks as services
from staff.errors import Conflict, RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import CaseFactory, PlaceFactory, RelatedPersonFactory, UserFactory
from tests.grid.a_week import (
    ELEVEN,
    EVENING,
    MONDAY,
    MORNING,
    NINE,
    NOW,
    SIX,
    TODAY,
    TUESDAY,
    say,
    tie,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


def audited(case):
    return [one.action for one in Entry.objects.filter(crn=case.crn).order_by("pk")]


def test_what_is_said_later_takes_the_place_of_what_was_said_before(case):
    first = say(case, {MONDAY: [MORNING, MORNING]}, [(TUESDAY, NINE, ELEVEN)], note="Shifts")
    second = say(case, now=LATER)

    first.refresh_from_db()
    assert (first.superseded_at, second.superseded_at) == (LATER, None)
    assert list(SaidWeek.objects.in_force()) == [second]
    kept = first.times.order_by("weekday").values_list("weekday", "part", "from_at", "to_at")
    assert list(kept) == [(MONDAY, "morning", None, None), (TUESDAY, "", NINE, ELEVEN)]
    assert audited(case) == ["said_week", "said_week"]


def test_where_it_is_refused_what_stood_stands(case):
    first = say(case)

    with pytest.raises(RuleBroken):
        say(case, {}, now=LATER)

    assert list(SaidWeek.objects.in_force()) == [first]
    assert FreeTime.objects.count() == 1


def test_two_who_ask_at_once_do_not_write_over_each_other(case):
    with pytest.raises(RuleBroken, match="is not of this case"):
        say(case, seen=99)
    first = say(case, seen=services.NONE_YET)
    colleague = UserFactory(first_name="Jo", last_name="Field")

    with pytest.raises(Conflict):
        say(case, by=colleague, seen=services.NONE_YET)
    second = say(case, by=colleague, seen=first.pk)
    with pytest.raises(Conflict, match="Jo Field recorded what they said at 9am on 1 October 2018"):
        say(case, {MONDAY: [EVENING]}, seen=first.pk)

    assert list(SaidWeek.objects.in_force()) == [second]


def test_groups_for_women_alone_are_the_choice_of_women(case):
    woman = CaseFactory(sex=Sex.FEMALE)

    assert say(woman, women_only=True).women_only is True
    case.sex = Sex.MALE
    case.save()
    with pytest.raises(RuleBroken, match="are for women"):
        say(case, women_only=True)
    assert say(case, women_only=False).women_only is False


def test_a_name_that_the_writer_may_not_see_stays_in_the_note(case):
    RelatedPersonFactory(case=case, name="Kayla Moon", protected=True)
    say(case, note="Kayla Moon fetches them on Mondays")
    hub = UserFactory(role=Role.HUB)

    made = say(case, by=hub, note="[name protected]  fetches them on Tuesdays", now=LATER)

    assert made.note == "Kayla Moon fetches them on Tuesdays"


def test_a_note_that_grows_too_long_by_such_a_name_is_refused(case):
    RelatedPersonFactory(case=case, name="Kayla " * 5 + "Moon", protected=True)
    say(case, note="Kayla " * 5 + "Moon fetches them")

    with pytest.raises(RuleBroken, match="300 characters or fewer"):
        say(case, by=UserFactory(role=Role.HUB), note="[name protected] fetches them " + "x" * 260)


# What they are tied to


def test_what_they_are_tied_to_is_kept_with_who_recorded_it(case):
    made = tie(case, "  the school   run ", first_on=TODAY)

    assert (made.words, made.weekday, made.first_on, made.last_on) == (
        "the school run", TUESDAY, TODAY, None,
    )  # fmt: skip
    assert (made.recorded_by, made.recorded_at) == (case.officer, NOW)
    assert audited(case) == ["added_commitment"]


def test_the_same_twice_is_refused_until_it_is_taken_back(case):
    made = tie(case)

    with pytest.raises(RuleBroken, match="on record already"):
        tie(case, "Work")
    tie(case, to_at=ELEVEN)
    services.take_back_commitment(commitment=made, by=case.officer, now=LATER)
    tie(case, "Work")

    made.refresh_from_db()
    assert (made.taken_back_at, made.taken_back_by) == (LATER, case.officer)
    assert Commitment.objects.standing(TODAY).count() == 2


def ties(case, weekdays, **said):
    known = {"words": "work", "from_at": NINE, "to_at": SIX, "by": case.officer, "now": NOW}
    return services.add_commitments(case=case, weekdays=weekdays, **known | said)


def test_several_days_are_a_row_and_a_line_of_the_trail_each(case):
    made = ties(case, [4, 1, 4])

    assert [one.weekday for one in made] == [1, 4]
    assert audited(case) == ["added_commitment"] * 2


@pytest.mark.parametrize(
    ("weekdays", "said", "why"),
    [
        ([], {}, "Say on which day"),
        ([0, 1, 2], {}, "^Monday and Tuesday: That is on record already.$"),
        ([0, 2], {"to_at": NINE}, "^9am to 9am is no time at all.$"),  # of every day alike
        ([1], {}, "^That is on record already.$"),
        (
            [0, 3],
            {"first_on": date(2018, 10, 3), "last_on": date(2018, 10, 4)},
            "^Monday: There is no Monday in it: from 3 October 2018 to 4 October 2018.$",
        ),
    ],
)
def test_of_several_days_all_are_kept_or_none(case, weekdays, said, why):
    tie(case, weekday=0)
    tie(case, weekday=1)

    with pytest.raises(RuleBroken, match=why):
        ties(case, weekdays, **said)

    assert Commitment.objects.count() == 2


def test_what_is_taken_back_is_not_taken_back_again(case):
    made = tie(case)
    services.take_back_commitment(commitment=made, by=case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="taken back already"):
        services.take_back_commitment(commitment=made, by=UserFactory(), now=LATER)

    made.refresh_from_db()
    assert made.taken_back_at == NOW
    assert audited(case) == ["added_commitment", "took_back_commitment"]


def test_the_rules_are_asked(case):
    with pytest.raises(RuleBroken, match="no time at all"):
        tie(case, from_at=SIX)
    with pytest.raises(RuleBroken, match="Say what they are tied to"):
        tie(case, "  ")
    assert not Commitment.objects.exists()


# Places


def of_place(case, place, can_go, because="", now=NOW):
    return services.say_of_place(
        case=case, place=place, can_go=can_go, because=because, by=case.officer, now=now
    )


def test_what_is_said_of_a_place_replaces_what_was_said_of_it(case):
    place, other = PlaceFactory(), PlaceFactory()
    of_place(case, place, CanGo.PREFERS)
    of_place(case, other, CanGo.PREFERS)
    of_place(case, place, CanGo.CANNOT, "A feud", LATER)

    said = {one.place: (one.can_go, one.because, one.said_at) for one in PlaceSaid.objects.all()}
    assert said == {place: ("cannot", "A feud", LATER), other: ("prefers", "", NOW)}
    assert audited(case) == ["said_of_place"] * 3


def test_that_they_cannot_go_there_asks_for_a_reason(case):
    with pytest.raises(RuleBroken, match="Say why"):
        of_place(case, PlaceFactory(), CanGo.CANNOT, "  ")

    assert not PlaceSaid.objects.exists()


def test_what_was_said_of_a_place_is_taken_off(case):
    place = PlaceFactory(name="Reading office")
    of_place(case, place, CanGo.PREFERS)
    services.unsay_place(case=case, place=place, by=case.officer)

    assert not PlaceSaid.objects.exists()
    with pytest.raises(RuleBroken, match="Nothing is recorded of Reading office"):
        services.unsay_place(case=case, place=place, by=case.officer)
    assert audited(case) == ["said_of_place", "unsaid_place"]
