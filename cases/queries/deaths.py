"""A death as pages show it: what is known, who has to hear and who has, and what happens now.

Source: local policy on deaths under supervision (`cases.reference.deaths`).
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.reference.deaths import WHY, Hear
from cases.reference.pauses import WANTED
from cases.rules.deaths import Circumstances, must_hear
from cases.rules.words import ended
from staff.kit import Line, Link, Tag, on, tag
from staff.models import User
from staff.permissions import Action

IN_CUSTODY = {True: "Yes", False: "No", None: "Not known yet"}


@dataclass(frozen=True)
class Told:
    """Somebody who has to hear, and whether they have."""

    code: str
    title: str
    why: str
    tag: Tag
    said: str  # when, by whom and what was agreed; blank: not yet
    next: Link | None


@dataclass(frozen=True)
class DeathPage:
    key: int
    lines: list[Line]
    told: list[Told]
    left: int  # how many have yet to hear
    family: str


@dataclass(frozen=True)
class Undone:
    """One that was recorded by mistake."""

    recorded: str
    undone: str
    because: str


def standing_death(case):
    found = case.deaths.standing().select_related("recorded_by").first()
    if found:
        found.case = case
    return found


def circumstances_of(death):
    """What of the record decides who has to hear. Two statements."""
    case = death.case
    return Circumstances(
        in_custody=death.in_custody,
        victim=case.related_people.filter(victim=True, to_on=None).exists(),
        wanted=case.pauses.running().filter(kind__in=WANTED).exists(),
    )


def death_page(death, names, may):
    told = _told(death, names, may)
    return DeathPage(
        key=death.pk,
        lines=list(_lines(death, names)),
        told=told,
        left=sum(not one.said for one in told),
        family=names.text(death.family),
    )


def undone_of(case, names):
    """Those recorded by mistake, the latest first."""
    found = case.deaths.exclude(undone_at=None).select_related("recorded_by", "undone_by")
    return [
        Undone(
            recorded=f"{on(localtime(one.recorded_at).date())}, {one.recorded_by.name}",
            undone=f"{on(localtime(one.undone_at).date())}, {one.undone_by.name}",
            because=names.text(one.undone_because),
        )
        for one in found.order_by("-undone_at", "-pk")
    ]


def _lines(death, names):
    yield Line("Has died", on(death.died_on) if death.died_on else "The day is not known yet")
    yield Line("Who told us", names.text(death.told_by))
    yield Line("In custody", IN_CUSTODY[death.in_custody])
    at = localtime(death.recorded_at)
    yield Line("Recorded", f"{on(at.date())}, {death.recorded_by.name}")


def _told(death, names, may):
    """Whoever must hear, and whoever else was told, in the order in which it is done."""
    must = must_hear(circumstances_of(death))
    others = [one for one in Hear if str(one) in death.told and one not in must]
    who = User.objects.in_bulk({said["by"] for said in death.told.values()})
    return [_one(death, whom, who, names, may) for whom in (*must, *others)]


def _one(death, whom, who, names, may):
    said = death.told.get(str(whom))
    here = reverse("say-heard", args=[death.case.crn, str(whom)])
    words = "Put it right" if said else "Say that they have heard"
    return Told(
        code=str(whom),
        title=whom.title,
        why=WHY[whom],
        tag=tag("met" if said else "still-to-do"),
        said=_said(said, who, names) if said else "",
        next=Link(words, here, hidden=f"of it: {whom.title}")
        if Action.RECORD_DEATH in may
        else None,
    )


def _said(said, who, names):
    by = who[said["by"]].name
    words = ended(names.text(said["words"]))
    if not said["on"]:
        return f"Nobody to tell, says {by}. {words}"
    return f"{on(date.fromisoformat(said['on']))}, {by}. {words}"
