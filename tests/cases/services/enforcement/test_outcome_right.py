"""What a court decided, put right: for a reason, with what stood kept, and what was recorded with it following."""

from datetime import timedelta

import pytest

from cases.models import Contact, Deadline, Notice
from cases.reference.enforcement import BreachState
from cases.services.enforcement.breaches.court import say_outcome, set_hearing
from cases.services.enforcement.breaches.outcome_right import correct_outcome
from cases.services.pauses import begin_pause, end_pause
from staff.errors import RuleBroken
from staff.models import Entry
from tests.cases.a_breach import COURT, a_senior, brought_to, on
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
BECAUSE = "The list was misread: Ms Vale of the court office rang."
HERE = "HMP Bullingdon"


@pytest.fixture
def breach():
    """Recorded as going on, on the day on which it was before the court."""
    found = brought_to(State.SUMMONS)
    set_hearing(breach=found, at=NOW, court=COURT, by=found.case.officer, now=NOW)
    on(found, State.DECIDED, attended=True, words="To go on.")
    found.refresh_from_db()
    return found


def put_right(breach, now=NOW + DAY, **given):
    known = {"code": "ABPC", "on": NOW.date(), "words": "To go on.", "attended": True}
    given = known | {"because": BECAUSE} | given
    step = correct_outcome(breach=breach, by=UserFactory(role="hub"), now=now, **given)
    breach.refresh_from_db()
    return step


def inside(breach):
    running = breach.case.pauses.running().filter(kind="custody")
    return list(running.values_list("where", "from_on"))


def test_it_is_another_decision_and_what_stood_is_among_its_steps(breach):
    senior = a_senior(breach.case)
    Deadline.objects.filter(kind="review_event").delete()

    put_right(breach, code="ABCF", words="Fined £80. To go on.")

    assert (breach.state, breach.outcome, breach.outcome_words) == (State.DECIDED, "ABCF", "Fined £80. To go on.")  # fmt: skip
    first, second = breach.steps.filter(state=State.DECIDED).order_by("pk")
    assert first.words == "To go on."
    assert "“Proven, the order goes on”, 1 October 2018" in second.words
    assert BECAUSE in second.words
    assert breach.hearings.get().result == "Proven, the order goes on with a fine"
    line = Contact.objects.filter(case=breach.case, type_code="ABCF").get()
    assert "put right" in line.type_name
    heard = Notice.objects.filter(text__contains="put right")
    assert set(heard.values_list("user", flat=True)) == {breach.case.officer_id, senior.pk}
    assert Deadline.objects.unmet().filter(case=breach.case, kind="review_event").exists()
    assert Entry.objects.get(action="corrected_court_outcome").detail["was"] == "ABPC"


def test_whoever_went_to_prison_after_all_cannot_be_seen_from_that_day(breach):
    with pytest.raises(RuleBroken, match="which prison"):
        put_right(breach, code="ABCC")

    put_right(breach, code="ABCC", prison=HERE)

    assert inside(breach) == [(HERE, NOW.date())]


def test_whoever_never_went_to_prison_is_seen_and_what_stood_still_runs():
    breach = brought_to(State.SUMMONS)
    on(breach, State.DECIDED, code="ABCC", prison=HERE)
    assert inside(breach) == [(HERE, NOW.date())]

    put_right(breach)

    assert inside(breach) == []


def test_another_prison_or_day_is_put_right_where_it_is_recorded():
    breach = brought_to(State.SUMMONS)
    on(breach, State.DECIDED, now=NOW + DAY, code="ABCC", prison=HERE)

    put_right(breach, code="ABCC", prison="HMP Reading", on=NOW.date())

    assert inside(breach) == [("HMP Reading", NOW.date())]


def test_a_stay_that_is_over_is_not_begun_again():
    breach = brought_to(State.SUMMONS)
    on(breach, State.DECIDED, code="ABCC", prison=HERE)
    stay, known = breach.case.pauses.running().get(), {"by": breach.case.officer, "now": NOW + 20 * DAY}  # fmt: skip
    end_pause(pause=stay, to_on=(NOW + 9 * DAY).date(), because="Released, the prison rang.", **known)  # fmt: skip

    put_right(breach, NOW + 20 * DAY, code="ABCC", prison=HERE, words="Twelve weeks.")

    assert inside(breach) == []
    assert breach.case.pauses.count() == 1


def test_put_right_to_no_prison_and_back_they_are_inside_again(breach):
    put_right(breach, code="ABCC", prison=HERE)
    put_right(breach)

    put_right(breach, code="ABCC", prison=HERE)

    assert inside(breach) == [(HERE, NOW.date())]


def say_by_hand(breach):
    return begin_pause(
        case=breach.case, kind="custody", from_on=NOW.date(), where="HMP Woodhill", source="The prison rang",
        last_seen_on=None, by=breach.case.officer, now=NOW,
    )  # fmt: skip


def test_custody_that_staff_recorded_by_hand_is_theirs(breach):
    from_hand = say_by_hand(breach)

    put_right(breach, code="ABCC", prison=HERE)
    put_right(breach)

    assert inside(breach) == [(from_hand.where, from_hand.from_on)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "Nothing is different"),
        ({"code": "ABCF", "because": "."}, "Say what was wrong"),
        ({"code": "ABSA", "prison": HERE}, "No court can decide that"),
        ({"on": (NOW + 3 * DAY).date()}, "in the future"),
        ({"on": (NOW - 90 * DAY).date()}, "before the NPS accepted"),
    ],
)
def test_what_is_the_same_without_a_reason_or_cannot_be_is_not_put_right(breach, given, why):
    with pytest.raises(RuleBroken, match=why):
        put_right(breach, **given)

    assert breach.steps.filter(state=State.DECIDED).count() == 1


@pytest.mark.parametrize("state", [State.SUMMONS, State.WITHDRAWN, State.DECLINED])
def test_where_no_court_decided_nothing_is_put_right(state):
    with pytest.raises(RuleBroken, match="No decision of a court"):
        put_right(brought_to(state), code="ABCF")


def test_pressed_twice_it_is_put_right_once(breach):
    put_right(breach, code="ABCF")

    with pytest.raises(RuleBroken, match="Nothing is different"):
        put_right(breach, code="ABCF")


def test_without_a_day_in_court_only_the_decision_changes():
    breach = brought_to(State.SUMMONS)
    say_outcome(breach=breach, code="ABPC", on=NOW.date(), by=breach.case.officer, now=NOW)

    put_right(breach, code="ABNP", words="", attended=None)

    assert breach.outcome == "ABNP"
    assert not breach.hearings.exists()
