"""What the rules of booking need to know: diaries, hours of the place, absences, who is kept apart, the person.

Source: product rules, failures ("repeats, clash and circumstances beside the date").
"""

from datetime import time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q
from django.utils.timezone import localtime

from cases.models import (
    Absence,
    Appointment,
    Case,
    Circumstance,
    Contact,
    Disability,
    Hearing,
    LicenceCondition,
    NonAssociation,
    Person,
    Place,
    ReferenceCode,
    RelatedPerson,
    Requirement,
    Sentence,
    Travel,
)
from cases.queries.not_expected import why_not_expected
from cases.queries.sentences import requirement_name
from cases.reference.codes import Given
from cases.reference.home_office import TravelState
from cases.rules.booking import USUAL
from cases.rules.booking_facts import Busy, Diary, Elsewhere, Facts, Hours, Office, Theirs
from cases.rules.enforcing import Part, Running
from cases.rules.words import counted, shortened, within_a_sentence
from staff.kit import on

LATEST = F("convicted_on").desc(nulls_last=True)
LONGEST = 120  # letters of what is told of somebody's life
# Circumstances that bear on when somebody can come, by their type in nDelius
BEARS_ON = {
    "B": "Work",
    "I": "Caring",
    "OCA": "Caring",
    "D": "Health",
    "E": "Sickness",
    "PM": "Pregnancy and new children",
    "ED": "Education",
    "A": "",  # only where it moves from day to day
}
MOVES_ABOUT = frozenset({"A03", "A07A", "A08", "A08A", "A08B"})
NOT_TOLD = frozenset(Given) | {""}


def facts_for(
    case, officer, place, *, from_at, to_at, policy, extra, but=(), second=None, theirs=None
):
    """The facts that stand beside any time from one moment to another. `but`: contacts to leave out.

    `second`: whoever goes with the officer on a visit. `theirs`: as `theirs_of` gives it, where the caller has it already.
    """
    near = timedelta(minutes=policy.clash_minutes)
    start, end = from_at - near - timedelta(days=1), to_at + near + timedelta(days=1)
    taken = Contact.objects.appointments().filter(
        outcome_code="", started_at__gte=start, started_at__lt=end
    )
    taken = taken.exclude(pk__in=but)
    days = (localtime(from_at).date(), localtime(to_at).date())

    def diary(part, user):
        theirs = kept_in_diary(start=start, end=end, officer=user)
        busy = _busy(taken.filter(pk__in=theirs).exclude(case=case))
        return Diary(part, user.name, busy, _away(user, *days))

    staff = [diary(part, one) for part, one in (("officer", officer), ("second", second)) if one]
    return Facts(
        theirs=theirs or theirs_of(case),
        clash_minutes=policy.clash_minutes,
        office=office_of(place),
        person=_busy(taken.filter(case=case), told=True),
        staff=tuple(staff),
        elsewhere=_elsewhere(case, *days),
        apart=_apart(case, taken, place, days[0]),
        extra=extra,
    )


def kept_in_diary(*, start, end, officer=None, team=None):
    """Keys of what stands in the diary of one officer, or of a team: booked with them, or brought in and theirs.

    In two statements, each by an index of its own, because a log is long and a diary is not.
    """
    booked = Appointment.objects.standing().filter(
        contact__started_at__gte=start, contact__started_at__lt=end
    )
    brought = Contact.objects.filter(
        booking=None, appointment=True, started_at__gte=start, started_at__lt=end
    )
    if officer is not None:
        theirs = Q(officer=officer) | Q(visit__with_whom=officer)
        booked, brought = booked.filter(theirs), brought.filter(case__officer=officer)
        if officer.staff_code:
            brought = brought.filter(staff_code__in=["", officer.staff_code])
    else:
        booked, brought = booked.filter(officer__team=team), brought.filter(case__team=team)
    return [*booked.values_list("pk", flat=True), *brought.values_list("pk", flat=True)]


def _busy(contacts, *, told=False):
    return tuple(busy_of(one, told=told) for one in contacts.order_by("started_at", "pk"))


def busy_of(contact, *, told=False):
    """The time that an appointment takes. `told`: with what it is."""
    at = localtime(contact.started_at)
    ends_at = localtime(contact.ended_at) if contact.ended_at else at + timedelta(minutes=USUAL)
    what = within_a_sentence(contact.type_name or contact.type_code) if told else ""
    timed = at.time() != time() or contact.ended_at is not None
    return Busy(at, max(ends_at, at + timedelta(minutes=1)), what, timed)


def _away(user, first, last):
    absences = Absence.objects.filter(
        user=user, cancelled_on=None, from_on__lte=last, to_on__gte=first
    )
    return tuple(absences.order_by("from_on").values_list("from_on", "to_on"))


def _elsewhere(case, first, last):
    """The days in court that are set, and those of travel abroad that was granted and is not over. One statement."""
    court = Hearing.objects.filter(
        breach__case=case, said_at=None, called_off=False, at__date__range=(first, last)
    ).order_by("at", "pk")
    abroad = Travel.objects.filter(
        case=case, state=TravelState.GRANTED, back_on=None, from_on__lte=last, to_on__gte=first
    ).order_by("from_on", "pk")
    found = Case.objects.filter(pk=case.pk).values_list(
        ArraySubquery(court.values("at")),
        ArraySubquery(abroad.values("from_on")),
        ArraySubquery(abroad.values("to_on")),
    )
    heard, begins, ends = found.get()
    days = [Elsewhere(at.date(), at.date(), at.time()) for at in map(localtime, heard)]
    return tuple(days) + tuple(map(Elsewhere, begins, ends))


def _apart(case, taken, place, today):
    """When those they are kept apart from are expected at the place. Nobody is named."""
    if place is None:
        return ()
    pairs = NonAssociation.objects.of(case).in_force(today)
    others = [other if one == case.pk else one for one, other in pairs.values_list("one", "other")]
    if not others:
        return ()
    there = Q(booking__place=place) | Q(booking=None, place__iexact=place.name)
    return _busy(taken.filter(there, case__in=others))


def office_of(place):
    """The place as the rules know it, with its hours; None where there is none."""
    if place is None:
        return None
    hours = place.hours.order_by("weekday", "from_at").values_list(
        "weekday", "from_at", "to_at", "women_only"
    )
    return Office(place.name, tuple(Hours(*one) for one in hours), place.closed_on)


def theirs_of(case):
    """What bears on seeing this person, in words without anybody's name."""
    person = Person.objects.filter(case=case).first()
    held = case.sentences.current().exclude(custody_status="")
    custody = dict(held.values_list("custody_status", "institution"))
    return Theirs(
        sex=case.sex,
        gender_identity=person.gender_identity if person else "",
        needs_interpreter=person.needs_interpreter if person else None,
        language=person.first_language if person else "",
        custody=frozenset(custody),
        institution=next(filter(None, custody.values()), ""),
        not_seen=why_not_expected(case),
        circumstances=tuple(_circumstances(case, person)),
    )


def _circumstances(case, person):
    yield from _needs(case)
    now = Circumstance.objects.filter(case=case, ended_on=None, type_code__in=list(BEARS_ON))
    for one in now.order_by("type_code", "pk"):
        if one.type_code == "A" and one.subtype_code not in MOVES_ABOUT:
            continue
        kind = BEARS_ON[one.type_code] or "Where they live moves about"
        what = one.subtype_name or one.type_name
        yield f"{kind}: {shortened(within_a_sentence(what), LONGEST)}."
    dependants = RelatedPerson.objects.filter(case=case, to_on=None, dependant=True).count()
    if dependants:
        with_them = counted(dependants, "dependant")
        yield f"Caring: {with_them} recorded. Ask about school and nursery hours."
    if faith := _faith(person):
        yield f"Faith: {shortened(faith, LONGEST)}. Ask which days and hours to keep clear."


def _faith(person):
    """What they said they believe, by the name of its code; blank where they have none or were not asked."""
    if person is None or person.religion in NOT_TOLD:
        return ""
    named = ReferenceCode.objects.filter(list_name="religion", code=person.religion)
    name = named.values_list("name", flat=True).first() or person.religion
    return "" if name.lower().startswith(("no ", "none", "refus", "not ")) else name


def _needs(case):
    for one in Disability.objects.filter(case=case, to_on=None).order_by("pk"):
        yield f"Disability: {shortened(within_a_sentence(one.name), LONGEST)}. Ask what would help."


def running_of(case, today):
    """The current sentences with what of them is in force, the latest first."""
    sentences = list(case.sentences.current().order_by(LATEST, "-pk"))
    requirements = Requirement.objects.filter(
        sentence__in=sentences, active=True, terminated_on=None
    ).order_by("pk")
    conditions = LicenceCondition.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today), sentence__in=sentences, from_on__lte=today
    ).order_by("from_on", "pk")
    return [
        Running(
            key=one.pk,
            words=_sentence_words(one),
            order=one.order,
            custody=one.custody_status,
            requirements=tuple(
                Part(r.pk, shortened(requirement_name(r), LONGEST), r.main_code)
                for r in requirements
                if r.sentence_id == one.pk
            ),
            conditions=tuple(
                Part(c.pk, shortened(c.category, LONGEST), c.code, c.text)
                for c in conditions
                if c.sentence_id == one.pk
            ),
        )
        for one in sentences
    ]


def parts_of(choice):
    """The rows that a choice names, as a service takes them."""
    kinds: dict[str, Any] = {
        "sentence": Sentence,
        "requirement": Requirement,
        "condition": LicenceCondition,
    }
    return {
        name: kind.objects.filter(pk=getattr(choice, name)).first()
        for name, kind in kinds.items()
        if getattr(choice, name)
    }


def _sentence_words(one):
    event = f"event {one.event}" if one.event.isdecimal() else one.event
    since = f"since {on(one.started_on)}" if one.started_on and not event else event
    return ", ".join(filter(None, [one.description, since]))


def those_that_follow(contact):
    """The later ones of its series that still stand, as lines of the log, in order."""
    booking = getattr(contact, "booking", None)
    if booking is None or booking.series is None:
        return []
    later = Contact.objects.filter(
        booking__series=booking.series,
        booking__called_off_at=None,
        outcome_code="",
        started_at__gt=contact.started_at,
    )
    return list(later.order_by("started_at", "pk"))


def places_to_choose(today):
    return Place.objects.in_use(today).order_by("name")
