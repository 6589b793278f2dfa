"""Who holds a case, what is offered, and who held it, as the page of it shows them.

Source: product rules, GRID (the sender owns it until a named officer accepts).
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Absence
from cases.queries.holding import active_holder, covers, holds_or_covers
from cases.queries.people import holders_and_why, officer_of
from cases.queries.recipients import seniors_of
from cases.reference.holding import OUT_OF_HERE, LeftAs, TransferKind, TransferState
from cases.rules.words import listed
from staff.kit import Happening, Line, Link, on, tag
from staff.permissions import Action, Role
from staff.rules.dates import say_time

MARKS = {
    TransferState.OFFERED: "awaiting-reply",
    TransferState.ACCEPTED: "accepted",
    TransferState.REFUSED: "refused",
    TransferState.WITHDRAWN: "withdrawn",
}
ABOUT = ("from_officer", "to_officer", "offered_by", "answered_by", "caretaker")


@dataclass(frozen=True)
class HolderPage:
    holds: str  # in a sentence
    lines: list[Line]
    nobody: bool  # no officer of ours: the seniors hold it
    history: list[Happening]


@dataclass(frozen=True)
class OfferShown:
    """One hand-over, for the reader whose page this is."""

    key: int
    title: str
    lines: list[Line]
    note: str


def holder_page(case, names, today, reader, may):
    """`may`: what the reader may do on this case."""
    holder = active_holder(case)
    nobody = case.is_ours and holder is None
    return HolderPage(
        holds=_holds(case, holder, today),
        lines=list(_lines(case, holder, today)),
        nobody=nobody,
        history=[*_answered(case, names), *holders_and_why(case, names, reader, may)],
    )


def who_holds(case, today):
    """In a sentence."""
    return _holds(case, active_holder(case), today)


def _holds(case, holder, today):
    if case.left_as:
        return f"Nobody holds it here: {LeftAs(case.left_as).title.lower()}."
    if not case.is_supervised:
        return "No sentence is in force, so nobody need hold it."
    if case.retained_by:
        return f"{officer_of(case)} holds it."
    if holder:
        return f"{holder.name} holds it."
    seniors = listed([one.name for one in seniors_of(case, today)])
    return f"No officer holds it. Until one is named it is held by {seniors or 'the senior of its team'}."


def _lines(case, holder, today):
    yield Line("Officer", officer_of(case), detail=_why_not(case, holder))
    if holder:
        yield Line("Since", on(case.officer_since))
        away = Absence.objects.on(today).filter(user=holder).select_related("cover").first()
        if away:
            cover = f"{away.cover.name} covers" if away.cover else "Nobody covers: the senior hears"
            yield Line("Away", f"{on(away.from_on)} to {on(away.to_on)}", detail=cover)
    yield Line("Team", case.team.name if case.team else "No team")


def _why_not(case, holder):
    return "Their account is closed" if case.officer_id and holder is None else ""


def offer_shown(offer, names):
    """A hand-over whole: from whom, to whom, what was said of it, and what came of it."""
    return OfferShown(
        key=offer.pk,
        title=f"Offered to {to_whom(offer)}",
        lines=list(_of_offer(offer, names)),
        note=names.text(offer.note),
    )


def to_whom(offer):
    if offer.to_officer:
        return offer.to_officer.name
    named = f"{offer.outside_officer}, " if offer.outside_officer else ""
    return f"{named}{offer.outside}"


def from_whom(offer):
    if offer.from_officer:
        return offer.from_officer.name
    return offer.outside or "The seniors of the team"


def moment(at):
    local = localtime(at)
    return f"{on(local.date())}, {say_time(local)}"


def _of_offer(offer, names):
    yield Line("Where it goes", TransferKind(offer.kind).title)
    yield Line("From", from_whom(offer))
    yield Line("To", to_whom(offer))
    yield Line("Offered", f"{moment(offer.offered_at)}, {offer.offered_by.name}")
    if offer.caretaker:
        yield Line("Sees them meanwhile", offer.caretaker.name)
    if offer.answered_at:
        by = f", {offer.answered_by.name}" if offer.answered_by else ""
        yield Line(
            TransferState(offer.state).title,
            f"{moment(offer.answered_at)}{by}",
            detail=names.text(offer.because),
        )


def waiting_offer(case):
    return case.transfers.waiting().select_related(*ABOUT).first()


def find_offer(case, pk):
    return case.transfers.select_related(*ABOUT).filter(pk=pk).first()


def _answered(case, names):
    """What was offered before and what came of it, the latest first."""
    for one in case.transfers.exclude(state=TransferState.OFFERED).select_related(*ABOUT).order_by("-answered_at", "-pk"):  # fmt: skip
        yield Happening(
            title=f"{TransferKind(one.kind).title}: {to_whom(one)}",
            when=moment(one.answered_at),
            by=one.answered_by.name if one.answered_by else "",
            text=names.text(one.because),
            tag=tag(MARKS[TransferState(one.state)]),
            on=localtime(one.answered_at).date().isoformat(),
        )


def ways(case, offer, nobody, user, may, today):
    """What this reader may do about it now: the main thing first."""
    if offer:
        return list(_ways_of_offer(case, offer, user, may, today))
    found = []
    if nobody and Action.NAME_OFFICER in may:
        found.append(Link("Name an officer", reverse("name-officer", args=[case.crn])))
    movable = case.is_supervised or case.left_as == LeftAs.ELSEWHERE
    speaks = user.role != Role.OFFICER or holds_or_covers(case, user, today)
    if movable and speaks and Action.HAND_OVER in may:
        text = "Hand it over" if case.is_ours else "Take it on from them"
        found.append(Link(text, reverse("offer-case", args=[case.crn])))
    if case.is_ours and not nobody and Action.NAME_OFFICER in may:
        found.append(Link("Compare officers", reverse("name-officer", args=[case.crn])))
    return found


def _ways_of_offer(case, offer, user, may, today):
    args = [case.crn, offer.pk]
    named = offer.to_officer_id == user.pk or covers(user, offer.to_officer_id, today)
    if offer.kind in OUT_OF_HERE and Action.RECORD_NPS_ANSWER in may:
        yield Link("Record their answer", reverse("record-offer-answer", args=args))
    if named and Action.TAKE_OVER in may:
        yield Link("Accept or refuse it", reverse("answer-offer", args=args))
    elif Action.HAND_OVER in may:
        yield Link("Take the offer back", reverse("take-offer-back", args=args))
