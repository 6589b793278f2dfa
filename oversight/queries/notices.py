"""What this member of staff has been told at once and has not yet said they have read.

Source: product rules, limited access: the owner and their senior are told at once.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Notice
from staff.rules.dates import say_date, say_time

MOST = 20  # shown at once


@dataclass(frozen=True)
class NoticeRow:
    text: str
    when: str
    href: str
    seen: str  # the address that says it is read


def unread_notices(user):
    """Notices to this user, latest first; the text names nobody a case is about."""
    return [
        NoticeRow(
            text=notice.text,
            when=f"{say_date(localtime(notice.at).date())}, {say_time(localtime(notice.at).time())}",
            href=reverse("case", args=[notice.case.crn]),
            seen=reverse("see-notice", args=[notice.pk]),
        )
        for notice in Notice.objects.to(user).select_related("case")[:MOST]
    ]
