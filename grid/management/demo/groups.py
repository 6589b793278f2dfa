"""Makes the groups of the demonstration: rooms and leaders, series, who waits and when they can come, what nothing meets."""

from django.db import transaction

from grid.management.demo import group_lists as lists
from grid.management.demo.group_members import choose
from grid.management.demo.group_people import Dealer
from grid.management.demo.group_plans import HALL
from grid.management.demo.group_registers import give_places, keep_registers
from grid.management.demo.group_rows import Groups
from grid.management.demo.group_truth import told_of
from grid.management.demo.members_truth import add_to_truth
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.models import User
from staff.permissions import Role


@transaction.atomic
def make_groups(*, planted, seed, today):
    """`planted`: the truth so far, to which is added what members of series change of it.

    Gives what was planted of groups, and the flags that what is late raises.
    """
    policies = grid_policy(today), intervention_policy(today)
    version = policies[1].version
    head = User.objects.get(username=Role.HEAD)
    groups = Groups(today, by=head, policy_version=version)
    dealt = Dealer(planted, seed=seed, today=today, policies=policies).deal()
    members = choose(dealt, planted, today)
    people = [*dealt.waiting, *(one.person for one in members)]
    referrals = lists.write_referrals(people, policy_version=version)
    lists.write_weeks([*people, *dealt.others], today)
    if dealt.fits and not lists.keep_a_place(
        referrals[dealt.fits.crn], groups.at_site(HALL), groups.now
    ):
        dealt.fits = None
    given = give_places(members, referrals, groups)
    joined = {one.crn for one in given}
    dealt.waiting += [one.person for one in members if one.crn not in joined]
    keep_registers(given, groups)
    add_to_truth(planted, given, today)
    needs, flags = lists.put_needs(dealt, referrals, today)
    return told_of(dealt, given, needs, today), flags
