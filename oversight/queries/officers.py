"""Officers whose workload somebody may read, and what is recorded of each of them, in one statement.

Source: risk flags reference 3; features 120 and 124. An officer reads their own, a senior that of their teams.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from cases.models import Absence, Allocation, Departure
from cases.queries.cover import teams_of
from oversight.models import (
    ContractHours,
    HoursOff,
    OfficerInduction,
    TrainingDone,
    WorkloadWeek,
)
from oversight.rules.development import Done, trained_in
from oversight.rules.reductions import Reduction
from staff.models import User
from staff.permissions import Action, Reach, Role, reach

WEEKS_BACK = timedelta(weeks=104)  # for which a run over the limit is followed back
GIVEN_BACK = timedelta(days=365)  # within which what they were given is looked for


@dataclass(frozen=True, slots=True)
class KnownOfficer:
    """What is recorded of one officer, as it bears on a day."""

    user: User
    contract: Fraction | None  # hours a week; None: nobody has recorded them
    off: tuple[Reduction, ...]  # begun by that day, whether or not they run
    training: tuple[Done, ...]  # done by that day, expired or not
    trained: frozenset[str]  # what of it counts
    induction_to: date | None
    supporter: int | None  # who works here still
    away: tuple[tuple[date, date], ...]  # not over on that day
    last_on: date | None
    weeks: dict[date, Decimal]
    given_on: tuple[date, ...]


def officers_to_read(user):
    """Officers whose workload this member of staff may read, by name."""
    return _reached(user, Action.VIEW_WORKLOAD)


def officers_to_record(user):
    """Officers of whom this member of staff may record hours, training and induction. Nobody does so of themselves."""
    return _reached(user, Action.RECORD_OFFICER).exclude(pk=user.pk)


def may_record(user, officer):
    return officers_to_record(user).filter(pk=officer.pk).exists()


def supporters_of(officer):
    """Colleagues of their team who could support them in their induction, by name."""
    found = User.objects.filter(
        is_active=True, role__in=[Role.OFFICER, Role.SPO], team=officer.team_id
    )
    return found.exclude(pk=officer.pk).order_by("last_name", "first_name", "pk")


def _reached(user, action):
    officers = User.objects.filter(is_active=True, role=Role.OFFICER)
    far = reach(user.role, action)
    if far < Reach.PROVIDER:
        near = Q(pk=user.pk) if far else Q(pk__in=[])
        if far >= Reach.TEAM:
            near |= Q(team__in=teams_of(user))
        officers = officers.filter(near)
    return officers.select_related("team").order_by("last_name", "first_name", "pk")


def known_of(officers, today):
    """KnownOfficer of each of these, given as a queryset, in its order. One statement."""
    induction = OfficerInduction.objects.running(today).filter(user=OuterRef("pk"))
    induction = induction.order_by("-from_on")
    leaving = Departure.objects.filter(user=OuterRef("pk"), cancelled_on=None).order_by()
    contract = ContractHours.objects.filter(user=OuterRef("pk"), from_on__lte=today)
    contract = contract.order_by("-from_on")
    rows = with_training(officers, today).annotate(
        kept_hours=Subquery(contract.values("hours")[:1]),
        kept_until=Subquery(contract.values("to_on")[:1]),
        induction_to=Subquery(induction.values("to_on")[:1]),
        supporter=Subquery(induction.filter(supporter__is_active=True).values("supporter")[:1]),
        last_on=Subquery(leaving.values("user").annotate(last=Max("last_on")).values("last")),
        kept_off=_listed(HoursOff.objects.filter(from_on__lte=today), "code", "from_on", "to_on", "hours"),
        kept_away=_listed(
            Absence.objects.filter(cancelled_on=None, to_on__gte=today), "from_on", "to_on"
        ),
        kept_weeks=_listed(WorkloadWeek.objects.since(today - WEEKS_BACK), "week", "percent"),
        given=ArraySubquery(
            Allocation.objects.filter(
                officer=OuterRef("pk"), from_on__gt=today - GIVEN_BACK, from_on__lte=today
            )
            .order_by("from_on")
            .values("from_on")
        ),
    )  # fmt: skip
    return [_known(row, today) for row in rows]


def with_training(officers, today):
    """These officers with what each was trained in by that day, for `training_of`."""
    done = TrainingDone.objects.filter(done_on__lte=today)
    return officers.annotate(kept_training=_listed(done, "kind", "done_on", "expires_on"))


def training_of(row) -> tuple[Done, ...]:
    return tuple(
        Done(one["kind"], _day(one["done_on"]), _day(one["expires_on"]))
        for one in row.kept_training
    )


def _listed(rows, *columns):
    """These columns of each of the rows of an officer, as a list."""
    each = JSONObject(**{column: column for column in columns})
    return ArraySubquery(rows.filter(user=OuterRef("pk")).order_by("pk").values(each=each))


def _known(row, today):
    over = row.kept_until is not None and row.kept_until < today
    training = training_of(row)
    return KnownOfficer(
        user=row,
        contract=None if row.kept_hours is None or over else Fraction(row.kept_hours),
        off=tuple(_reduction(one) for one in row.kept_off),
        training=training,
        trained=trained_in(training, today),
        induction_to=row.induction_to,
        supporter=row.supporter,
        away=tuple((_day(one["from_on"]), _day(one["to_on"])) for one in row.kept_away),
        last_on=row.last_on,
        weeks={_day(one["week"]): Decimal(str(one["percent"])) for one in row.kept_weeks},
        given_on=tuple(row.given),
    )


def _reduction(one):
    return Reduction(
        code=one["code"],
        began_on=_day(one["from_on"]),
        to_on=_day(one["to_on"]),
        hours=None if one["hours"] is None else Fraction(str(one["hours"])),
    )


def _day(text):
    return date.fromisoformat(text) if text else None
