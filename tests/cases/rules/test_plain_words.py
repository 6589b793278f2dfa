import pytest

from cases.reference.codes import ContactLevel
from cases.rules.plain_words import GLOSSARY, OFTEN, ordered_as, plain, said_short, speaks_of_them


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Attend 1:1 with RO", "Attend one to one with probation officer"),
        ("ten RAR days", "Ten rehabilitation activity days"),
        ("an RAR day", "A rehabilitation activity day"),
        ("A UPW appt", "An unpaid work appointment"),
        ("Alan to attend", "You will attend"),
        ("Mr Smith must ring. Alan Smith will go", "You must ring. You will go"),
        ("The service user is to sign on", "You are to sign on"),
        ("Talk to Alan about work", "Talk to Alan about work"),
        ("The PROPOSAL and the upward path", "The PROPOSAL and the upward path"),
    ],
)
def test_it_is_said_to_them_in_full(text, says):
    assert plain(text, "Alan", "Smith") == says


def test_nothing_of_the_glossary_is_left_short():
    for short in GLOSSARY:
        assert short not in plain(f"See {short} now", "", "").split()


def test_initials_they_may_not_know_are_pointed_out_once():
    assert said_short("XYZ and XYZ, your GP on the A4 near RG1 2AB, PQRs") == ["XYZ", "PQRs"]


@pytest.mark.parametrize(
    "text", ["He will go", "Talk to Alan", "the Service User goes", "her work"]
)
def test_words_about_them_are_known(text):
    assert speaks_of_them(text, "Alan")


def test_words_to_them_are_not_about_them():
    assert not speaks_of_them("You will go there, and we will help", "Alan")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Rehabilitation Activity Requirement (RAR)", "Rehabilitation activity requirement"),
        ("Unpaid Work: regular", "Unpaid work"),
        ("Court - Accredited Programme: Horizon", "Accredited programme: Horizon"),
        ("Licence: residence", "Licence: residence"),
        ("Curfew", "Curfew"),
    ],
)
def test_a_requirement_is_called_as_people_call_it(name, says):
    assert ordered_as(name) == says


def test_every_level_of_contact_has_its_words():
    assert set(OFTEN) == set(ContactLevel)
