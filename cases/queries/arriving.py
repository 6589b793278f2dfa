"""Who has come to us, and what the record shows of what came with them; of many cases in a fixed number of statements.

Source: product rules, clocks (arrival). The rules are `cases.rules.arriving`.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from cases.models import Arrival, Case, Contact, Enquiry, Predictor, Registration, Sentence
from cases.queries.assessing import kinds_required
from cases.queries.enquiries import check_facts
from cases.reference.arriving import Brought, CameFrom
from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import HELD
from cases.rules.arriving import (
    Began,
    Came,
    Check,
    came_lately,
    is_known,
    items_of,
    lately_from,
    to_read,
)
from cases.rules.checks import IN_SHORT
from cases.rules.words import counted

CHECKED = {CheckKind.POLICE: Brought.POLICE, CheckKind.CHILDREN: Brought.CHILDREN}
BEFORE_SENTENCE = timedelta(
    days=84
)  # a score or an enquiry for the report to court is of that sentence


def newly_come(today, extra, *, after=0):
    """{case: Came} of those of ours who came lately and of whose arrival there is no row, in the order of their keys."""
    since = lately_from(today, extra)
    lately = (since, today)
    sentences = Sentence.objects.current()
    dated = (
        Q(allocated_on__range=lately) | Q(started_on__range=lately) | Q(released_on__range=lately)
    )
    by_sentence = Exists(sentences.filter(dated, case=OuterRef("pk")))
    cases = Case.objects.ours().filter(Q(arrived_on__range=lately) | by_sentence, pk__gt=after)
    arrived = dict(cases.order_by("pk").values_list("pk", "arrived_on"))
    began = defaultdict(list)
    for one in sentences.filter(case__in=arrived).order_by("pk"):
        began[one.case_id].append(began_of(one))
    had = arrivals_before(arrived)
    found = {}
    for case, on in arrived.items():
        came = came_lately(on, began[case], since, today)
        if came and not is_known(came, had[case]):
            found[case] = came
    return found


def began_of(sentence):
    return Began(
        key=sentence.pk,
        held=sentence.custody_status in HELD,
        allocated_on=sentence.allocated_on,
        started_on=sentence.started_on,
        released_on=sentence.released_on,
    )


def arrivals_before(case_ids):
    """{case: the arrivals there are}, as the rules know them."""
    found = defaultdict(list)
    rows = Arrival.objects.filter(case__in=case_ids).order_by("pk")
    for case, came_from, on, sentence in rows.values_list(
        "case", "came_from", "arrived_on", "sentence"
    ):
        found[case].append(Came(CameFrom(came_from), on, sentence))
    return found


def first_seen(arrivals):
    """{case: the day of the first appointment that counts, kept or to come, since it arrived}."""
    since = {one.case_id: one.arrived_on for one in arrivals}
    counts = Contact.objects.appointments().filter(case__in=since, national_standard=True)
    found: dict[int, date] = {}
    for case, at in counts.order_by("started_at").values_list("case", "started_at"):
        if localdate(at) >= since[case]:
            found.setdefault(case, localdate(at))
    return found


def shown_by_record(arrivals):
    """{arrival: {code of Brought: (day, words)}} of what the record itself shows. Three statements."""
    since = {one.case_id: _sentenced_on(one) for one in arrivals}
    shown: dict[int, dict[str, tuple[date | None, str]]] = defaultdict(dict)
    scores = Predictor.objects.filter(case__in=since, kind=Predictor.Kind.RSR)
    for case, on, source in scores.order_by("assessed_on").values_list(
        "case", "assessed_on", "source"
    ):
        if on >= since[case] - BEFORE_SENTENCE:
            shown[case][Brought.RSR.value] = (on, f"Scored in {source}")
    sent = Enquiry.objects.filter(case__in=since, kind__in=CHECKED, sent_on__isnull=False)
    sent = sent.exclude(state=EnquiryState.SUPERSEDED)
    for case, kind, sent_on in sent.order_by("sent_on").values_list("case", "kind", "sent_on"):
        if sent_on and sent_on >= since[case] - BEFORE_SENTENCE:
            shown[case][CHECKED[CheckKind(kind)].value] = (
                sent_on,
                "Sent, as the checks of this case show",
            )
    entries = Registration.objects.current().filter(case__in=since).values_list("case", flat=True)
    for case, number in Counter(entries).items():
        shown[case][Brought.REGISTERS.value] = (
            None,
            f"{counted(number, 'entry', 'entries')} in force on the record",
        )
    return {one.pk: shown[one.case_id] for one in arrivals}


def _sentenced_on(arrival):
    sentence = arrival.sentence
    days = [arrival.arrived_on]
    if sentence:
        days += filter(None, [sentence.convicted_on, sentence.started_on])
    return min(days)


def checks_before_reading(case, today):
    """The agencies that must be asked for this supervision, and whether each has been."""
    known = check_facts([case], today)[case.pk]
    made = list(case.enquiries.exclude(state=EnquiryState.SUPERSEDED).order_by("pk"))
    return [
        _check(kind, [one for one in made if one.kind == kind], known)
        for kind in kinds_required(known)
    ]


def _check(kind, made, known):
    since = known.sentenced_on
    sent = any(
        one.state == EnquiryState.NOT_NEEDED
        or one.sent_on
        and max(filter(None, (one.triggered_on, one.sent_on, one.replied_on))) >= since
        for one in made
    )
    waits = next((one.pk for one in made if one.state == EnquiryState.DUE), None)
    return Check(IN_SHORT[kind], CHECKED.get(kind), sent, waits)


def still_to_read(case, arrival, today):
    """[Found] of what stands before saying that the record is read, as the page lists it from the first minute."""
    items = items_of(arrival.brought, shown_by_record([arrival])[arrival.pk])
    return to_read(items, checks_before_reading(case, today))
