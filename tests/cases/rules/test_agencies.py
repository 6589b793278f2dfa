"""Who is asked about whom: the authority of each address, and the person with everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.agencies import Channel
from cases.reference.checks import Because, CheckKind, SubjectKind
from cases.rules.agencies import (
    Listed,
    agency_for,
    check_areas,
    check_reached,
    district,
    overlapping,
    shared_out,
)
from cases.rules.enquiries import About
from staff.errors import RuleBroken

POLICE, CHILDREN = CheckKind.POLICE, CheckKind.CHILDREN
READING = Listed(1, CHILDREN, ("Reading Borough Council", "RG1", "RG30"))
SLOUGH = Listed(2, CHILDREN, ("Slough Borough Council", "SL1"))
ANYWHERE = Listed(3, POLICE)
MET = Listed(4, POLICE, ("UB3",))
BOOK = (READING, SLOUGH, ANYWHERE, MET)
PERSON = About(
    SubjectKind.PERSON, "Alex Marsh", authority="Reading Borough Council", postcode="RG1 1AA"
)
CHILD = About(SubjectKind.CHILD, "Robin Marsh", related_person_id=1)
AWAY = About(SubjectKind.CHILD, "Sam Vale", related_person_id=2, postcode="SL1 4XX")


@pytest.mark.parametrize(
    "place, agency",
    [
        (("Reading Borough Council", ""), 1),
        (("READING  borough council", "SL1 4XX"), 1),
        (("", "RG1 1AA"), 1),
        (("", "rg11aa"), 1),
        (("", "RG30 2BB"), 1),
        (("Somewhere Else", "SL1 4XX"), 2),
        (("", "RG10 9AA"), None),
        (("", ""), None),
    ],
)
def test_an_authority_is_matched_by_name_and_then_by_postcode_district(place, agency):
    assert agency_for(CHILDREN, place, BOOK) == agency


def test_an_agency_with_the_area_comes_before_one_that_answers_everywhere():
    assert agency_for(POLICE, ("", "UB3 1AA"), BOOK) == 4
    assert agency_for(POLICE, ("", "RG1 1AA"), BOOK) == 3
    assert agency_for(POLICE, ("", ""), BOOK) == 3


def test_an_agency_of_another_kind_is_never_asked():
    assert agency_for(CheckKind.ADULTS, ("Reading Borough Council", "RG1 1AA"), BOOK) is None


@pytest.mark.parametrize(
    "postcode, first", [("RG1 1AA", "rg1"), ("RG11AA", "rg1"), ("RG30", "rg30"), ("", "")]
)
def test_a_district_is_the_first_half_however_it_is_written(postcode, first):
    assert district(postcode) == first


def test_each_goes_to_the_authority_of_their_own_address_and_the_person_with_all():
    assert shared_out(CHILDREN, (PERSON, CHILD, AWAY), BOOK) == [
        (1, (PERSON, CHILD)),
        (2, (PERSON, AWAY)),
    ]


def test_without_the_person_those_without_an_address_go_where_the_person_lives():
    home = ("Reading Borough Council", "")

    assert shared_out(CHILDREN, (CHILD, AWAY), BOOK, home=home) == [(1, (CHILD,)), (2, (AWAY,))]


def test_those_nobody_answers_for_are_kept_together_for_somebody_to_mend():
    lost = About(SubjectKind.CHILD, "Lee Marsh", related_person_id=3, postcode="ZZ1 1ZZ")

    assert shared_out(CHILDREN, (PERSON, lost), BOOK) == [(1, (PERSON,)), (None, (PERSON, lost))]


def test_about_somebody_new_elsewhere_the_persons_own_authority_is_not_asked_again():
    assert shared_out(CHILDREN, (PERSON, AWAY), BOOK, because=Because.NEW_PERSON) == [
        (2, (PERSON, AWAY))
    ]


places = st.sampled_from(["", "RG1 1AA", "SL1 4XX", "UB3 1AA", "ZZ1 1ZZ"])
around = st.lists(
    st.builds(
        About,
        kind=st.sampled_from([SubjectKind.CHILD, SubjectKind.PARTNER]),
        name=st.just("Robin"),
        related_person_id=st.integers(1, 99),
        postcode=places,
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)


@given(
    around,
    st.sampled_from(CheckKind),
    st.lists(st.sampled_from(BOOK), unique_by=lambda one: one.id),
)
def test_nobody_is_lost_and_each_is_asked_about_once_with_the_person_beside(around, kind, book):
    parts = shared_out(kind, (PERSON, *around), tuple(book))

    asked = [one for _, theirs in parts for one in theirs if one != PERSON]
    assert sorted(one.key for one in asked) == sorted(one.key for one in around)
    assert all(theirs[0] == PERSON for _, theirs in parts)
    assert len({agency for agency, _ in parts}) == len(parts)


@pytest.mark.parametrize(
    "areas, others, both",
    [
        (("Reading", "RG1"), ("rg1 ",), ["RG1"]),
        (("Reading",), ("Slough",), []),
        ((), ("Slough",), []),
    ],
)
def test_areas_overlap_however_they_are_written(areas, others, both):
    assert overlapping(areas, others) == both


@pytest.mark.parametrize("areas, held", [(["RG1"], ["rg1", "RG2"]), ([], [])])
def test_an_area_has_one_agency_of_a_kind(areas, held):
    with pytest.raises(RuleBroken, match="MASH answers"):
        check_areas(areas, [("MASH", held)])


def test_one_with_areas_stands_beside_one_that_answers_everywhere():
    others = [("MASH", []), ("Slough", ["SL1"])]

    check_areas(["RG1"], others)
    with pytest.raises(RuleBroken, match="Slough answers"):
        check_areas(["RG1", "SL1"], others)
    with pytest.raises(RuleBroken, match="MASH answers"):
        check_areas([], others)


@pytest.mark.parametrize("channel", Channel)
def test_an_agency_can_be_reached_as_the_book_says(channel):
    nothing = {"email": "", "address": " ", "telephone": "", "portal": ""}

    with pytest.raises(RuleBroken, match="Enter the"):
        check_reached(channel, **nothing)

    check_reached(channel, **dict.fromkeys(nothing, "x"))
