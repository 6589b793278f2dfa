"""What of these cases bears on who may hold them, for the rules that compare officers.

Source: features 120 and 124. Where somebody may not report, and how far it is to each office, is told by whoever asks for
a place. The national tier is shown beside the GRID and says nothing of who may hold a case: no source says which grade holds
which of its levels.
"""

from collections import defaultdict
from dataclasses import replace

from cases.models import Allocation, Complaint, Registration
from cases.queries.holding import shut_out_of
from cases.reference.codes import Place
from oversight.queries.workload import weighed
from oversight.reference.allocation import ASKS_FOR
from oversight.rules.comparing_facts import CaseFacts, Held
from staff.reference import StatedSex
from unpaidwork.queries.workers import workers_of
from unpaidwork.reference.dangers import Supervised
from unpaidwork.reference.risk import Choice

NOT_BY = {Supervised.NOT_WOMAN: StatedSex.WOMAN, Supervised.NOT_MAN: StatedSex.MAN}


def case_facts_of(cases, today, policy):
    """{key: CaseFacts} of those of these cases, given as a queryset, that are ours. Fifteen statements, however many."""
    found = {one.case: one for one in weighed(cases, today, policy)}
    asks, before = _asks_for(found), _before(found, today)
    shut, workers = shut_out_of(list(found)), workers_of(list(found), today)
    return {
        pk: CaseFacts(
            key=pk,
            points=one.points.number,
            crn=one.crn,
            group=one.facts.group,
            asks_for=frozenset(asks[pk]),
            escalated=one.place == Place.ESCALATE,
            asked_for_woman=workers[pk].choice == Choice.WOMEN_ONLY,
            not_by=frozenset(NOT_BY[each] for each in workers[pk].supervised),
            before=tuple(before[pk]),
            shut_out=frozenset(shut[pk].kept_out),
            let_in=frozenset(shut[pk].let_in) if shut[pk].restricted else None,
        )
        for pk, one in found.items()
    }


def with_holder(facts, holder, today):
    """The same, with whoever holds it now and may keep it: nobody knows it better."""
    before = [one for one in facts.before if one.officer != holder]
    again = next((one for one in facts.before if one.officer == holder), None)
    now = Held(holder, today, complained=bool(again and again.complained))
    return replace(facts, holder=holder, before=(now, *before))


def _asks_for(keys):
    """{case: what whoever holds it must be trained in} by its registers."""
    found = defaultdict(set)
    rows = Registration.objects.current().filter(case__in=keys, type_code__in=sorted(ASKS_FOR))
    for case, code in rows.values_list("case", "type_code").distinct():
        found[case].add(ASKS_FOR[code])
    return found


def _before(keys, today):
    """{case: who of our staff held it before, the latest first}. Of a complaint about one of them, that there was one."""
    complained = set(
        Complaint.objects.filter(case__in=keys, about__isnull=False).values_list("case", "about")
    )
    over = Allocation.objects.filter(case__in=keys, officer__isnull=False, to_on__lte=today)
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for case, officer, until in over.order_by("-to_on", "-pk").values_list("case", "officer", "to_on"):  # fmt: skip
        if until and officer not in {one.officer for one in found[case]}:
            found[case].append(Held(officer, until, (case, officer) in complained))
    return found
