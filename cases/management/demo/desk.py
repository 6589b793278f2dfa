"""Who is away, and the replies that lie on the hub's desk: few, so they go through the models."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from cases.management.demo import papers
from cases.management.demo.enquiry_rows import at_mid_morning
from cases.models import Absence, Document, DocumentContent, ReplyInHand
from cases.reference.agencies import DocumentKind
from staff.permissions import Role

AWAY = (  # team, days since, days to go, whether somebody covers
    (0, 2, 8, True),
    (1, 4, 3, True),
    (2, 1, 10, False),
)
IN_HAND = (
    "No trace of those named at the address given. Our reference is on the first page of yours.",
    "We hold two reports, both verbal. Please ring for the rest.",
)
SCANNED = "Letter from children's services, scanned. The name at the top cannot be read."


def absent(workforce):
    """Who is away in each of these teams, and who covers: for the first, the officer's own sign-in."""
    for place, since, left, covered in AWAY:
        team = workforce.teams[place]
        others = [one for one in team.officers if one is not workforce.officer]
        away = next(one for one in reversed(others) if one.cohort != "women")
        beside = [workforce.officer, *others] if place == 0 else others
        cover = next(one for one in beside if one is not away) if covered else None
        yield away, cover, since, left


def write_absences(workforce, today):
    Absence.objects.bulk_create(
        Absence(
            user_id=away.user_id,
            cover_id=cover.user_id if cover else None,
            from_on=today - timedelta(days=since),
            to_on=today + timedelta(days=left),
            by_id=away.user_id,
        )
        for away, cover, since, left in absent(workforce)
    )


def write_replies_in_hand(workforce, seed, today):
    """Two were pasted and one was uploaded; nobody has said whose they are."""
    hub, at = workforce.sign_in(Role.HUB), at_mid_morning(today)
    document = _scan(hub, at)
    for number, words in enumerate((*IN_HAND, "")):
        ReplyInHand.objects.create(
            key=UUID(bytes=sha256(f"in hand {seed} {number}".encode()).digest()[:16], version=4),
            text=words,
            document=None if words else document,
            at=at,
            by_id=hub.user_id,
        )


def _scan(hub, at):
    content = papers.one_page(SCANNED)
    document = Document.objects.create(
        kind=DocumentKind.REPLY,
        name="Reply in hand.pdf",
        media_type=papers.PDF,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        at=at,
        by_id=hub.user_id,
    )
    DocumentContent.objects.create(document=document, content=content)
    return document
