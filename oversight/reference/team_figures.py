"""The figures of a team: what each counts, of what it is a share, and the list that it opens.

Source: the team board; report 2.2 to 4.1 (what was on time and empty, and what nobody looked at). A figure counts what is to be
done and never what an officer is worth: there is none of an officer, and no order but that of the names of teams.
"""

from dataclasses import dataclass, field

from cases.reference.codes import Titled
from cases.rules.counting import FEW

FEW_OFFICERS = 3  # who hold the cases of a team: a share of fewer would be theirs, and is not said
FEW_PEOPLE = 10  # of contact, where one person moves the share: as on its own page
EVERY_TEAM = "all"  # as most lists are asked for every team; others by no team


class Section(Titled):
    OWED = "owed", "Overdue, by harm"
    PLANS = "plans", "Interim plans"
    CONTACT = "contact", "Contact"
    REVIEWS = "reviews", "Reviews"
    RELEASES = "releases", "Releases within 28 days"
    WORK = "work", "Unpaid work to look into"
    ENFORCEMENT = "enforcement", "Enforcement"
    WAITS = "waits", "Waits"
    HELD = "held", "Cases without an officer"
    GRID = "grid", "Moves in the GRID over four weeks"


@dataclass(frozen=True)
class Figure:
    """`page`, `codes`: the address of its list, with the team; `every`: what stands for every team there."""

    code: str
    section: Section
    title: str
    of: str  # what it is a share of, in words
    page: str
    codes: dict[str, str] = field(default_factory=dict)
    every: str = EVERY_TEAM
    few: int = FEW


def _figures(section, page, *rows, every=EVERY_TEAM, few=FEW):
    return [
        Figure(code, section, title, of, page, codes, every, few) for code, title, of, codes in rows
    ]


@dataclass(frozen=True)
class Age:
    """How long some of it has been so. `late`: the figure of what is late of it; blank where no day is set. The rest as above."""

    code: str
    title: str
    late: str
    page: str
    codes: dict[str, str] = field(default_factory=dict)
    every: str = EVERY_TEAM


OWED, PLANS, PEOPLE, WAITS = "team-owed", "team-interim-plans", "contact-people", "team-waits"
ALL = (
    *_figures(
        Section.OWED, OWED,
        ("late-a", "Somebody could be hurt", "things owed of that kind", {"harm": "a", "show": "late"}),
        ("late-b", "The court’s order is not carried out", "things owed of that kind", {"harm": "b", "show": "late"}),
        ("late-c", "The record is late", "things owed of that kind", {"harm": "c", "show": "late"}),
    ),
    *_figures(
        Section.PLANS, PLANS,
        ("plans-over", "Run out, and not ended or renewed", "interim plans that stand", {"show": "over"}),
        ("plans-ending", "End within 7 days", "interim plans that stand", {"show": "ending"}),
    ),
    *_figures(
        Section.CONTACT, PEOPLE,
        ("contact-short", "Delivered less than the standard", "people who are counted", {"code": "short"}),
        ("contact-below", "The plan is below the standard", "people who are counted", {"code": "below"}),
        ("contact-none", "Nothing offered or delivered", "people who are counted", {"code": "not_offered"}),
        few=FEW_PEOPLE,
    ),
    *_figures(
        Section.REVIEWS, "reviews",
        ("no-change", "Recorded no change, and nobody has read it", "reviews that were signed", {"show": "no-change"}),
    ),
    *_figures(
        Section.RELEASES, "releases",
        ("not-ready", "Not ready", "people who leave within 28 days", {"band": "28-days", "not_ready": "1"}),
        ("release-late", "Was to have left already", "people in prison", {"band": "overdue"}),
        every="",
    ),
    *_figures(
        Section.WORK, "work-caseload",
        ("work-terms", "An order whose terms nobody has seen", "requirements that run", {"look": "terms"}),
        ("work-instruction", "A flag without an instruction", "requirements that run", {"look": "instruction"}),
        ("work-shut", "A place, and the gate is shut", "requirements that run", {"look": "shut"}),
        ("work-suspended", "An allocation that was suspended", "requirements that run", {"look": "suspended"}),
        ("work-short", "Places that do not fill the hours left", "requirements that run", {"look": "short"}),
        ("work-late", "Something is overdue", "requirements that run", {"look": "late"}),
        every="",
    ),
    *_figures(
        Section.ENFORCEMENT, "hub-queue",
        ("hub-late", "With the hub, and late", "things in the hub’s queue", {"show": "late"}),
        every="",
    ),
    *_figures(
        Section.ENFORCEMENT, OWED,
        ("failures-late", "About a failure, and late", "things owed about failures", {"about": "failure", "show": "late"}),
        ("breaches-late", "About a breach, and late", "things owed about breaches", {"about": "breach", "show": "late"}),
    ),
    *_figures(
        Section.WAITS, "checks-desk",
        ("wait-agency", "For an agency, and chasing it is late", "enquiries that were sent and wait", {"step": "chase", "overdue": "True"}),
    ),
    *_figures(
        Section.WAITS, WAITS,
        ("wait-service", "For a service to answer a referral", "referrals that run", {"of": "service"}),
        ("wait-place", "For a place on unpaid work", "requirements of unpaid work that run", {"of": "place"}),
    ),
    *_figures(
        Section.WAITS, "rar",
        ("wait-day", "For a day of rehabilitation activity, which has stalled", "requirements of it that run", {"whose": "all", "code": "stalled"}),
        every="",
    ),
    *_figures(
        Section.HELD, "caseload",
        ("no-officer", "Waiting to be given to an officer", "people supervised by us", {"whose": "all", "officer": "nobody"}),
        every="",
    ),
    *_figures(
        Section.GRID, "team-grid-change",
        ("grid-higher", "In a higher group than then", "people on the board", {"show": "higher"}),
        ("grid-lower", "In a lower group than then", "people on the board", {"show": "lower"}),
        ("grid-across", "Higher in one way and lower in the other", "people on the board", {"show": "across"}),
        ("grid-into", "In a group now, and in none then", "people on the board", {"show": "into"}),
        ("grid-out", "In no group now, and in one then", "people on the board", {"show": "out"}),
        ("grid-unknown", "Not known", "people on the board", {"show": "unknown"}),
    ),
)  # fmt: skip
FIGURES = {one.code: one for one in ALL}
ONE_OF = {  # what a figure is a share of, where there is one of it
    "things owed of that kind": "thing owed of that kind",
    "interim plans that stand": "interim plan that stands",
    "people who are counted": "person who is counted",
    "reviews that were signed": "review that was signed",
    "people who leave within 28 days": "person who leaves within 28 days",
    "people in prison": "person in prison",
    "requirements that run": "requirement that runs",
    "things in the hub’s queue": "thing in the hub’s queue",
    "things owed about failures": "thing owed about failures",
    "things owed about breaches": "thing owed about breaches",
    "enquiries that were sent and wait": "enquiry that was sent and waits",
    "referrals that run": "referral that runs",
    "requirements of unpaid work that run": "requirement of unpaid work that runs",
    "requirements of it that run": "requirement of it that runs",
    "people supervised by us": "person supervised by us",
    "people on the board": "person on the board",
}
AGES = (
    Age("hub", "With the admin hub", "hub-late", "hub-queue", every=""),
    Age("failures", "About failures to comply", "failures-late", OWED, {"about": "failure"}),
    Age("breaches", "About breaches", "breaches-late", OWED, {"about": "breach"}),
    Age("agency", "An agency has not answered", "wait-agency", "checks-desk", {"step": "chase"}),
    Age("service", "A service has not answered", "", WAITS, {"of": "service"}),
    Age("place", "No place on unpaid work", "", WAITS, {"of": "place"}),
    Age("day", "Rehabilitation activity has stalled", "", "rar", {"whose": "all", "code": "stalled"}, ""),
)  # fmt: skip
OF_SECTION = {one: [each for each in ALL if each.section == one] for one in Section}
