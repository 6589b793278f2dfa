"""Proposals of whom many cases go to, as a list of them shows each: what it is about and where it stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from oversight.reference.sharing import SharingState, Which
from staff.kit import Tag, on

MARKS = {
    SharingState.WORKING: Tag("Being worked out", "blue"),
    SharingState.PROPOSED: Tag("Proposed", "orange"),
    SharingState.GIVING: Tag("Being carried out", "blue"),
    SharingState.PUBLISHED: Tag("Published", "green"),
    SharingState.DROPPED: Tag("Dropped", "grey"),
}


@dataclass(frozen=True)
class SharingRow:
    """One proposal of the list."""

    key: int
    what: str
    href: str
    asked: str
    tag: Tag


def what_of(one):
    if one.which == Which.OFFICER:
        return f"Cases of {one.officer.name}"
    return f"{one.team.name}: {Which(one.which).title[:1].lower()}{Which(one.which).title[1:]}"


def sharing_rows(found):
    return [
        SharingRow(
            key=one.pk,
            what=what_of(one),
            href=reverse("sharing", args=[one.pk]),
            asked=f"{one.asked_by.name}, {on(localdate(one.asked_at))}",
            tag=MARKS[SharingState(one.state)],
        )
        for one in found
    ]
