"""The link that a token opens, in one statement whatever the token is. Source: `ttg.rules.links`."""

from django.utils.timezone import localtime, now

from staff.models import Entry
from staff.rules.dates import say_date, say_time
from ttg.models import ReplyLink
from ttg.rules.links import TRIES, WITHIN, LinkFacts, digest_of


def find_link(token):
    """The link with this token, with all that its page needs; None where there never was one."""
    found = ReplyLink.objects.select_related(
        "referral__service", "referral__need__custody__case__officer", "referral__need__custody__prison", "referral__made_by",
    )  # fmt: skip
    return found.filter(digest=digest_of(token)).first()


def link_facts(link):
    if link is None:
        return None
    return LinkFacts(
        expires_at=link.expires_at,
        used=link.used_at is not None,
        revoked=link.revoked_at is not None,
        state=link.referral.state,
        left=bool(link.referral.need.custody.case.left_as),
    )


def is_held_back(origin, at=None):
    """Whether so many links that did not work were tried from there that it must wait."""
    since = (at or now()) - WITHIN
    tried = Entry.objects.filter(
        by=None, at__gte=since, action="refused_reply_link", detail__origin=origin
    )
    return tried.count() >= TRIES


def say_moment(at):
    local = localtime(at)
    return f"{say_date(local.date())}, {say_time(local.time())}"


def live_until(referral, at):
    """Until when the link of a referral works; None where none does."""
    link = ReplyLink.objects.live(at).filter(referral=referral).first()
    return link.expires_at if link else None
