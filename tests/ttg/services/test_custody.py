from datetime import date, timedelta

import pytest

from cases.models import Assignment, Deadline, Notice
from cases.reference.codes import Capacity
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    CustodyFactory,
    PrisonFactory,
    PrisonStayFactory,
    SentenceFactory,
    UserFactory,
)
from ttg.models import Custody, Prison, ReleaseChange
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.rules.reckoning import read_reckoned
from ttg.rules.release_dates import Basis, Term
from ttg.services import custody as services
from ttg.services import prisons as book
from ttg.services.owed import owe_release

pytestmark = pytest.mark.django_db
SIX_MONTHS = Basis(terms=(Term(date(2018, 1, 8), months=6, offence_on=date(2017, 6, 1)),))
LEAVES = date(2018, 4, 6)  # the Friday before the Sunday on which half of it is served


@pytest.fixture
def case():
    return CaseFactory(officer=UserFactory(), born_on=date(1980, 1, 1))


@pytest.fixture
def stay(case):
    custody = CustodyFactory(case=case, received_on=date(2018, 1, 8))
    PrisonStayFactory(custody=custody)
    return custody


def received(case, **said):
    given = {"kind": "sentenced", "prison": PrisonFactory(), "received_on": TODAY, "source": "Reception, by telephone"}  # fmt: skip
    return services.receive(case=case, basis=None, by=case.officer, now=NOW, **(given | said))


def act(service, stay, **said):
    return service(custody=stay, by=stay.case.officer, now=NOW, **said)


def day_set(stay, on, **said):
    given = {"kind": ReleaseKind.HDC, "because": "Granted, letter of 3 May", "version": stay.version}  # fmt: skip
    return act(services.set_release_day, stay, on=on, **(given | said))


def done(case):
    return list(Entry.objects.filter(crn=case.crn).values_list("action", flat=True))


def test_somebody_is_received_at_a_prison_and_what_is_owed_of_them_begins(case):
    custody = received(case)

    assert custody.stays.get().prison == custody.prison
    assert custody.stays.get().from_on == TODAY
    assert Deadline.objects.unmet().filter(case=case, kind="screen_in_custody").exists()
    assert "received_into_custody" in done(case)


def test_a_stay_received_with_its_sentence_is_reckoned_at_once(case):
    custody = services.receive(
        case=case, kind="sentenced", prison=None, received_on=TODAY - timedelta(days=2), source="The warrant",
        basis=Basis(terms=(Term(TODAY - timedelta(days=2), months=6),)), by=case.officer, now=NOW,
    )  # fmt: skip

    assert custody.release_on == read_reckoned(custody.reckoned).release_on
    assert ReleaseChange.objects.get().release_on == custody.release_on


def test_one_stay_runs_at_a_time(case):
    received(case)

    with pytest.raises(RuleBroken, match="in prison already"):
        received(case)


def test_a_recall_follows_the_stay_before_it_and_another_sentence_does_not(case):
    before = CustodyFactory(
        case=case, received_on=date(2018, 1, 8), released_on=date(2018, 4, 6), release_on=None, release_kind=""
    )  # fmt: skip

    recalled = received(case, kind=CustodyKind.RECALLED)
    services.end_custody(custody=recalled, because="Recorded on the wrong case", mistaken=True, by=case.officer, now=NOW)  # fmt: skip
    again = received(case, kind=CustodyKind.SENTENCED)

    assert recalled.follows == before
    assert again.follows is None


def test_nobody_is_received_before_they_last_left(case):
    CustodyFactory(case=case, released_on=TODAY, release_on=None, release_kind="")

    with pytest.raises(RuleBroken, match="They left prison on"):
        received(case, received_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "word"),
    [({"received_on": TODAY + timedelta(days=1)}, "future"), ({"source": " - "}, "where you have it")],
)  # fmt: skip
def test_a_reception_that_cannot_be_or_cannot_be_checked_is_refused(case, said, word):
    with pytest.raises(RuleBroken, match=word):
        received(case, **said)

    assert not Custody.objects.exists()


def test_nothing_is_recorded_of_somebody_who_has_left_us(stay):
    stay.case.left_as = "elsewhere"
    stay.case.save()

    with pytest.raises(RuleBroken, match="Another provider"):
        act(services.release, stay, on=TODAY)


def test_a_screening_begins_the_clock_of_the_plan(stay):
    act(services.record_screening, stay, on=TODAY, whom="P. Okoro, Bullingdon")

    owed = Deadline.objects.unmet().filter(case=stay.case).values_list("kind", flat=True)
    assert "resettlement_plan" in owed
    assert "screen_in_custody" not in owed


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"on": date(2018, 1, 7), "whom": "P. Okoro"}, "cannot be before 8 January 2018"),
        ({"on": TODAY + timedelta(days=1), "whom": "P. Okoro"}, "future"),
        ({"on": TODAY, "whom": "?"}, "who did"),
    ],
)
def test_a_screening_is_by_somebody_while_they_are_there(stay, said, word):
    with pytest.raises(RuleBroken, match=word):
        act(services.record_screening, stay, **said)


def test_the_day_of_release_follows_what_is_reckoned_where_nobody_set_one(case):
    stay = CustodyFactory(case=case, received_on=date(2018, 1, 8), release_on=None, release_kind="")

    act(services.reckon_dates, stay, basis=SIX_MONTHS, version=0)
    stay.refresh_from_db()

    assert (stay.release_on, stay.release_kind) == (LEAVES, ReleaseKind.HALF_WAY)
    assert read_reckoned(stay.reckoned).pss_end == date(2019, 4, 8)
    assert stay.changes.get().because == services.RECKONED


def test_a_day_that_was_reckoned_moves_when_it_is_reckoned_anew(case):
    stay = CustodyFactory(case=case, received_on=date(2018, 1, 8), release_on=None, release_kind="")
    act(services.reckon_dates, stay, basis=SIX_MONTHS, version=0)

    more = Basis(terms=SIX_MONTHS.terms, added_days=14)
    act(services.reckon_dates, stay, basis=more, version=1)
    stay.refresh_from_db()

    # 8 April and 14 days is Sunday 22 April: they leave on the Friday
    assert stay.release_on == date(2018, 4, 20)
    assert list(stay.changes.order_by("pk").values_list("was_on", flat=True)) == [None, LEAVES]


def test_a_day_that_somebody_set_stays_when_the_dates_are_reckoned(stay):
    set_to = stay.release_on

    act(services.reckon_dates, stay, basis=SIX_MONTHS, version=0)
    stay.refresh_from_db()

    assert stay.release_on == set_to
    assert not stay.changes.exists()


def test_a_day_that_is_set_is_kept_beside_the_one_before_and_moves_what_is_owed(stay):
    before = stay.release_on
    day_set(stay, TODAY + timedelta(days=10))

    change = stay.changes.get()
    assert (change.was_on, change.release_on) == (before, TODAY + timedelta(days=10))
    assert change.by == stay.case.officer
    owed = Deadline.objects.unmet().get(case=stay.case, kind="find_home")
    assert owed.due_on <= TODAY + timedelta(days=10)


def test_whoever_works_by_the_day_hears_that_it_moved_and_whoever_moved_it_does_not(stay):
    worker = UserFactory(role=Role.RESETTLEMENT)
    act(services.name_worker, stay, worker=worker)
    Notice.objects.all().delete()
    stay.refresh_from_db()

    day_set(stay, TODAY + timedelta(days=100))

    assert [one.user for one in Notice.objects.all()] == [worker]
    assert stay.case.surname not in Notice.objects.get().text
    assert Notice.objects.get().text.startswith(f"{stay.case.crn}: ")


def test_the_day_may_come_to_be_not_known(stay):
    day_set(stay, None, kind="", because="The Parole Board put it off")
    stay.refresh_from_db()

    assert (stay.release_on, stay.release_kind) == (None, "")


@pytest.mark.parametrize(
    ("on", "said", "word"),
    [
        (TODAY, {"because": "."}, "Say why"),
        (TODAY, {"kind": ""}, "by what"),
        (date(2018, 1, 7), {}, "came to prison on 8 January 2018"),
    ],
)
def test_a_day_without_a_reason_or_before_reception_is_refused(stay, on, said, word):
    with pytest.raises(RuleBroken, match=word):
        day_set(stay, on, **said)


def test_a_friday_or_a_day_in_the_past_is_not_refused(stay):
    friday = date(2018, 4, 6)

    day_set(stay, friday)
    stay.refresh_from_db()

    assert stay.release_on == friday


def test_what_two_people_change_at_once_is_said_and_nothing_is_written_over(stay):
    day_set(stay, TODAY + timedelta(days=10))

    with pytest.raises(RuleBroken, match="Somebody has changed this stay"):
        day_set(stay, TODAY + timedelta(days=20), version=0)

    with pytest.raises(RuleBroken, match="Somebody has changed this stay"):
        act(services.reckon_dates, stay, basis=SIX_MONTHS, version=0)

    assert stay.changes.count() == 1


def test_a_move_ends_the_stay_at_the_prison_before(stay):
    woodhill = PrisonFactory(name="HMP Woodhill")

    moved = act(services.move_prison, stay, prison=woodhill, on=TODAY, because="Nearer home")

    first, second = stay.stays.order_by("from_on")
    assert (first.to_on, second.prison, second.to_on) == (TODAY, woodhill, None)
    assert (moved.prison, moved.prison_officer) == (woodhill, "")


def test_nobody_moves_to_where_they_are_or_before_they_came(stay):
    with pytest.raises(RuleBroken, match="that prison already"):
        act(services.move_prison, stay, prison=stay.prison, on=TODAY, because="")

    with pytest.raises(RuleBroken, match="cannot be before"):
        act(services.move_prison, stay, prison=PrisonFactory(name="HMP Woodhill"), on=date(2018, 1, 1), because="")  # fmt: skip


def test_a_release_is_recorded_whatever_is_missing(stay):
    act(services.release, stay, on=TODAY)
    stay.refresh_from_db()

    assert stay.released_on == TODAY
    assert stay.stays.get().to_on == TODAY
    owed = Deadline.objects.unmet().filter(case=stay.case).values_list("kind", flat=True)
    assert "say_first_night" in owed
    assert "find_home" not in owed


def test_nobody_is_released_twice_or_tomorrow(stay):
    with pytest.raises(RuleBroken, match="future"):
        act(services.release, stay, on=TODAY + timedelta(days=1))

    act(services.release, stay, on=TODAY)

    with pytest.raises(RuleBroken, match="not in prison any more"):
        act(services.release, stay, on=TODAY)


def test_a_stay_that_was_recorded_by_mistake_ends_with_what_was_owed_of_it(stay):
    worker = UserFactory(role=Role.RESETTLEMENT)
    act(services.name_worker, stay, worker=worker)

    act(services.end_custody, stay, because="Recorded on the wrong case", mistaken=True)

    assert not Custody.objects.held().exists()
    assert not Deadline.objects.unmet().filter(case=stay.case).exists()
    assert Assignment.objects.get(user=worker).to_on == TODAY


def test_a_stay_does_not_end_without_a_reason(stay):
    with pytest.raises(RuleBroken, match="Say why"):
        act(services.end_custody, stay, because="n/a", mistaken=True)


@pytest.mark.parametrize(
    ("service", "called", "role", "capacity"),
    [
        (services.name_worker, "worker", Role.RESETTLEMENT, Capacity.RESETTLEMENT),
        (services.name_mentor, "mentor", Role.MENTOR, Capacity.MENTOR),
    ],
)
def test_whoever_is_named_reaches_the_case_and_whoever_was_before_does_not_any_longer(
    stay, service, called, role, capacity
):
    first, second = UserFactory(role=role), UserFactory(role=role)

    act(service, stay, **{called: first})
    act(service, stay, **{called: second})
    stay.refresh_from_db()

    assert getattr(stay, called) == second
    found = dict(Assignment.objects.filter(capacity=capacity).values_list("user", "to_on"))
    assert found == {first.pk: TODAY, second.pk: None}
    assert Notice.objects.filter(user=second).exists()


def test_nobody_of_another_role_is_named(stay):
    with pytest.raises(RuleBroken, match="Choose a through the gate worker"):
        act(services.name_worker, stay, worker=UserFactory(role=Role.HUB))


def test_nobody_may_be_named_any_more(stay):
    worker = UserFactory(role=Role.RESETTLEMENT)
    act(services.name_worker, stay, worker=worker)

    act(services.name_worker, stay, worker=None)
    stay.refresh_from_db()

    assert stay.worker is None
    assert Assignment.objects.get(user=worker).to_on == TODAY


def test_the_sentence_that_holds_them_is_the_one_of_the_stay(case):
    SentenceFactory(case=case, custody_status="", convicted_on=TODAY)
    held = SentenceFactory(case=case, custody_status="D", convicted_on=date(2018, 1, 8))

    assert received(case).sentence == held


SAID = {
    "name": "HMP Springhill",
    "postcode": "",
    "telephone": "",
    "resettles": None,
    "gate": "",
    "closed_on": None,
}


def test_a_prison_is_put_in_the_book_once():
    by = UserFactory(role=Role.HUB)
    book.add_prison(by=by, **SAID)

    with pytest.raises(RuleBroken, match="in the book already"):
        book.add_prison(by=by, **(SAID | {"name": "hmp  springhill"}))

    assert Entry.objects.filter(action="added_prison", by=by).count() == 1


def test_what_the_book_says_of_a_prison_is_changed():
    prison = PrisonFactory()

    book.change_prison(prison=prison, by=UserFactory(), **(SAID | {"gate": "At the small door"}))

    assert Prison.objects.get().gate == "At the small door"
    assert Prison.objects.get().name == "HMP Springhill"


def test_a_prison_has_a_name():
    with pytest.raises(RuleBroken, match="name of the prison"):
        book.add_prison(by=UserFactory(), **(SAID | {"name": "  "}))


def test_a_release_that_comes_sooner_than_what_was_owed_began_is_not_refused(stay):
    """What is counted back from a day weeks sooner falls before the day on which its clock began."""
    owe_release(case_ids=[stay.case.pk], by=None, today=TODAY)

    day_set(stay, TODAY + timedelta(days=10))

    owed = Deadline.objects.unmet().get(case=stay.case, kind="plan_for_release")
    assert owed.due_on <= TODAY
