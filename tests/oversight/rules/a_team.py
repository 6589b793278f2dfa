"""A small team and a plain case, from which each test changes the one thing it is about."""

from dataclasses import replace
from datetime import date

from oversight.reference.allocation import Training
from oversight.rules.comparing import findings
from oversight.rules.comparing_facts import Asked, CaseFacts, Officer
from staff.reference import Grade, StatedSex
from tests.oversight.rules.workload_policy import POLICY

TODAY = date(2018, 10, 1)
ANN = Officer(
    1,
    "Ann Lee",
    Grade.PO,
    points=1000,
    available=2176,
    sex=StatedSex.WOMAN,
    trained=frozenset(Training),
    offices=frozenset({10}),
)
BOB = replace(ANN, key=2, name="Bob Ray", sex=StatedSex.MAN)
CASE = CaseFacts(7, 50, crn="X000007", group="M0")


def found(case=CASE, officer=ANN, team=(ANN, BOB), policy=POLICY, today=TODAY):
    by_key = {one.key: one for one in (*team, officer)}
    return findings(Asked(case, officer, by_key, policy, today))


def keys(*args, **changed):
    return [one.key for one in found(*args, **changed)]
