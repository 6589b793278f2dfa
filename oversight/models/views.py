"""Lists that staff keep under a name and share with their team, and who wants the figures of the week.

Source: the team board ("save and share a view; weekly digest"); product rules, sharing. A view is an address and nothing more:
whoever opens it sees by their own reach.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from staff.reference import tracked

LONGEST_NAME = 60


class SavedViewQuerySet(models.QuerySet):
    def of(self, user):
        """Their own."""
        return self.filter(by=user)

    def shared_with(self, user):
        """Shared by somebody who is in their team today, and works here."""
        if not user.team_id:  # no team must not match those who have none
            return self.none()
        return self.filter(shared=True, by__team=user.team_id, by__is_active=True).exclude(by=user)

    def open_to(self, user):
        return self.of(user) | self.shared_with(user)


@tracked
class SavedView(models.Model):
    """A list page with its filters, by a name that its maker gave it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="views"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    page = models.CharField(max_length=40)  # one of `oversight.reference.lists.LISTS`
    filters = models.JSONField(default=dict)  # {name: code}, never free text
    shared = models.BooleanField(default=False)  # with the team its maker is in
    made_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="saved_view_name_once", fields=["by", "name"]),
            models.CheckConstraint(
                name="saved_view_has_a_name", condition=~Q(name="") & ~Q(page="")
            ),
        ]

    def __str__(self):
        return f"{self.by_id} {self.page}"


@tracked
class WeeklyFigures(models.Model):
    """Somebody asked to be sent the figures of their team on the first working day of each week."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    def __str__(self):
        return str(self.user_id)
