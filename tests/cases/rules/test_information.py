from datetime import date, timedelta

import pytest

from cases.reference.checks import Because, CheckKind
from cases.reference.deadlines import KINDS
from cases.reference.information import InformationKind, ReadAs, Relation
from cases.rules.information import (
    check_information,
    check_outcome,
    enquiries_called_for,
    keeps_apart,
    mirrored,
    reading_kind,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
POLICE, CHILDREN, ADULTS = CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS


def kinds(kind, **given):
    return [one for one, _ in enquiries_called_for(kind, **{"children": False} | given)]


@pytest.mark.parametrize("relation", Relation)
def test_a_relation_seen_from_the_other_side_and_back_is_the_same(relation):
    assert mirrored(mirrored(relation)) == relation


@pytest.mark.parametrize("relation", Relation)
def test_two_are_kept_apart_whichever_of_them_is_looked_at(relation):
    assert keeps_apart(relation) == keeps_apart(mirrored(relation))


def test_those_who_attacked_or_threatened_or_are_with_a_victim_are_kept_apart_and_friends_are_not():
    assert keeps_apart(Relation.ATTACKED_BY)
    assert keeps_apart(Relation.THREATENED)
    assert keeps_apart(Relation.WITH_VICTIM)
    assert keeps_apart(Relation.AT_ODDS)
    assert not keeps_apart(Relation.LIVES_WITH)
    assert not keeps_apart(Relation.SEEN_WITH)


@pytest.mark.parametrize("harm", [True, False])
def test_the_clock_on_reading_is_a_kind_of_deadline_we_keep(harm):
    kind = KINDS[reading_kind(harm=harm)]

    assert (kind.days == 0) is harm


@pytest.mark.parametrize(
    "kind, asked",
    [
        (InformationKind.CALL_OUT, [POLICE]),
        (InformationKind.ARREST, [POLICE]),
        (InformationKind.CHILD, [CHILDREN, POLICE]),
        (InformationKind.ADULT, [ADULTS]),
        (InformationKind.COURT, []),
        (InformationKind.HEALTH, []),
        (InformationKind.REPLY, []),
        (InformationKind.SIGHTING, []),
        (InformationKind.OTHER, []),
    ],
)
def test_each_kind_asks_those_who_can_answer_about_it(kind, asked):
    assert kinds(kind) == asked


def test_every_kind_of_information_has_been_thought_of():
    assert all(set(kinds(kind)) <= set(CheckKind) for kind in InformationKind)


def test_violence_where_there_are_children_asks_about_them_too():
    assert kinds(InformationKind.CALL_OUT, children=True) == [POLICE, CHILDREN]
    assert kinds(InformationKind.ADULT, children=True) == [ADULTS]


def test_a_call_out_is_asked_about_as_one():
    assert enquiries_called_for(InformationKind.CALL_OUT, children=False) == [
        (POLICE, Because.CALL_OUT)
    ]


def test_of_others_whom_it_names_only_those_who_were_in_the_violence_are_asked_about():
    assert kinds(InformationKind.CALL_OUT, main=False, apart=True) == [POLICE]
    assert kinds(InformationKind.CALL_OUT, main=False, apart=False) == []
    assert kinds(InformationKind.CHILD, main=False, apart=True) == []


@pytest.mark.parametrize(
    "given", [{"who": " "}, {"text": ""}, {"happened_on": TODAY + timedelta(1)}]
)
def test_what_nobody_could_act_on_is_refused(given):
    whole = {"who": "Sgt Lane", "text": "Shouting.", "happened_on": TODAY}
    check_information(**whole, today=TODAY)

    with pytest.raises(RuleBroken):
        check_information(**whole | given, today=TODAY)


@pytest.mark.parametrize(
    "read_as, lacks",
    [(ReadAs.NOTHING, "because"), (ReadAs.RAISED, "raised"), (ReadAs.PLAN, "action")],
)
def test_each_outcome_needs_what_it_rests_on(read_as, lacks):
    whole = {"because": "Known.", "raised": object(), "action": ("Visit", "Me", TODAY)}
    check_outcome(read_as, **whole)

    with pytest.raises(RuleBroken):
        check_outcome(read_as, **whole | {lacks: "" if lacks == "because" else None})


def test_an_outcome_is_one_of_three():
    with pytest.raises(RuleBroken, match="what it changes"):
        check_outcome("filed", because="Known.", raised=None, action=None)
