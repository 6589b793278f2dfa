"""What a project is like: its kind, who is near it, tools, signal, how often it runs.

Source: unpaid work reference 3 (project types as published; site and safety record).
"""

from cases.reference.codes import Titled


class ProjectKind(Titled):
    GROUP = "group", "A group with our supervisor"
    INDIVIDUAL = "individual", "One person with a beneficiary"
    INDUCTION = "induction", "Induction"
    ETE = "ete", "Education, training and employment"
    HOME = "home", "Independent work at home"


class Near(Titled):
    """Who is on a site, or close to it."""

    CHILDREN = "children", "Children"
    SCHOOL = "school", "A school, nursery or play area"
    ADULTS = "adults", "Adults at risk"
    CARE = "care", "A care home or day centre"
    REFUGE = "refuge", "A refuge"
    PUBLIC = "public", "The public"
    STAFF_ALONE = "alone", "A member of the beneficiary's staff by themselves"


CHILD_FACING = frozenset({Near.CHILDREN, Near.SCHOOL})
ADULT_FACING = frozenset({Near.ADULTS, Near.CARE})
KEPT_TO_COORDINATORS = frozenset({Near.REFUGE})  # where a refuge stands is told to nobody on site


class Tool(Titled):
    BLADES = "blades", "Blades"
    POWER = "power", "Power tools or plant"
    FLAMMABLE = "flammable", "Fuel or other flammables"
    HEIGHT = "height", "Ladders or work at height"
    CHEMICALS = "chemicals", "Chemicals"


class SiteSignal(Titled):
    GOOD = "good", "Good"
    PATCHY = "patchy", "Comes and goes"
    NONE = "none", "None"
    UNKNOWN = "unknown", "Not known"


class Every(Titled):
    ONCE = "once", "Once"
    WEEK = "week", "Every week"
    FORTNIGHT = "fortnight", "Every second week"


class Takes(Titled):
    """Whom a project takes."""

    ANYBODY = "anybody", "Women and men"
    WOMEN = "women", "Women only"
    MEN = "men", "Men only"
