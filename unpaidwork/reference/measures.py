"""What is measured of unpaid work: what each figure counts, by which source, and whether the provider sets a target.

Source: unpaid work reference 2 (published service levels) and 9 and 10 (what the report missed). A target is policy,
dated, and never law. Codes stand in addresses, so they are only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class Part(Titled):
    CONTRACT = "contract", "Contract and published measures"
    SAFE = "safe", "Safe before they start"
    OFFERED = "offered", "Work that was offered"
    WORTH = "worth", "Worth doing"


@dataclass(frozen=True, slots=True)
class Measure:
    """`of`: what is counted, each once. `fewer`: the fewer the better."""

    code: str
    title: str
    part: Part
    of: str
    how: str
    source: str
    target: int | None = None  # per cent, as the first policy has it; None: none may be set
    fewer: bool = False


REQUIREMENTS, ORDERS, DAYS, WEEKS = "requirements", "orders", "days of people", "weeks of people"
REPORT = "report 4.1"

MEASURES = {
    one.code: one
    for one in (
        Measure(
            "arranged", "Arranged within seven working days", Part.CONTRACT, REQUIREMENTS,
            "Of requirements whose seventh working day since they came to us fell in these days: work or an induction "
            "was booked by then. What an extract brought in counts by its own day, because when it was booked is not kept.",
            "contract SL006R", 95,
        ),
        Measure(
            "orders", "Orders completed", Part.CONTRACT, ORDERS,
            "Of community and suspended sentence orders with unpaid work that ended in these days: the record says "
            "that they ran out or were completed. The contract counts orders without unpaid work too.",
            "contract SL8", 75,
        ),
        Measure(
            "positive", "Unpaid work completed", Part.CONTRACT, REQUIREMENTS,
            "Of requirements that ended in these days: all hours were worked, or the record says completed. One whose "
            "day of ending is not recorded is not counted.",
            "contract SL10", 90,
        ),
        Measure(
            "year", "Completed within twelve months of sentence", Part.CONTRACT, REQUIREMENTS,
            "Of requirements whose twelve months ended in these days: all hours were worked by then. More time from a "
            "court does not count.",
            "probation service SL029, published later than 2018", 75,
        ),
        Measure(
            "assessed", "Risk assessed before the first day", Part.SAFE, REQUIREMENTS,
            "Of requirements whose first day on a project, an induction aside, was in these days: a risk assessment "
            "for unpaid work was signed before it began, and still good.",
            f"{REPORT}; product rules, gates", 100,
        ),
        Measure(
            "told", "Supervisors told what each flag means", Part.SAFE, DAYS,
            "Of days worked by somebody with a flag or an order that bears on a site: an instruction on every one of "
            "them was written before the day began.",
            f"{REPORT}; unpaid work reference 10", 100,
        ),
        Measure(
            "offered", "Weeks with the least hours offered", Part.OFFERED, WEEKS,
            "Of whole weeks, Monday to Sunday, from the one after work was to be arranged until all is worked: what "
            "was offered came to the least a week, or to all that was left. Stood down by us is not offered; called "
            "off because they asked is. Those suspended now are left out, their earlier weeks too.",
            "unpaid work reference 2; PC 94/2005",
        ),
        Measure(
            "away", "Stood down, or sent away by us", Part.OFFERED, DAYS,
            "Of days on which somebody was booked and not called off: no work, supervisor or room. Our fault, and "
            "never theirs.",
            "PC 94/2005", fewer=True,
        ),
        Measure(
            "motivation", "Asked what they think of it", Part.WORTH, "risk assessments",
            "Of risk assessments for unpaid work signed in these days: whether they are willing, what they want of it "
            "and what makes it hard stand there in their own words.",
            f"{REPORT} (9 of 32)",
        ),
        Measure(
            "recorded", "What they did is recorded", Part.WORTH, DAYS,
            "Of days worked to the end, inductions aside: the task, a skill, and how work and behaviour were.",
            f"{REPORT}.3",
        ),
        Measure(
            "third", "Looked back at a third", Part.WORTH, REQUIREMENTS,
            "Of requirements where looking back at a third of the hours fell due in these days: it was done by then. "
            "Only where what they worked or learnt with us took them past it.",
            "product rules, clocks",
        ),
        Measure(
            "half", "Looked back at half", Part.WORTH, REQUIREMENTS,
            "The same at half of the hours.", "product rules, clocks",
        ),
        Measure(
            "end", "Looked back at the end", Part.WORTH, REQUIREMENTS,
            "The same once all hours are worked.", "product rules, clocks",
        ),
        Measure(
            "courses", "Courses used where they count", Part.WORTH, REQUIREMENTS,
            "Of requirements that ended in these days and for which courses count: one at least was credited.",
            "unpaid work reference 2 and 9",
        ),
        Measure(
            "travel", "Travel time decided", Part.WORTH, DAYS,
            "Of days attended by somebody whose travel time is allowed: somebody has credited it or said why not.",
            "unpaid work reference 2 and 9",
        ),
    )
}  # fmt: skip

TARGETS = {one.code: one.target for one in MEASURES.values() if one.target}  # as first set
ELSEWHERE = "Alleged breaches referred within eight working days (contract AE) belong to enforcement, which is not here yet."


class Period(Titled):
    """The days over which is counted: never today, whose register is still open."""

    YEAR = "year", "The last twelve months"
    QUARTER = "quarter", "This quarter so far"
    LAST_QUARTER = "last-quarter", "Last quarter"
    MONTH = "month", "This month so far"
    LAST_MONTH = "last-month", "Last month"
