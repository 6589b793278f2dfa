"""What a service is told, and nothing more. Source: `ttg.rules.letters`."""

from dataclasses import replace
from datetime import date

from ttg.rules.letters import Letter, letter

SAID = Letter(
    service="Turning Tide", name="Alan Smith", born_on=date(1984, 3, 2), prison="HMP Bullingdon",
    release_on=date(2018, 12, 24), tells="Asks for help with heroin.", agreed_on=date(2018, 10, 1), under_duty=False,
    by="Sam Field", organisation="Thames Valley CRC", telephone="0118 496 0000",
)  # fmt: skip


def test_it_says_who_they_are_what_was_agreed_and_whom_to_ring():
    words = letter(SAID)

    for said in ("Alan Smith, born 2 March 1984", "HMP Bullingdon and leave on 24 December 2018", "Asks for help with heroin.", "agreed on 1 October 2018", "ring 0118 496 0000"):  # fmt: skip
        assert said in words
    assert "Housing Act" not in words


def test_with_a_link_it_says_how_to_answer_and_until_when():
    words = letter(replace(SAID, link="https://x.example/answer/abc", until="15 October 2018, 9am"))

    assert "works once, until 15 October 2018, 9am:\nhttps://x.example/answer/abc" in words
    assert "Please ring" not in words


def test_what_is_not_known_is_left_out():
    words = letter(replace(SAID, born_on=None, prison="", release_on=None, agreed_on=None))

    assert "We refer Alan Smith.\n\nThey are in prison." in words
    assert "None" not in words
    assert "agreed" not in words


def test_a_referral_under_the_duty_says_so():
    assert "section 213B of the Housing Act 1996" in letter(replace(SAID, under_duty=True))
