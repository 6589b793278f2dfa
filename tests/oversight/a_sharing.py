"""Cases that nobody holds and officers with room for them, and a proposal of whom each goes to, for the tests of sharing out."""

from django.utils.timezone import now

from cases.models import Case
from oversight.models import SharingOut
from oversight.reference.sharing import Which
from oversight.services import sharing, sharing_giving, sharing_work
from tests.oversight.an_officer import a_case, an_officer, contract

WHY = "The only one with room, and known to the family."


def officer(team, name):
    made = an_officer(team, first_name=name, last_name="Lee")
    contract(made)
    return made


def unowned(team, number=4):
    cases = [a_case(an_officer(team)) for _ in range(number)]
    Case.objects.filter(pk__in=[one.pk for one in cases]).update(officer=None, officer_since=None)
    return [Case.objects.get(pk=one.pk) for one in cases]


def ask(team, by, officers, which=Which.UNOWNED, **given):
    return sharing.ask_for_sharing(
        team=team, which=which, officers=officers, by=by, now=now(), **given
    )


def worked_out(one):
    assert sharing_work.work_out_waiting(now=now()) == 1
    return SharingOut.objects.get(pk=one.pk)


def carried_out():
    """All that has been published: how many cases went."""
    return sharing_giving.give_waiting(now=now())


def proposed(*args, **given):
    return worked_out(ask(*args, **given))
