"""Who is shown round is told of somebody for each thing that enforcement can come to in the demonstration."""

from oversight.management.commands.make_demo_enforcement import LOOK_AT, whom_to_look_at
from oversight.management.demo.enforcing import COURT_FATES, LICENCE_FATES
from oversight.management.demo.enforcing_acts import OTHERWISE


def test_every_fate_has_somebody_to_look_at():
    warned = {"letter_sent"}  # another name of the fate "warned"

    assert set(LOOK_AT) == {*COURT_FATES, *LICENCE_FATES, *OTHERWISE.values()} - warned


def test_the_first_of_each_fate_is_named_and_of_none_nobody():
    fates = {"withdrawn": ["T100029"], "unanswered": ["T100028", "T100090"], "warned": []}

    assert whom_to_look_at(fates) == [
        "A failure that nobody has answered: T100028",
        "A breach that was withdrawn: T100029",
    ]
