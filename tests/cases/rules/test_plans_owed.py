from dataclasses import replace
from datetime import date

from cases.rules.plans_owed import Seen, plan_owed_since

DAY = date(2018, 10, 1)


def test_a_plan_is_owed_from_the_first_they_attended_and_not_before_the_case_was_taken_up():
    seen = Seen(DAY, (date(2018, 9, 1), date(2018, 10, 9), date(2018, 10, 4)))

    assert plan_owed_since(seen) == (date(2018, 10, 4), date(2018, 10, 4))
    assert plan_owed_since(seen, taken_up_on=date(2018, 11, 5)) == (
        date(2018, 11, 5),
        date(2018, 10, 4),
    )
    assert plan_owed_since(replace(seen, signed_on=DAY)) is None
    assert plan_owed_since(Seen(DAY)) is None
