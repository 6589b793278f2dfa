"""The restrictions of one case as its page shows them.

Whoever may not see protected names reads what the person must not do, in plain words, and from when to when:
never whom it protects, nor what an area is called or where it is. Source: product rules, sharing and roles.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.registers import register_name
from cases.queries.restrictions import unanswered_of, with_areas, zone_of
from cases.reference.restrictions import OrderKind, Shape, Terms
from cases.rules.addresses import address
from cases.rules.sketches import Sketch, sketch_of
from cases.rules.words import counted
from staff.kit import Gap, Line, Link, Tag, on, tag
from staff.permissions import Action

UNTIL_ORDER = "until a further order"
NOT_SEEN = "Its terms have not been seen. Until they are, no work is allocated."
CHECKED = "Sites, pick-ups and the ways of vans are checked against them."


@dataclass(frozen=True)
class RestrictionRow:
    """One restriction. `lines` hold what this reader may read of it."""

    id: int
    title: str
    tag: Tag | None
    lines: list[Line]
    areas: list[Line] = field(default_factory=list)
    sketch: Sketch | None = None
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class RestrictionsPage:
    rows: list[RestrictionRow]
    former: list[RestrictionRow]
    gaps: list[Gap]  # what the record says keeps them away, and nothing here answers
    record: str  # where one is recorded; blank: the reader may not


def restrictions_page(case, names, may, today):
    """All of one case: those that hold or will, those that do not any more, and what is missing."""
    sets = Action.SET_RESTRICTIONS in may
    record = reverse("record-restriction", args=[case.crn])
    found = list(_all_of(case))
    live = [one for one in found if not _is_over(one, today)]
    former = [one for one in found if _is_over(one, today)]
    live.sort(key=lambda one: (one.terms != Terms.NOT_SEEN, one.from_on > today))
    return RestrictionsPage(
        rows=[restriction_row(one, case, names, sets, today) for one in live],
        former=[restriction_row(one, case, names, False, today) for one in former],
        gaps=[
            Gap(
                f"{one.words}: no restriction is recorded here",
                address(record, of=one.key) if sets else "",
                rule="A code without its terms protects nobody.",
            )
            for one in unanswered_of(case, today)
        ],
        record=record if sets else "",
    )


def _is_over(one, today):
    return bool(one.ended_on or (one.to_on and one.to_on < today))


def find_restriction(case, pk):
    """The one of this case, whatever has become of it, or None."""
    return _all_of(case).filter(pk=pk).first()


def _all_of(case):
    found = with_areas(case.restrictions.order_by("-from_on", "-pk"))
    return found.select_related(
        "protects", "copy_seen_by", "registration", "requirement", "condition", "followed_by"
    )


def restriction_row(one, case, names, sets, today):
    areas = list(one.areas.all())
    shown = areas if names.all_seen else []
    return RestrictionRow(
        id=one.pk,
        title=OrderKind(one.kind).title,
        tag=_tag(one, today),
        lines=[line for line in _lines(one, areas, names, today) if line.value],
        areas=[area_line(area.label, zone_of(area)) for area in shown],
        sketch=sketch_of([zone_of(area) for area in shown]),
        links=_links(one, case) if sets else [],
    )


def area_line(label, zone):
    """An area in words, for those who may read where it is."""
    if zone.shape == Shape.CIRCLE:
        east, north = zone.outline["centre"]
        what = f"Within {zone.outline['radius']:,} m of {east} {north}"
    else:
        outside, *holes = zone.outline["rings"]
        hole = f" and {counted(len(holes), 'hole')}" if holes else ""
        what = f"An outline of {counted(len(outside), 'corner')}{hole}"
    clear = f"and {zone.buffer:,} m around it are kept clear" if zone.buffer else ""
    return Line(label, f"{what}: {zone.square_metres:,} square metres", detail=clear.capitalize())


def holds(from_on, to_on):
    """From when to when, in words."""
    return f"From {on(from_on)} {f'to the end of {on(to_on)}' if to_on else UNTIL_ORDER}"


def _lines(one, areas, names, today):
    unseen = one.terms == Terms.NOT_SEEN
    yield Line("What they must not do", NOT_SEEN if unseen else names.text(one.prohibits))
    if names.all_seen and one.protects:
        yield Line("Protects", names.of(one.protects))
    if areas and not names.all_seen:
        yield Line(
            "Areas",
            f"{counted(len(areas), 'area is', 'areas are')} banned. {CHECKED}",
            detail="Where they are is shown only to those who work on the case.",
        )
    elif one.terms == Terms.CONTACT:
        yield Line("Areas", "None: it bans contact only")
    yield Line("Holds", holds(one.from_on, one.to_on))
    yield Line("Made by", names.text(one.made_by))
    yield Line("Copy of the order", _copy(one))
    yield Line("Where we have it from", names.text(one.source))
    yield Line("On the record", _of(one))
    if one.ended_on:
        follows = getattr(one, "followed_by", None)
        yield Line(
            "Changed" if follows else "Ended",
            f"{on(one.ended_on)}: {names.text(one.ended_because)}",
        )
    recorded = localtime(one.recorded_at).date()
    yield Line("Recorded", on(recorded))


def _copy(one):
    if one.copy_seen_on:
        return f"Seen on {on(one.copy_seen_on)} by {one.copy_seen_by.name}"
    return "Not seen. Ask the court for it, so that the exact words can be checked."


def _of(one):
    if one.registration:
        return f"Register: {register_name(one.registration)}"
    if one.requirement:
        return f"Requirement: {one.requirement.main_name or one.requirement.main_code}"
    return f"Licence: {one.condition.category}" if one.condition else ""


def _tag(one, today):
    if one.ended_on:
        return tag("superseded") if hasattr(one, "followed_by") else tag("closed")
    if one.to_on and one.to_on < today:
        return tag("closed")
    return tag("still-to-do") if one.terms == Terms.NOT_SEEN else None


def _links(one, case):
    title = OrderKind(one.kind).title
    unseen = one.terms == Terms.NOT_SEEN
    at = [case.crn, one.pk]
    return [
        Link(
            "Record its terms" if unseen else "Change",
            reverse("change-restriction", args=at),
            hidden=f": {title}",
        ),
        Link("End", reverse("end-restriction", args=at), hidden=f": {title}"),
    ]
