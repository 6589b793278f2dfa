"""Every referral that was sent and that no service has answered, by team, as a list and as a file.

Source: Through the Gate reference 6, 7 (T1: overdue is seen). It begins at the one door, as every list does.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case
from cases.queries.due import anchored
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.rules.words import days_ago
from staff.kit import Link, Masked, Tag, on, tag
from staff.models import Team
from staff.permissions import Action
from ttg.models import Referral
from ttg.queries.needs import REFERRAL_TAGS
from ttg.queries.referral_mail import not_gone
from ttg.reference.referrals import ReferralState

MASKED_AT_ONCE = 100
ACTION = Action.REFER_TO_SERVICE
CSV_HEAD = ["CRN", "Name", "Officer", "Service", "Need", "Stands", "Sent", "Days without an answer", "Leaves", "E-mail"]  # fmt: skip


@dataclass(frozen=True)
class UnansweredRow:
    crn: str
    name: str
    href: str
    officer: str
    service: str
    what: str
    sent: str
    days: int  # since then
    waits: str  # the same in words
    leaves: str
    tag: Tag
    mail: str  # where its e-mail has not gone; blank else
    next: Link
    anchor: str = ""


def unanswered(user, team="", *, action=ACTION):
    """Of cases open to this reader for this, as they stand with us. `team`: the code of the one that holds the case."""
    cases = Case.objects.open_to(user, action).supervised()
    if team:
        cases = cases.filter(team__code=team)
    found = Referral.objects.unanswered().filter(need__custody__case__in=cases)
    return found.select_related("service", "need__custody__case__officer", "need__custody__case__team")  # fmt: skip


def page_of_unanswered(user, team="", *, after, size):
    """What has waited longest first."""
    rows = unanswered(user, team)
    return page_of(rows, keys=("sent_at", "id"), after=after, size=size, known_by="pk")


def teams_of_unanswered(user, action=ACTION):
    """{code: name} of the teams that hold them, of cases open to this reader."""
    held = unanswered(user, action=action).values("need__custody__case__team")
    return {one.code: one.name for one in Team.objects.filter(pk__in=held).order_by("name")}


def unanswered_rows(referrals, user, today):
    cases = {one.need.custody.case_id: one.need.custody.case for one in referrals}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    held = not_gone(referrals)
    return anchored(
        _row(one, names[one.need.custody.case_id], today, held.get(one.pk, "")) for one in referrals
    )


def csv_lines(user, team, today):
    """The same list as lines of a file, of cases that this reader may take away."""
    yield CSV_HEAD
    found = list(unanswered(user, team, action=Action.EXPORT_CASES).order_by("sent_at", "pk"))
    for row in unanswered_rows(found, user, today):
        yield [
            row.crn, row.name, row.officer, row.service, row.what, row.tag.text, row.sent, row.days, row.leaves, row.mail,
        ]  # fmt: skip


def kept_from(user):
    """Masked rows of the cases within reach that are kept from this reader. No filter tells more of them."""
    reached = Case.objects.within_reach(user, ACTION).supervised()
    return [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]]


def _row(one, names, today, mail):
    case, custody = one.need.custody.case, one.need.custody
    sent = localdate(one.sent_at)
    where = reverse("referral", args=[case.crn, one.pk])
    days = (today - sent) // timedelta(days=1)
    return UnansweredRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        service=one.service.name,
        what=names.text(one.need.words),
        sent=on(sent),
        days=days,
        waits=days_ago(days),
        leaves=on(custody.released_on or custody.release_on),
        tag=tag(REFERRAL_TAGS[ReferralState(one.state)]),
        mail=mail,
        next=Link("See it", where, hidden=f" for {case.name}"),
    )
