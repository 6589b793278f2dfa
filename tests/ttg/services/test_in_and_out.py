"""What reception, release and their undoing do to the rest of a case."""

from datetime import timedelta

import pytest

from cases.models import Arrival, Deadline, Notice, Pause
from cases.reference.appointments import Enforces, Where
from cases.reference.pauses import PauseKind
from cases.services.appointments import book_appointment
from cases.services.pauses import begin_pause
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    CustodyFactory,
    DeadlineFactory,
    PlaceFactory,
    PrisonFactory,
    RegistrationFactory,
    SentenceFactory,
    UserFactory,
)
from ttg.models import NightStay
from ttg.services import custody as services
from ttg.services.home import say_night
from ttg.services.taking_up import take_up_custody
from ttg.services.undoing import undo_release

pytestmark = pytest.mark.django_db
CAME = TODAY - timedelta(days=20)
LEFT = TODAY - timedelta(days=3)
FIRST = "first_appointment_licence"


@pytest.fixture
def case():
    found = CaseFactory(officer=UserFactory())
    SentenceFactory(case=found, custody_status="D", convicted_on=CAME, started_on=CAME)
    return found


def received(case, **said):
    given = {"kind": "sentenced", "prison": PrisonFactory(), "received_on": CAME, "source": "Reception, by telephone"}  # fmt: skip
    return services.receive(case=case, basis=None, by=case.officer, now=NOW, **(given | said))


def released(stay, on=LEFT):
    return services.release(custody=stay, on=on, by=stay.case.officer, now=NOW)


def undone(stay, because="Meant for another case; the prison rang", by=None):
    return undo_release(custody=stay, because=because, by=by or stay.case.officer, now=NOW)


def booked(case):
    return book_appointment(
        case=case, type_code="COAI", starts_at=NOW + timedelta(hours=2), minutes=45, where=Where.OFFICE, place=PlaceFactory(),
        officer=case.officer, enforces=Enforces.VOLUNTARY, by=case.officer, now=NOW,
    )  # fmt: skip


def runs(case, kind):
    return case.deadlines.unmet().filter(kind=kind, paused_on=None).exists()


def test_whoever_is_received_cannot_be_seen_as_usual_from_that_day(case):
    DeadlineFactory(case=case, kind="monthly_contact")

    stay = received(case)

    pause = case.pauses.running().get()
    assert (pause.kind, pause.from_on, pause.where) == (PauseKind.CUSTODY, CAME, stay.prison.name)
    assert Deadline.objects.get(case=case, kind="monthly_contact").paused_on == TODAY
    assert runs(case, "screen_in_custody")
    assert Entry.objects.filter(crn=case.crn, action="began_pause", by=case.officer).exists()


def test_a_pause_that_stands_is_not_recorded_twice(case):
    stood = begin_pause(
        case=case, kind=PauseKind.CUSTODY, from_on=CAME, where="HMP Woodhill", source="Police", last_seen_on=None,
        by=case.officer, now=NOW,
    )  # fmt: skip

    received(case, prison=None)

    assert case.pauses.get() == stood


def test_a_prison_that_nobody_knows_yet_does_not_keep_contact_running(case):
    received(case, prison=None)

    assert "not recorded" in case.pauses.running().get().where


def test_nothing_stands_still_where_the_reception_is_refused(case):
    with pytest.raises(RuleBroken):
        received(case, source="-")

    assert not case.pauses.exists()


def test_a_release_lets_them_be_seen_and_owes_the_first_appointment_the_next_working_day(case):
    DeadlineFactory(case=case, kind="monthly_contact")
    stay = received(case)

    released(stay)

    pause = case.pauses.get()
    assert (pause.to_on, pause.ended_by) == (LEFT, case.officer)
    assert runs(case, "monthly_contact")
    owed = case.deadlines.unmet().get(kind=FIRST)
    assert (owed.triggered_on, owed.due_on) == (LEFT, TODAY)  # a Friday, and the Monday after it
    assert Arrival.objects.get(case=case).came_from == "prison"


def test_a_first_appointment_booked_before_release_is_known_on_the_day(case):
    stay = received(case)
    booked(case)

    released(stay)

    owed = Deadline.objects.get(case=case, kind=FIRST)
    assert (owed.met_on, owed.void) == (TODAY, False)


def test_a_first_appointment_booked_after_release_meets_the_clock(case):
    stay = released(received(case))
    assert runs(case, FIRST)

    booked(stay.case)

    assert not runs(case, FIRST)


def test_no_licence_begins_when_somebody_leaves_remand(case):
    released(received(case, kind="remanded"))

    assert not case.deadlines.filter(kind=FIRST).exists()
    assert not case.pauses.running().exists()


def test_of_somebody_the_nps_keeps_no_officer_of_ours_owes_the_first_appointment(case):
    case.retained_by = "the NPS"
    case.save()

    released(received(case))

    assert not case.deadlines.filter(kind=FIRST).exists()


def test_custody_that_began_after_the_release_goes_on(case):
    stay = received(case)
    case.pauses.update(from_on=TODAY)

    released(stay)

    assert case.pauses.running().get().from_on == TODAY


def test_a_release_the_record_brings_lets_them_be_seen(case):
    received(case)
    case.sentences.update(custody_status="B", released_on=LEFT)

    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)

    pause = case.pauses.get()
    assert (pause.to_on, pause.ended_by) == (LEFT, None)
    assert Notice.objects.filter(user=case.officer, text__contains="Over since").exists()


def test_a_stay_recorded_by_mistake_takes_the_pause_with_it(case):
    DeadlineFactory(case=case, kind="monthly_contact")
    stay = received(case)

    services.end_custody(custody=stay, because="Recorded on the wrong case", mistaken=True, by=case.officer, now=NOW)  # fmt: skip

    pause = case.pauses.get()
    assert (pause.to_on, pause.ended_because) == (CAME, "Recorded on the wrong case")
    assert runs(case, "monthly_contact")
    assert not case.deadlines.unmet().filter(kind="see_again").exists()


def test_a_pause_that_stood_before_the_mistake_goes_on(case):
    begin_pause(
        case=case, kind=PauseKind.CUSTODY, from_on=CAME, where="HMP Woodhill", source="Police", last_seen_on=None,
        by=case.officer, now=NOW - timedelta(days=1),
    )  # fmt: skip
    stay = received(case)

    services.end_custody(custody=stay, because="Recorded twice", mistaken=True, by=case.officer, now=NOW)  # fmt: skip

    assert case.pauses.running().exists()


def test_whoever_is_held_elsewhere_still_cannot_be_seen_as_usual(case):
    stay = received(case)

    services.end_custody(custody=stay, because="To hospital", mistaken=False, by=case.officer, now=NOW)  # fmt: skip

    assert case.pauses.running().exists()


def test_a_release_that_was_undone_owes_again_what_was_owed_before_it(case):
    stay = received(case)
    services.set_release_day(
        custody=stay, on=TODAY + timedelta(days=14), kind="half_way", because="The prison rang", version=stay.version,
        by=case.officer, now=NOW,
    )  # fmt: skip
    before = set(case.deadlines.unmet().values_list("kind", flat=True))
    stay.refresh_from_db()

    done = undone(released(stay))

    assert (done.released_on, done.stays.get().to_on) == (None, None)
    assert set(case.deadlines.unmet().values_list("kind", flat=True)) == before
    assert case.pauses.running().get().from_on == CAME
    assert not Arrival.objects.filter(case=case).exists()
    assert Entry.objects.filter(crn=case.crn, action="undid_release", by=case.officer).exists()


def test_why_a_release_was_undone_stands_beside_the_days(case):
    stay = undone(released(received(case)))

    change = stay.changes.get()
    assert change.was_on == LEFT
    assert change.because == "Not released after all: Meant for another case; the prison rang"


def test_what_was_said_of_nights_outside_goes_with_the_release(case):
    stay = released(received(case))
    say_night(custody=stay, night="1", stays="settled", by=case.officer, today=TODAY)

    undone(stay)
    released(stay, on=TODAY - timedelta(days=2))

    assert not NightStay.objects.exists()
    assert runs(case, "say_first_night")


def test_a_release_recorded_anew_owes_the_first_appointment_again_also_on_an_earlier_day(case):
    stay = undone(released(received(case)))

    released(stay, on=LEFT - timedelta(days=1))

    assert case.deadlines.unmet().get(kind=FIRST).triggered_on == LEFT - timedelta(days=1)
    assert case.pauses.get().to_on == LEFT - timedelta(days=1)


def test_whoever_works_by_the_release_hears_that_it_was_undone(case):
    stay, worker = received(case), UserFactory(role=Role.RESETTLEMENT)
    services.name_worker(custody=stay, worker=worker, by=case.officer, now=NOW)
    stay.refresh_from_db()
    released(stay)
    Notice.objects.all().delete()

    undone(stay)

    text = f"{case.crn}: They have not been released"
    assert Notice.objects.filter(user=worker, text__startswith=text).count() == 1
    assert not Notice.objects.filter(user=case.officer, text__startswith=text).exists()


def test_a_release_is_not_undone_without_a_reason_or_where_there_is_none(case):
    stay = received(case)
    with pytest.raises(RuleBroken, match="No release is recorded"):
        undone(stay)
    released(stay)

    with pytest.raises(RuleBroken, match="how it came to be recorded"):
        undone(stay, because="n/a")

    stay.refresh_from_db()
    assert stay.released_on == LEFT


def test_a_release_is_not_undone_once_they_are_in_prison_again(case):
    stay = released(received(case))
    again = received(case, kind="recalled", received_on=TODAY)

    with pytest.raises(RuleBroken, match="Another stay"):
        undone(stay)

    services.end_custody(custody=again, because="Recorded on the wrong case", mistaken=True, by=case.officer, now=NOW)  # fmt: skip
    assert undone(stay).released_on is None


def test_nothing_is_undone_of_somebody_who_has_left_us(case):
    stay = CustodyFactory(case=case, received_on=CAME, released_on=LEFT)
    case.left_as = "elsewhere"
    case.save()

    with pytest.raises(RuleBroken, match="Another provider"):
        undone(stay)


def test_whoever_the_record_has_in_prison_cannot_be_seen_as_usual_either(case):
    DeadlineFactory(case=case, kind="monthly_contact")

    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)

    pause = case.pauses.running().get()
    assert (pause.kind, pause.from_on, pause.begun_by) == (PauseKind.CUSTODY, CAME, None)
    assert "nDelius" in pause.source
    assert not runs(case, "monthly_contact")
    assert runs(case, "screen_in_custody")
    assert not Notice.objects.exists()  # they have been there for long
    assert Entry.objects.get(crn=case.crn, action="began_pause").by is None


def test_of_whoever_came_in_lately_by_the_record_the_officer_is_told_and_asks_how_they_are(case):
    came = TODAY - timedelta(days=2)
    RegistrationFactory(case=case, type_code="ALSH")
    case.sentences.update(convicted_on=came, started_on=came)

    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)

    assert case.pauses.running().get().from_on == came
    assert Notice.objects.filter(user=case.officer, text__contains=case.crn).exists()
    assert runs(case, "ask_welfare")


def test_where_another_sentence_runs_outside_the_record_is_asked_about_and_not_assumed(case):
    SentenceFactory(case=case, custody_status="")

    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)

    assert not Pause.objects.exists()


def test_a_pause_somebody_recorded_stands_when_the_record_brings_the_same(case):
    stood = begin_pause(
        case=case, kind=PauseKind.CUSTODY, from_on=CAME, where="HMP Woodhill", source="Police", last_seen_on=None,
        by=case.officer, now=NOW,
    )  # fmt: skip

    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)

    assert case.pauses.get() == stood


def test_a_stay_of_the_record_that_was_a_mistake_takes_its_pause_with_it(case):
    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)

    services.end_custody(custody=case.custodies.get(), because="Recorded on the wrong case", mistaken=True, by=case.officer, now=NOW)  # fmt: skip

    assert not case.pauses.running().exists()


# A release that was undone here, and a record that goes on telling of it


def record_releases(case, on, status="B"):
    case.sentences.update(custody_status=status, released_on=on)
    take_up_custody(case_ids=[case.pk], by=None, today=TODAY)
    return case.custodies.get()


def test_a_release_that_was_undone_here_is_not_recorded_again_by_the_record(case):
    record_releases(case, None, status="D")
    undone(record_releases(case, LEFT))

    stay = record_releases(case, LEFT)

    assert (stay.released_on, stay.undone_on) == (None, LEFT)
    assert case.pauses.running().exists()
    assert not Arrival.objects.filter(case=case).exists()
    assert record_releases(case, LEFT).version == stay.version


def test_another_day_of_release_is_followed_after_one_was_undone(case):
    undone(released(received(case)))

    stay = record_releases(case, TODAY - timedelta(days=1))

    assert (stay.released_on, stay.undone_on) == (TODAY - timedelta(days=1), None)


def test_once_the_record_has_them_in_prison_the_same_day_is_followed_again(case):
    undone(released(received(case)))
    record_releases(case, LEFT)
    assert record_releases(case, None, status="D").undone_on is None

    assert record_releases(case, LEFT).released_on == LEFT


def test_staff_may_record_the_release_that_was_undone_after_all(case):
    stay = undone(released(received(case)))

    released(stay)

    stay.refresh_from_db()
    assert (stay.released_on, stay.undone_on) == (LEFT, None)
