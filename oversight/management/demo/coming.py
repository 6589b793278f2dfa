"""Who came lately is recorded as the night would, and the record of those who are settled is read."""

from django.db.models import Exists, OuterRef

from cases.models import Arrival, Deadline, Giving
from cases.reference.arriving import Brought, BroughtState
from cases.rules.arriving import TEN_DAYS
from cases.services.arrivals import read_arrival, record_brought
from cases.services.arrivals_owed import follow_arrivals, settle_arrivals
from oversight.management.demo.acts import senior_of

READ_AFTER = 3  # days from today back, of the story
NOTE = (
    "Cheated an employer over two years and paid half of it back. Nobody is named as harmed beside her. What the police "
    "hold is read; children are asked about at the first visit. Until then he is seen as his group asks."
)
READ_BEFORE = (
    "Read: the offence, what came from court and the registers. Who could be hurt is in the checks that are asked, and "
    "they are seen as their group asks until those are answered."
)


WHY_THEM = "Holds the fewest of the team, works from the office that he can walk to, and supervised his brother."


def befall(acts):
    for befell in ("unowned", "unread", "settled"):
        case = acts.case(befell)
        on = case.arrived_on
        follow_arrivals(case_ids=[case.pk], by=None, today=on, now=acts.at(on, 17))
    _named(acts)
    _read(acts)
    today = acts.today
    follow_arrivals(by=None, today=today, now=acts.at(today, 1))
    _read_before(today)


def _named(acts):
    """Why whoever holds the one who is settled was named, as it is kept where officers are compared."""
    case = acts.case("settled")
    held = case.allocations.filter(active=True, officer=case.officer_id).latest("from_on")
    Giving.objects.create(
        case=case,
        officer=case.officer,
        because=WHY_THEM,
        given_by=senior_of(case),
        given_at=acts.at(held.from_on, 12),
    )


def _read(acts):
    case = acts.case("settled")
    arrival, on = case.arrivals.get(), acts.day(READ_AFTER)
    came = {"state": BroughtState.CAME.value, "on": case.arrived_on, "words": ""}
    given = {what.value: came for what in Brought if what not in (Brought.POLICE, Brought.CHILDREN)}
    given[Brought.CHILDREN.value] = {"state": BroughtState.NONE.value, "on": None, "words": "No child is known of; asked of him and of the police."}  # fmt: skip
    record_brought(arrival=arrival, given=given, by=case.officer, now=acts.at(on, 10))
    read_arrival(arrival=arrival, note=NOTE, by=case.officer, now=acts.at(on))


def _read_before(today):
    """Of those whose first ten days were done before this system began, the record is read."""
    met = Deadline.objects.filter(
        case=OuterRef("case"), kind=TEN_DAYS, met_on__isnull=False, void=False
    )
    read = Arrival.objects.under_way().filter(
        Exists(met), read_on=None, case__officer__isnull=False
    )
    for one in read.select_related("case").order_by("pk"):
        done = Deadline.objects.filter(case=one.case, kind=TEN_DAYS).latest("met_on")
        one.read_on, one.read_by_id, one.note = done.met_on, one.case.officer_id, READ_BEFORE
        one.save(update_fields=["read_on", "read_by", "note"])
        settle_arrivals(case_ids=[one.case_id], by=None, today=today)
