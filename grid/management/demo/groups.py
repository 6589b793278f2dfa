"""Makes the groups of the demonstration: rooms and leaders, series, who waits and when they can come, what nothing meets."""

from django.db import transaction

from grid.management.demo import group_lists as lists
from grid.management.demo.group_people import Dealer
from grid.management.demo.group_plans import HALL
from grid.management.demo.group_rows import Groups
from grid.management.demo.group_truth import told_of
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.models import User
from staff.permissions import Role


@transaction.atomic
def make_groups(*, planted, seed, today):
    """`planted`: the truth so far. Gives what was planted of groups, and the flags that what is late raises."""
    policies = grid_policy(today), intervention_policy(today)
    version = policies[1].version
    head = User.objects.get(username=Role.HEAD)
    groups = Groups(today, by=head, policy_version=version)
    dealt = Dealer(planted, seed=seed, today=today, policies=policies).deal()
    referrals = lists.write_referrals(dealt.waiting, policy_version=version)
    lists.write_weeks([*dealt.waiting, *dealt.others], today)
    if dealt.fits and not lists.keep_a_place(
        referrals[dealt.fits.crn], groups.at_site(HALL), groups.now
    ):
        dealt.fits = None
    needs, flags = lists.put_needs(dealt, referrals, today)
    return told_of(dealt, needs, today), flags
