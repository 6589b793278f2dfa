"""What was understood of an order that somebody records: shown back, with whom it is shown to, before anything is written.

Source: unpaid work reference 5 and 10 (U2).
"""

from dataclasses import replace

from django.utils.timezone import localdate

from cases.queries.restriction_pages import area_line, holds
from cases.reference.restrictions import OrderKind, Terms
from cases.rules.geometry import Zone
from cases.rules.outlines import spaced
from cases.rules.sketches import sketch_of
from cases.rules.words import ended
from cases.services.restrictions import AS_IT_STOOD
from staff.kit import Line
from unpaidwork.queries.near_areas import sites_near

SHOWN_TO_ALL = "Everybody who works with this person reads it, on every page of the case, and the supervisor on site."
SHOWN_TO_FEW = "Shown only to those who work on the case and their seniors; never to a supervisor."


def understood_from(form, boxes, areas, header, stood):
    """What was understood, in lines, with whom it is shown to; the areas drawn for whoever gave them."""
    said, given = form.cleaned_data, form.given()
    unseen = said["terms"] == Terms.NOT_SEEN
    lines = [
        Line("Order", OrderKind(said["kind"]).title),
        Line("Terms", Terms(said["terms"]).title),
        Line("What they must not do", "" if unseen else said["prohibits"], detail=SHOWN_TO_ALL),
        Line("Holds", holds(said["from_on"], said["to_on"])),
    ]
    if given["protects"] is not AS_IT_STOOD:
        who = header.names.of(given["protects"]) if given["protects"] else "Nobody on the record"
        lines.append(Line("Protects", who, detail=SHOWN_TO_FEW))
    zones = [Zone(one.shape, one.outline, one.buffer) for one in areas or []]
    return {
        "lines": lines,
        "areas": _area_lines(boxes, areas or [], zones),
        "sketch": sketch_of(zones),
        "few": SHOWN_TO_FEW,
        "kept": areas is None and bool(stood),
    }


def _area_lines(boxes, areas, zones):
    """Each with the postcode it was found by and the sites near it: a wrong place is seen before it is recorded."""
    lines = [area_line(one.label, zone) for one, zone in zip(areas, zones, strict=True)]
    found = boxes.postcodes() if areas else []
    near = sites_near(zones, localdate())
    return [
        replace(line, detail=" ".join(filter(None, (ended(line.detail), _found_by(code), sites))))
        for line, code, sites in zip(lines, found, near, strict=True)
    ]


def _found_by(postcode):
    return f"Found by the postcode {spaced(postcode)}." if postcode else ""
