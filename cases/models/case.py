"""A case: one person known by one CRN, who holds it, and where it stands.

Source: nDelius keeps one record a person (CRN); architecture, "the one door".
"""

from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import names
from cases.models.access import Assignment, Limit
from cases.models.cover import Absence
from cases.models.looked_up import looked_up
from cases.models.made_once import made_once
from cases.reference.codes import (
    TO_READ,
    Capacity,
    CaseState,
    ContactLevel,
    Place,
    Rosh,
    Sex,
)
from cases.reference.holding import LeftAs
from staff.models import Provider, Team
from staff.permissions import Action, Reach, reach, reaches_by_group
from staff.reference import tracked


def listed(surname, forename):
    """Surname first, for lists."""
    return f"{surname}, {forename}" if forename else surname


@made_once
def _limits_against(user):
    return Limit.objects.against(user).values("pk")


def _held(user):
    """What somebody was asked to meet at the gate brings near that meeting and nothing else."""
    return Assignment.objects.live().held_by(user).exclude(capacity=Capacity.GATE)


@made_once
def _asked_to_meet(user):
    return Assignment.objects.live().held_by(user).filter(capacity=Capacity.GATE).values("case")


@made_once
def _assigned_to(user):
    return _held(user).values("case")


@made_once
def _assigned_but_by_groups(user):
    return _held(user).exclude(_by_groups(user)).values("case")


@made_once
def _assigned_to_work(user):
    return _held(user).exclude(capacity__in=TO_READ).values("case")


@made_once
def _assigned_as_their_own(user):
    no_nearer = _by_groups(user) | Q(capacity__in=TO_READ)
    return _held(user).exclude(no_nearer).values("case")


@made_once
def _assigned_or_offered(user):
    no_nearer = _by_groups(user) | Q(capacity=Capacity.DUTY)
    return _held(user).exclude(no_nearer).values("case")


@made_once
def _covered_by(user):
    return Absence.objects.covered_by(user).values("user")


@made_once
def _teams_covered_by(user):
    return Absence.objects.covered_by(user).teams()


def _assignments(user, action, far):
    """Those that bring this user near a case for this action, of which their authority runs this far.

    What was opened in emergency, and what they are only offered, comes as near as a case of their team and no nearer: it is
    there to be read, and the offer to be answered.
    """
    by_groups = reaches_by_group(user.role, action)
    if far >= Reach.TEAM:
        return _assigned_to(user) if by_groups else _assigned_but_by_groups(user)
    if action == Action.TAKE_OVER:
        return _assigned_or_offered(user)
    return _assigned_to_work(user) if by_groups else _assigned_as_their_own(user)


def _by_groups(user):
    return Q(capacity=Capacity.GROUP, user=user)


class CaseQuerySet(models.QuerySet):
    def open_to(self, user, action):
        """The cases on which this member of staff may take this action."""
        return self.within_reach(user, action).exclude(limit__in=_limits_against(user))

    def masked_to(self, user):
        """The cases kept from this user, and the only three things to be told of each."""
        kept = self.filter(limit__in=_limits_against(user))
        told = kept.annotate(message=F("limit__message"), ask=F("limit__ask"))
        return told.order_by("crn").values_list("crn", "message", "ask", named=True)

    def within_reach(self, user, action):
        """As far as the table of permissions goes, limits on access left aside; show none of it."""
        far = reach(user.role, action)
        if far == Reach.PROVIDER:
            return self
        near = Q(pk__in=[])
        if far >= Reach.OWN:
            near |= Q(officer=user)
        if far >= Reach.ASSIGNED:
            assigned = _assignments(user, action, far)
            near |= looked_up("pk", assigned) | looked_up("officer", _covered_by(user))
            if action == Action.MEET_AT_GATE:
                near |= looked_up("pk", _asked_to_meet(user))
        if far >= Reach.TEAM:
            near |= looked_up("team", _teams_covered_by(user))
            if user.team_id:  # no team must not match cases with no team
                near |= Q(team=user.team_id)
        return self.filter(near)

    def supervised(self):
        """With an active sentence, and still here."""
        return self.filter(state=CaseState.SUPERVISED, left_as=LeftAs.STILL_HERE)

    def ours(self):
        """Supervised by this provider, not kept by the NPS."""
        return self.supervised().filter(retained_by="")

    def checked_by_rule(self):
        """On which enquiries are opened by rule: our own from the start, imported once taken up."""
        return self.ours().filter(Q(imported=False) | Q(taken_up_on__isnull=False))

    def unallocated(self):
        return self.filter(officer=None)

    def facts_changed(self):
        """Whose facts have changed since they were last placed, or who were never placed."""
        return self.filter(Q(standing=None) | ~Q(standing__facts_as_at=F("facts_changed_at")))

    def standing_run_out(self, today):
        """Placed on a judgement that no longer holds."""
        return self.filter(standing__expires_on__lte=today)


@partial(tracked, exclude=["facts_changed_at"])  # a mark for the sweep, not a fact
class Case(models.Model):
    """One person's case. What lists, banners and rules read often; the rest is in `Person`."""

    crn = models.CharField(max_length=10, unique=True)
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100, blank=True)
    sort_name = models.CharField(max_length=220)  # folded "surname forename", what lists sort by
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices(), default=Sex.UNKNOWN)
    state = models.CharField(
        max_length=12, choices=CaseState.choices(), default=CaseState.NO_SENTENCE
    )
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="cases")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    officer_since = models.DateField(null=True)
    # The named NPS officer of a case the NPS retains; blank when the case is ours
    retained_by = models.CharField(max_length=200, blank=True)
    arrived_on = models.DateField(null=True)  # allocated by the NPS to the CRC
    # Why nobody supervises them here any more, whatever an extract says; blank: it says so itself
    left_as = models.CharField(
        max_length=9, choices=LeftAs.choices(), blank=True, default="", db_default=""
    )
    # Any change to what a placement rests on moves this; the sweep re-places what it finds moved
    facts_changed_at = models.DateTimeField(db_default=Now())
    imported = models.BooleanField(default=False)
    # An imported case owes no enquiries by rule until its checks are taken up, on this day
    taken_up_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="case_by_name", fields=["sort_name", "id"]),
            models.Index(name="case_of_officer", fields=["officer", "sort_name", "id"]),
            models.Index(name="case_of_team", fields=["team", "sort_name", "id"]),
            models.Index(name="case_changed", fields=["facts_changed_at"]),
            models.Index(  # what counts of a team begin at, without reading a case
                name="case_held_in_team",
                fields=["team", "officer", "id"],
                include=["retained_by"],
                condition=Q(state=CaseState.SUPERVISED, left_as=LeftAs.STILL_HERE),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="case_has_surname", condition=~Q(surname="")),
        ]
        triggers = names.OF_A_CASE

    def __str__(self):
        return self.crn

    @property
    def name(self):
        """In the natural order, for headings and letters."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def is_supervised(self):
        return self.state == CaseState.SUPERVISED and not self.left_as

    @property
    def is_ours(self):
        """Supervised by this provider, not kept by the NPS."""
        return self.is_supervised and not self.retained_by

    @property
    def list_name(self):
        return listed(self.surname, self.forename)


class Standing(models.Model):
    """Where a case stands now, for banners and lists. The GRID tells it; the evidence is there.

    A narrow table apart from the case, so that a night which moves thousands stays cheap.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    place = models.CharField(max_length=12, choices=Place.choices())
    group = models.CharField(max_length=4, blank=True)  # such as MC75: level and band
    needs = models.CharField(
        max_length=300, blank=True
    )  # what is missing, when it cannot be placed
    harm = models.CharField(max_length=4, blank=True, choices=Rosh.choices())
    contact_level = models.CharField(
        max_length=14, blank=True, choices=ContactLevel.choices()
    )  # blank: not supervised by us
    holding = models.BooleanField(default=False)  # contact level held until placed
    concern = models.BooleanField(default=False)  # domestic abuse, a child or a named victim
    expires_on = models.DateField(null=True)
    placed_on = models.DateField()
    facts_as_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standing_group_when_placed",
                condition=(Q(place=Place.GROUP) & ~Q(group=""))
                | (~Q(place=Place.GROUP) & Q(group="")),
            ),
            models.CheckConstraint(
                name="standing_needs_when_it_cannot",
                condition=(Q(place=Place.CANNOT) & ~Q(needs=""))
                | (~Q(place=Place.CANNOT) & Q(needs="")),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.group or self.place}"
