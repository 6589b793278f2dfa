"""What becomes of a case that has come: found, clocked once, asked for, read, settled."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from cases.models import Arrival, Deadline, Enquiry
from cases.reference.arriving import Brought, CameFrom
from cases.reference.checks import CheckKind
from cases.services.arrivals import ask_for_missing, read_arrival, record_arrival, record_brought
from cases.services.arrivals_owed import follow_arrivals, owe_arrivals_chunk, settle_arrivals
from cases.services.holding import name_officer
from cases.services.transfers import accept_transfer
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    ArrivalFactory,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    EnquiryFactory,
    InductionFactory,
    SentenceFactory,
    TransferFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 11, 5)  # a Monday
NOW = datetime(2018, 11, 5, 10, tzinfo=get_current_timezone())
LONG_AGO = date(2018, 1, 8)
FRIDAY = date(2018, 11, 2)
NOTE = "He hit his brother in March and drank that day. The brother lives with him. The police have been asked."  # fmt: skip
CAME = {one.value: {"state": "came", "on": FRIDAY, "words": "From the court."} for one in Brought}


def somebody(on=FRIDAY, *, named=True, **sentence):
    case = CaseFactory(arrived_on=None, **({} if named else {"officer": None}))
    SentenceFactory(case=case, convicted_on=on, started_on=on, **sentence)
    return case


def find(**given):
    return follow_arrivals(by=None, today=TODAY, now=NOW, **given)


def running(case):
    return set(case.deadlines.unmet().values_list("kind", flat=True))


def test_whoever_came_lately_is_found_once_and_owed_each_thing_from_that_day():
    case = somebody(named=False)
    somebody(on=LONG_AGO)

    assert find() == {"arrived": 1, "settled": 0}
    assert find() == {"arrived": 0, "settled": 0}

    assert Arrival.objects.get().case == case
    assert running(case) == {
        "name_officer",
        "first_appointment",
        "first_ten_days",
        "hold_induction",
    }
    assert set(case.deadlines.values_list("triggered_on", flat=True)) == {FRIDAY}
    assert case.deadlines.get(kind="name_officer").due_on == TODAY
    assert Entry.objects.filter(action="arrived", crn=case.crn).exists()


def test_another_officer_another_team_and_another_date_start_no_clock_again():
    case = somebody()
    find()
    before = list(case.deadlines.order_by("pk").values("kind", "triggered_on", "due_on"))
    case.officer = UserFactory(team=case.team)
    case.officer_since = TODAY
    case.arrived_on = TODAY
    case.save()

    find()

    assert case.arrivals.count() == 1
    assert list(case.deadlines.order_by("pk").values("kind", "triggered_on", "due_on")) == before


def test_a_release_from_prison_starts_the_clock_of_a_release():
    case = somebody(on=LONG_AGO, order="custody_pss", custody_status="D")
    assert find()["arrived"] == 0
    case.sentences.update(custody_status="B", released_on=FRIDAY)

    find()

    assert case.arrivals.get().came_from == CameFrom.PRISON
    assert case.deadlines.get(kind="first_appointment_licence").due_on == TODAY


def test_what_was_met_already_is_not_owed_again():
    case = somebody()
    for kind in ("first_appointment", "first_ten_days"):
        DeadlineFactory(case=case, kind=kind, triggered_on=FRIDAY, due_on=TODAY, met_on=TODAY)
    InductionFactory(
        case=case,
        sentence=case.sentences.get(),
        signed_at=NOW,
        signed_by=case.officer,
        held_on=TODAY,
        proof="paper",
    )

    find()

    assert running(case) == set()


def test_an_appointment_that_is_booked_meets_its_clock_and_one_that_was_kept_on_its_day():
    booked, kept, other = somebody(), somebody(), somebody()
    ContactFactory(case=booked, started_at=NOW + timedelta(days=2), appointment=True, national_standard=True)  # fmt: skip
    ContactFactory(case=kept, started_at=NOW - timedelta(days=2), appointment=True, national_standard=True)  # fmt: skip
    ContactFactory(case=other, started_at=NOW - timedelta(days=30), appointment=True, national_standard=True)  # fmt: skip

    find()

    assert booked.deadlines.get(kind="first_appointment").met_on == TODAY
    assert kept.deadlines.get(kind="first_appointment").met_on == date(2018, 11, 3)
    assert other.deadlines.get(kind="first_appointment").met_on is None


def test_cases_kept_by_the_nps_or_gone_have_not_come_to_us():
    for columns in ({"retained_by": "Kim Lee"}, {"left_as": "ended"}):
        case = somebody()
        type(case).objects.filter(pk=case.pk).update(**columns)

    assert find() == {"arrived": 0, "settled": 0}


def test_as_many_statements_are_made_for_many_as_for_few(django_assert_max_num_queries, django_assert_num_queries):  # fmt: skip
    for _ in range(2):
        somebody(named=False)
    with django_assert_max_num_queries(80) as few:
        find()
    for _ in range(20):
        somebody(named=False)

    with django_assert_num_queries(len(few)):
        find()


def test_the_night_goes_on_where_it_stopped_and_settles_what_an_extract_answered():
    first, second = somebody(named=False), somebody(named=False)
    after, counts = owe_arrivals_chunk(after=0, today=TODAY, now=NOW, size=1)
    assert counts["arrived"] == 1
    assert owe_arrivals_chunk(after=after, today=TODAY, now=NOW, size=1)[1]["arrived"] == 1
    for case in (first, second):
        case.officer = UserFactory(team=case.team)
        case.save()

    owe_arrivals_chunk(after=0, today=TODAY, now=NOW)

    assert not Deadline.objects.unmet().filter(kind="name_officer").exists()


def test_one_is_recorded_by_hand_where_somebody_comes_back_from_the_nps():
    case = somebody(on=LONG_AGO)

    made = record_arrival(case=case, came_from=CameFrom.NPS, arrived_on=FRIDAY, by=case.officer, now=NOW)  # fmt: skip

    assert made.sentence == case.sentences.get()
    assert running(case) == {"first_appointment", "first_ten_days", "hold_induction"}
    with pytest.raises(RuleBroken, match="recorded already"):
        record_arrival(case=case, came_from=CameFrom.NPS, arrived_on=FRIDAY, by=case.officer, now=NOW)  # fmt: skip
    assert find()["arrived"] == 0


def test_one_who_is_kept_by_the_nps_or_has_no_sentence_cannot_have_come():
    kept, none = somebody(), CaseFactory()
    kept.retained_by = "Kim Lee"
    kept.save()

    for case in (kept, none):
        with pytest.raises(RuleBroken, match=r"Nobody of ours|No sentence"):
            record_arrival(case=case, came_from=CameFrom.NPS, arrived_on=FRIDAY, by=case.officer, now=NOW)  # fmt: skip


def arrived():
    case = somebody()
    find()
    return case.arrivals.get()


def test_all_that_is_missing_is_asked_for_at_once_and_the_enquiry_that_was_never_made_is_opened():
    arrival = arrived()
    by = arrival.case.officer
    record_brought(arrival=arrival, given={"report": CAME["report"]}, by=by, now=NOW)

    asked, opened = ask_for_missing(arrival=arrival, by=by, now=NOW)

    arrival.refresh_from_db()
    assert set(asked) == set(Brought) - {Brought.REPORT}
    assert arrival.brought["order"] == {"state": "asked", "on": "2018-11-05"}
    assert [one.kind for one in opened] == [CheckKind.POLICE]
    with pytest.raises(RuleBroken, match="asked for already"):
        ask_for_missing(arrival=arrival, by=by, now=NOW)


def test_what_two_people_say_differently_is_kept_apart_and_the_rest_put_together():
    arrival = arrived()
    by = arrival.case.officer
    record_brought(arrival=arrival, given={"report": CAME["report"]}, by=by, now=NOW, seen={})

    late = record_brought(
        arrival=arrival,
        given={"report": {"state": "asked", "on": TODAY}, "order": CAME["order"]},
        by=by,
        now=NOW,
        seen={},
    )

    arrival.refresh_from_db()
    assert late.conflicts == ("report",)
    assert arrival.brought["report"]["state"] == "came"
    assert arrival.brought["order"]["state"] == "came"


def test_the_record_is_read_once_its_enquiries_are_sent_and_the_note_is_kept():
    arrival = arrived()
    case, by = arrival.case, arrival.case.officer
    given = {**CAME, "police": {"state": "asked", "on": FRIDAY}}
    record_brought(arrival=arrival, given=given, by=by, now=NOW)
    enquiry = EnquiryFactory(case=case, kind="police", triggered_on=FRIDAY)

    with pytest.raises(RuleBroken, match="No police enquiry has been sent"):
        read_arrival(arrival=arrival, note=NOTE, by=by, now=NOW)
    Enquiry.objects.filter(pk=enquiry.pk).update(state="sent", sent_on=TODAY, asked_of="Police")
    read = read_arrival(arrival=arrival, note=NOTE, by=by, now=NOW)

    assert (read.note, read.read_on, read.read_by, read.settled_on) == (NOTE, TODAY, by, None)
    assert case.deadlines.get(kind="first_ten_days").met_on == TODAY
    with pytest.raises(RuleBroken, match="its note stands"):
        read_arrival(arrival=arrival, note=NOTE, by=by, now=NOW)


def test_a_note_that_says_nothing_meets_no_clock():
    arrival = arrived()
    record_brought(arrival=arrival, given=CAME, by=arrival.case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="nothing that is of this person"):
        read_arrival(arrival=arrival, note="No concerns identified", by=arrival.case.officer, now=NOW)  # fmt: skip

    assert "first_ten_days" in running(arrival.case)


def test_it_is_settled_when_the_last_of_officer_note_and_appointment_is_there():
    case = somebody(named=False)
    find()
    Arrival.objects.update(read_on=TODAY, note=NOTE)
    case.deadlines.filter(kind="first_appointment").update(met_on=TODAY)
    assert settle_arrivals(case_ids=[case.pk], by=None, today=TODAY) == 0
    case.officer = UserFactory(team=case.team, is_active=False)
    case.save()
    assert settle_arrivals(case_ids=[case.pk], by=None, today=TODAY) == 0
    case.officer = UserFactory(team=case.team)
    case.save()

    assert settle_arrivals(case_ids=[case.pk], by=None, today=TODAY) == 1

    assert Arrival.objects.get().settled_on == TODAY


def test_naming_the_officer_settles_one_that_lacks_nothing_else():
    case = somebody(named=False)
    find()
    Arrival.objects.update(read_on=TODAY, note=NOTE)
    case.deadlines.filter(kind="first_appointment").update(met_on=TODAY)
    senior = UserFactory(role=Role.SPO, team=case.team)

    name_officer(case=case, officer=UserFactory(team=case.team), because="She knows him.", by=senior, now=NOW)  # fmt: skip

    assert Arrival.objects.get().settled_on == TODAY


def test_a_hand_over_to_us_that_is_accepted_is_an_arrival_on_the_same_sentence():
    case = somebody(on=LONG_AGO)
    ArrivalFactory(case=case, sentence=case.sentences.get(), arrived_on=LONG_AGO)
    case.retained_by = "Kim Lee, NPS Reading"
    case.save()
    to = UserFactory(team=case.team)
    offer = TransferFactory(case=case, kind="from_nps", from_officer=None, to_officer=to, outside="NPS Reading")  # fmt: skip

    accept_transfer(transfer=offer, by=to, now=NOW, outside_officer="Kim Lee")

    assert case.arrivals.get(arrived_on=TODAY).came_from == CameFrom.NPS
    assert running(case) >= {"first_appointment", "first_ten_days", "hold_induction"}


def test_nothing_of_what_was_written_stands_in_the_trail():
    arrival = ArrivalFactory(case=somebody(), arrived_on=FRIDAY)
    words = "Mrs Smithers of the court office said so."
    record_brought(
        arrival=arrival,
        given={"report": {"state": "none", "words": words}},
        by=arrival.case.officer,
        now=NOW,
    )

    assert "Smithers" not in str(list(Entry.objects.values_list("detail", flat=True)))
