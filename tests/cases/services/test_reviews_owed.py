from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline, JobRun
from cases.queries.reviews_owed import under_review
from cases.services import timetable
from cases.services.reviews import begin_review
from cases.services.reviews_owed import owe_reviews, owe_reviews_chunk
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    PlanFactory,
    RegistrationFactory,
    RequirementFactory,
    ReviewedEventFactory,
    ReviewFactory,
    SentenceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
BEGAN = date(2018, 3, 1)
HEARD = TODAY - timedelta(days=20)


def at(day):
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def supervised(*, group="M50", order="community", **columns):
    case = CaseFactory(arrived_on=BEGAN, **columns)
    SentenceFactory(
        case=case, order=order, started_on=BEGAN, convicted_on=BEGAN, expected_end_on=date(2020, 1, 1), released_on=None
    )  # fmt: skip
    StandingFactory(case=case, group=group, place="group", needs="")
    return case


def owed(case, kind, today=TODAY):
    owe_reviews(case_ids=[case.pk], today=today)
    return Deadline.objects.unmet().filter(case=case, kind=kind).first()


def heard(case, on=HEARD, reply="information"):
    return EnquiryFactory(case=case, analysed=True, reply=reply, replied_on=on)


def test_a_review_is_owed_by_its_date_from_when_the_case_came_to_us():
    clock = owed(supervised(), "review_case")

    assert (clock.triggered_on, clock.due_on) == (BEGAN, BEGAN + timedelta(weeks=26))
    assert "26 weeks" in clock.why


def test_it_counts_from_the_last_completed_review():
    case = supervised()
    ReviewFactory(case=case, complete=True, signed_at=at(date(2018, 9, 1)))

    clock = owed(case, "review_case")

    assert (clock.triggered_on, clock.due_on) == (date(2018, 9, 1), date(2019, 3, 2))


def test_it_moves_with_the_group_and_runs_once():
    case = supervised()
    owed(case, "review_case")
    case.standing.group = "MC75"
    case.standing.save()

    clock = owed(case, "review_case")
    again = owed(case, "review_case")

    assert clock.due_on == BEGAN + timedelta(weeks=16)
    assert clock == again
    assert list(Deadline.objects.filter(case=case, void=True).values_list("kind", flat=True)) == [
        "review_case"
    ]


def test_unpaid_work_alone_is_told_from_work_beside_supervision():
    ordered = ["W"], ["W1"], ["W", "W1"], ["W", "F"]
    cases = [supervised() for _ in ordered]
    for case, codes in zip(cases, ordered, strict=True):
        for code in codes:
            RequirementFactory(sentence=case.sentences.get(), main_code=code)

    facts = under_review(cases, TODAY)

    assert [facts[one.pk].work_only for one in cases] == [True, True, True, False]


def test_what_has_happened_calls_for_one_within_ten_working_days():
    case = supervised()
    heard(case)

    clock = owed(case, "review_event")

    assert (clock.triggered_on, clock.due_on) == (HEARD, date(2018, 9, 25))
    assert clock.why == "Police: domestic abuse replied: information, 11 September 2018"


def test_what_does_not_matter_calls_for_none():
    case = supervised()
    heard(case, reply="no_trace")

    assert owed(case, "review_event") is None


def test_what_a_completed_review_looked_at_calls_for_no_other():
    case = supervised()
    enquiry = heard(case, on=TODAY)
    done = ReviewFactory(case=case, complete=True, signed_at=at(TODAY))
    assert owed(case, "review_event") is not None

    ReviewedEventFactory(
        review=done, key=f"reply-{enquiry.pk}", what="Police: domestic abuse replied: information",
        answer="nothing", words="It is the call-out we knew of.", answered_at=at(TODAY),
    )  # fmt: skip

    assert owed(case, "review_event") is None
    assert Deadline.objects.get(case=case, kind="review_event").void


def test_what_was_signed_since_has_looked_at_what_was_known_then():
    case = supervised()
    heard(case)
    PlanFactory(case=case, signed=True, signed_at=at(TODAY))

    assert owed(case, "review_event") is None


def test_what_is_there_when_supervision_begins_is_for_the_first_assessment_and_no_review():
    at_first, after, signed = (supervised() for _ in range(3))
    for case, on in ((at_first, BEGAN), (after, BEGAN + timedelta(days=1)), (signed, BEGAN)):
        RegistrationFactory(case=case, started_on=on)
    PlanFactory(case=signed, signed=True, signed_at=at(BEGAN))

    assert owed(at_first, "review_event") is None
    assert owed(after, "review_event").triggered_on == BEGAN + timedelta(days=1)
    assert owed(signed, "review_event").triggered_on == BEGAN


def test_a_review_lists_what_its_clock_counts():
    at_first, after = supervised(), supervised()
    for case, on in ((at_first, BEGAN), (after, BEGAN + timedelta(days=1))):
        RegistrationFactory(case=case, started_on=on)

    reviews = [
        begin_review(case=one, because="event", by=one.officer, today=TODAY)
        for one in (at_first, after)
    ]

    assert [one.since_on for one in reviews] == [BEGAN, BEGAN]
    assert [one.happened.count() for one in reviews] == [0, 1]


def test_an_imported_case_owes_nothing_before_it_is_taken_up_and_nothing_of_before_that():
    imported = supervised(imported=True)
    heard(imported)
    assert owed(imported, "review_event") is owed(imported, "review_case") is None

    imported.taken_up_on = TODAY
    imported.save()

    assert owed(imported, "review_event") is None
    assert owed(imported, "review_case").triggered_on == TODAY


@pytest.mark.parametrize("retained_by", ["An NPS officer"])
def test_a_case_on_which_we_do_not_act_owes_none(retained_by):
    case = supervised(retained_by=retained_by)
    heard(case)

    assert owed(case, "review_case") is owed(case, "review_event") is None


def test_each_looks_back_to_the_day_that_its_review_would():
    reviewed, assessed, planned, begun = (supervised() for _ in range(4))
    ReviewFactory(case=reviewed, complete=True, signed_at=at(HEARD))
    AssessmentFactory(
        case=assessed, state="signed", harm="RMRH", completed_on=HEARD, signed_at=at(HEARD), signed_by=assessed.officer
    )  # fmt: skip
    PlanFactory(case=planned, signed=True, signed_at=at(HEARD))
    bare = CaseFactory(arrived_on=None, officer_since=None)
    cases = [reviewed, assessed, planned, begun, bare]

    found = under_review(cases, TODAY)

    assert [found[one.pk].since for one in cases] == [HEARD, HEARD, HEARD, BEGAN, TODAY]
    assert (
        begin_review(case=reviewed, because="interval", by=reviewed.officer, today=TODAY).since_on
        == HEARD
    )


@pytest.mark.parametrize("number", [2, 12])
def test_many_cases_cost_as_many_statements_as_one(number):
    cases = [supervised() for _ in range(number)]
    for case in cases:
        heard(case)

    with CaptureQueriesContext(connection) as queries:
        started = owe_reviews(case_ids=[one.pk for one in cases], today=TODAY)

    assert started == 2 * number
    assert len(queries) <= 53


def test_the_night_goes_through_all_cases_in_chunks():
    cases = [supervised() for _ in range(3)]

    last, first = owe_reviews_chunk(after=0, today=TODAY, size=2)
    end, second = owe_reviews_chunk(after=last, today=TODAY, size=2)

    assert (first, second, end) == ({"owed": 2}, {"owed": 1}, None)
    assert Deadline.objects.filter(case__in=cases, kind="review_case").count() == 3


def test_it_is_a_run_of_the_night():
    timetable.run_night(now=datetime(2018, 10, 1, 3, tzinfo=UTC))

    assert JobRun.objects.filter(job="owe_reviews").exists()
