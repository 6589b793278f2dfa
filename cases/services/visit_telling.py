"""Telling whoever watches a visit, on their first page, by e-mail and by text; never at a quiet hour's pleasure.

What is said names staff and a time, and nothing of the case: a buddy need not be able to open it. Source:
report 2.3; supervision reference 3.4.
"""

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from cases.models import HomeVisit, Message, Notice
from cases.queries.visit_pages import names_of, said_at
from cases.queries.visit_staff import kept_out
from cases.queries.visit_watch import page_of
from cases.reference.agencies import Means, MessageKind
from cases.rules.words import ended
from staff.models import User
from staff.rules.dates import say_time

CALLED_OFF = "The home visit of {who} on {when} is called off"
OUT_ALL_THE_SAME = "{called_off}, but they have set out, and still call in by {call_by}"
MOVED = "The home visit of {who} on {was} is moved to {when}"
SUBJECT = "Home visit: please look now"
BODY = """{text}

Look at {link}
"""


def said_time(at):
    return say_time(localtime(at))


@transaction.atomic
def tell_about_visit(*, visit, users, text, key, now):
    """Tell each of these users at once, each message once by its key. Returns the notices."""
    text = ended(text)
    case = visit.appointment.contact.case
    notices = Notice.objects.bulk_create(
        [Notice(user=one, case=case, text=text, href=page_of(visit), at=now) for one in users]
    )
    body = BODY.format(text=text, link=f"{settings.SITE_URL}{page_of(visit)}")
    Message.objects.bulk_create(
        [
            Message(
                key=f"visit-{visit.pk}-{key}-{one.pk}-{means}",
                kind=MessageKind.ALERT,
                user=one,
                means=means,
                address=address,
                subject=SUBJECT,
                body=body,
                # Before whatever else waits to go
                not_before=min(visit.set_out_at or now, now),
                at=now,
            )
            for one in users
            for means, address in ((Means.EMAIL, one.email), (Means.TEXT, one.mobile))
            if address
        ],
        ignore_conflicts=True,
    )
    return notices


def tell_moved(*, appointment, was, by, now):
    """Those who go on this visit, and whoever watches its clock, hear that it is at another time."""
    visit = _visit_of(appointment)
    text = MOVED.format(
        who=names_of(visit.going),
        was=said_at(was),
        when=said_at(appointment.contact.started_at),
    )
    _tell_its_staff(visit, text, "moved", by=by, now=now)


def tell_called_off(*, appointment, by, now):
    """They hear that it is called off, if it is a visit; and that its clock goes on, where somebody has set out."""
    visit = _visit_of(appointment)
    if visit is None:
        return
    text = CALLED_OFF.format(
        who=names_of(visit.going), when=said_at(appointment.contact.started_at)
    )
    if visit.is_out:
        text = OUT_ALL_THE_SAME.format(called_off=text, call_by=said_time(visit.call_by))
    _tell_its_staff(visit, text, "called-off", by=by, now=now)


def _visit_of(appointment):
    visits = HomeVisit.objects.select_related(
        "appointment__contact__case", "appointment__officer", "with_whom", "buddy"
    )
    return visits.filter(pk=appointment.pk).first()


def _tell_its_staff(visit, text, key, *, by, now):
    """All but whoever did it, and whoever an exclusion keeps out by now: they learn not even the day."""
    out = kept_out(visit.appointment.contact.case)
    staff = [one for one in (*visit.going, visit.buddy) if one and one.is_active]
    users = [one for one in staff if one != by and one.pk not in out]
    tell_about_visit(visit=visit, users=users, text=text, key=f"{key}-{now:%Y%m%d%H%M%S}", now=now)


def told_of(visit):
    """Whoever has been told something of this visit since it was set out for: its buddy, and whoever was alarmed."""
    told = Notice.objects.filter(
        case=visit.appointment.contact.case, href=page_of(visit), at__gte=visit.set_out_at
    )
    return list(User.objects.filter(pk__in=told.values("user"), is_active=True).order_by("pk"))
