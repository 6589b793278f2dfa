import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.names import IN_TEXT, with_names, without_names
from staff.errors import RuleBroken

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


BOTH = "Mia Green and Ann Hill moved out; Mia rang."


@pytest.mark.parametrize(
    ("stands", "written", "kept"),
    [
        (BOTH, f"{IN_TEXT} and {IN_TEXT} left; {IN_TEXT} rang at 9.", "Mia Green and Ann Hill left; Mia rang at 9."),
        (BOTH, "They moved out.", "They moved out."),
        (BOTH, "", ""),
        ("Mia rang. Mia came.", f"{IN_TEXT} rang.", "Mia rang."),
        ("Mia rang.", f"{IN_TEXT} rang, and {IN_TEXT} came.", "Mia rang, and Mia came."),
        ("Nobody rang.", f"{IN_TEXT} rang.", f"{IN_TEXT} rang."),
    ],
)  # fmt: skip
def test_what_is_written_over_a_text_keeps_the_names_its_writer_could_not_see(
    stands, written, kept
):
    assert with_names(written, stands, ["Mia Green", "Ann Hill"], OWN) == kept


@pytest.mark.parametrize("left", [1, 2, 4])
def test_a_text_is_not_kept_where_it_cannot_be_told_whose_name_goes_where(left):
    with pytest.raises(RuleBroken, match="Leave each"):
        with_names(" and ".join([IN_TEXT] * left), BOTH, ["Mia Green", "Ann Hill"], OWN)


@given(st.lists(st.sampled_from(["Mia Green", "Mia", "Ann", IN_TEXT, "rang", ".", "\n", " "])))
def test_what_is_sent_back_as_it_was_read_changes_nothing(pieces):
    stands, names = "".join(pieces), ["Mia Green", "Ann Hill"]

    assert with_names(without_names(stands, names, OWN), stands, names, OWN) == stands
