"""A proposal in the demonstration, worked out and not published: whom the cases that nobody holds in one team might go to.

Not in the team of the sign-ins, whose senior may ask for one: one of a team is open at a time. A small demonstration has no
such case anywhere else: then it is about those of one officer.
"""

from oversight.models import SharingOut
from oversight.queries.sharing import cases_to_share, officers_of
from oversight.reference.sharing import Which
from oversight.services.sharing import ask_for_sharing
from oversight.services.sharing_work import work_out


def propose(seniors, now):
    """Ask for it as one of these seniors would, and have it worked out. Gives the CRNs that it is about."""
    for senior in seniors:
        if cases_to_share(senior, senior.team, Which.UNOWNED).exists():
            return _asked(senior, Which.UNOWNED, officers_of(senior.team), now)
    for senior in seniors:
        holder, *others = officers_of(senior.team)
        if others and cases_to_share(senior, senior.team, Which.OFFICER, holder).exists():
            return _asked(senior, Which.OFFICER, others, now, officer=holder)
    return []


def _asked(senior, which, officers, now, **whose):
    one = ask_for_sharing(
        team=senior.team, which=which, officers=officers, by=senior, now=now, **whose
    )
    work_out(one.pk, now=now)
    return sorted(each["crn"] for each in SharingOut.objects.get(pk=one.pk).facts["cases"])
