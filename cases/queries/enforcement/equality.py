"""Decisions of enforcement over a half-year with what is known of each person, of the whole provider alone.

Nobody can ask for a team or an officer: two such tables, one taken from the other, would tell of somebody.
Source: `cases.rules.enforcement.equality`.
"""

from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from cases.models import Case, ComplianceDecision, Disability, Failure
from cases.queries.days import midnight
from cases.reference.appointments import Decided
from cases.reference.codes import Given
from cases.reference.enforcement import Answer
from cases.rules.enforcement.equality import DAY, Decision
from staff.permissions import Action

TO_COURT = {Answer.REFER, Answer.RECALL}


def decisions_of(user, code, half):
    """Every decision of this kind that the reader's cases hold, made in that half-year. Two statements at most."""
    cases = Case.objects.open_to(user, Action.VIEW_EQUALITY)
    return list(READ[code](cases, half))


def _missed(cases, half):
    decided = ComplianceDecision.objects.exclude(state=Decided.AWAITING)
    return _read(decided, cases, half, "decided_at", "state", lambda state: state == Decided.FAILURE)  # fmt: skip


def _enforced(cases, half):
    return _answers(cases, half, lambda answer: answer != Answer.NOTHING)


def _court(cases, half):
    return _answers(cases, half, lambda answer: answer in TO_COURT)


def _answers(cases, half, is_so):
    answered = Failure.objects.standing().exclude(answer="")
    return _read(answered, cases, half, "answered_at", "answer", is_so)


def _read(rows, cases, half, when, what, is_so):
    disabled = Disability.objects.filter(case=OuterRef("case"))
    within = {f"{when}__gte": midnight(half.first), f"{when}__lt": midnight(half.last + DAY)}
    found = rows.filter(case__in=cases, **within).annotate(disabled=Exists(disabled))
    columns = (when, what, "case__person__ethnicity", "case__sex", "case__born_on", "disabled")
    for at, said, ethnicity, sex, born_on, has in found.values_list(*columns):
        yield Decision(
            on=localtime(at).date(),
            so=is_so(said),
            ethnicity=ethnicity or Given.NOT_ASKED,
            sex=sex,
            born_on=born_on,
            disabled=has,
        )


READ = {"failure": _missed, "enforced": _enforced, "court": _court}
