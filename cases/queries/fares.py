"""Fares: of one case, and across cases by day with their sum. Exact to the penny: sums are of whole pence."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Fare
from cases.queries.days import midnight
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.reference.duty import FareKind
from cases.rules.fares import say_pence
from cases.rules.words import counted
from staff.kit import Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_time

TO_CHOOSE = 14  # days back, in which an appointment is that a fare may be for


@dataclass(frozen=True)
class Before:
    """Pence of what they have been given and stands: today, and for the same appointment."""

    today: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)

    def __bool__(self):
        return bool(self.today or self.same)


@dataclass(frozen=True)
class FareRow:
    key: int
    crn: str
    name: str
    href: str  # the fares of the case
    team: str
    when: str
    what: str  # "Cash, £4.80"
    journey: str
    voucher: str
    by: str
    taken_back: str  # who took it back, when and why; blank while it stands
    actions: list[Link]


@dataclass(frozen=True)
class Sums:
    """Of what stands."""

    count: int
    total: str
    by_kind: list[Line]
    by_team: list[Line]


def given_already(case, line, today):
    """What a fare that is given now comes beside. `line`: of the log, which it is for; or None."""
    standing = case.fares.standing()
    same = standing.filter(contact=line) if line else standing.none()
    return Before(
        today=list(_on(standing, today, today).order_by("pk").values_list("pence", flat=True)),
        same=list(same.order_by("pk").values_list("pence", flat=True)),
    )


def fares_among(cases, first, last):
    """Given on these days, both included, on these cases; what was taken back among them."""
    return _on(Fare.objects.filter(case__in=cases), first, last)


def page_of_fares(fares, *, after, size):
    """A page, the latest first."""
    found = fares.select_related("case__team", "given_by", "taken_back_by")
    return page_of(found, keys=("-given_at", "-pk"), after=after, size=size, known_by="pk")


def fare_rows(fares, user):
    """In a fixed number of statements."""
    people = {one.case_id: one.case for one in fares}
    may = actions_on_each(people.values(), user)
    names = names_for_each(people.values(), may)
    return [_row(one, names[one.case_id], may[one.case_id]) for one in fares]


def fares_of(case, header):
    """[FareRow] of one case, the latest first."""
    found = list(
        case.fares.select_related("given_by", "taken_back_by").order_by("-given_at", "-pk")
    )
    for one in found:
        one.case = case
    return [_row(one, header.names, header.may) for one in found]


def find_fare(case, pk):
    found = case.fares.select_related("given_by").filter(pk=pk).first()
    if found:
        found.case = case
    return found


def sums_of(fares):
    """What stands of these, in two statements."""
    standing = fares.standing()
    kinds = standing.values("kind").annotate(sum=Sum("pence"), n=Count("pk")).order_by("kind")
    kinds = list(kinds)
    teams = standing.values("case__team__name").annotate(sum=Sum("pence"), n=Count("pk"))
    return Sums(
        count=sum(one["n"] for one in kinds),
        total=say_pence(sum(one["sum"] for one in kinds)),
        by_kind=[_sum(FareKind(one["kind"]).title, one) for one in kinds],
        by_team=[
            _sum(one["case__team__name"] or "No team", one)
            for one in teams.order_by("case__team__name")
        ],
    )


def appointments_to_pay_for(case, today):
    """[(key, words)] of their appointments of today and of the fortnight before, the latest first."""
    start = midnight(today) - timedelta(days=TO_CHOOSE)
    found = case.contacts.appointments().filter(
        started_at__gte=start, started_at__lt=midnight(today) + timedelta(days=1)
    )
    return [
        (one, f"{one.type_name or one.type_code}, {_when(one.started_at)}")
        for one in found.order_by("-started_at", "-pk")
    ]


CSV_HEAD = ["Date", "Time", "CRN", "Name", "Team", "What", "Pounds", "Receipt", "Given by", "Taken back on"]  # fmt: skip


def fare_lines(fares, user):
    """For a file: what was given, and nothing of what was written. Those whose lists the reader may take away."""
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    found = fares.filter(case__in=may_take).select_related("case__team", "given_by")
    for one in found.order_by("given_at", "pk"):
        at = localtime(one.given_at)
        yield [
            at.date(),
            f"{at:%H:%M}",
            one.case.crn,
            one.case.list_name,
            one.case.team.name if one.case.team else "No team",
            FareKind(one.kind).title,
            f"{one.pence // 100}.{one.pence % 100:02}",
            one.pk,
            one.given_by.name,
            localtime(one.taken_back_at).date() if one.taken_back_at else "",
        ]


def _on(fares, first, last):
    return fares.filter(
        given_at__gte=midnight(first), given_at__lt=midnight(last) + timedelta(days=1)
    )


def _row(one, names, may):
    case = one.case
    return FareRow(
        key=one.pk,
        crn=case.crn,
        name=case.list_name,
        href=reverse("case-fares", args=[case.crn]),
        team=case.team.name if case.team else "No team",
        when=_when(one.given_at),
        what=f"{FareKind(one.kind).title}, {say_pence(one.pence)}",
        journey=names.text(one.journey),
        voucher=names.text(one.voucher),
        by=one.given_by.name,
        taken_back=_taken_back(one, names),
        actions=_actions(one, case) if Action.GIVE_FARE in may and not one.taken_back_at else [],
    )


def _taken_back(one, names):
    if one.taken_back_at is None:
        return ""
    by, because = one.taken_back_by.name, names.text(one.taken_back_because)
    return f"Taken back by {by}, {_when(one.taken_back_at)}: {because}"


def _actions(one, case):
    where, hidden = [case.crn, one.pk], f": {say_pence(one.pence)}, {case.name}"
    return [
        Link("Receipt", reverse("fare-receipt", args=where), hidden=hidden),
        Link("Take it back", reverse("take-back-fare", args=where), hidden=hidden),
    ]


def _sum(label, one):
    return Line(label, say_pence(one["sum"]), detail=counted(one["n"], "fare"))


def _when(at):
    local = localtime(at)
    return f"{on(local.date())}, {say_time(local.time())}"
