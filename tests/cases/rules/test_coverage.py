from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.coverage import (
    Answer,
    Said,
    Stand,
    gaps,
    how_they_stand,
    not_covered,
    what_a_reply_covers,
    whom_it_leaves_out,
)
from cases.rules.enquiries import About

ON = date(2018, 5, 3)
PERSON = About(SubjectKind.PERSON, "Alex Marsh", born_on=date(1990, 5, 4))
CHILD = About(SubjectKind.CHILD, "Robin Marsh", date(2012, 1, 2), related_person_id=1)
OTHER_CHILD = About(SubjectKind.CHILD, "Jo Marsh", date(2014, 1, 2), related_person_id=2)
PARTNER = About(SubjectKind.PARTNER, "Kit Field", date(1991, 1, 2), related_person_id=3)
HOME = About(SubjectKind.ADDRESS, "4 Example Street, Reading")
AROUND = (PERSON, CHILD, OTHER_CHILD, PARTNER, HOME)


def answer(about, reply=Reply.NO_TRACE, state=EnquiryState.ANALYSED, kind=CheckKind.CHILDREN):
    asked = state not in (EnquiryState.DUE, EnquiryState.SENT, EnquiryState.NOT_NEEDED)
    return Answer(kind, about, state, reply if asked else "", ON if asked else None)


def stand(one, *answers, around=AROUND, kind=CheckKind.CHILDREN):
    return dict(how_they_stand(kind, around, answers))[one]


def test_no_trace_of_one_child_covers_no_other():
    assert stand(CHILD, answer(CHILD)) == Stand.COVERED
    assert stand(OTHER_CHILD, answer(CHILD)) == Stand.NOT_ASKED


@pytest.mark.parametrize(
    "asked",
    [
        replace(CHILD, name="Robin Field"),
        replace(CHILD, born_on=date(2012, 2, 1)),
        replace(CHILD, born_on=None),
    ],
    ids=["another name", "another date of birth", "no date of birth"],
)
def test_no_trace_under_other_details_does_not_cover_them(asked):
    assert stand(CHILD, answer(asked)) == Stand.CHANGED
    assert CHILD in not_covered(CheckKind.CHILDREN, AROUND, [answer(asked)])


def test_a_namesake_who_is_somebody_else_does_not_cover_them():
    namesake = replace(CHILD, related_person_id=99)

    assert stand(CHILD, answer(namesake)) == Stand.NOT_ASKED


def test_a_name_is_the_same_however_it_is_written():
    assert stand(CHILD, answer(replace(CHILD, name="ROBIN  marsh"))) == Stand.COVERED


@pytest.mark.parametrize("reply", [Reply.PARTIAL, Reply.REFUSED, ""])
def test_half_an_answer_or_none_covers_nobody(reply):
    assert stand(CHILD, answer(CHILD, reply)) == Stand.UNANSWERED


@pytest.mark.parametrize("state", [EnquiryState.DUE, EnquiryState.SENT])
def test_somebody_asked_about_is_waited_for(state):
    assert stand(CHILD, answer(CHILD, state=state)) == Stand.WAITING


def test_an_answer_of_one_agency_speaks_for_no_other():
    assert stand(CHILD, answer(CHILD, kind=CheckKind.POLICE)) == Stand.NOT_ASKED


def test_an_earlier_answer_still_covers_while_they_are_asked_about_again():
    again = answer(CHILD, state=EnquiryState.SENT)

    assert stand(CHILD, answer(CHILD, state=EnquiryState.SUPERSEDED), again) == Stand.COVERED


def test_whom_an_agency_cannot_answer_about_is_not_held_against_it():
    assert PARTNER not in dict(how_they_stand(CheckKind.CHILDREN, AROUND, []))


def test_an_address_is_covered_by_its_words():
    moved = replace(HOME, name="5 Example Street, Reading")

    assert stand(HOME, answer(replace(HOME, name="4 example street reading"))) == Stand.COVERED
    assert stand(moved, answer(HOME), around=(moved,)) == Stand.NOT_ASKED


def test_the_strip_counts_the_children_nobody_was_asked_about():
    assert gaps(AROUND, [answer(CHILD)]) == ["Children's social care not asked about 1 child"]
    assert gaps(AROUND, []) == ["Children's social care not asked about 2 children"]


def test_the_strip_counts_those_not_answered_about_and_those_asked_under_other_details():
    found = gaps(AROUND, [answer(CHILD, Reply.REFUSED), answer(replace(OTHER_CHILD, name="J"))])

    assert found == [
        "Children's social care did not answer about 1 child",
        "Children's social care asked about 1 child under other details",
    ]


def test_the_strip_counts_a_partner_the_police_were_not_asked_about():
    police = answer(PERSON, kind=CheckKind.POLICE)

    assert gaps((PERSON, PARTNER), [police]) == ["Police not asked about 1 partner"]


def test_nobody_is_counted_who_is_waited_for_or_said_not_to_need_it():
    waited = answer(CHILD, state=EnquiryState.SENT)
    not_needed = answer(OTHER_CHILD, state=EnquiryState.NOT_NEEDED)

    assert gaps(AROUND, [waited, not_needed]) == []


def said(words, reply, place=False):
    return Said(words, place, reply)


def test_a_reply_says_whom_it_covers():
    words = what_a_reply_covers(
        [
            said("A", Reply.NO_TRACE),
            said("C", Reply.INFORMATION),
            said("B", Reply.NO_TRACE),
            said("4 X Street", Reply.NO_TRACE, place=True),
            said("D", ""),
        ],
        on=ON,
        asked_of="Thames Valley Police",
    )

    assert words == (
        "No trace on 3 May 2018 for A and B at 4 X Street, asked of Thames Valley Police. "
        "Information about C. No answer about D"
    )


REPLIES = st.sampled_from([*Reply, ""])


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob", "Cat", "Dan"]), REPLIES), min_size=1))
def test_a_reply_never_reassures_and_names_everybody_it_speaks_of(pairs):
    words = what_a_reply_covers([said(*pair) for pair in pairs], on=ON, asked_of="Police")

    assert "asked of Police" in words
    assert "3 May 2018" in words
    assert all(name in words for name, _ in pairs)
    # Only of those it found no trace of does it say so
    traces = words.split("No trace on 3 May 2018 for ")[1:]
    untraced = {name for name, reply in pairs if reply == Reply.NO_TRACE}
    named = {
        n for n in ("Ann", "Bob", "Cat", "Dan") if traces and n in traces[0].split(", asked")[0]
    }
    assert named == untraced


def test_whom_a_reply_leaves_out_is_said_only_where_there_is_somebody():
    assert whom_it_leaves_out(["E (child, born 3 May 2012)"]) == (
        "Does not cover: E (child, born 3 May 2012)"
    )
    assert whom_it_leaves_out([]) == ""
