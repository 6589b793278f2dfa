"""What befalls each person of the demonstration who is in prison, decided before anything is written.

Shares are those of the inspection (HMIP Thames Valley CRC 2018, 4.2): plans nearly always on time, somewhere to go for
two thirds, contact with the officer for half, the hand-over for just over half.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db.models import F

from cases.models import Contact, Sentence
from cases.queries.restrictions import restrictions_of, terms_not_seen
from cases.reference.codes import HELD, CustodyStatus
from cases.rules.calendar import add_working_days
from ttg.management.demo.planted import befall, plant

HENRY = "T100002"
PREPARED = timedelta(days=84)  # before release
NEAR = timedelta(days=56)  # of release: by then most of it is there
RECALLED_DAYS = 28
IN_TIME = 5  # working days after the screening
SPEAKING = ("CPVS", "COVC", "COPT", "COAP", "COOO", "C084", "C444")

UNSCREENED, LATE_PLAN, HOME, OFFERED, ASKED_AUTHORITY = 0.03, 0.02, 0.68, 0.5, 0.6
SUBSTANCES, RISK_UNREAD, HANDED_OVER, ACCEPTED = 0.45, 0.1, 0.55, 0.8
SAID, HOUSED_AFTER = 0.85, 0.75
LATELY = timedelta(days=110)  # released since then
NIGHTS = (1, 28, 91)
REFERRED = (("unasked", 25), ("drafted", 5), ("sent", 20), ("accepted", 20), ("booked", 25), ("declined", 5))  # fmt: skip


@dataclass
class Stay:
    crn: str
    case: int
    sentence: int
    officer: int | None
    prison: str
    recalled: bool
    waits: bool  # imported, and nobody has taken it up
    retained: bool
    received_on: date
    release_on: date
    spoken_on: date | None = None
    screened_on: date | None = None
    planned_on: date | None = None
    plan: str = ""  # kind of the one in force
    risk: str = ""  # of it: read, unread or none
    home: str = ""  # confirmed, offered, none, or a senior's plan
    asked_authority: bool = False
    substances: str = ""  # none, or how far the referral is
    hand_over: str = ""  # offered, queried or accepted
    offered_on: date | None = None
    released_on: date | None = None
    kept_away: bool = False  # an order speaks of places or people, so that no home is confirmed
    planted: str = ""  # what of `planted` befalls them
    moved_from: date | None = None  # the day they were to leave until lately
    gate: str = ""  # how it goes with whoever meets them at the gate; blank: nobody does
    gate_on: date | None = None
    recorded_on: date | None = (
        None  # the day of release that the record gives, where another was set
    )
    nights: dict[str, str] = field(default_factory=dict)  # night: where they were

    @property
    def told(self):
        """Whether it is written who they are, and nothing of it is drawn."""
        return bool(self.planted) or self.crn == HENRY

    @property
    def prepared_from(self):
        return max(self.received_on, self.release_on - PREPARED)


def read_stays(seed, today):
    """Everybody of the demonstration in prison now, with what befell them."""
    held = (
        Sentence.objects.filter(active=True, custody_status__in=HELD)
        .exclude(case__state__in=["no_sentence", "closed"])
        .filter(case__left_as="")
        .select_related("case")
        .order_by("case__crn", "-started_on")
    )
    found = {one.case_id: one for one in reversed(held)}
    spoken = _spoken(found)
    stays = [_stay(one, today, Random(f"{seed}:{one.case.crn}:release")) for one in found.values()]
    stays.sort(key=lambda one: one.crn)
    _say_who_is_kept_away(stays, today)
    plant(stays, today, HENRY)
    for stay in stays:
        days = [on for on in spoken.get(stay.case, ()) if stay.received_on <= on <= today]
        stay.spoken_on = min(days, default=None)
        _befall(stay, today, Random(f"{seed}:{stay.crn}:stay"))
    return stays


def read_released(seed, today):
    """Everybody of the demonstration on licence who came out lately, with what befell them."""
    out = (
        Sentence.objects.filter(active=True, released_on__range=(today - LATELY, today))
        .filter(started_on__lte=F("released_on"), custody_status=CustodyStatus.ON_LICENCE)
        .filter(case__state="supervised", case__left_as="")
        .select_related("case")
        .order_by("case__crn", "-started_on")
    )
    found = {one.case_id: one for one in reversed(out)}
    spoken = _spoken(found)
    stays = []
    for one in found.values():
        stay = _stay(one, today, Random(f"{seed}:{one.case.crn}:out"))
        stay.release_on = stay.released_on = one.released_on
        days = [on for on in spoken.get(stay.case, ()) if stay.received_on <= on <= one.released_on]
        stay.spoken_on = min(days, default=None)
        _come_out(stay, today, Random(f"{seed}:{stay.crn}:nights"))
        stays.append(stay)
    return sorted(stays, key=lambda one: one.crn)


def _come_out(stay, today, rng):
    stay.screened_on = min(stay.received_on + timedelta(days=2), stay.released_on)
    stay.planned_on = min(add_working_days(stay.screened_on, 3), stay.released_on)
    stay.plan, stay.risk = "release", "read"
    if rng.random() < HANDED_OVER:
        stay.hand_over, stay.offered_on = "accepted", max(stay.received_on, stay.released_on - timedelta(days=8))  # fmt: skip
    housed = rng.random() < HOUSED_AFTER
    stay.home = "confirmed" if housed else "none"
    for night in NIGHTS:
        if stay.released_on + timedelta(days=night) <= today and rng.random() < SAID:
            stay.nights[str(night)] = "settled" if housed else rng.choice(["for_now", "nowhere"])


def _spoken(cases):
    """{case: days on which they came to speak to somebody of ours}"""
    rows = Contact.objects.filter(case__in=cases, type_code__in=SPEAKING, attended=True)
    days: dict[int, list[date]] = {}
    for case, on in rows.values_list("case", "started_at__date"):
        days.setdefault(case, []).append(on)
    return days


def _say_who_is_kept_away(stays, today):
    cases = [one.case for one in stays]
    ordered = restrictions_of(cases, today).keys() | terms_not_seen(cases, today).keys()
    for stay in stays:
        stay.kept_away = stay.case in ordered


def _stay(sentence, today, rng):
    case = sentence.case
    recalled = sentence.custody_status == CustodyStatus.RECALLED
    received_on = today - timedelta(days=rng.randint(3, 20)) if recalled else sentence.started_on
    leaves = (
        received_on + timedelta(days=RECALLED_DAYS) if recalled else sentence.expected_release_on
    )
    return Stay(
        crn=case.crn,
        case=case.pk,
        sentence=sentence.pk,
        officer=case.officer_id,
        prison=sentence.institution,
        recalled=recalled,
        waits=bool(case.imported and not case.taken_up_on and not case.retained_by),
        retained=bool(case.retained_by),
        received_on=received_on,
        release_on=leaves,
    )


def _befall(stay, today, rng):
    screened = stay.received_on + timedelta(days=rng.randint(1, 3))
    if screened > today or (rng.random() < UNSCREENED and not stay.told):
        return
    stay.screened_on = screened
    _plan(stay, today, rng)
    if stay.prepared_from > today:
        return
    near = stay.release_on - NEAR <= today or stay.told
    stay.home = _home(near, rng)
    if stay.home == "confirmed" and stay.kept_away:
        stay.home = "offered"  # its safety is looked at once the terms of the order are
    stay.asked_authority = stay.home != "confirmed" and near and rng.random() < ASKED_AUTHORITY
    if rng.random() < SUBSTANCES:
        stay.substances = rng.choices(*zip(*REFERRED, strict=True))[0] if near else "unasked"
    if near and rng.random() < HANDED_OVER:
        stay.hand_over = "accepted" if rng.random() < ACCEPTED else rng.choice(["offered", "queried"])  # fmt: skip
        stay.offered_on = max(stay.received_on, today - timedelta(days=rng.randint(0, 6)))
    if stay.crn == HENRY:
        stay.home, stay.substances, stay.hand_over, stay.offered_on = "confirmed", "drafted", "", None  # fmt: skip
    if stay.planted:
        befall(stay)


def _plan(stay, today, rng):
    last = add_working_days(stay.screened_on, IN_TIME)
    late = rng.random() < LATE_PLAN and not stay.told
    signed = last + timedelta(days=9) if late else min(last, stay.screened_on + timedelta(days=3))
    if signed > today:
        return
    short = stay.release_on - stay.received_on <= PREPARED
    near = stay.release_on - NEAR <= today or stay.told
    stay.planned_on = signed
    stay.plan = "merged" if short else "release" if near else "immediate"
    stay.risk = "unread" if rng.random() < RISK_UNREAD and not stay.told else "read"


def _home(near, rng):
    if not near:
        return "none"
    if rng.random() < HOME:
        return "confirmed"
    return "offered" if rng.random() < OFFERED else rng.choice(["none", "plan"])
