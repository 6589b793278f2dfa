"""Where groups are held and who may lead them: rooms, days on which they are shut, training of leaders, their hours.

Source: product rules, groups. When a place is open is `cases.models.OpeningHours`; leave is `cases.models.Absence`; what
staff state of themselves is `staff.models.User.stated_sex`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import Place
from cases.models.holding import staff_member
from staff.reference import tracked


class RoomQuerySet(models.QuerySet):
    def in_use(self, day):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))


@tracked
class Room(models.Model):
    """A room of a place. `holds`: people, those who lead among them."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=100)
    holds = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True)  # from then on it is no room of ours

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="room_once", fields=["place", "name"]),
            models.CheckConstraint(name="room_holds_somebody", condition=Q(holds__gte=2)),
        ]

    def __str__(self):
        return f"{self.name}, {self.place_id}"


@tracked
class RoomShut(models.Model):
    """Days on which a room cannot be used, both included, and why."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="shut")
    from_on = models.DateField()
    to_on = models.DateField()
    why = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="room_shut_for_some_days", condition=Q(to_on__gte=F("from_on")) & ~Q(why="")
            )
        ]
        verbose_name_plural = "rooms shut"

    def __str__(self):
        return f"{self.room_id} {self.from_on}"


@tracked
class LeaderTraining(models.Model):
    """What somebody is trained to lead, in the words of the policy on interventions. `until`: its last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trained_to_lead"
    )
    skill = models.CharField(max_length=100)
    from_on = models.DateField()
    until = models.DateField(null=True)  # null: it does not run out
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="leader_training_once", fields=["user", "skill", "from_on"]
            ),
            models.CheckConstraint(
                name="leader_training_ends_after_it_began",
                condition=~Q(skill="") & (Q(until=None) | Q(until__gte=F("from_on"))),
            ),
        ]
        verbose_name_plural = "leaders' training"

    def __str__(self):
        return f"{self.user_id} {self.skill}"


@tracked
class LeaderHours(models.Model):
    """When somebody who leads groups works, on a day of the week."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hours_to_lead"
    )
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    from_at = models.TimeField()
    to_at = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="leader_hours_once", fields=["user", "weekday", "from_at"]
            ),
            models.CheckConstraint(
                name="leader_hours_of_a_week",
                condition=Q(weekday__lte=6) & Q(to_at__gt=F("from_at")),
            ),
        ]
        verbose_name_plural = "leaders' hours"

    def __str__(self):
        return f"{self.user_id} {self.weekday}"
