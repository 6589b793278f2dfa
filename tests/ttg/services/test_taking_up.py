from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline, Notice
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    CustodyFactory,
    GateMeetingFactory,
    PrisonFactory,
    SentenceFactory,
    UserFactory,
)
from ttg.models import Custody, Prison, PrisonStay, ReleaseChange
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.services.custody import end_custody, move_prison, release, set_release_day
from ttg.services.taking_up import take_up_custody, take_up_custody_chunk

pytestmark = pytest.mark.django_db
LEAVES = TODAY + timedelta(days=60)


def held(case=None, **said):
    given = {
        "custody_status": "D",
        "institution": "HMP Bullingdon",
        "started_on": date(2018, 9, 3),
        "expected_release_on": LEAVES,
        "conditional_release_on": LEAVES,
    }
    return SentenceFactory(case=case or CaseFactory(officer=UserFactory()), **(given | said))


def night(today=TODAY):
    return take_up_custody_chunk(after=0, today=today)


def record_says(sentence, **said):
    for name, value in said.items():
        setattr(sentence, name, value)
    sentence.save()


def test_somebody_held_by_the_record_is_taken_up_with_where_and_until_when():
    sentence = held()

    done = night()

    stay = Custody.objects.get()
    assert done == (None, {"taken_up": 1, "followed": 0})
    assert (stay.case, stay.sentence, stay.kind) == (sentence.case, sentence, CustodyKind.SENTENCED)
    assert (stay.received_on, stay.release_on) == (date(2018, 9, 3), LEAVES)
    assert stay.release_kind == ReleaseKind.HALF_WAY
    assert stay.prison.name == "HMP Bullingdon"
    assert "nDelius" in stay.source
    assert stay.stays.get().from_on == date(2018, 9, 3)
    assert Entry.objects.get(action="took_up_custody").crn == sentence.case.crn
    assert Deadline.objects.unmet().filter(case=sentence.case, kind="screen_in_custody").exists()


def test_a_second_night_changes_nothing():
    held()
    night()

    assert night() == (None, {"taken_up": 0, "followed": 0})
    assert Custody.objects.get().version == 0
    assert ReleaseChange.objects.count() == PrisonStay.objects.count() == 1


@pytest.mark.parametrize("said", [{"custody_status": ""}, {"custody_status": "B"}, {"active": False}])  # fmt: skip
def test_whoever_is_not_held_is_not_taken_up(said):
    held(**said)

    night()

    assert not Custody.objects.exists()


def test_one_prison_of_the_book_serves_whoever_is_held_there():
    PrisonFactory()
    held()
    held(institution="Hmp  BULLINGDON")
    held(institution="HMP Woodhill")
    held(institution="")

    night()

    assert set(Prison.objects.values_list("name", flat=True)) == {"HMP Bullingdon", "HMP Woodhill"}
    assert Custody.objects.filter(prison=None).count() == 1


def test_a_stay_that_staff_recorded_first_is_followed_and_not_doubled():
    sentence = held()
    stay = CustodyFactory(case=sentence.case, release_on=None, release_kind="")

    night()
    stay.refresh_from_db()

    assert Custody.objects.get() == stay
    assert (stay.sentence, stay.release_on) == (sentence, LEAVES)


def test_a_move_and_a_day_that_the_record_says_anew_are_followed():
    sentence = held()
    night()
    record_says(sentence, institution="HMP Woodhill", expected_release_on=LEAVES + timedelta(days=7))  # fmt: skip

    done = night()

    stay = Custody.objects.get()
    assert done[1] == {"taken_up": 0, "followed": 1}
    assert (stay.prison.name, stay.release_on) == ("HMP Woodhill", LEAVES + timedelta(days=7))
    assert list(stay.stays.order_by("pk").values_list("to_on", flat=True)) == [TODAY, None]
    assert list(stay.changes.order_by("pk").values_list("was_on", flat=True)) == [None, LEAVES]


def test_whoever_was_to_meet_them_hears_of_the_day_that_the_record_says_anew():
    sentence, mentor = held(), UserFactory(role=Role.MENTOR)
    night()
    when = datetime.combine(LEAVES, time(9), UTC)
    GateMeetingFactory(custody=Custody.objects.get(), meets=mentor, at=when)
    record_says(sentence, institution="HMP Woodhill")
    night()
    assert not Notice.objects.filter(user=mentor).exists()
    record_says(sentence, expected_release_on=LEAVES + timedelta(days=7))

    night()
    night()

    assert "ring before you go" in Notice.objects.get(user=mentor).text


def test_what_staff_have_said_since_stays_until_the_record_says_something_new():
    sentence = held()
    night()
    stay, by = Custody.objects.get(), sentence.case.officer
    later = LEAVES + timedelta(days=20)
    move_prison(custody=stay, prison=PrisonFactory(name="HMP Springhill"), on=TODAY, because="", by=by, now=NOW)  # fmt: skip
    set_release_day(custody=stay, on=later, kind="other", because="A court decided", version=1, by=by, now=NOW)  # fmt: skip

    assert night()[1]["followed"] == 0
    stay.refresh_from_db()
    assert (stay.prison.name, stay.release_on) == ("HMP Springhill", later)

    record_says(sentence, institution="HMP Woodhill", expected_release_on=LEAVES + timedelta(days=30))  # fmt: skip
    night()
    stay.refresh_from_db()
    assert (stay.prison.name, stay.release_on) == ("HMP Woodhill", LEAVES + timedelta(days=30))


def test_a_release_of_the_record_is_followed():
    sentence = held()
    night()
    record_says(sentence, custody_status="B", released_on=TODAY)

    night()

    stay = Custody.objects.get()
    assert stay.released_on == TODAY
    assert stay.stays.get().to_on == TODAY
    assert Deadline.objects.unmet().filter(case=sentence.case, kind="say_first_night").exists()


def test_a_release_before_they_came_or_still_to_come_is_not_taken_as_one():
    for day in (date(2018, 9, 2), TODAY + timedelta(days=1)):
        sentence = held()
        night()
        record_says(sentence, custody_status="B", released_on=day)

    night()

    assert Custody.objects.held().count() == 2


@pytest.mark.parametrize("how", ["release", "end"])
def test_whoever_we_released_or_ended_is_not_taken_up_again_while_the_record_lags_behind(how):
    sentence = held()
    night()
    said = {"custody": Custody.objects.get(), "by": sentence.case.officer, "now": NOW}
    if how == "release":
        release(on=TODAY, **said)
    else:
        end_custody(because="Recorded by mistake", mistaken=True, **said)

    night()

    assert Custody.objects.count() == 1


def test_a_recall_follows_the_release_before_it():
    sentence = held()
    night()
    before = Custody.objects.get()
    record_says(sentence, custody_status="B", released_on=TODAY - timedelta(days=1))
    night()
    record_says(sentence, custody_status="C")

    night()

    stay = Custody.objects.held().get()
    assert (stay.kind, stay.follows, stay.received_on) == (CustodyKind.RECALLED, before, TODAY)
    assert "when we first read of it" in stay.source


def test_early_release_by_the_record_is_home_detention_curfew_where_it_may_be():
    held(expected_release_on=LEAVES - timedelta(days=30), hdc_eligible_on=LEAVES - timedelta(days=40))  # fmt: skip
    night()

    assert Custody.objects.get().release_kind == ReleaseKind.HDC


def test_the_next_chunk_begins_after_the_last_case():
    first, second = held().case_id, held().case_id

    after, counts = take_up_custody_chunk(after=0, today=TODAY, size=1)

    assert (after, counts["taken_up"]) == (min(first, second), 1)
    assert take_up_custody_chunk(after=after, today=TODAY, size=1)[1]["taken_up"] == 1


def test_many_cases_take_as_many_statements_as_few():
    def statements(number):
        keys = [held(institution=f"HMP {n % 3} of {number}").case_id for n in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as found:
            take_up_custody(case_ids=keys, by=None, today=TODAY)
        return len(found)

    assert statements(40) <= statements(4)


def test_a_case_that_left_us_is_not_taken_up():
    held(CaseFactory(left_as="elsewhere"))

    night()

    assert not Custody.objects.exists()


def test_what_was_ended_here_cannot_be_changed_by_staff_either():
    held()
    night()
    stay, by = Custody.objects.get(), UserFactory()
    end_custody(custody=stay, because="Recorded by mistake", mistaken=True, by=by, now=NOW)

    with pytest.raises(RuleBroken, match="not in prison any more"):
        release(custody=stay, on=TODAY, by=by, now=NOW)
