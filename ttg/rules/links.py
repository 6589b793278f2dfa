"""A link by which a service answers a referral: how it is kept, until when it works, and whether it does now.

Source: Through the Gate reference 7 (T1: reply link, no login, time-limited).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from staff.errors import RuleBroken
from ttg.rules.referrals import BY_LINK

BITS = 256  # of chance in a token
AFTER_RELEASE = timedelta(days=28)
TRIES = 20  # links that did not work, from one place
WITHIN = timedelta(minutes=15)
NO_LINK = "A link is made for a referral that was sent and that the service may still answer."


@dataclass(frozen=True, slots=True)
class LinkFacts:
    expires_at: datetime
    used: bool
    revoked: bool
    state: str  # of the referral
    left: bool  # nobody supervises the person here any more


def digest_of(token):
    """All that is kept of a token. Looked up as it is, so that no comparison tells how much of one was right."""
    return sha256(token.encode(errors="replace")).hexdigest()


def expires_at(now: datetime, *, link_days: int, release_on: date | None) -> datetime:
    """So many days from now, and never later than the end of the 28th day after release."""
    last = now + timedelta(days=link_days)
    if release_on is None:
        return last
    end = datetime.combine(release_on + AFTER_RELEASE, time.max, now.tzinfo)
    if end <= now:
        raise RuleBroken("They were released more than 28 days ago, so no link is made.")
    return min(last, end)


def check_may_link(state):
    if state not in BY_LINK:
        raise RuleBroken(NO_LINK)


def why_not(facts: LinkFacts | None, now: datetime) -> str:
    """Why a link does not work, for the audit trail alone: whoever opens it is never told. Blank where it works."""
    if facts is None:
        return "unknown"
    if facts.used:
        return "used"
    if facts.revoked:
        return "revoked"
    if facts.expires_at <= now:
        return "expired"
    return "over" if facts.left or facts.state not in BY_LINK else ""
