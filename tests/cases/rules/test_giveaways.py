import pytest

from cases.rules.giveaways import NAMED, PLACED, REPEATED, Kept, why_not

KEPT = Kept(
    "Alan Smith",
    home="1 Home Road, Reading, RG1 1AA",
    names=("Robin May", "Jo Ashe"),
    addresses=(
        "4 Example Street, Reading, RG2 7BB",
        "Rose Cottage, Mill Lane, High Wycombe",
        "Flat 2, The Beeches, Slough",
        "9 Home Road, Reading, RG1 1AA",
    ),
    texts=("Officers were called on 4 June 2017 when he had pushed her against the door.",),
)


@pytest.mark.parametrize(
    "text",
    ["See Robin on Monday", "ROBIN MAY", "at jo  ashe's", "Stay away from Ashe", "Write to May"],
)
def test_a_kept_name_is_caught_whole_or_in_part(text):
    assert why_not(text, KEPT) == NAMED


@pytest.mark.parametrize(
    "text",
    [
        "Not to go near 4 Example Street",
        "not near example st.",
        "Stay out of Mill Ln",
        "at RG2 7BB",
        "rg27bb",
        "Rose cottage is out of bounds",
        "Do not go to the Beeches",
        "9 home rd",
    ],
)
def test_where_somebody_else_lives_is_caught_however_it_is_spelt(text):
    assert why_not(text, KEPT) == PLACED


@pytest.mark.parametrize(
    "text",
    [
        "You were pushed: he had pushed her against the door, they say",
        "OFFICERS WERE CALLED on 4 June 2017, when he had pushed",
    ],
)
def test_what_an_agency_said_is_caught_though_a_word_before_or_after_differs(text):
    texts = (
        "Officers were called on 4 June 2017 when he had pushed her against the door they say.",
    )

    assert why_not(text, Kept("Alan Smith", texts=texts)) == REPEATED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On 3 May 2018 at the Reading office",
        "In May 2018",
        "You live at 1 Home Road, RG1 1AA",
        "Alan Smith",
        "The group in High Wycombe or Slough",
        "Officers were called",
        "robin redbreast",
    ],
)
def test_what_gives_nothing_away_passes(text):
    assert why_not(text, KEPT) == ""
