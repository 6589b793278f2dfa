"""Orders that keep somebody away from a place or a person, as far as they can be checked.

Source: unpaid work reference 5 and 10 (U2); report 4.1 (a code was recorded and no terms).
"""

from cases.reference.codes import Titled


class OrderKind(Titled):
    """By what somebody is kept away. Orders that came after 2018 are not among them."""

    RESTRAINING = "restraining", "Restraining order"
    NON_MOLESTATION = "non_molestation", "Non-molestation order"
    SEXUAL_HARM = "sexual_harm", "Sexual harm prevention order"
    SEXUAL_RISK = "sexual_risk", "Sexual risk order"
    BEHAVIOUR = "behaviour", "Criminal behaviour order"
    EXCLUSION = "exclusion", "Exclusion requirement"
    PROHIBITED = "prohibited", "Prohibited activity requirement"
    LICENCE = "licence", "Licence condition"
    BAIL = "bail", "Bail condition"
    OTHER = "other", "Another order"


class Terms(Titled):
    """What is known of what it forbids."""

    AREAS = "areas", "Bans areas"
    CONTACT = "contact", "Bans contact only"
    NOT_SEEN = "not_seen", "Terms not seen"


class Shape(Titled):
    CIRCLE = "circle", "A circle around a point"
    POLYGON = "polygon", "An outline"


# By which order each register comes
ORDERS_OF = {
    "RSTO": frozenset({OrderKind.RESTRAINING, OrderKind.NON_MOLESTATION}),
    "SOPS": frozenset({OrderKind.SEXUAL_HARM, OrderKind.SEXUAL_RISK}),
    "SHPO": frozenset({OrderKind.SEXUAL_HARM, OrderKind.SEXUAL_RISK}),  # which took its place
    "SPO": frozenset({OrderKind.OTHER}),
}
# Registers that say there is such an order: a case that has one and no restriction has terms not seen
ORDER_REGISTERS = frozenset(ORDERS_OF)
DATUM_METRES = (
    5  # added to every buffer: points moved from satellite to grid coordinates may be 2 m off
)
LONGEST_SHAPE = 500  # corners of an outline
EASTINGS, NORTHINGS = (0, 700_000), (0, 1_300_000)  # metres of the national grid
