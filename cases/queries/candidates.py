"""Officers who may be given a case: how much they hold, whether they are here, and what speaks against it.

Source: product rules, roles; limited access; report 1.2 (caseloads). What else is known of officers stands where they are
compared for a case (`oversight.queries.giving`).
"""

from dataclasses import dataclass

from django.db.models import Count

from cases.models import Absence, Case, NonAssociation, Transfer
from cases.queries.holding import last_days, shut_out_of
from cases.queries.where_seen import barred_officers
from cases.rules.holding import Candidate
from cases.rules.words import counted
from staff.kit import on
from staff.models import User
from staff.permissions import Role


@dataclass(frozen=True)
class CandidateRow:
    """One officer who may be chosen."""

    user: User
    held: int
    offered: int  # and not answered yet
    beside: tuple[str, ...]  # what else to know before choosing them, in sentences

    @property
    def all(self):
        return self.held + self.offered

    @property
    def in_a_line(self):
        """ "A. Khan, Reading: 38 cases and 2 offered; away until 3 May 2018"."""
        where = f", {self.user.team.name}" if self.user.team else ""
        beside = "".join(f"; {one}" for one in self.beside)
        return f"{self.user.name}{where}: {self.load}{beside}"

    @property
    def load(self):
        waiting = f" and {self.offered:,} offered" if self.offered else ""
        return f"{counted(self.held, 'case')}{waiting}"


def candidate(user, case, today):
    """What the rules ask of somebody who is to hold this case."""
    return Candidate(
        name=user.name,
        role=Role(user.role),
        active=user.is_active,
        left_on=last_days([user.pk]).get(user.pk),
        shut_out=user.pk in shut_out_of([case.pk])[case.pk].among([user.pk]),
        barred=user.pk in barred_officers(case, [user], today),
    )


def officers_to_choose(today, but=()):
    """Officers who work here and are not known to have left, their fewest cases first; in five statements. `but`: keys of those left out."""
    officers = User.objects.filter(is_active=True, role=Role.OFFICER).exclude(pk__in=but)
    found = list(officers.select_related("team").order_by("last_name", "first_name", "pk"))
    keys = [one.pk for one in found]
    held = dict(_counted(Case.objects.ours().filter(officer__in=keys), "officer"))
    offered = dict(_counted(Transfer.objects.waiting().filter(to_officer__in=keys), "to_officer"))
    last = last_days(keys)
    absences = Absence.objects.on(today).filter(user__in=keys).select_related("cover")
    away = {one.user_id: one for one in absences}
    rows = [
        CandidateRow(
            one,
            held.get(one.pk, 0),
            offered.get(one.pk, 0),
            tuple(_beside(away.get(one.pk), last.get(one.pk))),
        )
        for one in found
        if one.pk not in last or last[one.pk] >= today
    ]
    return sorted(rows, key=lambda row: row.all)


def candidates_for(case, today, but=()):
    """Those of them whom neither this case nor an order shuts out, its own team's first, with what speaks against each."""
    rows = officers_to_choose(today, but=but)
    shut = shut_out_of([case.pk])[case.pk].among([row.user.pk for row in rows])
    shut |= barred_officers(case, [row.user for row in rows], today)
    near = _hold_somebody_kept_apart(case, today)
    may = [_with(row, near) for row in rows if row.user.pk not in shut]
    return sorted(may, key=lambda row: row.user.team_id != case.team_id)


def _counted(rows, by):
    return rows.values_list(by).annotate(n=Count("pk")).order_by(by)


def _beside(absence, last_on):
    if absence:
        cover = f"{absence.cover.name} covers" if absence.cover else "nobody covers"
        yield f"away until {on(absence.to_on)}, {cover}"
    if last_on:
        yield f"leaves on {on(last_on)}"


def _hold_somebody_kept_apart(case, today):
    """Keys of officers who hold somebody from whom this person must be kept apart."""
    pairs = NonAssociation.objects.of(case).in_force(today).values_list("one", "other")
    others = {key for pair in pairs for key in pair} - {case.pk}
    holding = Case.objects.filter(pk__in=others, officer__isnull=False)
    return set(holding.values_list("officer", flat=True))


def _with(row, near):
    if row.user.pk not in near:
        return row
    warning = "holds somebody from whom this person must be kept apart"
    return CandidateRow(row.user, row.held, row.offered, (*row.beside, warning))
