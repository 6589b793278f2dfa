"""A proposal in the demonstration: whom the cases that nobody holds in one team might go to, not published yet.

Not in the team of the sign-ins, whose senior may ask for one: one of a team is open at a time.
"""

from oversight.queries.sharing import cases_to_share, officers_of
from oversight.reference.sharing import Which
from oversight.services.sharing import ask_for_sharing
from oversight.services.sharing_work import work_out


def propose(seniors, now):
    """Ask for it as the first of these seniors would who has such cases, and have it worked out. Gives its CRNs."""
    for senior in seniors:
        if cases_to_share(senior, senior.team, Which.UNOWNED).exists():
            one = ask_for_sharing(
                team=senior.team,
                which=Which.UNOWNED,
                officers=officers_of(senior.team),
                by=senior,
                now=now,
            )
            work_out(one.pk, now=now)
            return sorted(one.moves.values_list("case__crn", flat=True))
    return []
