"""What a court may be told of a case, read from the record: nothing of people around them, addresses or enquiries.

Source: `cases.rules.court_line`, which composes the line from it.
"""

from datetime import timedelta

from django.db.models import F, Prefetch, Q
from django.utils.timezone import localtime

from cases.models import RelatedPerson, Requirement, Subject
from cases.queries.days import midnight
from cases.queries.harm import assessed_levels
from cases.queries.names import Names
from cases.queries.people import officer_of
from cases.queries.rar import rar_of_case
from cases.queries.sentences import length_of, requirement_name
from cases.queries.standing_still import last_seen_on
from cases.reference.appointments import RAR
from cases.reference.codes import Order as OrderKind
from cases.reference.codes import Rosh
from cases.reference.holding import LeftAs
from cases.reference.pauses import PauseKind
from cases.rules import court_line as rules
from cases.rules.pauses import SINCE
from cases.rules.safety import harm_in_force
from cases.rules.safety_facts import Harm
from staff.rules.dates import say_date

LEFT = {
    LeftAs.DIED: "They have died.",
    LeftAs.ENDED: "Our supervision of them has ended.",
    LeftAs.ELSEWHERE: "Another provider supervises them now.",
}
IN_CUSTODY_FIRST = frozenset({OrderKind.CUSTODY, OrderKind.CUSTODY_PSS})


def kept_from_court(case):
    """Names that no reply may have: of everybody whose name is protected, and of every victim."""
    around = RelatedPerson.objects.filter(Q(protected=True) | Q(victim=True), case=case)
    asked = Subject.objects.filter(enquiry__case=case, protected=True)
    names = around.values_list("name").union(asked.values_list("name"))
    return tuple(name for (name,) in names.order_by("name"))


def court_facts(case, now, *, kept, work, weeks):
    """`kept`: names that no reply may have; `work`: {sentence: Worked} of those with unpaid work.

    `weeks`: after which rehabilitation activity has stalled, by policy.
    """
    today = localtime(now).date()
    names = Names(case.name, kept)
    return rules.CourtFacts(
        today=today,
        officer=f"Responsible officer: {names.text(officer_of(case))}",
        orders=tuple(_order(one, names, work) for one in _sentences(case)),
        attendance=rules.attendance_of(_lines(case, now)),
        activities=tuple(
            rules.Activity(one.tally.ordered, len(one.tally.credited))
            for one in rar_of_case(case, today, weeks)
            if one.runs
        ),
        last_seen_on=last_seen_on(case, today),
        risk=_risk(case),
        not_here=_not_here(case),
    )


def _sentences(case):
    running = Requirement.objects.filter(active=True, terminated_on=None).order_by("pk")
    found = case.sentences.current().order_by(F("convicted_on").desc(nulls_last=True), "-pk")
    return found.prefetch_related(Prefetch("requirements", running, to_attr="running"))


def _order(one, names, work):
    ends_as, ends_on = _end_of(one)
    return rules.Order(
        title=names.text(one.description),
        court=names.text(one.court_name),
        made_on=one.convicted_on or one.started_on,
        ends_on=ends_on,
        ends_as=ends_as,
        requirements=tuple(_requirement(each, names) for each in one.running),
        in_breach=one.in_breach,
        work=work.get(one.pk),
    )


def _end_of(one):
    """(what ends, when): the last day on which we supervise them under it."""
    if one.order in IN_CUSTODY_FIRST:
        if one.pss_end_on:
            return "Post-sentence supervision ends", one.pss_end_on
        return "The licence ends", one.licence_end_on or one.sentence_expiry_on
    if one.order == OrderKind.SUSPENDED:
        return "Supervision ends", one.supervision_end_on or one.expected_end_on
    return "It ends", one.expected_end_on


def _requirement(one, names):
    """Days of rehabilitation activity and hours of unpaid work are counted apart, by what was done of them."""
    length = length_of(one.length, one.length_unit or ("days" if one.main_code == RAR else ""))
    begun = f"begun {say_date(one.commenced_on)}" if one.commenced_on else "not yet begun"
    ends = f"to end {say_date(one.expected_end_on)}" if one.expected_end_on else ""
    stands = ", ".join(filter(None, [length, begun, ends]))
    return rules.Ordered(names.text(requirement_name(one)), stands)


def _lines(case, now):
    """The appointments of the last weeks whose time has been. One statement."""
    since = midnight(localtime(now).date() - timedelta(weeks=rules.WEEKS))
    held = case.contacts.appointments().filter(started_at__gte=since, started_at__lte=now)
    rows = held.values_list("outcome_code", "attended", "complied", "booking__decision__state")
    for code, attended, complied, decided in rows:
        yield rules.Line(code, attended, complied, decided or "")


def _risk(case):
    """The level as registers and assessments have it, in a word."""
    registered = case.registrations.current().filter(type_code__in=[one.value for one in Rosh])
    levels = [
        Harm(code, on, provisional)
        for code, on, provisional in registered.values_list("type_code", "started_on", "provisional")
    ]  # fmt: skip
    stands = harm_in_force([*levels, *assessed_levels([case.pk]).get(case.pk, [])])
    return Rosh(stands.level).title if stands else ""


def _not_here(case):
    if case.left_as:
        return LEFT[LeftAs(case.left_as)]
    running = case.pauses.running().order_by("from_on", "pk").values_list("kind", "from_on")
    return " ".join(f"{SINCE[PauseKind(kind)]} {say_date(first)}." for kind, first in running)
