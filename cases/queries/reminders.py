"""What a reminder of an appointment is decided from, and how it is shown: as it will go, as it went, or why none.

Source: product rules, safe contact. The rules are `cases.rules.reminders`.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.utils.timezone import localtime

from cases.models import Appointment, Message, Pause, Person, Place, Reachable, Sentence
from cases.reference.agencies import Delivery, Means
from cases.reference.appointments import TYPES, Where
from cases.reference.codes import HELD
from cases.reference.reminders import NoReminder
from cases.rules.reminders import Known, Way, decide, last_digits, text_number
from staff.kit import on
from staff.rules.dates import say_time

MEANS_OF = {Reachable.Kind.MOBILE: Means.TEXT, Reachable.Kind.EMAIL: Means.EMAIL}
RUNG = (
    Reachable.Kind.TELEPHONE
)  # never texted, but the same number may be filed as a mobile as well
HAS_ENDED = frozenset({Delivery.SENT, Delivery.GOING, Delivery.UNSURE, Delivery.FAILED})
BECAME = {  # of a reminder that was written, in words for whoever sees the person
    Delivery.WAITING: "It will go by itself.",
    Delivery.GOING: "It is being sent.",
    Delivery.SENT: "It has been sent.",
    Delivery.UNSURE: "It may not have arrived. The admin hub decides whether to send it again.",
    Delivery.FAILED: "It could not be delivered. Tell them another way that is safe.",
    Delivery.CANCELLED: "It was stopped before it went.",
}


@dataclass(frozen=True)
class About:
    """What reminders of one person rest on, whichever appointment they are of."""

    case: object
    ways: tuple[Way, ...]
    may_text: bool | None
    may_email: bool | None
    welsh: bool
    first_name: str
    held: bool
    paused: bool
    telephone: str  # of the office of their team


@dataclass(frozen=True)
class ReminderShown:
    """The reminder of one appointment: how, to where, when, its words and what became of it."""

    goes: bool  # will go, is going or has gone
    means: str = ""
    to: str = ""  # never the whole of it
    when: str = ""
    words: str = ""
    state: str = ""
    failed: bool = False  # somebody must tell them another way
    because: str = ""  # why none goes
    to_ask: bool = False  # a question to the person would mend that


def ready_means():
    """By which means people on probation may be written to here. An e-mail needs a sender that names nobody."""
    ready = {
        Means.TEXT: settings.TEXT_READY,
        Means.EMAIL: settings.EMAIL_READY and settings.REMIND_FROM,
    }
    return frozenset(means for means, is_ready in ready.items() if is_ready)


def about_person(case):
    """The facts of this case that any reminder rests on. Five statements."""
    return about_each([case])[case.pk]


def about_each(cases):
    """{key of a case: the same of each}, in as many statements."""
    keys = [case.pk for case in cases]
    people = Person.objects.in_bulk(keys)
    rows = defaultdict(list)
    reached = Reachable.objects.filter(case__in=keys, kind__in=[*MEANS_OF, RUNG])
    for one in reached.order_by("-pk"):
        rows[one.case_id].append(one)
    teams = {case.team_id for case in cases if case.team_id}
    offices = Place.objects.filter(team__in=teams, closed_on=None).exclude(telephone="")
    office = {one.team_id: one for one in offices.order_by("-pk")}  # the first of each
    current = Sentence.objects.current().filter(case__in=keys, custody_status__in=HELD)
    held = set(current.values_list("case", flat=True))
    paused = set(Pause.objects.running().filter(case__in=keys).values_list("case", flat=True))
    return {
        case.pk: _about(
            case,
            people.get(case.pk) or Person(case=case),
            rows[case.pk],
            office.get(case.team_id),
            held=case.pk in held,
            paused=case.pk in paused,
        )
        for case in cases
    }


def _about(case, person, rows, office, *, held, paused):
    unsafe = {text_number(one.value) for one in rows if one.kind == RUNG and one.safe is False}
    return About(
        case=case,
        ways=tuple(_way(one, unsafe) for one in rows if one.kind != RUNG),
        may_text=person.may_text,
        may_email=person.may_email,
        welsh=person.wants_welsh is True,
        first_name=person.preferred_name or case.forename,
        held=held,
        paused=paused,
        telephone=office.telephone if office else "",
    )


def known_of(appointment, about):
    """What the reminder of this appointment is decided from."""
    contact, place = appointment.contact, appointment.place
    return Known(
        starts_at=localtime(contact.started_at),
        wanted=appointment.remind,
        stands=appointment.called_off_at is None,
        recorded=bool(contact.outcome_code),
        supervised=about.case.is_ours,
        held=about.held,
        paused=about.paused,
        ways=about.ways,
        may_text=about.may_text,
        may_email=about.may_email,
        ready=ready_means(),
        first_name=about.first_name,
        says=TYPES[contact.type_code].says if contact.type_code in TYPES else "appointment",
        where=Where(appointment.where),
        place=place.how_to_find if place else "",
        telephone=(place.telephone if place else "") or about.telephone,
        welsh=about.welsh,
    )


def with_facts(pk):
    """The appointment as it stands now, with what `known_of` reads of it."""
    return Appointment.objects.select_related("contact__case", "place").get(pk=pk)


def key_of(appointment):
    """What makes two reminders the same: the appointment, and the time it is at."""
    return f"reminder-{appointment.pk}-{int(appointment.contact.started_at.timestamp())}"


def reminders_of(appointment):
    """Every reminder that was written of it, the latest first."""
    return Message.objects.filter(appointment=appointment).order_by("-at", "-pk")


def reminder_shown(appointment, policy, now, names):
    """The reminder of an appointment as its page shows it. `policy`: on meetings; `names`: the reader's.

    What was written is shown as it was written, once it has gone; before that, as things are now.
    """
    written = next(
        (one for one in reminders_of(appointment) if one.key == key_of(appointment)), None
    )
    if written and written.delivery in HAS_ENDED:
        return _written(written, names)
    about = about_person(appointment.contact.case)
    decided = decide(known_of(appointment, about), policy, localtime(now))
    if written and _stands(written, decided):
        return _written(written, names)
    return _decided(decided, names)


def reminder_preview(case, policy, now, names, *, appointment):
    """The same of an appointment that is not saved: what would go if it were booked as it is.

    `appointment` is an `Appointment` in memory, its contact in memory likewise.
    """
    decided = decide(known_of(appointment, about_person(case)), policy, localtime(now))
    return _decided(decided, names)


def _stands(written, decided):
    """Whether it waits to go although one could not be written any more, or somebody said that it is not to go."""
    waits = written.delivery == Delivery.WAITING
    by_hand = written.delivery == Delivery.CANCELLED and written.problem not in set(NoReminder)
    return by_hand or (waits and decided.because in (None, NoReminder.TOO_LATE))


def _way(one, unsafe):
    """`unsafe`: numbers on record as a telephone that is not safe: a text would arrive at the same one."""
    means = MEANS_OF[Reachable.Kind(one.kind)]
    value = text_number(one.value) if means == Means.TEXT else one.value.strip()
    return Way(means, value, False if value and value in unsafe else one.safe)


def _written(message, names):
    state = Delivery(message.delivery)
    moment = localtime(message.settled_at or message.not_before)
    return ReminderShown(
        goes=state != Delivery.CANCELLED,
        means=Means(message.means).title,
        to=last_digits(message.address),
        when=_moment(moment),
        words=names.text(message.body),
        state=BECAME[state],
        failed=state in (Delivery.FAILED, Delivery.UNSURE),
        because="Somebody decided that it is not to go" if state == Delivery.CANCELLED else "",
    )


def _decided(decided, names):
    if decided.because:
        asks = (NoReminder.SAFETY_NOT_ASKED, NoReminder.CONSENT_NOT_ASKED, NoReminder.NO_WAY)
        return ReminderShown(
            goes=False, because=decided.because.title, to_ask=decided.because in asks
        )
    return ReminderShown(
        goes=True,
        means=decided.means.title,
        to=last_digits(decided.to),
        when=_moment(decided.goes_at),
        words=names.text(decided.words),
        state=BECAME[Delivery.WAITING],
    )


def _moment(at):
    return f"{on(at.date())}, {say_time(at.time())}"
