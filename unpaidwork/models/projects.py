"""Projects and their sites: for whom, where, when, how many, what is dangerous there and who is near it.

Source: unpaid work reference 3. All places are in metres of the national grid (OSGB).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from staff.models import Team
from staff.reference import tracked
from unpaidwork.reference.sites import Every, Near, ProjectKind, SiteSignal, Takes


@tracked
class Beneficiary(models.Model):
    """For whom work is done."""

    name = models.CharField(max_length=200, unique=True)
    contact = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=400, blank=True)
    may_be_told = models.TextField(blank=True)  # of those who work there; blank: nothing
    agreed_on = models.DateField(null=True)
    agreement_until = models.DateField(null=True)
    insured_until = models.DateField(null=True)

    def __str__(self):
        return self.name


class ProjectQuerySet(models.QuerySet):
    def running(self, on):
        return self.filter(Q(to_on=None) | Q(to_on__gte=on), from_on__lte=on)


@tracked
class Project(models.Model):
    """Work at one site."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ProjectKind.choices())
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="projects")
    address = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.PositiveIntegerField()
    northing = models.PositiveIntegerField()
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # its last day
    takes = models.CharField(max_length=7, choices=Takes.choices(), default=Takes.ANYBODY)
    most = models.PositiveSmallIntegerField()  # people at once
    ratio = models.PositiveSmallIntegerField()  # people to a supervisor, at most
    hi_vis = models.BooleanField(default=True)
    step_free = models.BooleanField(null=True)  # null: not known
    toilets = models.BooleanField(null=True)
    signal = models.CharField(
        max_length=7, choices=SiteSignal.choices(), default=SiteSignal.UNKNOWN
    )
    fallback = models.CharField(max_length=300, blank=True)  # how to be reached without a signal
    what_is_done = models.TextField()
    tasks = models.JSONField(default=list)  # short names, to be picked on the register
    benefit = models.TextField(blank=True)  # what it is good for: told to courts, names nobody
    accredits = models.CharField(max_length=200, blank=True)  # what can be gained here

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="project_holds_somebody", condition=Q(most__gte=1, ratio__gte=1)
            ),
            models.CheckConstraint(
                name="project_ends_after_it_begins",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="project_without_signal_says_how_it_is_reached",
                condition=~Q(signal__in=[SiteSignal.NONE, SiteSignal.PATCHY]) | ~Q(fallback=""),
            ),
        ]

    def __str__(self):
        return self.code


@tracked
class Availability(models.Model):
    """When a project runs: one day of the week, from one day to another."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="availability")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    every = models.CharField(max_length=9, choices=Every.choices(), default=Every.WEEK)
    from_on = models.DateField()  # its first day: every second week counts from it
    to_on = models.DateField(null=True)
    from_at = models.TimeField()
    to_at = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="availability_of_a_week",
                condition=Q(weekday__lte=6) & Q(to_at__gt=F("from_at")),
            )
        ]

    def __str__(self):
        return f"{self.project_id} {self.weekday}"


class SiteCheckQuerySet(models.QuerySet):
    def latest_first(self):
        return self.order_by("-checked_on", "-pk")


class SiteCheck(models.Model):
    """A site looked at: what is dangerous, what is done about it, by when it is looked at again. Never changed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    hazards = models.JSONField()  # [{"hazard": text, "control": text}], none of them blank
    tools = models.JSONField(default=list)  # codes of `unpaidwork.reference.sites.Tool`
    first_aid = models.CharField(max_length=300)
    review_on = models.DateField()

    objects = SiteCheckQuerySet.as_manager()

    def __str__(self):
        return f"{self.project_id} {self.checked_on}"


class NeighbourQuerySet(models.QuerySet):
    def there(self):
        return self.filter(ended_on=None)


@tracked
class Neighbour(models.Model):
    """Who is on a site, or what is close to it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="neighbours")
    near = models.CharField(max_length=8, choices=Near.choices())
    what = models.CharField(max_length=200, blank=True)
    easting = models.PositiveIntegerField(null=True)  # both or neither: on the site itself
    northing = models.PositiveIntegerField(null=True)
    when = models.CharField(max_length=200, blank=True)  # on which days and hours; blank: always
    ended_on = models.DateField(null=True)

    objects = NeighbourQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="neighbour_at_a_point_or_on_site",
                condition=Q(easting=None, northing=None)
                | Q(easting__isnull=False, northing__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.project_id} {self.near}"


class PickUpQuerySet(models.QuerySet):
    def in_use(self, on):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))


@tracked
class PickUp(models.Model):
    """Where a van stops for people."""

    code = models.CharField(max_length=20, unique=True)
    where = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.PositiveIntegerField()
    northing = models.PositiveIntegerField()
    closed_on = models.DateField(null=True)

    objects = PickUpQuerySet.as_manager()

    def __str__(self):
        return self.code


class RouteQuerySet(models.QuerySet):
    def driven(self):
        return self.filter(ended_on=None)


@tracked
class Route(models.Model):
    """The way a van takes to a site, by its points in order, the site last."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="routes")
    name = models.CharField(max_length=100)
    line = models.JSONField()  # [[easting, northing], ...], two at least
    seats = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True)

    objects = RouteQuerySet.as_manager()

    def __str__(self):
        return f"{self.project_id} {self.name}"


@tracked
class Stop(models.Model):
    """When a van on its route stops where."""

    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="stops")
    pick_up = models.ForeignKey(PickUp, on_delete=models.PROTECT, related_name="stops")
    at = models.TimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="stop_once", fields=["route", "pick_up"])]

    def __str__(self):
        return f"{self.route_id} {self.pick_up_id}"
