"""What somebody has typed on a page and not sent, and who else has the same page open.

Source: product rules, how it should feel (nothing typed is lost); architecture, concurrency.
"""

from datetime import timedelta

from django.http import QueryDict

from staff.models import Draft

GONE_AFTER = timedelta(
    seconds=90
)  # a page says each half minute that it is open; one may be missed


def draft_of(user, page):
    """What is kept for this person on this page, or None."""
    return Draft.objects.filter(user=user, page=page).first()


def kept_words(user, page):
    """The answers that this person typed on the page and has not sent, as a browser sends them; or None."""
    return words_of(draft_of(user, page))


def words_of(draft):
    """The answers in a draft, as a browser sends them; None where there are none."""
    if draft is None or draft.saved_at is None:
        return None
    words = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        words.setlist(name, values)
    return words


def others_here(user, page, now):
    """[(name, since when)] of whoever else has the page open, the first to come first."""
    drafts = Draft.objects.open_to_others(user, page, since=now - GONE_AFTER)
    found = drafts.select_related("user").order_by("opened_at", "pk")
    return [(draft.user.name, draft.opened_at) for draft in found]
