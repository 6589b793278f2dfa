"""How long whoever leads a group reaches the case of somebody in it. Local policy: 28 days for a register that is owed."""

from datetime import date, timedelta

import pytest

from grid.rules.reaching import Led, reaches_until

TODAY = date(2018, 10, 10)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("sessions", "until"),
    [
        ([], None),
        ([Led(TODAY, sent=False)], date(2018, 11, 7)),
        ([Led(TODAY, sent=True)], TODAY),
        ([Led(TODAY - DAY, sent=True)], None),
        ([Led(TODAY - 28 * DAY, sent=False)], TODAY),
        ([Led(TODAY - 29 * DAY, sent=False)], None),
        ([Led(date(2018, 10, 2), sent=False), Led(date(2018, 12, 4), sent=False)], date(2019, 1, 1)),
        ([Led(date(2018, 10, 2), sent=True), Led(date(2018, 10, 9), sent=False)], date(2018, 11, 6)),
    ],
)  # fmt: skip
def test_until_when(sessions, until):
    assert reaches_until(sessions, TODAY) == until
