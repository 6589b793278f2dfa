"""How staff may visit an address: proposed by whoever goes, decided by a senior where there is reason to.

It is brought up to date when something has changed, and holds until then or until it runs out. Source:
report 2.3; supervision reference 3.4; product rules, clocks.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import VisitSafety
from cases.queries.enquiries import check_facts, written
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.queries.visit_safety import safety_facts
from cases.reference.checks import OPEN_STATES, Because, CheckKind, SubjectKind
from cases.reference.visits import VisitWay
from cases.rules.enquiries import asked_about, children_must_be_asked_about
from cases.rules.visit_safety import (
    check_decision,
    check_proposal,
    check_seen,
    last_day,
    why_a_senior,
)
from cases.rules.words import within_a_sentence
from cases.services.checks import ask_agencies, lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import meeting_policy
from cases.services.rewriting import rewritten
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

OWES = "decide_visit_safety"
BEFORE_A_VISIT = (CheckKind.POLICE, CheckKind.ADDRESS)


@transaction.atomic
def propose_visit_safety(
    *, case, address, where="", endangers, endangers_whom="", staff_risk="", signal, fallback="",
    way, because="", ask_senior=False, by, now,
):  # fmt: skip
    """Say how staff may visit `address`, a row of the record, or `where`, in words. Returns it.

    It takes the place of what stood for that address. Where nothing calls for a senior the officer's own
    decision stands, with `because`; otherwise the seniors hear, and nobody goes before one has decided.
    """
    case = lock_case(case)
    today = localtime(now).date()
    _check_is_ours(case)
    where = _where(case, address, where)
    check_proposal(
        endangers=endangers, endangers_whom=endangers_whom, signal=signal, fallback=fallback
    )
    ask_before_first_visit(case=case, by=by, today=today)
    facts = safety_facts(case, today, address)
    senior = why_a_senior(facts, endangers=endangers, way=way, asked=ask_senior)
    own = {} if senior else _decided(way, because, False, facts, by=by, now=now)
    stood = case.visit_safety.filter(address=address, replaced_on=None)
    said = {"endangers_whom": endangers_whom, "staff_risk": staff_risk, "fallback": fallback}
    said = _over_what_stood(said, stood.order_by("pk").last(), case=case, by=by)
    stood.update(replaced_on=today)
    safety = VisitSafety.objects.create(
        case=case,
        address=address,
        where=where,
        endangers=endangers,
        signal=signal,
        way=VisitWay(way),
        seen=[one.key for one in facts.record],
        asked_on=today,
        asked_by=by,
        needs_senior=bool(senior),
        **said,
        **own or {"because": because.strip()},
    )
    _say(safety, senior, by=by, today=today, now=now)
    return safety


@transaction.atomic
def decide_visit_safety(*, safety, way, because, seen, by, now):
    """A senior says how staff may visit, and why. Whoever asked, and the case's officer, hear at once.

    `seen`: the keys of what the record showed them; refused where it shows more by now.
    """
    case = lock_case(safety.case)
    safety = VisitSafety.objects.select_related("asked_by", "address").get(pk=safety.pk)
    safety.case = case
    today = localtime(now).date()
    if safety.replaced_on or safety.decided_at:
        raise RuleBroken(
            "This has been decided, or asked anew, meanwhile. Look at what stands now."
        )
    if safety.asked_by_id == by.pk:
        raise RuleBroken("You asked for this, so somebody else decides it.")
    facts = safety_facts(case, today, safety.address)
    check_seen(seen, facts)
    safety.way = VisitWay(way)
    for name, value in _decided(way, because, True, facts, by=by, now=now).items():
        setattr(safety, name, value)
    safety.seen = [one.key for one in facts.record]
    safety.save()
    record(by=by, action="decided_visit_safety", crn=case.crn, safety=safety.pk, way=str(way))
    _stop_clock(case, by=by, today=today)
    told = {one.pk: one for one in [safety.asked_by, *owner_and_cover(case, today)] if one != by}
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
        text=f"How staff may visit on {case.crn} is decided: {within_a_sentence(safety.way.title)}.",
        href=reverse("case-visits", args=[case.crn]),
        now=now,
    )
    return safety


@transaction.atomic
def ask_before_first_visit(*, case, by, today):
    """Open the enquiries that a first visit waits on and that nobody has made; returns them.

    The police and whoever knows of the address and its occupants; children's social care where a rule says so.
    Source: product rules, checks ("before a first home visit").
    """
    case = lock_case(case)
    facts = check_facts([case], today)[case.pk]
    kinds = list(BEFORE_A_VISIT)
    if children_must_be_asked_about(facts):
        kinds.append(CheckKind.CHILDREN)
    address = {one.key for one in facts.about if one.kind == SubjectKind.ADDRESS}
    opened = []
    for kind in kinds:
        asked = [
            one
            for one in facts.enquired
            if one.kind == kind
            and (one.state in OPEN_STATES or one.triggered_on >= facts.sentenced_on)
        ]
        wanted = address if kind in BEFORE_A_VISIT else set()
        if kind == CheckKind.ADDRESS and not address:
            continue
        if asked and wanted <= frozenset().union(*(one.covers for one in asked)):
            continue
        if subjects := asked_about(kind, facts.about):
            opened += ask_agencies(
                case=case,
                kind=kind,
                because=Because.HOME_VISIT,
                subjects=subjects,
                triggered_on=today,
                by=by,
                today=today,
            )
    return opened


def _check_is_ours(case):
    if not case.is_ours:
        raise RuleBroken("This case is not open to us, so nobody of ours visits.")


def _say(safety, senior, *, by, today, now):
    """In the trail, and to whoever decides. `senior`: why it is theirs; nothing where it is the officer's own."""
    did = "asked_visit_safety" if senior else "decided_visit_safety"
    record(by=by, action=did, crn=safety.case.crn, safety=safety.pk, way=str(safety.way))
    if senior:
        _ask_the_seniors(safety, senior, by=by, today=today, now=now)
    else:
        _stop_clock(safety.case, by=by, today=today)


def _where(case, address, where):
    if address is None:
        if not where.strip():
            raise RuleBroken("Say which address is to be visited.")
        return where.strip()
    if address.case_id != case.pk or address.to_on:
        raise RuleBroken("Choose an address where they live now.")
    return written(address)


def _over_what_stood(said, stood, *, case, by):
    """Its words, with the names that whoever asks anew may not see."""
    return {
        name: rewritten(words.strip(), getattr(stood, name) if stood else "", case=case, by=by)
        for name, words in said.items()
    }


def _decided(way, because, by_senior, facts, *, by, now):
    """The columns of a decision."""
    because = check_decision(way=way, because=because, by_senior=by_senior, facts=facts)
    today = localtime(now).date()
    months = meeting_policy(today).visit_safety_months
    return {
        "decided_at": now,
        "decided_by": by,
        "because": because,
        "review_on": last_day(today, months),
    }


def _ask_the_seniors(safety, reasons, *, by, today, now):
    case = safety.case
    open_deadline(
        case=case,
        kind=OWES,
        triggered_on=today,
        why=f"{by.name} asked on {say_date(today)}. {reasons[0]}",
        by=by,
        today=today,
    )
    tell(
        case=case,
        users=[one for one in seniors_of(case, today, but=by) if one != by],
        text=f"{by.name} asks how staff may visit on {case.crn}. Nobody goes until you decide.",
        href=reverse("decide-visit-safety", args=[case.crn]),
        now=now,
    )


def _stop_clock(case, *, by, today):
    """Once nothing waits for a senior any more."""
    if not case.visit_safety.undecided().exists():
        meet_deadline(case=case, kind=OWES, by=by, today=today)
