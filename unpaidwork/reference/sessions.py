"""A day's work: where its sheet and register stand, how it went, what happened on site.

Source: unpaid work reference 3, 4 and 6.
"""

from cases.reference.codes import Titled


class SessionState(Titled):
    PLANNED = "planned", "Planned"
    PUBLISHED = "published", "Sheet published"
    CLOSED = "closed", "Register closed"
    STOOD_DOWN = "stood_down", "Stood down by us"


class Came(Titled):
    """What the register says of one person. The outcome of the appointment follows from it."""

    EXPECTED = "expected", "Expected"
    HERE = "here", "Here"
    LEFT = "left", "Left, worked to the end"
    SENT_HOME = "sent_home", "Sent home for their behaviour"
    NO_WORK = "no_work", "Sent home by us: no work, supervisor or room"
    NOT_COME = "not_come", "Did not come"


OUTCOME_OF = {  # what the appointment is said to have come to
    Came.LEFT: "ATTC",
    Came.SENT_HOME: "ATSH",
    Came.NO_WORK: "ATSS",
    Came.NOT_COME: "AFTA",
}
# Of whoever left: that nobody had let them go. They came and did not comply, which awaits their officer's decision
WITHOUT_LEAVE = "AFTC"
LOGGED_WITHOUT_LEAVE = frozenset(
    {WITHOUT_LEAVE, "AFDA"}
)  # the latter once it is decided to be acceptable
LEFT_WITHOUT_LEAVE = "Left before the end, without leave"
LEFT_WITH_LEAVE = "Left before the end, with leave"  # by when they left: nothing else is said of it
STOOD_DOWN_OUTCOME = "AASD"  # nobody was wanted: our fault, and never theirs
ATTENDED = frozenset({Came.LEFT, Came.SENT_HOME, Came.NO_WORK})


class Grade(Titled):
    """Of work and of behaviour. Source: nDelius as published."""

    EXCELLENT = "EX", "Excellent"
    GOOD = "GD", "Good"
    SATISFACTORY = "SA", "Satisfactory"
    UNSATISFACTORY = "US", "Unsatisfactory"
    POOR = "PO", "Poor"
    NOT_APPLICABLE = "NA", "Not applicable"


class Travel(Titled):
    """Whether the way there and back counts, of somebody whose circumstances allow it."""

    WAITING = "waiting", "To be decided"
    CREDITED = "credited", "Credited"
    REFUSED = "refused", "Not eligible this time"


class Skill(Titled):
    """What was practised. Local policy."""

    TEAMWORK = "teamwork", "Working with others"
    TIME = "time", "Time-keeping"
    LEADING = "leading", "Showing others how"
    CARPENTRY = "carpentry", "Working with wood"
    PAINTING = "painting", "Painting and decorating"
    GARDENING = "gardening", "Gardening and grounds"
    CLEANING = "cleaning", "Cleaning and clearing"
    COOKING = "cooking", "Cooking and serving"
    RETAIL = "retail", "Shop work and sorting"
    TOOLS = "tools", "Using tools safely"
    READING = "reading", "Reading, writing and numbers"
    TALKING = "talking", "Talking with the public"


class IncidentKind(Titled):
    INCIDENT = "incident", "Something happened"
    NEAR_MISS = "near_miss", "Something nearly happened"
    DISCLOSURE = "disclosure", "Somebody told us something"
    INJURY = "injury", "Somebody was hurt"


class SyncState(Titled):
    """What came of what a tablet sent."""

    WRITTEN = "written", "Written"
    CONFLICT = "conflict", "Somebody else wrote meanwhile"
