"""What the record holds of a breach pack: the order, each failure and how they were told, warnings, and other evidence.

Source: product rules, gates; `cases.rules.enforcement.pack` decides what is missing.
"""

from dataclasses import replace

from django.utils.timezone import localtime

from cases.models import Assessment, HubQuestion, Induction, Plan
from cases.queries.compliance import WEEKS, attendance_of
from cases.queries.enforcement.failures import reason_given
from cases.queries.enquiries import homes_of
from cases.reference.appointments import ToldHow
from cases.reference.breach_pack import Evidence
from cases.reference.enforcement import BreachState, Regime
from cases.rules.compliance import pattern_words
from cases.rules.enforcement.pack import FailureInPack, Pack, mark_of
from cases.rules.enforcement.warnings import Warned
from staff.kit import Line, on
from staff.rules.dates import say_date

SENT_BACK = frozenset({BreachState.MORE_ASKED, BreachState.RETURNED})
OF_THE_PACK = ("submit_breach", "answer_nps", "amend_breach")
KEEP_IN_TOUCH = "The duty to keep in touch with the responsible officer"


def pack_of(breach, now, today):
    """The pack as it stands, of a breach whose case and sentence are loaded."""
    failures = list(failures_in(breach))
    pack = Pack(
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
    return replace(pack, unchanged_since=_unchanged_since(breach, pack))


def _unchanged_since(breach, pack):
    """The day on which it last went, where it says the same now; None where it says another thing, or has not gone."""
    if not breach.times_submitted:
        return None
    last = breach.steps.exclude(pack=None).order_by("-pk").first()
    same = last is not None and last.pack_says.get("mark") == mark_of(pack)
    return localtime(last.at).date() if same else None


def asked_for(breach, names):
    """What the NPS or the court asks of the pack or the report, and the officer's answers to the hub, for whoever puts it right."""
    lines = []
    if breach.state in SENT_BACK:
        step = breach.steps.filter(state=breach.state).order_by("-pk").first()
        if step:
            detail = ", ".join(filter(None, [names.text(step.outside), on(step.on)]))
            lines.append(Line(BreachState(breach.state).title, names.text(step.words), detail=detail))  # fmt: skip
    for one in breach.amendments.owed().order_by("due_on", "pk"):
        detail = f"{names.text(one.asked_by)}, {on(one.asked_on)}. Due {on(one.due_on)}"
        lines.append(Line("A change that is asked for", names.text(one.what), detail=detail))
    return [*lines, *_answered(breach, names)]


def _answered(breach, names):
    """What the hub asked the officer of what is still owed of this pack, each with the answer."""
    asked = HubQuestion.objects.filter(
        deadline__breach=breach, deadline__met_on=None, deadline__kind__in=OF_THE_PACK, taken_back_at=None
    )  # fmt: skip
    for one in asked.select_related("answered_by").order_by("pk"):
        yield Line("The hub asked the officer", names.text(one.asks), detail=on(localtime(one.asked_at).date()))  # fmt: skip
        if one.answered_by:
            detail = f"{one.answered_by.name}, {on(localtime(one.answered_at).date())}"
            yield Line("The officer answered", names.text(one.answer), detail=detail)


def regime_of(breach):
    """The kind of order it is a breach of, by its first failure; None where it has none."""
    return breach.failures.order_by("happened_on", "pk").values_list("regime", flat=True).first()


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
        because=(decision.because if decision else "") or failure.because,
    )


def _evidence(breach, failures, now):
    """What there is of each other piece of evidence, in words that can stand in the pack. Blank: nothing."""
    case = breach.case
    induction = Induction.objects.filter(case=case, signed_at__isnull=False).order_by("pk").last()
    assessment = Assessment.objects.filter(case=case, state="signed").first()
    plan = Plan.objects.filter(case=case, state="signed").first()
    excuses = [said for said in map(reason_given, failures) if said]
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
