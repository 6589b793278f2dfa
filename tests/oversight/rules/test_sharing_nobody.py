"""A case that nobody who takes part may have is left out by itself, and weighs with whoever holds it."""

from dataclasses import replace

from oversight.rules.sharing_facts import ToShare
from oversight.rules.sharing_nobody import without_nobodys
from tests.oversight.rules.a_team import ANN, BOB, CASE, TODAY
from tests.oversight.rules.workload_policy import POLICY

SHUT = replace(
    CASE, key=8, crn="X000008", points=70, holder=ANN.key, shut_out=frozenset({ANN.key, BOB.key})
)
ASKED = ToShare((CASE, SHUT), (ANN, BOB), TODAY, apart=frozenset({(CASE.key, SHUT.key)}))


def test_it_is_left_out_with_why_and_weighs_with_whoever_holds_it():
    rest, out = without_nobodys(ASKED, POLICY)

    assert rest.cases == (CASE,)
    assert rest.apart == frozenset()
    assert [one.points for one in rest.officers] == [ANN.points + 70, BOB.points]
    assert out == {
        8: f"Nobody who takes part may have it. Limited access to this case keeps {ANN.name} out. "
        f"Limited access to this case keeps {BOB.name} out."
    }


def test_whoever_may_have_it_keeps_it_in_and_nothing_changes():
    one = replace(ASKED, cases=(CASE, replace(SHUT, shut_out=frozenset({BOB.key}))))

    assert without_nobodys(one, POLICY) == (one, {})


def test_what_a_senior_has_settled_is_never_left_out_by_itself():
    settled = replace(ASKED, locked={SHUT.key: ANN.key})

    assert without_nobodys(settled, POLICY) == (settled, {})


def test_the_same_reason_is_said_once():
    away = tuple(replace(one, available=0, away=()) for one in (ANN, ANN))
    rest, out = without_nobodys(replace(ASKED, cases=(CASE,), officers=away), POLICY)

    assert rest.cases == ()
    assert out[CASE.key].count("has no hours for cases") == 1
