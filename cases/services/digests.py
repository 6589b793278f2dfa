"""What each member of staff owes, told once in the morning: counts and CRNs, and no name.

Officers and seniors each working day, heads of service on the first of the week. Whoever is away is
not written to: their cover's digest holds their rows. Source: product rules, digests, nothing twice.
"""

from django.conf import settings
from django.urls import reverse

from cases.models import Absence, Message
from cases.queries.work import Summary, summary_of
from cases.reference.agencies import MessageKind
from cases.rules.timetable import opens_the_week
from cases.rules.words import counted
from cases.services.policy import clocks
from staff.models import User
from staff.permissions import Role

CHUNK = 50  # members of staff
DAILY, WEEKLY = (Role.OFFICER, Role.SPO), (Role.HEAD,)
BODY = """{due} for today or late, {late} of them late.

{people}{more}
All of it, worst first: {work}

No name is written in an e-mail. Sign in to see who and what.
"""


def write_digests(*, today, now, size=CHUNK):
    """A step of `cases.services.jobs.run_job`: the digests of the next so many staff, by key."""
    extra = clocks(today).extra_bank_holidays
    roles = [*DAILY, *(WEEKLY if opens_the_week(today, extra) else ())]

    def step(after):
        users = _readers(roles, today).filter(pk__gt=after).order_by("pk")
        found = list(users.select_related("team")[:size])
        summaries = [(user, summary_of(user, today)) for user in found]
        messages = [_message(user, one, today, now) for user, one in summaries if one.due]
        Message.objects.bulk_create(messages, ignore_conflicts=True)  # a run may come twice
        return (found[-1].pk if len(found) == size else None), {"written": len(messages)}

    return step


def _readers(roles, today):
    """Those who are written to: here today, with an address."""
    away = Absence.objects.on(today).values("user")
    staff = User.objects.filter(is_active=True, role__in=roles)
    return staff.exclude(email="").exclude(pk__in=away)


def _message(user, summary, today, now):
    return Message(
        key=f"digest-{user.pk}-{today}",
        kind=MessageKind.DIGEST,
        user=user,
        address=user.email,
        subject=f"Your work today: {summary.due:,} due or late",
        body=_body(summary),
        not_before=now,
        at=now,
    )


def _body(summary: Summary):
    links = [f"{crn}  {_link('case', crn)}\n" for crn in summary.crns]
    more = summary.due - summary.told
    return BODY.format(
        due=counted(summary.due, "thing"),
        late=f"{summary.late:,}",
        people="".join(links),
        more=f"And {counted(more, 'more thing')}.\n" if more > 0 else "",
        work=_link("my-work"),
    )


def _link(page, *args):
    return f"{settings.SITE_URL}{reverse(page, args=args)}"
