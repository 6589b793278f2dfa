"""What came from outside: information, replies, registers, those around the person, courts and prisons.

Source: as `cases.queries.happened`, of which it is a part.
"""

from collections import defaultdict

from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.utils.timezone import localtime

from cases.models import (
    Address,
    Enquiry,
    Intervention,
    Plan,
    PotentialVictim,
    Reading,
    Registration,
    RelatedPerson,
    Requirement,
    Sentence,
)
from cases.queries.enquiries import MAIN_ADDRESS
from cases.queries.registers import register_name
from cases.queries.sentences import requirement_name
from cases.reference.checks import HEARD_AS, CheckKind, Reply, SubjectKind
from cases.reference.codes import HELD, CustodyStatus
from cases.reference.enforcing import BREACH_INTERVENTIONS
from cases.reference.information import InformationKind, Relation, SaidBy
from cases.rules.event_facts import (
    Around,
    Convicted,
    Custody,
    Ended,
    Enforced,
    Home,
    Registered,
    Replied,
    Told,
)

ATTACKS = frozenset(
    {
        Relation.ATTACKED,
        Relation.ATTACKED_BY,
        Relation.THREATENED,
        Relation.THREATENED_BY,
    }
)


_NAMED_LAST = Subquery(
    PotentialVictim.objects.filter(person=OuterRef("pk"))
    .order_by("-since_on", "-pk")
    .values("since_on")[:1]
)
# Named on the day of the signature or later, of whom the plan that was signed then has no step
_UNPLANNED = (
    Plan.objects.in_force()
    .filter(case=OuterRef("case"), signed_at__date__lte=OuterRef("again_on"))
    .exclude(objectives__steps__protects__person=OuterRef("pk"))
)


def information(case_ids, window):
    """An attack is one for whoever it is about and for whoever it names."""
    attack = Reading.objects.filter(information=OuterRef("information"), relation__in=ATTACKS)
    rows = Reading.objects.filter(window.at("information__at"), case__in=case_ids)
    for case, pk, kind, said_by, happened_on, at, harm, main, relation, attacked in rows.annotate(
        attacked=Exists(attack)
    ).values_list(
        "case",
        "information",
        "information__kind",
        "information__said_by",
        "information__happened_on",
        "information__at",
        "information__harm",
        "main",
        "relation",
        "attacked",
    ):
        came_on = localtime(at).date()
        told = Told(
            pk,
            InformationKind(kind),
            SaidBy(said_by),
            happened_on,
            came_on,
            harm,
            attack=attacked if main else relation in ATTACKS,
        )
        yield case, "told", came_on, told


def replies(case_ids, window):
    """One that was put right, or recorded after a wrong one, is learnt of anew on that day, whatever a review made of it before."""
    rows = Enquiry.objects.dated_anew().filter(window.on("heard_on"), case__in=case_ids)
    columns = "case", "pk", "kind", "reply", "replied_on", "heard_on", "heard_by"
    for case, pk, kind, reply, on, heard_on, did in rows.exclude(replied_on=None).values_list(
        *columns
    ):
        again = (heard_on, HEARD_AS[did]) if heard_on > on else ()
        yield case, "replies", heard_on, Replied(pk, CheckKind(kind), Reply(reply), on, *again)


def registers(case_ids, window):
    """Those raised here are left out: the raise tells of them."""
    rows = Registration.objects.filter(case__in=case_ids, raised=None).filter(
        window.on("started_on") | window.on("ended_on") | window.brought.since("registration")
    )
    for one in rows.order_by("pk"):
        name = register_name(one)
        for on, began in ((one.started_on, True), (one.ended_on, False)):
            if on:
                start, end = (on, None) if began else (None, on)
                known_on = window.brought.known_on("registration", one.case_id, one.pk, on)
                told = Registered(one.pk, name, start, end, known_on)
                yield one.case_id, "registers", known_on, told


def people(case_ids, window):
    """One with no date of their own is new when they were named as somebody who could be hurt.

    Whoever was known before, and is named once the plan in force was signed, is in no plan.
    """
    rows = RelatedPerson.objects.filter(case__in=case_ids).annotate(
        named_on=Min("could_be_hurt__since_on"), again_on=_NAMED_LAST, unplanned=Exists(_UNPLANNED)
    )
    rows = rows.filter(
        window.on("from_on")
        | window.on("to_on")
        | Q(from_on=None, named_on__range=(window.since, window.today))
        | Q(unplanned=True, again_on__range=(window.since, window.today))
    )
    for case, pk, kind, from_on, to_on, named_on, again_on, unplanned in rows.values_list(
        "case", "pk", "kind", "from_on", "to_on", "named_on", "again_on", "unplanned"
    ):
        came_on = from_on or named_on
        if came_on:
            yield case, "around", came_on, Around(pk, SubjectKind(kind), came_on)
        if unplanned and again_on != came_on:
            yield case, "around", again_on, Around(pk, SubjectKind(kind), None, None, again_on)
        if to_on:
            yield case, "around", to_on, Around(pk, SubjectKind(kind), None, to_on)


def homes(case_ids, window):
    before = Address.objects.filter(case=OuterRef("case"), from_on__lt=OuterRef("from_on"))
    rows = Address.objects.filter(
        window.on("from_on"), case__in=case_ids, status_code__in=[MAIN_ADDRESS, ""]
    ).annotate(before=Exists(before))
    for case, pk, on, none, earlier in rows.values_list(
        "case", "pk", "from_on", "no_fixed_abode", "before"
    ):
        if on:
            yield case, "homes", on, Home(pk, on, none, first=not earlier)


def convictions(case_ids, window):
    """All but the first we know of. One not yet sentenced is dated by its referral."""
    earlier = Sentence.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
    rows = Sentence.objects.filter(Exists(earlier), case__in=case_ids).filter(
        window.on("convicted_on")
        | Q(window.on("referred_on"), convicted_on=None)
        | window.brought.since("sentence")
    )
    for case, pk, convicted_on, referred_on in rows.values_list(
        "case", "pk", "convicted_on", "referred_on"
    ):
        if on := convicted_on or referred_on:
            known_on = window.brought.known_on("sentence", case, pk, on)
            told = Convicted(pk, on, bool(convicted_on), known_on)
            yield case, "convictions", known_on, told


def sentences(case_ids, window):
    """Custody, recall and breach, from what the record of each sentence was and came to be."""
    columns = "case", "pk", "custody_status", "in_breach", "released_on"
    now = {
        pk: (case, status, breach, released_on)
        for case, pk, status, breach, released_on in Sentence.objects.filter(
            case__in=case_ids
        ).values_list(*columns)
    }
    before = defaultdict(list)
    for pk, at, status, breach in (
        Sentence.objects.filter(window.at("events__pgh_created_at"), case__in=case_ids)
        .order_by("events__pgh_created_at", "events__pgh_id")
        .values_list("pk", "events__pgh_created_at", "events__custody_status", "events__in_breach")
    ):
        before[pk].append((localtime(at).date(), status, breach))
    for pk, (case, status, breach, released_on) in now.items():
        if released_on and window.since <= released_on <= window.today:
            yield case, "custody", released_on, Custody(pk, released_on, held=False)
        became = [*before[pk][1:], (None, status, breach)]
        for (on, was, was_breach), (_, to, to_breach) in zip(before[pk], became, strict=False):
            if to == CustodyStatus.RECALLED != was:
                yield case, "enforced", on, Enforced("sentence", pk, on, recall=True)
            elif to in HELD and was not in HELD:
                yield case, "custody", on, Custody(pk, on, held=True)
            if to_breach and not was_breach:
                yield case, "enforced", on, Enforced("sentence", pk, on)


def requirements(case_ids, window):
    rows = Requirement.objects.filter(
        window.on("terminated_on") | window.brought.since("requirement"),
        sentence__case__in=case_ids,
    )
    for one in rows.select_related("sentence").order_by("pk"):
        if on := one.terminated_on:
            known_on = window.brought.known_on("requirement", one.sentence.case_id, one.pk, on)
            told = Ended("requirement", one.pk, requirement_name(one), on, known_on)
            yield one.sentence.case_id, "ended", known_on, told


def interventions(case_ids, window):
    """A programme that ended; a breach that was asked for."""
    rows = Intervention.objects.filter(case__in=case_ids).filter(
        window.on("ended_on") | Q(window.on("referred_on"), type_code__in=BREACH_INTERVENTIONS)
    )
    for case, pk, code, name, referred_on, ended_on in rows.values_list(
        "case", "pk", "type_code", "type_name", "referred_on", "ended_on"
    ):
        if code in BREACH_INTERVENTIONS:
            if referred_on:
                yield case, "enforced", referred_on, Enforced("intervention", pk, referred_on)
        elif ended_on:
            yield case, "ended", ended_on, Ended("intervention", pk, name or code, ended_on)
