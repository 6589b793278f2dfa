"""What was typed, read as a number, a day or a name; and the numbers that it may have been meant for."""

from datetime import date

import pytest
from rapidfuzz.distance import OSA

from cases.rules.search import CRN, MOST_WORDS, numbers_one_slip_from, understand


@pytest.mark.parametrize(
    ("text", "crn", "number"),
    [
        ("x 123 456", "X123456", ""),
        ("04/712343h", "", "2004/0712343H"),
        ("A1234BC", "", "A1234BC"),
    ],
)
def test_a_number_is_known_by_its_shape_however_it_is_spaced(text, crn, number):
    asked = understand(text)

    assert (asked.crn, asked.number, asked.words) == (crn, number, ())


def test_a_day_is_a_birthday_and_no_number():
    assert understand("7/3/1985").born_on == date(1985, 3, 7)


def test_a_name_is_its_words_once_each_and_no_more_than_a_name_has():
    assert understand("Smith, jo  SMITH").words == ("smith", "jo")
    assert understand("a b c d e f g h").words == tuple("abcdef")
    assert len(understand("lee " * 50 + "van der berg de souza ap rhys").words) == MOST_WORDS


def test_the_crns_at_one_slip_are_all_there_are():
    crns, numbers = numbers_one_slip_from("X123456")

    # 25 other letters, nine other figures in six places, five pairs exchanged, six figures left out; none put in: it is whole
    assert len(crns) == 25 + 6 * 9 + 5 + 6
    assert all(CRN.fullmatch(one) and OSA.distance(one, "X123456") == 1 for one in crns)
    assert numbers == frozenset()


def test_a_figure_too_few_or_too_many_leads_to_the_whole_number():
    assert "X123456" in numbers_one_slip_from("X12345")[0]
    assert "X123456" in numbers_one_slip_from("X1234456")[0]
    assert "2004/0712343H" in numbers_one_slip_from("04/71234H")[1]


@pytest.mark.parametrize(
    "text", ["Siobhan", "Flat 3", "X12", "1" * 15, "", "Henry 1234 Somebody Else"]
)
def test_what_is_meant_as_no_number_leads_to_none(text):
    assert numbers_one_slip_from(text) == (frozenset(), frozenset())
