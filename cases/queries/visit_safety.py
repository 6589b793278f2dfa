"""What the record shows of visiting somebody at one address, and the decisions on it.

Names stand in none of it: a page shows whom its reader may see beside it. Source: report 2.3; supervision
reference 3.4.
"""

from dataclasses import replace
from hashlib import sha256

from django.db.models import F
from django.utils.timezone import localtime

from cases.models import HomeVisit, LicenceCondition, Limit, NonAssociation, Requirement
from cases.queries.enquiries import CONCERNS, check_facts, written
from cases.queries.registers import register_name
from cases.reference.checks import (
    HEARD_AS,
    OPEN_STATES,
    CheckKind,
    EnquiryState,
    Reply,
    SubjectKind,
)
from cases.reference.codes import CONCERNS as LIVE_CONCERNS
from cases.reference.visits import NotDone
from cases.rules.checks import NOT_AN_ANSWER
from cases.rules.enquiries import Concern
from cases.rules.safety import RESTRICTING_REQUIREMENTS, restricts
from cases.rules.visit_safety import TO_STAFF, Decision, OnRecord, SafetyFacts, stands_in_the_way
from cases.rules.visits import dangers_in
from cases.rules.words import listed, within_a_sentence
from staff.rules.dates import say_date

ABOUT = ("address", "asked_by", "decided_by")
OF_A_DOOR = (Concern.DOMESTIC_ABUSE, Concern.CHILD)  # those a senior weighs before anybody knocks
WHO = {
    SubjectKind.CHILD: "A child",
    SubjectKind.PARTNER: "A partner or former partner",
}


def addresses_to_visit(case):
    """Where they live now, by what is recorded; the latest first."""
    current = case.addresses.filter(to_on=None, no_fixed_abode=False)
    ordered = current.order_by(F("from_on").desc(nulls_last=True), "-pk")
    return [one for one in ordered if written(one)]


def safety_of(case):
    """Every decision that no later one replaced, of each address one; the latest first."""
    return case.visit_safety.filter(replaced_on=None).select_related(*ABOUT).order_by("-pk")


def undecided_of(case):
    """What waits for a senior, the longest first."""
    return case.visit_safety.undecided().select_related(*ABOUT).order_by("pk")


def safety_facts(case, today, address=None):
    """What the record shows now. `address`: the `Address` it is about; None: one that is not recorded."""
    (facts,) = _facts_at(case, today, [address])
    return facts


def facts_of_each(case, safeties, today):
    """{key: what the record shows now} of each of these decisions, in as many statements as of one."""
    facts = _facts_at(case, today, [one.address for one in safeties])
    return {one.pk: found for one, found in zip(safeties, facts, strict=True)}


def _facts_at(case, today, addresses):
    known = check_facts([case], today)[case.pk]
    enquiries = list(case.enquiries.filter(kind=CheckKind.POLICE).dated_anew().order_by("pk"))
    registers = list(case.registrations.current().order_by("pk"))
    people = list(case.related_people.filter(to_on=None).order_by("pk"))
    whole = SafetyFacts(
        registers=frozenset(one.type_code for one in registers),
        concern=any(one in known.concerns for one in OF_A_DOOR),
        police_answered=_answered(enquiries, known.sentenced_on),
    )
    before = (*_on_registers(registers), *_forbidden(case, today))
    after = (*_apart(case, today), *_said(case, enquiries), *_incidents(case))
    return [
        replace(whole, record=(*before, *_there(people, one), *after), left_on=_left_on(one, today))
        for one in addresses
    ]


def _left_on(address, today):
    """When they left it by the record; None where they live there, or it is in words alone."""
    gone = address and address.to_on and address.to_on <= today
    return address.to_on if gone else None


def decision_of(safety):
    """As the rules know it."""
    return Decision(
        way=safety.way,
        decided=safety.decided_at is not None,
        by_senior=safety.needs_senior and safety.decided_at is not None,
        review_on=safety.review_on,
        seen=tuple(safety.seen),
    )


def in_the_way(case, safeties, today):
    """{key: why nobody may go by it yet, in sentences} of each of these decisions."""
    facts = facts_of_each(case, safeties, today)
    return {one.pk: stands_in_the_way(decision_of(one), facts[one.pk], today) for one in safeties}


def _answered(enquiries, since):
    """Whether the police have answered, it is analysed, and nothing else is waited for."""
    if any(one.state in OPEN_STATES for one in enquiries):
        return False
    return any(
        one.state == EnquiryState.ANALYSED
        and one.reply not in NOT_AN_ANSWER
        and max(filter(None, (one.triggered_on, one.replied_on))) >= since
        for one in enquiries
    )


def _on_registers(registers):
    for one in registers:
        to_staff = one.type_code in TO_STAFF or one.warn_staff
        if to_staff or one.type_code in LIVE_CONCERNS or one.type_code in CONCERNS:
            since = f", since {say_date(one.started_on)}" if one.started_on else ""
            key = f"register:{one.type_code}:{one.part}"
            yield OnRecord(key, f"On the register: {register_name(one)}{since}", to_staff)


def _forbidden(case, today):
    """What a court or a prison governor has forbidden, which a visit could touch."""
    current = case.sentences.current()
    requirements = Requirement.objects.filter(
        sentence__in=current,
        active=True,
        terminated_on=None,
        main_code__in=RESTRICTING_REQUIREMENTS,
    )
    for one in requirements.order_by("pk"):
        yield OnRecord(f"requirement:{one.pk}", f"The order: {one.main_name or one.main_code}")
    conditions = LicenceCondition.objects.filter(sentence__in=current).order_by("pk")
    for condition in conditions:
        if restricts(condition.category) and (condition.to_on is None or condition.to_on >= today):
            words = f"The licence: {within_a_sentence(condition.category)}"
            yield OnRecord(f"condition:{condition.pk}", words)


def _there(people, address):
    """Those who live with them or at this address; a victim or somebody protected among them."""
    here = _plain(address.lines, address.postcode) if address else None
    for one in people:
        at_it = bool(here and one.address and _plain(one.address) == here)
        if not (one.lives_with or at_it):
            continue
        who = WHO.get(SubjectKind(one.kind), "Somebody")
        what = [
            word for word, true in (("a victim", one.victim), ("protected", one.protected)) if true
        ]
        where = "lives with them" if one.lives_with else "lives at this address"
        also = f" ({listed(what)})" if what else ""
        yield OnRecord(f"person:{one.pk}", f"{who}{also} {where}")


def _plain(*parts):
    return "".join(letter for letter in " ".join(parts).casefold() if letter.isalnum())


def _apart(case, today):
    for one in NonAssociation.objects.of(case).in_force(today).order_by("pk"):
        words = f"To be kept apart from somebody under supervision, since {say_date(one.from_on)}"
        yield OnRecord(f"apart:{one.pk}", words)


def _said(case, enquiries):
    """What agencies and others told us that bears on a visit, and what travels with the case."""
    for one in enquiries:
        if one.state == EnquiryState.ANALYSED and one.reply == Reply.INFORMATION:
            words = f"The police gave information on {say_date(one.replied_on)}"
            if one.heard_on > one.replied_on:  # what was seen of it was something else
                again = f"{words}, {HEARD_AS[one.heard_by]} {say_date(one.heard_on)}"
                yield OnRecord(f"reply:{one.pk}:{one.heard_on}", again)
            else:
                yield OnRecord(f"reply:{one.pk}", words)
    readings = case.readings.filter(information__harm=True).order_by("pk")
    for pk, happened_on in readings.values_list("pk", "information__happened_on"):
        words = f"Information of {say_date(happened_on)} says that somebody could be hurt"
        yield OnRecord(f"reading:{pk}", words)
    instruction = Limit.objects.filter(case=case).values_list("safety", flat=True).first()
    if instruction:
        mark = sha256(instruction.encode()).hexdigest()[:8]
        yield OnRecord(f"instruction:{mark}", "A safety instruction for staff", to_staff=True)


def _incidents(case):
    """Visits at which staff were at risk."""
    visits = HomeVisit.objects.filter(appointment__contact__case=case)
    for one in visits.select_related("appointment__contact").order_by("pk"):
        dangers = dangers_in(one.seen)
        if not dangers and one.not_done != NotDone.UNSAFE:
            continue
        on = say_date(localtime(one.appointment.contact.started_at).date())
        what = (
            within_a_sentence(listed(dangers, comma="; "))
            if dangers
            else "it was not safe to go in"
        )
        yield OnRecord(f"incident:{one.pk}", f"At the visit of {on}: {what}", to_staff=True)
