"""When the agencies may be asked about a home on release. Source: Through the Gate reference 6; product rules, checks."""

from staff.errors import RuleBroken
from ttg.reference.home import OfferState

NO_POSTCODE = "No postcode is given, so nobody can say which agency answers where it lies. Record the place again with its postcode."


def check_may_ask(*, state, postcode, over, waiting):
    """`over`: the stay was ended here; `waiting`: an enquiry about this place has not been read."""
    if over:
        raise RuleBroken("This stay in prison was ended here, so nothing more is asked for it.")
    if state not in (OfferState.OFFERED, OfferState.CONFIRMED):
        raise RuleBroken("This offer is over, so nobody is asked about it.")
    if not postcode:
        raise RuleBroken(NO_POSTCODE)
    if waiting:
        raise RuleBroken("It has been asked about already. Read the answer when it comes.")
