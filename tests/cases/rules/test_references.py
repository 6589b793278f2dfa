import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.references import reference_of, references_in

NUMBERS = st.integers(1, 9_999_999)


def test_a_reference_is_the_number_with_its_check_digits():
    assert reference_of(1234) == "EN-0001234-82"
    assert reference_of(9_999_999).startswith("EN-9999999-")


@given(NUMBERS)
def test_a_reference_as_one_number_leaves_one_over_97(number):
    """The check that the standard publishes."""
    assert int(reference_of(number).removeprefix("EN-").replace("-", "")) % 97 == 1


@given(NUMBERS)
def test_a_reference_leads_back_to_its_number(number):
    assert references_in(f"Your ref: {reference_of(number)}. Thank you.") == [number]


@pytest.mark.parametrize(
    "written",
    [
        "en-{n}-{c}",
        "EN {n} {c}",
        "EN{n}{c}",
        "EN–{n}–{c}",
        "Ref EN : {n} - {c}",
        "EN-000 1234-{c}",
        "EN-{n}-\n{c}",
        "(EN-{n}-{c})",
    ],
)
def test_a_reference_is_found_however_it_was_copied(written):
    _, n, c = reference_of(1234).split("-")

    assert references_in(written.format(n=n, c=c)) == [1234]


def test_each_reference_is_found_once_in_the_order_they_stand():
    text = f"{reference_of(7)} and {reference_of(3)}, as to {reference_of(7)} again"

    assert references_in(text) == [7, 3]


def test_a_date_after_a_reference_is_not_part_of_it():
    assert references_in(f"{reference_of(1234)} 12.05.2018") == [1234]


@given(NUMBERS, st.integers(0, 30), st.integers(1, 9))
def test_one_wrong_figure_leads_nowhere(number, place, more):
    reference = reference_of(number)
    places = [i for i, letter in enumerate(reference) if letter.isdigit()]
    place = places[place % len(places)]
    wrong = str((int(reference[place]) + more) % 10)

    assert references_in(f"{reference[:place]}{wrong}{reference[place + 1 :]}") == []


@given(NUMBERS, st.integers(0, 30))
def test_two_figures_changed_over_lead_nowhere(number, place):
    figures = reference_of(number).removeprefix("EN-").replace("-", "")
    place %= len(figures) - 1
    swapped = f"{figures[:place]}{figures[place + 1]}{figures[place]}{figures[place + 2 :]}"

    assert swapped == figures or references_in(f"EN{swapped}") == []


@pytest.mark.parametrize(
    "text", ["", "EN", "EN-1234-56", "TOKEN 000123473", "EN-0000000-98", "En 2018 they moved"]
)
def test_what_is_no_reference_leads_nowhere(text):
    assert references_in(text) == []


@given(st.text(max_size=300))
def test_whatever_is_found_in_any_text_has_a_reference_that_leads_back_to_it(text):
    assert all(references_in(reference_of(number)) == [number] for number in references_in(text))
