"""What is recorded of the first days after release of many people at once, before places are looked up.

Seven statements with the places, however many they are. Source: `ttg.queries.first_days`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import get_current_timezone, localtime

from cases.models import Contact, LicenceCondition
from cases.reference.appointments import NOT_OFFERED
from cases.rules.booking import VISITS
from cases.rules.calendar import ONE_DAY
from ttg.models import Custody, GateMeeting, HomeOffer, InHand, Referral
from ttg.reference.custody import ReleaseKind
from ttg.reference.hand_over import MetState
from ttg.rules.first_days import RELEASE_HOUR
from ttg.rules.first_days_limits import Curfew, curfew_in

CURFEW = "curfew"  # in the category of a condition of licence


@dataclass
class Recorded:
    """What is recorded of one stay, before places are looked up."""

    stay: Custody
    day: date
    gate: GateMeeting | None = None
    contacts: list[Contact] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    items: dict[str, str] = field(default_factory=dict)
    home: HomeOffer | None = None
    curfew: Curfew | None = None

    @property
    def out(self):
        """When they are let out: when they are met there, or at the usual hour."""
        if self.gate:
            return localtime(self.gate.at)
        return datetime.combine(self.day, time(RELEASE_HOUR), get_current_timezone())


def recorded_of(stays, hours):
    """{key of the stay: Recorded} of those whose day of release is known. `hours`: how long the first days are."""
    raw = {
        one.pk: Recorded(one, one.released_on or one.release_on)
        for one in stays
        if one.released_on or one.release_on
    }
    for meeting in _meetings(raw):
        if localtime(meeting.at).date() == raw[meeting.custody_id].day:
            raw[meeting.custody_id].gate = meeting
    for contact in _contacts(raw, hours):
        raw[contact.stay_key].contacts.append(contact)
    for referral in _referrals(raw):
        raw[referral.need.custody_id].referrals.append(referral)
    said = InHand.objects.filter(custody__in=raw).values_list("custody", "item", "state")
    for pk, item, state in said:
        raw[pk].items[item] = state
    for home in HomeOffer.objects.confirmed().filter(custody__in=raw):
        raw[home.custody_id].home = home
    conditions = _curfews(raw)
    for one in raw.values():
        one.curfew = _curfew(one, conditions[one.stay.case_id])
    return raw


def _meetings(raw):
    """At the gate, and not called off."""
    rows = GateMeeting.objects.filter(custody__in=raw).exclude(state=MetState.CALLED_OFF)
    return rows.order_by("at", "pk")


def _contacts(raw, hours):
    """Appointments that stand, from the day of each release on. One statement."""
    leaves = Coalesce("case__custodies__released_on", "case__custodies__release_on")
    rows = (
        Contact.objects.filter(
            case__custodies__in=raw, appointment=True, booking__called_off_at=None
        )
        .exclude(outcome_code__in=NOT_OFFERED)
        .exclude(type_code__in=VISITS)
        .annotate(stay_key=F("case__custodies"))
        .alias(leaves=leaves)
        .filter(
            started_at__date__gte=F("leaves"),
            started_at__date__lte=F("leaves") + timedelta(hours=hours),
        )
        .select_related("booking__place", "booking__officer")
    )
    return rows.order_by("started_at", "pk")


def _referrals(raw):
    rows = Referral.objects.running().filter(need__custody__in=raw)
    return rows.select_related("service", "need").order_by("first_at", "pk")


def _curfews(raw):
    """{case: [condition of a current sentence that keeps them at home]}"""
    cases = [one.stay.case_id for one in raw.values()]
    rows = LicenceCondition.objects.filter(
        category__icontains=CURFEW, sentence__case__in=cases, sentence__active=True
    )
    found: defaultdict[int, list[LicenceCondition]] = defaultdict(list)
    for one in rows.select_related("sentence").order_by("from_on", "pk"):
        found[one.sentence.case_id].append(one)
    return found


def _curfew(raw, conditions):
    """The one that holds on the first days; with no hours where they leave on one that nobody recorded."""
    held = [
        one
        for one in conditions
        if one.from_on <= raw.day + ONE_DAY and (one.to_on is None or one.to_on >= raw.day)
    ]
    if held:
        return curfew_in(held[-1].text)
    return Curfew() if raw.stay.release_kind == ReleaseKind.HDC else None
