"""The page about the person's copy of a plan: what is left out and why, what to mend, when it was given.

Source: product rules, sharing ("previewed with what is left out"). Nothing of what is left out is shown.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.reference.plans import GivenHow, PlanState
from cases.rules.sharing import Why
from staff.kit import Gap, Happening, Line, Link, Tag, on, tag
from staff.permissions import Action

NEVER = Line(
    "The assessment",
    "Risk to others, patterns of past behaviour and SARA",
    detail="Never shared with the person",
)
IN_USE = (PlanState.DRAFT, PlanState.SIGNED)


@dataclass(frozen=True)
class CopyPage:
    """What staff see beside the copy itself."""

    tag: Tag
    gaps: list[Gap]  # what must be mended before it can be made
    advice: list[str]
    left_out: list[Line]
    files: list[Link]  # ordinary and large print; none while there are gaps
    give: str  # where it is said that they have it; blank for a reader who may not


@dataclass(frozen=True)
class CopiesGiven:
    """When the person was given a plan: in a few words, and each time."""

    words: str
    items: list[Happening]


def copy_page(plan, case, copy, may):
    file = reverse("plan-copy-pdf", args=[case.crn, plan.pk])
    may_give = Action.WRITE_PLAN in may and not copy.mend and plan.state in IN_USE
    return CopyPage(
        tag=tag("draft") if copy.draft else tag("signed"),
        gaps=[
            Gap(f"{one.part}: {one.why}", rule="Only what may be shared leaves us")
            for one in copy.mend
        ],
        advice=list(copy.advice),
        left_out=[
            *(Line(one.what, Why(one.why).title) for one in copy.left_out),
            NEVER,
        ],
        files=[]
        if copy.mend
        else [
            Link("Ordinary print (PDF)", file),
            Link("Large print (PDF)", f"{file}?print=large"),
        ],
        give=reverse("give-plan-copy", args=[case.crn, plan.pk]) if may_give else "",
    )


def given_copies(plan, case, may):
    """For the page of a plan: "Copy given on 3 May 2018", and the same for every time."""
    found = list(plan.copies.select_related("by").order_by("-given_on", "-pk"))
    items = [_given(one, case, may) for one in found]
    if not found:
        return CopiesGiven("They have not been given a copy.", items)
    words = f"Copy given on {on(found[0].given_on)}"
    return CopiesGiven(f"{words}, as a draft." if found[0].draft else f"{words}.", items)


def _given(one, case, may):
    print_ = "large print" if one.large else "ordinary print"
    state = ", as a draft" if one.draft else ""
    may_open = Action.VIEW_DOCUMENTS in may
    return Happening(
        title=f"Copy given{state}",
        when=on(one.given_on),
        by=one.by.name,
        text=f"{GivenHow(one.how).title}. In {print_}.",
        href=reverse("document", args=[case.crn, one.document_id]) if may_open else "",
        on=one.given_on.isoformat(),
    )
