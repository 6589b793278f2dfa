"""Which moment a lone supervisor means by a time of day."""

from datetime import timedelta

import pytest

from tests.factories import TODAY
from tests.unpaidwork.a_session import clock
from unpaidwork.forms.watch import UntilForm

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "until", "meant"),
    [
        (clock(9), "10am", clock(10)),
        (clock(21), "11:59pm", clock(23, 59)),
        (clock(23, 30), "12:25am", clock(0, 25, on=TOMORROW)),
        (clock(22), "2am", clock(2, on=TOMORROW)),
        (clock(22), "2:01am", clock(2, 1)),  # too far off to be watched for
        (clock(10), "9am", clock(9)),  # it has been, and is refused
        (clock(10), "10am", clock(10)),
    ],
)
def test_a_time_is_the_next_that_is_soon_enough_also_past_midnight(now, until, meant):
    form = UntilForm({"until": until})

    assert form.is_valid()
    assert form.call_by(now) == meant
