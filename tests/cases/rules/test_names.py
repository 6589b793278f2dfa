import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.names import IN_TEXT, without_names

OWN = "Alan Brown"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Argued with Mia Green.", f"Argued with {IN_TEXT}."),
        ("Argued with MIA  GREEN.", f"Argued with {IN_TEXT}."),
        ("mia green rang.", f"{IN_TEXT} rang."),
        ("Mia's school rang.", f"{IN_TEXT}'s school rang."),
        ("Ms Green rang.", f"Ms {IN_TEXT} rang."),
        ("GREEN, Mia", f"{IN_TEXT}, {IN_TEXT}"),
        ("The green door; a miasma.", "The green door; a miasma."),
        ("Nobody else was there.", "Nobody else was there."),
        ("", ""),
    ],
)
def test_a_protected_name_is_taken_out_whole_and_in_part(text, shown):
    assert without_names(text, ["Mia Green"], OWN) == shown


def test_a_surname_shared_with_the_person_on_probation_stays():
    shown = without_names("Alan Brown lives with Mia Brown.", ["Mia Brown"], OWN)

    assert shown == f"Alan Brown lives with {IN_TEXT}."


def test_one_name_inside_another_is_taken_out_with_it():
    shown = without_names("Mia Green Lane and Mia Green", ["Mia Green", "Mia Green Lane"], OWN)

    assert shown == f"{IN_TEXT} and {IN_TEXT}"


def test_an_empty_name_takes_nothing_out():
    assert without_names("Nothing to hide", ["", " "], OWN) == "Nothing to hide"


name_parts = st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True)


@given(name_parts, name_parts, st.text(max_size=30), st.text(max_size=30))
def test_a_whole_name_standing_alone_never_remains(forename, surname, before, after):
    name = f"{forename} {surname}"

    shown = without_names(f"{before} {name} {after}", [name], OWN)

    assert f" {name} " not in shown
