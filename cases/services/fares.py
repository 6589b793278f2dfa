"""Giving a fare, and taking it back. What is paid for is local policy; every penny is accounted for.

Rules: `cases.rules.fares`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Contact, Fare
from cases.queries.fares import given_already
from cases.rules.fares import check_again, check_fare, check_taken_back
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken


@transaction.atomic
def give_fare(
    *, case, kind, pence, journey, voucher, signed_for, by, now, appointment=None, again=False
):
    """They are given money, a ticket or a voucher for the way, and have signed. Returns the `Fare`.

    `appointment`: the line of the log of the one it is for. `again`: knowingly a second one today, or for the same.
    """
    case = lock_case(case)
    check_still_here(case.left_as)
    said = check_fare(
        kind=kind, pence=pence, journey=journey, voucher=voucher, signed_for=signed_for
    )
    line = (
        appointment and Contact.objects.appointments().filter(case=case, pk=appointment.pk).first()
    )
    if appointment and line is None:
        raise RuleBroken("That is no appointment of theirs. Choose again.")
    before = given_already(case, line, localtime(now).date())
    check_again(today=before.today, same=before.same, again=again)
    fare = Fare.objects.create(case=case, contact=line, **said, given_at=now, given_by=by)
    record(by=by, action="gave_fare", crn=case.crn, fare=fare.pk, pence=pence, again=bool(before))
    return fare


@transaction.atomic
def take_back_fare(*, fare, because, by, now):
    """It was not used, or was given by mistake: it no longer counts. Returns the fare."""
    case = lock_case(fare.case)
    fare = Fare.objects.get(pk=fare.pk)
    fare.case = case
    because = check_taken_back(because)
    if fare.taken_back_at:
        raise RuleBroken("It is taken back already.")
    fare.taken_back_at, fare.taken_back_by, fare.taken_back_because = now, by, because
    fare.save()
    record(by=by, action="took_back_fare", crn=case.crn, fare=fare.pk, pence=fare.pence)
    return fare
