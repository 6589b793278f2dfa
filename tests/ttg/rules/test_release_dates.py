"""Worked by hand, each with its sum beside it; then what must hold of any sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.calendar import is_working_day
from staff.errors import RuleBroken
from ttg.reference.custody import ReleaseKind
from ttg.rules.reckoning import (
    days_of,
    inputs_of,
    kept_basis,
    kept_reckoned,
    read_basis,
    read_reckoned,
    say_term,
)
from ttg.rules.release_dates import (
    Basis,
    Recall,
    SentenceKind,
    Term,
    brought_forward,
    check_basis,
    falls_badly,
    reckon,
)

MONDAY = date(2018, 1, 8)
OFFENCE = date(2017, 6, 1)
OLD_OFFENCE = date(2015, 1, 31)
BORN = date(1980, 1, 1)


def term(sentenced_on=MONDAY, offence_on=OFFENCE, **length):
    return Term(sentenced_on, offence_on=offence_on, **length)


def basis(*terms, **said):
    return Basis(terms=terms, **said)


def days(found):
    return found.half_way, found.expiry, found.licence_end, found.pss_end


@pytest.mark.parametrize(
    ("length", "half_way", "expiry", "licence_end", "pss_end"),
    [
        # 8 Jan to 8 Mar: 24 + 28 + 7 = 59 days; half 29.5, so day 30: 8 Jan + 29. About 1 + 1 + 11 months
        ({"months": 2}, date(2018, 2, 6), date(2018, 3, 7), date(2018, 3, 7), date(2019, 2, 6)),
        # To 8 Jul: 181 days; day 91: 8 Jan + 90. 3 + 3 + 9
        ({"months": 6}, date(2018, 4, 8), date(2018, 7, 7), date(2018, 7, 7), date(2019, 4, 8)),
        # To 8 Nov: 304 days; day 152: 8 Jan + 151. 5 + 5 + 7
        ({"months": 10}, date(2018, 6, 8), date(2018, 11, 7), date(2018, 11, 7), date(2019, 6, 8)),
        # To 8 Jul 2019: 546 days; day 273: 8 Jan + 272. 9 + 9 + 3
        ({"months": 18}, date(2018, 10, 7), date(2019, 7, 7), date(2019, 7, 7), date(2019, 10, 7)),
        # A day short of two years: 729 days; day 365: 8 Jan + 364. Supervised for hardly longer than the licence
        (
            {"years": 1, "months": 11, "days": 30},
            date(2019, 1, 7),
            date(2020, 1, 6),
            date(2020, 1, 6),
            date(2020, 1, 7),
        ),
        # Two years exactly: 730 days; day 365. Not under two years, so no supervision after it
        ({"years": 2}, date(2019, 1, 7), date(2020, 1, 7), date(2020, 1, 7), None),
        # 104 weeks are 728 days, which is under two years; day 364
        ({"weeks": 104}, date(2019, 1, 6), date(2020, 1, 5), date(2020, 1, 5), date(2020, 1, 6)),
        # A week: half 3.5, so day 4
        ({"days": 7}, date(2018, 1, 11), date(2018, 1, 14), date(2018, 1, 14), date(2019, 1, 11)),
        # Two days: half is day one
        ({"days": 2}, date(2018, 1, 8), date(2018, 1, 9), date(2018, 1, 9), date(2019, 1, 8)),
        # One day: neither licence nor supervision (s. 243A, s. 256AA)
        ({"days": 1}, date(2018, 1, 8), date(2018, 1, 8), None, None),
        # Four years: 8 Jan 2022 is 1,461 days on; day 731: 8 Jan 2018 + 730
        ({"years": 4}, date(2020, 1, 8), date(2022, 1, 7), date(2022, 1, 7), None),
    ],
)
def test_half_of_a_sentence_is_served_and_supervision_ends_a_year_after_it(
    length, half_way, expiry, licence_end, pss_end
):
    assert days(reckon(basis(term(**length)), BORN)) == (half_way, expiry, licence_end, pss_end)


@pytest.mark.parametrize(
    ("sentenced_on", "length", "half_way", "expiry", "pss_end"),
    [
        # 1 Feb to 1 Mar 2020 has 29 days: half 14.5, day 15
        (date(2020, 2, 1), {"months": 1}, date(2020, 2, 15), date(2020, 2, 29), date(2021, 2, 15)),
        # 1 Feb to 1 Mar 2019 has 28: day 14
        (date(2019, 2, 1), {"months": 1}, date(2019, 2, 14), date(2019, 2, 28), date(2020, 2, 14)),
        # A month from 31 January ends with 28 February as the day after it: 28 days, day 14
        (date(2019, 1, 31), {"months": 1}, date(2019, 2, 13), date(2019, 2, 27), date(2020, 2, 13)),
        # 4 weeks and 2 days from 1 Feb 2020 are 30: day 15. The half ends 15 Feb
        (date(2020, 2, 1), {"weeks": 4, "days": 2}, date(2020, 2, 15), date(2020, 3, 1), date(2021, 2, 15)),
        # 58 days from 1 Feb 2020: day 29 is the leap day; the year after it begins 1 March and ends 28 Feb 2021
        (date(2020, 2, 1), {"days": 58}, date(2020, 2, 29), date(2020, 3, 29), date(2021, 2, 28)),
        # 56 days from 1 Feb 2019: day 28; the year after it begins 1 March 2019 and ends on the leap day
        (date(2019, 2, 1), {"days": 56}, date(2019, 2, 28), date(2019, 3, 28), date(2020, 2, 29)),
    ],
)  # fmt: skip
def test_months_are_as_long_as_the_calendar_has_them(sentenced_on, length, half_way, expiry, pss_end):  # fmt: skip
    found = reckon(basis(term(sentenced_on, **length)), BORN)

    assert (found.half_way, found.expiry, found.pss_end) == (half_way, expiry, pss_end)


@pytest.mark.parametrize(
    ("served", "half_way", "expiry", "pss_end"),
    [
        # 6 months as above (8 Apr, 7 Jul), less 30 days: 9 Mar, 7 Jun; the year after 9 Mar
        ({"remand_days": 30}, date(2018, 3, 9), date(2018, 6, 7), date(2019, 3, 9)),
        # 21 days on bail with a tag: 10.5, rounded up to 11. 8 Apr less 11 is 28 Mar; 7 Jul less 11 is 26 Jun
        ({"bail_days": 21}, date(2018, 3, 28), date(2018, 6, 26), date(2019, 3, 28)),
        # 10 and half of 20: 20 days. 8 Apr less 20 is 19 Mar
        ({"remand_days": 10, "bail_days": 20}, date(2018, 3, 19), date(2018, 6, 17), date(2019, 3, 19)),
        # 120 days are more than the 91 to be served: released on the day of sentence. 7 Jul less 120 is 9 Mar
        ({"remand_days": 120}, MONDAY, date(2018, 3, 9), date(2019, 1, 8)),
        # More than the whole sentence: it is over that day, and supervision follows for a year
        ({"remand_days": 400}, MONDAY, MONDAY, date(2019, 1, 8)),
    ],
)  # fmt: skip
def test_days_on_remand_and_half_of_those_on_a_tag_count_as_served(served, half_way, expiry, pss_end):  # fmt: skip
    found = reckon(basis(term(months=6), **served), BORN)

    assert (found.half_way, found.expiry, found.pss_end) == (half_way, expiry, pss_end)


def test_a_licence_that_would_last_no_day_is_none():
    found = reckon(basis(term(months=6), remand_days=400), BORN)

    assert found.licence_end is None


@pytest.mark.parametrize(
    ("length", "served", "hdc_from"),
    [
        # 12 weeks: a quarter is 21 days, 28 must be served: 8 Jan + 28
        ({"weeks": 12}, {}, date(2018, 2, 5)),
        # A day less than 12 weeks: none
        ({"days": 83}, {}, None),
        # 6 months: 181 days, a quarter 45.25, so 46: 8 Jan + 46
        ({"months": 6}, {}, date(2018, 2, 23)),
        # 20 of them on remand: 23 Feb less 20
        ({"months": 6}, {"remand_days": 20}, date(2018, 2, 3)),
        # 40 on remand: 6 days would be left, and 14 after the sentence are needed
        ({"months": 6}, {"remand_days": 40}, date(2018, 1, 22)),
        # 80 on remand: half way is 18 Jan, before those 14 days
        ({"months": 6}, {"remand_days": 80}, None),
        # Two years: a quarter is 183 days (10 July), but half way (7 Jan 2019) less 134 is later
        ({"years": 2}, {}, date(2018, 8, 26)),
        # Four years and more: none
        ({"years": 4}, {}, None),
        ({"months": 6}, {"hdc_excluded": True}, None),
        # 7 added days move it with the release: 23 Feb + 7
        ({"months": 6}, {"added_days": 7}, date(2018, 3, 2)),
    ],
)
def test_home_detention_curfew_is_possible_after_a_quarter_and_at_most_135_days_before(length, served, hdc_from):  # fmt: skip
    assert reckon(basis(term(**length), **served), BORN).hdc_from == hdc_from


def test_added_days_move_the_release_and_neither_the_end_nor_the_supervision():
    plain = reckon(basis(term(months=10)), BORN)

    found = reckon(basis(term(months=10), added_days=14), BORN)

    assert found.due_on == date(2018, 6, 22)  # 8 June and 14 days
    assert (found.expiry, found.pss_end) == (plain.expiry, plain.pss_end)


def test_added_days_keep_nobody_beyond_the_end_of_the_sentence():
    found = reckon(basis(term(months=2), added_days=60), BORN)

    assert found.due_on == found.expiry == date(2018, 3, 7)


def test_sentences_one_after_another_count_as_one():
    # 4 and 5 months from 8 Jan are 9, to 8 Oct: 273 days; day 137: 8 Jan + 136
    found = reckon(basis(term(months=4), term(months=5, consecutive=True)), BORN)

    assert days(found) == (date(2018, 5, 24), date(2018, 10, 7), date(2018, 10, 7), date(2019, 5, 24))  # fmt: skip


def test_sentences_one_after_another_of_two_years_together_have_no_supervision_after_them():
    one = replace(term(months=12), consecutive=True)

    assert reckon(basis(term(months=11), one), BORN).pss_end
    assert reckon(basis(term(months=12), one), BORN).pss_end is None


def test_of_sentences_side_by_side_the_latest_day_holds():
    later = date(2018, 2, 5)
    # 4 months from 5 Feb: to 5 Jun, 120 days, day 60: 5 Apr. 6 months from 8 Jan: 8 Apr and 7 Jul
    found = reckon(basis(term(months=6), term(later, months=4)), BORN)

    assert days(found) == (date(2018, 4, 8), date(2018, 7, 7), date(2018, 7, 7), date(2019, 4, 8))


def test_supervision_of_a_short_sentence_is_nothing_where_a_longer_beside_it_ends_later():
    # 3 years run to 7 Jan 2021; supervision of the 10 months would end in June 2019
    assert reckon(basis(term(months=10), term(years=3)), BORN).pss_end is None


@pytest.mark.parametrize(
    ("offence_on", "months", "licence", "supervised"),
    [
        (OLD_OFFENCE, 6, False, False),  # under 12 months before the Act: released without licence
        (OLD_OFFENCE, 12, True, False),
        (OLD_OFFENCE, 18, True, False),
        (date(2015, 2, 1), 6, True, True),
        (date(2015, 2, 1), 12, True, True),
        (None, 6, True, True),
    ],
)
def test_the_day_of_the_offence_decides_on_licence_and_supervision(offence_on, months, licence, supervised):  # fmt: skip
    found = reckon(basis(term(date(2015, 3, 2), offence_on, months=months)), BORN)

    assert (bool(found.licence_end), bool(found.pss_end)) == (licence, supervised)


def test_whoever_is_eighteen_on_the_last_day_in_prison_is_supervised():
    # 6 months from 8 Jan 2018: that day is 8 Apr
    assert reckon(basis(term(months=6)), date(2000, 4, 8)).pss_end == date(2019, 4, 8)
    assert reckon(basis(term(months=6)), date(2000, 4, 9)).pss_end is None


def test_it_is_said_where_a_day_had_to_be_taken_as_known():
    found = reckon(basis(term(months=6, offence_on=None)), None)

    assert "date of birth" in " ".join(found.notes)
    assert "day of an offence" in " ".join(found.notes)
    assert found.pss_end


@pytest.mark.parametrize(
    ("months", "due_on"),
    [
        # 14 days from Monday 3 Sep, that day counted
        (11, date(2018, 9, 16)),
        # 28 days
        (12, date(2018, 9, 30)),
    ],
)
def test_a_recall_for_a_fixed_time_is_14_days_under_a_year_and_else_28(months, due_on):
    said = {"recall": Recall.FIXED, "returned_on": date(2018, 9, 3)}

    found = reckon(basis(term(months=months), **said), BORN)

    assert (found.due_on, found.release_kind) == (due_on, ReleaseKind.FIXED_RECALL)
    assert found.hdc_from is None


def test_a_recall_for_a_fixed_time_ends_with_the_sentence():
    # 10 months end 7 Nov; 14 days from 1 Nov would be the 14th
    said = {"recall": Recall.FIXED, "returned_on": date(2018, 11, 1)}

    assert reckon(basis(term(months=10), **said), BORN).due_on == date(2018, 11, 7)


def test_a_standard_recall_ends_with_the_sentence_unless_somebody_decides_before():
    said = {"recall": Recall.STANDARD, "returned_on": date(2018, 9, 3)}

    found = reckon(basis(term(months=10), **said), BORN)

    assert (found.due_on, found.release_kind) == (date(2018, 11, 7), ReleaseKind.EXPIRY)
    assert "Parole Board" in " ".join(found.notes)


def test_a_life_sentence_is_not_reckoned():
    found = reckon(Basis(kind=SentenceKind.BY_HAND), BORN)

    assert found.release_on is None
    assert "by hand" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("due_on", "leaves_on"),
    [
        (date(2018, 4, 8), date(2018, 4, 6)),  # Sunday to Friday
        (date(2018, 5, 7), date(2018, 5, 4)),  # the May bank holiday, a Monday
        (date(2018, 4, 2), date(2018, 3, 29)),  # Easter Monday, past Good Friday, to Thursday
        (date(2018, 12, 26), date(2018, 12, 24)),
        (date(2018, 4, 5), date(2018, 4, 5)),
    ],
)
def test_a_release_on_a_weekend_or_bank_holiday_is_moved_to_the_working_day_before(due_on, leaves_on):  # fmt: skip
    assert brought_forward(due_on) == leaves_on


def test_a_holiday_proclaimed_since_moves_a_release_as_well():
    assert brought_forward(date(2018, 4, 5), {date(2018, 4, 5)}) == date(2018, 4, 4)


def test_nobody_is_released_before_the_day_of_sentence():
    saturday = date(2018, 1, 6)

    assert reckon(basis(term(saturday, days=1)), BORN).release_on == saturday


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2018, 4, 5), ""),  # a Thursday
        (date(2018, 4, 6), "a Friday: offices, prescribers and banks do not open again until Monday 9 April 2018"),
        (date(2018, 4, 7), "a Saturday: nobody is released then. They leave on the last working day before, Friday 6 April 2018"),
        (date(2018, 5, 7), "a bank holiday: nobody is released"),
        (date(2018, 12, 24), "the day before a bank holiday: offices, prescribers and banks do not open again until Thursday 27 December 2018"),
        (date(2018, 3, 29), "the day before a bank holiday"),  # Maundy Thursday
        (date(2018, 5, 4), "until Tuesday 8 May 2018"),  # the Friday before the May bank holiday
    ],
)  # fmt: skip
def test_it_is_said_of_a_day_that_it_is_a_bad_one_to_leave_on(day, word):
    said = falls_badly(day)

    assert word in said
    assert bool(said) == bool(word)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (Basis(), "at least one sentence"),
        (basis(term()), "how long"),
        (basis(term(months=-1, days=3)), "how long"),
        (basis(term(months=2), remand_days=-1), "days from 0"),
        (basis(replace(term(months=2), consecutive=True)), "none before it"),
        (basis(term(months=2), recall=Recall.FIXED), "came back"),
        (basis(term(months=2), recall=Recall.FIXED, returned_on=date(2017, 1, 1)), "before they were sentenced"),
        (basis(*[term(months=2)] * 13), "12 sentences"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(asked, word):
    with pytest.raises(RuleBroken, match=word):
        check_basis(asked)


def test_what_was_reckoned_is_read_again_as_it_was_kept():
    asked = basis(
        term(months=6), replace(term(weeks=2), consecutive=True), remand_days=3, bail_days=4, added_days=5,
        hdc_excluded=True, recall=Recall.FIXED, returned_on=date(2018, 9, 3),
    )  # fmt: skip
    found = reckon(asked, BORN)

    assert read_basis(kept_basis(asked)) == asked
    assert read_reckoned(kept_reckoned(found)) == found


def test_nothing_kept_is_read_as_nothing():
    assert read_basis({}) is None
    assert read_reckoned({}) is None


def test_a_sentence_set_by_hand_is_read_again():
    by_hand = Basis(kind=SentenceKind.BY_HAND)

    assert read_basis(kept_basis(by_hand)) == by_hand


def test_the_working_says_each_thing_the_days_rest_on_and_each_day_even_where_there_is_none():
    asked = basis(term(months=6, days=2), remand_days=3)

    inputs = {one.label: one.value for one in inputs_of(asked, "The warrant")}
    said = {one.label: one.value for one in days_of(reckon(basis(term(years=4)), BORN))}

    assert (
        inputs["Sentence 1"] == "6 months, 2 days, imposed 8 January 2018, offence of 1 June 2017"
    )
    assert inputs["Days on remand"] == "3"
    assert said["Half way"] == "8 January 2020"
    assert said["Supervision after the sentence ends"] == "None"


def test_one_after_another_is_said():
    assert say_term(replace(term(days=1), consecutive=True)).endswith("after the one before")


SENTENCED = st.dates(date(2015, 3, 1), date(2030, 12, 31))
LENGTH = st.fixed_dictionaries(
    {
        "years": st.integers(0, 5),
        "months": st.integers(0, 11),
        "weeks": st.integers(0, 8),
        "days": st.integers(1, 40),
    }
)
SERVED = st.fixed_dictionaries(
    {
        "remand_days": st.integers(0, 200),
        "bail_days": st.integers(0, 200),
        "added_days": st.integers(0, 60),
    }
)


@st.composite
def bases(draw):
    first = Term(draw(SENTENCED), **draw(LENGTH))
    rest = [
        Term(first.sentenced_on + timedelta(days=draw(st.integers(0, 90))), **draw(LENGTH), consecutive=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return Basis(terms=(first, *rest), **draw(SERVED))


@given(bases())
def test_nobody_is_released_before_their_sentence_or_after_its_end(asked):
    found = reckon(asked, BORN)

    assert max(one.sentenced_on for one in asked.terms) <= found.release_on <= found.due_on
    assert found.half_way <= found.due_on <= found.expiry
    assert not found.hdc_from or found.hdc_from < found.due_on
    last = max(one.sentenced_on for one in asked.terms)
    assert is_working_day(found.release_on) or found.release_on == last


@given(bases())
def test_supervision_ends_after_the_sentence_and_at_most_a_year_after_half_way(asked):
    found = reckon(asked, BORN)

    if found.pss_end:
        assert found.expiry < found.pss_end
        assert found.pss_end <= found.half_way + timedelta(days=366)


@given(SENTENCED, LENGTH, SERVED)
def test_supervision_of_one_sentence_lasts_twelve_months_from_half_way_whatever_they_served_beyond(sentenced_on, length, served):  # fmt: skip
    alone = basis(Term(sentenced_on, **length), **served)

    found = reckon(alone, BORN)

    if found.pss_end:
        began = found.half_way + timedelta(days=1)
        assert (found.pss_end + timedelta(days=1)).month == began.month
        assert 365 <= (found.pss_end - found.half_way).days <= 366


@given(bases(), st.integers(0, 60))
def test_neither_curfew_nor_added_days_move_the_end_of_supervision(asked, more):
    plain = reckon(asked, BORN)

    moved = reckon(replace(asked, hdc_excluded=True, added_days=asked.added_days + more), BORN)

    assert (moved.pss_end, moved.expiry) == (plain.pss_end, plain.expiry)
    assert moved.due_on >= plain.due_on


@given(bases(), st.integers(1, 60))
def test_more_days_served_make_nothing_later(asked, more):
    plain = reckon(asked, BORN)

    found = reckon(replace(asked, remand_days=asked.remand_days + more), BORN)

    assert found.half_way <= plain.half_way
    assert found.due_on <= plain.due_on
    assert found.expiry <= plain.expiry


@given(bases(), st.integers(1, 400))
def test_a_longer_sentence_makes_nothing_earlier(asked, more):
    first, *rest = asked.terms
    plain = reckon(asked, BORN)

    found = reckon(replace(asked, terms=(replace(first, days=first.days + more), *rest)), BORN)

    assert found.half_way >= plain.half_way
    assert found.due_on >= plain.due_on
    assert found.expiry >= plain.expiry


@given(SENTENCED, LENGTH, LENGTH)
def test_one_after_another_is_never_sooner_than_side_by_side(sentenced_on, first, second):
    one, other = Term(sentenced_on, **first), Term(sentenced_on, **second)

    together = reckon(basis(one, other), BORN)
    after = reckon(basis(one, replace(other, consecutive=True)), BORN)

    assert after.due_on >= together.due_on
    assert after.expiry >= together.expiry


@given(bases())
def test_what_is_kept_is_what_was_said(asked):
    assert read_basis(kept_basis(asked)) == asked
    assert read_reckoned(kept_reckoned(reckon(asked, BORN))) == reckon(asked, BORN)


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_a_release_is_moved_only_to_a_working_day_and_only_backwards(day):
    moved = brought_forward(day)

    assert moved <= day
    assert is_working_day(moved)
    assert not any(is_working_day(moved + timedelta(days=n)) for n in range(1, (day - moved).days + 1))  # fmt: skip
