from datetime import date

import pytest

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import ContactLevel, Part, Register, Rosh
from cases.rules import raising
from cases.rules.enquiries import Concern, Enquired
from staff.errors import RuleBroken

TODAY = date(2018, 10, 15)


@pytest.mark.parametrize(
    ("in_force", "above"),
    [("", list(Rosh)), (Rosh.MEDIUM, [Rosh.HIGH, Rosh.VERY_HIGH]), (Rosh.VERY_HIGH, [])],
)
def test_a_level_of_risk_only_goes_up(in_force, above):
    assert raising.levels_above(in_force) == above
    for level in Rosh:
        if level in above:
            raising.check_risk(level, in_force)
        else:
            with pytest.raises(RuleBroken, match="only goes up"):
                raising.check_risk(level, in_force)


def test_contact_only_becomes_more_frequent():
    weekly, monthly = ContactLevel.WEEKLY, ContactLevel.MONTHLY

    raising.check_contact(weekly, monthly)
    for level in (weekly, monthly):
        with pytest.raises(RuleBroken, match="more frequent"):
            raising.check_contact(level, weekly)


def test_there_is_no_contact_to_raise_with_somebody_we_do_not_supervise():
    with pytest.raises(RuleBroken, match="not supervised by us"):
        raising.check_contact(ContactLevel.WEEKLY, "")


@pytest.mark.parametrize(
    ("part", "held_part", "on"),
    [
        (Part.SOURCE, Part.SOURCE, True),
        (Part.SOURCE, Part.NOT_RECORDED, True),
        (Part.SOURCE, Part.PARENT, False),
        (Part.AT_RISK, Part.SOURCE, False),
    ],
)
def test_a_flag_is_raised_once_in_each_part(part, held_part, on):
    held = [(Register.CHILD_CONCERNS, held_part)]

    assert raising.is_on_already(Register.CHILD_CONCERNS, part, held) is on
    assert not raising.is_on_already(Register.MARAC, part, held)


@pytest.mark.parametrize("because", ["", "  ", "x" * 501])
def test_one_sentence_is_asked_for(because):
    with pytest.raises(RuleBroken, match="sentence|characters"):
        raising.check_because(because)


def test_the_sentence_is_kept_trimmed():
    assert raising.check_because(" He hit her. ") == "He hit her."


@pytest.mark.parametrize(
    ("enquired", "asked"),
    [
        ([], [CheckKind.POLICE, CheckKind.CHILDREN]),
        ([Enquired(CheckKind.POLICE, EnquiryState.SENT, date(2018, 10, 1))], [CheckKind.CHILDREN]),
        (
            [Enquired(CheckKind.POLICE, EnquiryState.ANALYSED, date(2018, 10, 1), TODAY)],
            [CheckKind.CHILDREN],
        ),
        (
            [
                Enquired(
                    CheckKind.POLICE,
                    EnquiryState.ANALYSED,
                    date(2018, 10, 1),
                    date(2018, 10, 14),
                )
            ],
            [CheckKind.POLICE, CheckKind.CHILDREN],
        ),
    ],
    ids=["nobody asked", "one under way", "heard today", "heard before it came"],
)
def test_a_concern_is_put_to_every_agency_that_does_not_know_of_it_yet(enquired, asked):
    assert raising.kinds_to_ask(Concern.DOMESTIC_ABUSE, enquired, TODAY) == asked


@pytest.mark.parametrize(
    ("taken", "key"),
    [
        (set(), "raised-1"),
        ({"raised-1"}, "raised-2"),
        ({"raised-2"}, "raised-1"),
        ({"raised-1", "raised-2", "raised-4"}, "raised-3"),
    ],
)
def test_a_registration_made_here_gets_the_first_key_that_is_free(taken, key):
    assert raising.free_key(taken) == key
