"""What this member of staff, or somebody they cover for, was told at once and nobody has yet said is read.

Source: product rules: the owner and their senior are told at once; alerts of an absent owner go to
named cover.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models.made_once import how_many, made_once
from cases.models.worded_once import worded_once
from cases.queries.cover import covered_by, notices_to
from staff.rules.dates import say_date, say_time

MOST = 20  # kept ready at once
OPEN = 3  # in sight, so that the list under them stays on the first screen; the rest are folded


@dataclass(frozen=True)
class NoticeRow:
    key: int
    text: str
    when: str
    href: str  # the exact page, or else the case
    seen: str  # the address that says it is read
    told: str  # who was told, where that is somebody the reader covers for
    for_information: bool  # it asks for nothing and is about nobody's safety


@dataclass(frozen=True)
class Notices:
    """The latest of them, and how many there are."""

    rows: list[NoticeRow]
    count: int

    @property
    def together(self):
        """Those shown that may be said to be read in one press; none where there is only one."""
        found = [one for one in self.rows if one.for_information]
        return found if len(found) > 1 else []

    @property
    def apart(self):
        """How many of those shown are then left."""
        return len(self.rows) - len(self.together)

    @property
    def first(self):
        return self.rows[:OPEN]

    @property
    def folded(self):
        return self.rows[OPEN:]

    @property
    def rest(self):
        return self.count - len(self.first)

    @property
    def more(self):
        return self.count - len(self.rows)


def unread_notices(user):
    """Notices to this user, latest first; the text names nobody a case is about."""
    covered = covered_by(user)
    latest = _latest(notices_to(user, covered)) if covered else _latest_of_their_own(user)
    rows = [_row(one, user) for one in latest]
    if len(rows) < MOST:
        return Notices(rows, len(rows))
    return Notices(
        rows, notices_to(user, covered).count() if covered else how_many(_of_their_own(user))
    )


@worded_once
def _latest_of_their_own(user):
    return _latest(notices_to(user, covered=()))


@made_once
def _of_their_own(user):
    return notices_to(user, covered=()).values("pk")


def _latest(notices):
    return notices.select_related("case", "user")[:MOST]


def _row(notice, user):
    at = localtime(notice.at)
    return NoticeRow(
        key=notice.pk,
        text=notice.text,
        when=f"{say_date(at.date())}, {say_time(at.time())}",
        href=notice.href or reverse("case", args=[notice.case.crn]),
        seen=reverse("see-notice", args=[notice.pk]),
        told=notice.user.name if notice.user_id != user.pk else "",
        for_information=notice.for_information,
    )
