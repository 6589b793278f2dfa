"""What a court is told: composed from the record, by what it asks; and what may be recorded. Source: product rules, failures."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.appointments import OUTCOMES, Decided
from cases.reference.courts import CourtWants
from cases.rules.court_line import (
    NOT_SAID,
    Activity,
    Attendance,
    CourtFacts,
    Line,
    Order,
    Ordered,
    Worked,
    attendance_of,
    reply_line,
)
from cases.rules.courts import (
    MAY_BECOME,
    RequestState,
    check_move,
    check_reply,
    check_request,
    state_of,
    time_left,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
ORDER = Order(
    title="ORA Community Order",
    court="Reading Magistrates’ Court",
    made_on=date(2018, 3, 5),
    ends_on=date(2019, 3, 4),
    requirements=(Ordered("Unpaid Work", "120 hours, begun 2 April 2018"),),
    work=Worked(left=2400, credited=4800, ordered=7200),
)
KNOWN = CourtFacts(
    today=TODAY,
    officer="Responsible officer: Ros Hale",
    orders=(ORDER,),
    attendance=Attendance(kept=8, acceptable=1, failures=1, awaiting=2),
    activities=(Activity(20, 6),),
    last_seen_on=date(2018, 9, 27),
    risk="Medium",
)


def test_how_an_order_is_going_is_said_with_its_dates_its_attendance_and_what_is_left():
    line = reply_line(CourtWants.PROGRESS, KNOWN)

    assert "ORA Community Order, made on 5 March 2018 by Reading Magistrates’ Court." in line
    assert "It ends on 4 March 2019." in line
    assert "Unpaid Work (120 hours, begun 2 April 2018)" in line
    assert "Of 12 appointments in the last 12 weeks: kept 8" in line
    assert "decided to be a failure to comply 1" in line
    assert "80 hours of 120 hours worked, 40 hours left to be worked" in line
    assert "Rehabilitation activity: 6 of 20 days done." in line
    assert "Last seen by us on 27 September 2018." in line
    assert NOT_SAID in line
    assert "medium" not in line


def test_what_awaits_a_decision_is_never_told_as_a_failure():
    for wants in CourtWants:
        line = reply_line(wants, KNOWN)
        assert "2 appointments that were not kept await the officer’s decision" in line
        assert "They are not failures to comply" in line


def test_at_sentence_for_a_new_offence_the_level_of_risk_is_said_and_no_more():
    line = reply_line(CourtWants.NEW_OFFENCE, KNOWN)

    assert "Risk of serious harm is recorded as medium." in line


def test_what_only_the_officer_knows_is_left_to_be_written_and_not_sent_unwritten():
    line = reply_line(CourtWants.APPLICATION, KNOWN)

    with pytest.raises(RuleBroken, match="still to be written"):
        check_reply(line, line, [], "Lee Gray")


@given(
    st.builds(
        CourtFacts,
        today=st.just(TODAY),
        officer=st.just("Responsible officer: Ros Hale"),
        orders=st.lists(
            st.builds(
                Order,
                title=st.just("ORA Community Order"),
                court=st.sampled_from(["", "Reading"]),
                made_on=st.none() | st.dates(),
                ends_on=st.none() | st.dates(),
                work=st.none()
                | st.builds(Worked, left=st.none() | st.integers(0, 9000))
                | st.builds(
                    Worked, st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 9000)
                ),  # fmt: skip
            ),
            max_size=3,
        ).map(tuple),
        attendance=st.builds(Attendance, *[st.integers(0, 40)] * 5),
        activities=st.lists(
            st.builds(Activity, st.none() | st.integers(0, 60), st.integers(0, 60)), max_size=2
        ).map(tuple),
        last_seen_on=st.none() | st.dates(),
        risk=st.sampled_from(["", "Low", "Very high"]),
    ),
    st.sampled_from(CourtWants),
)
def test_whatever_is_missing_from_the_record_the_line_says_so_in_whole_sentences(facts, wants):
    line = reply_line(wants, facts)

    assert "None" not in line
    assert all(part.endswith((".", ".]")) for part in line.split("\n\n"))
    if not facts.orders:
        assert "no order in force" in line
    if facts.last_seen_on is None and wants != CourtWants.APPLICATION:
        assert "does not say when we last saw them" in line


@pytest.mark.parametrize(
    ("line", "of"),
    [
        (Line("ATTC", True, True), "kept"),
        (Line("AAME", False, True), "acceptable"),
        (Line("UAAB", False, False), "failures"),
        (Line("AFTA", False, False), "awaiting"),
        (Line("AFTC", True, False, Decided.FAILURE), "failures"),
        (Line("AFTC", True, False, Decided.AWAITING), "awaiting"),
        (Line("AFDA", True, True, Decided.ACCEPTABLE), "kept"),
        (Line(""), "unsaid"),
    ],
)
def test_each_appointment_counts_once_by_what_came_of_it(line, of):
    found = attendance_of([line])

    assert getattr(found, of) == found.offered == 1


def test_what_was_moved_or_voluntary_is_not_counted_against_them():
    missed = [Line(code, OUTCOMES[code].attended, OUTCOMES[code].complied) for code in ("RSOF", "RSSR", "AASD", "ABNS")]  # fmt: skip

    assert attendance_of(missed) == Attendance()


def test_an_answer_is_given_once():
    assert set(MAY_BECOME) == set(RequestState)
    with pytest.raises(RuleBroken, match="answered already by Ros Hale, 1 October 2018 at 9am"):
        check_move(state_of(NOW, None), RequestState.REPLIED, who="Ros Hale", at="1 October 2018 at 9am")  # fmt: skip


def test_a_protected_name_is_refused_and_a_month_that_is_also_a_name_is_not():
    composed = "It ends on 3 April 2019."
    with pytest.raises(RuleBroken, match="kept to those who work on the case"):
        check_reply("He lives with Dana.", composed, ["Dana Hill"], "Lee Gray")

    assert check_reply("It ends on 3 April 2019. Nothing to add.", composed, ["April Hill"], "Lee Gray")  # fmt: skip


def test_a_question_that_nobody_could_answer_in_time_is_refused():
    known = {"court": "Reading", "asked_by": "The court officer", "wants": "other", "asked_at": NOW, "now": NOW}  # fmt: skip
    with pytest.raises(RuleBroken, match="before it was asked"):
        check_request(words="", needed_by=NOW - timedelta(hours=1), **known)
    with pytest.raises(RuleBroken, match="Write the question"):
        check_request(words="", needed_by=NOW + timedelta(hours=1), **known)


def test_the_time_left_is_said_as_it_is_felt():
    assert time_left(NOW + timedelta(hours=2, minutes=10), NOW) == "2 hours 10 minutes left"
    assert time_left(NOW - timedelta(minutes=40), NOW) == "40 minutes late"
    assert time_left(NOW + timedelta(days=3, hours=2), NOW) == "3 days left"
