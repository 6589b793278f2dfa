import pytest

from cases.reference.groups import Level
from oversight.reference.workload import Inactive
from oversight.rules.policy import read_workload_policy
from staff.errors import RuleBroken
from staff.reference import Grade
from tests.oversight.rules.workload_policy import POLICY, SEED


def test_the_seed_says_what_is_published_and_calls_the_rest_local_policy():
    assert SEED["source"].startswith("Local policy.")
    assert (POLICY.full_points, POLICY.full_hours) == (2176, 37)
    assert POLICY.keeps == {
        Inactive.OVERDUE: 0,
        Inactive.WARRANT: 0,
        Inactive.UNPAID_WORK: 100,
    }


def test_enhanced_officers_hold_what_is_more_complex_and_officers_everything():
    assert Level.MEDIUM_COMPLEX in POLICY.levels[Grade.EPSO]
    assert Level.MEDIUM_COMPLEX not in POLICY.levels[Grade.PSO]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("contact_minutes", 0, "Too little: contact minutes is 1 at least."),
        ("weight_wish", -1, "Too little: weight wish is 0 at least."),
        ("keeps_warrant", 101, "Too much: keeps warrant is 100 at most."),
        ("ceiling_percent", 201, "Too much: ceiling percent is 200 at most."),
        ("case_minutes", 1441, "Too much: case minutes is 1440 at most."),
        ("ceiling_percent", 99, "Sharing out may not stop at less"),
        ("full_points", "many", "The policy on workload cannot be read"),
        ("basis", "guess", "The policy on workload cannot be read"),
        ("rsr_gap", "", "The policy on workload cannot be read"),
        ("grade_po", ["X"], "The policy on workload cannot be read"),
        ("grade_po", None, "The policy on workload cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_do(name, value, words):
    with pytest.raises(RuleBroken, match=words):
        read_workload_policy(SEED["body"] | {name: value}, 2)


@pytest.mark.parametrize("name", SEED["body"])
def test_nothing_may_be_left_out(name):
    body = {key: value for key, value in SEED["body"].items() if key != name}

    with pytest.raises(RuleBroken, match=name):
        read_workload_policy(body, 2)
