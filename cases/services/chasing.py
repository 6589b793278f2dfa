"""The weekly chase: one e-mail an agency a week, about every enquiry whose chase date has come.

Source: product rules, checks (one consolidated chase an agency a week; nothing twice). Agencies that
are not written to by e-mail are rung or written to by the hub, which records each chase.
"""

from django.db import transaction

from cases.models import Agency, Case, Enquiry, Message
from cases.queries.agencies import to_chase
from cases.reference.agencies import Channel, MessageKind
from cases.rules.requests import chase_key, chase_subject, chase_text
from cases.services.policy import request_policy
from cases.services.sending import chase
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date


@transaction.atomic
def chase_agency(*, agency, by, today, now):
    """Chase what this agency owes, in one e-mail; returns how many enquiries it is about."""
    if agency.channel != Channel.EMAIL:
        raise RuleBroken(f"{agency.name} is not written to by e-mail. Chase each of them yourself.")
    if earlier := _this_weeks(agency, today):
        raise RuleBroken(
            f"{agency.name} was chased on {say_date(earlier.at.date())}. One e-mail a week is enough."
        )
    chased = _chase(agency, by=by, today=today, now=now)
    if not chased:
        raise RuleBroken(f"Nothing is to be chased at {agency.name} today.")
    return chased


def chase_due_agencies(*, today, now):
    """A step of `cases.services.jobs.run_job`, over the agencies that owe an answer, by their key."""
    owing = to_chase(Case.objects.ours(), today).values("agency")
    agencies = Agency.objects.filter(channel=Channel.EMAIL, pk__in=owing).order_by("pk")

    def step(after):
        agency = agencies.filter(pk__gt=after).first()
        if agency is None:
            return None, {}
        chased = _chase(agency, by=None, today=today, now=now)
        return agency.pk, {"agencies": int(bool(chased)), "chased": chased}

    return step


def _chase(agency, *, by, today, now):
    """Held from the agency down, so that two chases at once are one; nought when it was chased before."""
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    owing = to_chase(Case.objects.ours(), today).filter(agency=agency)
    cases = Case.objects.filter(pk__in=owing.values("case")).order_by("pk")
    held = {case.pk: case for case in cases.select_for_update(no_key=True)}
    enquiries = list(Enquiry.objects.filter(pk__in=owing, case__in=held).order_by("pk"))
    if not enquiries or _this_weeks(agency, today):
        return 0
    for enquiry in enquiries:
        enquiry.case, enquiry.agency = held[enquiry.case_id], agency
        chase(enquiry, f"In the weekly e-mail to {agency.name}.", by=by, today=today)
    asked = [(one.pk, one.sent_on) for one in enquiries]
    Message.objects.create(
        key=chase_key(agency.pk, today),
        kind=MessageKind.CHASE,
        agency=agency,
        address=agency.email,
        subject=chase_subject(len(asked)),
        body=chase_text(agency.name, asked, request_policy(today).reply_to),
        not_before=now,
        at=now,
    )
    record(by=by, action="chased_agency", agency=agency.pk, enquiries=len(asked))
    return len(asked)


def _this_weeks(agency, today):
    return Message.objects.filter(key=chase_key(agency.pk, today)).first()
