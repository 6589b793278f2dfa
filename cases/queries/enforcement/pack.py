"""What the record holds of a breach pack: the order, each failure and how they were told, warnings, and other evidence.

Source: product rules, gates; `cases.rules.enforcement.pack` decides what is missing.
"""

from django.utils.timezone import localtime

from cases.models import Assessment, Induction, Plan
from cases.queries.compliance import WEEKS, attendance_of
from cases.queries.enquiries import homes_of
from cases.reference.appointments import ToldHow
from cases.reference.breach_pack import Evidence
from cases.reference.enforcement import Regime
from cases.rules.compliance import pattern_words
from cases.rules.enforcement.pack import FailureInPack, Pack
from cases.rules.enforcement.warnings import Warned
from staff.kit import on
from staff.rules.dates import say_date

KEEP_IN_TOUCH = "The duty to keep in touch with the responsible officer"


def pack_of(breach, now, today):
    """The pack as it stands, of a breach whose case and sentence are loaded."""
    failures = list(failures_in(breach))
    return Pack(
        regime=Regime(failures[0].regime) if failures else Regime.COMMUNITY,
        today=today,
        order_made_on=breach.sentence.convicted_on or breach.sentence.started_on,
        court=breach.court_name or breach.sentence.court_name,
        failures=tuple(_told(one, breach.answers) for one in failures),
        warnings=tuple(warnings_under(breach.sentence)),
        must_have_warning=any(one.law.get("must") for one in failures),
        found=_evidence(breach, failures, now),
        statements=breach.answers.get("statements", {}),
        said=breach.answers.get("report", {}),
        last_safe_day=breach.lay_by,
    )


def failures_in(breach):
    """The failures that stand on a breach, the earliest first, with whom and what they name."""
    return (
        breach.failures.standing()
        .select_related(
            "requirement",
            "condition",
            "answered_by",
            "recorded_by",
            "decision__decided_by",
            "decision__appointment__contact",
            "decision__appointment__booked_by",
        )
        .order_by("happened_on", "pk")
    )


def warnings_under(sentence):
    """The warnings of one order, in the terms of the law. Those of another order are no business of it."""
    for one in sentence.warnings.order_by("pk"):
        yield Warned(one.given_on, step=one.step, withdrawn=one.withdrawn_on is not None)


def requirement_of(failure, answers):
    """What of the order was failed, in words. `answers`: of the breach, where the record names nothing."""
    if failure.requirement:
        parts = [failure.requirement.main_name, failure.requirement.sub_name]
        return ": ".join(filter(None, parts))
    if failure.condition:
        return failure.condition.text
    return answers.get("part", {}).get(str(failure.pk)) or (
        KEEP_IN_TOUCH if failure.decision_id else ""
    )


def told_of(failure, answers):
    """How they were told of what they failed to do; blank where neither the record nor the officer says so."""
    said = answers.get("told", {}).get(str(failure.pk), "")
    if failure.decision is None:
        return said
    booking = failure.decision.appointment
    if booking.told_how == ToldHow.NOT_YET:
        return said
    by = f". Booked by {booking.booked_by.name}" if booking.booked_by else ""
    how, day = ToldHow(booking.told_how).title, say_date(failure.happened_on)
    return f"{how}, about the appointment of {day}{by}"


def _told(failure, answers):
    decision = failure.decision
    by = (decision.decided_by if decision else None) or failure.answered_by
    return FailureInPack(
        key=str(failure.pk),
        happened_on=failure.happened_on,
        what=failure.what,
        requirement=requirement_of(failure, answers),
        told=told_of(failure, answers),
        decided_by=by.name if by else "",
        because=(decision.because if decision else "") or failure.excuse or failure.because,
    )


def _evidence(breach, failures, now):
    """What there is of each other piece of evidence, in words that can stand in the pack. Blank: nothing."""
    case = breach.case
    induction = Induction.objects.filter(case=case, signed_at__isnull=False).order_by("pk").last()
    assessment = Assessment.objects.filter(case=case, state="signed").first()
    plan = Plan.objects.filter(case=case, state="signed").first()
    excuses = [one.excuse for one in failures if one.excuse]
    return {
        Evidence.ATTENDANCE: _attendance(case, now),
        Evidence.EXCUSE: " ".join(excuses),
        Evidence.INDUCTION: f"Rules explained and signed {_day(induction.signed_at)}." if induction else "",
        Evidence.ASSESSMENT: f"Signed {_day(assessment.signed_at)}." if assessment else "",
        Evidence.PLAN: f"Signed {_day(plan.signed_at)}." if plan else "",
        Evidence.ADDRESS: _address(case),
    }  # fmt: skip


def _day(at):
    return on(localtime(at).date() if at else None)


def _attendance(case, now):
    found = attendance_of(case, now).order_by().values_list("attended", "complied")
    if not found:
        return ""
    attended = sum(1 for came, kept in found if came and kept is not False)
    accepted = sum(1 for came, kept in found if not came and kept)
    words = pattern_words(attended, len(found) - attended - accepted, accepted)
    return f"In the last {WEEKS} weeks: {words}"


def _address(case):
    """Where they live now, as it can stand in a pack; blank where none is recorded."""
    homes = homes_of([case.pk]).get(case.pk, [])
    if not homes:
        return ""
    home = homes[-1]
    if home.no_fixed_abode:
        return "No fixed abode."
    lines = " ".join(home.lines.split())
    return ", ".join(filter(None, [lines, home.town, home.county, home.postcode]))
