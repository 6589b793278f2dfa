"""What of a record bears on where somebody may work: nothing that calls for the full analysis is lost on the way to a site."""

from cases.reference.restrictions import ORDER_REGISTERS
from unpaidwork.reference.dangers import OF_ANSWER, OF_REGISTER, Danger
from unpaidwork.reference.flags import DEMANDS
from unpaidwork.reference.risk_questions import INDICATES

# They say that somebody could be hurt, and not by what: the analysis and the instruction do
NO_ONE_DANGER = {"REG15", "REG17", "MAPP"}


def test_every_register_that_calls_for_the_full_analysis_keeps_somebody_from_some_site():
    assert INDICATES.keys() - OF_REGISTER.keys() == NO_ONE_DANGER


def test_every_register_that_keeps_somebody_from_a_site_calls_for_the_full_analysis():
    """But organised crime, which is asked about and is no violence of itself."""
    assert OF_REGISTER.keys() - INDICATES.keys() == {"REG26"}


def test_every_register_of_an_order_calls_for_the_full_analysis_and_must_be_told():
    assert INDICATES.keys() & DEMANDS.keys() >= ORDER_REGISTERS


def test_a_stalking_protection_order_keeps_somebody_from_the_same_sites_as_stalking_that_is_said():
    assert OF_REGISTER["SPO"] == OF_ANSWER["harm.stalking"] == Danger.DOMESTIC
