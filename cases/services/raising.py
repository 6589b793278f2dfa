"""Raising a risk, a flag or a contact level at once, in a sentence; and ending it when it is assessed.

Source: product rules, raise now: no gate delays a rise, and none is undone without a signed assessment.
"""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Assessment, Case, ImportedAssessment, Raise, Registration, Standing
from cases.queries.enquiries import CONCERNS as ASKED_FOR
from cases.queries.enquiries import check_facts
from cases.queries.raising import in_force, what
from cases.queries.recipients import told_at_once
from cases.reference.checks import Because
from cases.reference.codes import CONCERNS, ContactLevel, Part, Register, Rosh
from cases.reference.information import RaiseKind
from cases.rules import raising as rules
from cases.rules.enquiries import asked_about
from cases.services.checks import ask_agencies
from cases.services.deadline_sets import meet_deadlines
from cases.services.deadlines import open_deadline
from cases.services.facts import facts_changed
from cases.services.intake import open_unprotected
from cases.services.telling import tell
from staff.audit import record, record_many
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ASSESS = "assess_after_raise"


@transaction.atomic
def raise_now(*, case, kind, value, because, by, now, enquiry=None, part=Part.SOURCE):
    """Raise it now. `value` is a level of risk, a register or a contact level, by `kind`.

    What follows from it follows in the same transaction: lists, enquiries, the clock on assessing it
    in full, and word to the seniors. Returns what was raised.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if enquiry is not None and enquiry.case_id != case.pk:
        raise RuleBroken("A rise rests on a reply about its own case.")
    today = localtime(now).date()
    because, stands = rules.check_because(because), in_force(case)
    raised = Raise(case=case, kind=kind, because=because, enquiry=enquiry, at=now, by=by)
    match RaiseKind(kind):
        case RaiseKind.RISK:
            rules.check_risk(Rosh(value), stands.level)
            raised.registration = _register(case, Rosh(value), Part.NOT_RECORDED, by, today)
            _tell_lists(case, harm=value)
        case RaiseKind.FLAG:
            rules.check_flag(Register(value), part, stands.registers)
            raised.registration = _register(case, Register(value), part, by, today)
            _tell_lists(case, **({"concern": True} if value in CONCERNS else {}))
        case RaiseKind.CONTACT:
            rules.check_contact(ContactLevel(value), stands.contact_level)
            raised.contact_level = value
            _tell_lists(case, contact_level=value)
    raised.save()
    facts_changed(case_ids=[case.pk], now=now)
    _ask(case, raised, by=by, today=today)
    why = f"Raised {say_date(today)}: {what(raised)}"
    open_deadline(case=case, kind=ASSESS, triggered_on=today, why=why, by=by, today=today)
    _tell(raised, today=today, now=now)
    record(by=by, action="raised", crn=case.crn, raised=raised.pk, kind=str(kind), to=str(value))
    return raised


def _register(case, code, part, by, today):
    """Provisional until assessed. Its key is no number of nDelius, so an import leaves it alone."""
    taken = case.registrations.filter(source_id__startswith=rules.SOURCE_ID)
    return Registration.objects.create(
        case=case,
        source_id=rules.free_key(set(taken.values_list("source_id", flat=True))),
        type_code=code,
        type_name=f"{code.title} risk of serious harm" if isinstance(code, Rosh) else code.title,
        part=part,
        active=True,
        started_on=today,
        provisional=True,
        evidence=f"Raised by {by.name} on {say_date(today)}"[:200],
    )


def _tell_lists(case, **columns):
    """What lists read, at once; the sweep of the GRID places the person again within a minute."""
    if columns:
        Standing.objects.filter(case=case).update(**columns)


def _ask(case, raised, *, by, today):
    """Open the enquiries that a new concern calls for."""
    concern = raised.registration and ASKED_FOR.get(raised.registration.type_code)
    if not concern:
        return
    facts = check_facts([case], today)[case.pk]
    for kind in rules.kinds_to_ask(concern, facts.enquired, today):
        ask_agencies(
            case=case,
            kind=kind,
            because=Because.NEW_CONCERN,
            subjects=asked_about(kind, facts.about),
            triggered_on=today,
            by=by,
            today=today,
        )
    open_unprotected(case_ids=[case.pk], by=by, today=today)


def _tell(raised, *, today, now):
    case, by = raised.case, raised.by
    tell(
        case=case,
        users=told_at_once(case, today, by),
        text=f"{by.name} raised on {case.crn}: {what(raised)}. It is in force now, provisionally.",
        href=reverse("raises", args=[case.crn]),
        now=now,
        urgent=True,
    )


@transaction.atomic
def resolve_raises(*, case_ids, today, now):
    """End what was raised on these cases where an assessment with a level has since been completed.

    The assessment's level stands in place of a provisional one, and a raised contact level gives way
    to the group's; a flag stays on the register, provisional no more. Returns how many ended.
    """
    held = Case.objects.filter(pk__in=case_ids, raises__in=Raise.objects.standing())
    keys = sorted(set(held.values_list("pk", flat=True)))
    list(Case.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    assessed = _assessments(keys)
    ended = [
        _end(raised, found)
        for raised in Raise.objects.standing()
        .filter(case__in=keys)
        .select_related("registration")
        .order_by("pk")
        if (found := _answering(raised, assessed[raised.case_id]))
    ]
    if not ended:
        return 0
    cases = {one.case_id for one in ended}
    waiting = set(Raise.objects.standing().filter(case__in=cases).values_list("case", flat=True))
    meet_deadlines(kind=ASSESS, case_ids=sorted(cases - waiting), by=None, today=today)
    facts_changed(case_ids=sorted(cases), now=now)
    crns = Case.objects.filter(pk__in=cases).order_by("crn").values_list("crn", flat=True)
    record_many(by=None, action="assessed_raise", crns=list(crns))
    return len(ended)


def _assessments(case_ids):
    """Those with a level, of each case: brought in, and completed here; the latest last."""
    found: dict[int, list[ImportedAssessment | Assessment]] = defaultdict(list)
    brought = ImportedAssessment.objects.filter(case__in=case_ids).exclude(harm="")
    signed = Assessment.objects.completed().filter(case__in=case_ids)
    for one in [*brought.order_by("pk"), *signed.order_by("signed_at", "pk")]:
        found[one.case_id].append(one)
    for held in found.values():
        held.sort(key=lambda one: one.completed_on or date.min)
    return found


def _answering(raised, assessments):
    """The latest assessment that can have known of it."""
    return next((one for one in reversed(assessments) if _knew(one, raised)), None)


def _knew(assessment, raised):
    """Whether it was signed here after the rise; or, brought in, completed on a later day than that.

    One of the same day may have been signed in the morning, by somebody who knew nothing of it.
    """
    if isinstance(assessment, Assessment):
        return assessment.signed_at > raised.at
    return assessment.completed_on > localtime(raised.at).date()


def _end(raised, assessment):
    raised.assessed_on = assessment.completed_on
    if isinstance(assessment, Assessment):
        raised.answered_by = assessment
    else:
        raised.assessment = assessment
    raised.save(update_fields=["assessed_on", "assessment", "answered_by"])
    entry = raised.registration
    if entry:
        entry.provisional = False
        if raised.kind == RaiseKind.RISK:
            entry.active, entry.ended_on = False, assessment.completed_on
        entry.save(update_fields=["provisional", "active", "ended_on"])
    return raised
