"""A letter of enforcement as it is made from the record: its facts, and the letters one of the hub works on together.

What may not be told to the person is `cases.queries.person_copy.kept_from_person`.
"""

import re
from datetime import date

from django.utils.timezone import localtime

from cases.models import Claim, Letter
from cases.queries.reminders import ready_means
from cases.reference.agencies import Means
from cases.reference.appointments import OUTCOMES
from cases.reference.enforcement import LetterKind, LetterState, Regime, SentBy, Step
from cases.rules.enforcement.letter_words import ENGLISH, THEIR_OWN, WELSH, say_missed
from cases.rules.enforcement.letters import HOW, TRANSLATION, Facts, Failed

READ_HERE = frozenset({"", "english", "welsh", "cymraeg"})
OF_A_DEADLINE = "send_letter"
OF_RELEASE = frozenset({Regime.LICENCE, Regime.POST_SENTENCE})


def find_letter(case, pk):
    """The letter of this case, or None."""
    found = Letter.objects.filter(case=case, pk=pk)
    return found.select_related("warning__sentence", "breach__sentence", "document").first()


def facts_of(letter, case, ours, record):
    """`cases.rules.enforcement.letters.Facts`. `ours`: how we are reached, of the policy on requests; `record`: an OfRecord."""
    words, about, person = letter.words, record.about[case.pk], _person(case)
    failures, hearing = record.failures[letter.pk], record.hearings.get(letter.pk)
    meeting = record.meetings.get(case.pk)
    booking = getattr(meeting, "booking", None)
    homes = record.homes.get(case.pk, [])
    address = _address(homes)
    return Facts(
        kind=LetterKind(letter.kind),
        crn=case.crn,
        name=case.name,
        called=" ".join(((person.preferred_name if person else "") or case.forename).split()),
        how=SentBy(words.get(HOW, SentBy.POST)),
        welsh=letter.welsh,
        step=Step(letter.warning.step) if letter.warning else None,
        regime=_regime(letter, failures),
        order_on=_order_on(letter, failures),
        failures=tuple(_told(one, words) for one in failures) or _written(letter, words),
        because=words.get("because", ""),
        because_cy=words.get("because_cy", ""),
        next_at=localtime(meeting.started_at) if meeting else None,
        next_where=booking.where if booking else "",
        next_place=_place(meeting, booking),
        no_appointment=words.get("no_appointment", ""),
        no_appointment_cy=words.get("no_appointment_cy", ""),
        called_off=letter.kind == LetterKind.WITHDRAWAL and letter.breach_id is not None,
        court_at=localtime(hearing.at) if hearing else None,
        court=hearing.court_name if hearing else "",
        reads=_reads(person),
        translation=words.get(TRANSLATION, ""),
        address=address,
        safe_to_write=bool(homes) and all(one.safe_to_write for one in homes),
        came_back_on=_came_back_on(case, address, person, record.came_back),
        email=next(iter(emails_of(about)), ""),
        writer=case.officer.name if case.officer else "",
        organisation=ours.organisation,
        our_address=ours.address,
        telephone=about.telephone or ours.telephone,
    )


def told_plainly(appointment, language):
    """What an absence was, as a letter says it to the person. `appointment` with its line of the log."""
    contact = appointment.contact
    said = OUTCOMES.get(contact.outcome_code)
    came = bool(said and said.attended)
    return say_missed(localtime(contact.started_at), appointment.where, came, language)


def reason_letters_of(appointment):
    """The letters that ask for the reason of this absence, those called off too, the latest first. Of a key as well."""
    found = Letter.objects.filter(absence=appointment, kind=LetterKind.REASON)
    return found.order_by("-pk")


def served_reason_on(appointment):
    """The day on which a letter that asks counts as served; None where none went, or it came back."""
    sent = reason_letters_of(appointment).filter(state=LetterState.SENT)
    return sent.values_list("served_on", flat=True).first()


def letters_of(case):
    """Every letter of the case, the latest first."""
    found = Letter.objects.filter(case=case).select_related("warning", "breach", "document")
    return found.order_by("-asked_at", "-pk")


def letters_claimed_by(user, cases):
    """What this member of the hub works on together: claimed and still to go, in the order in which it is due."""
    live = Claim.objects.live().filter(
        by=user, deadline__kind=OF_A_DEADLINE, deadline__met_on=None, deadline__case__in=cases
    )
    order = live.order_by("deadline__due_on", "deadline__letter").values_list(
        "deadline__letter", flat=True
    )
    found = Letter.objects.to_go().select_related(
        "case__officer",
        "case__person",
        "warning__sentence",
        "breach__sentence",
        "asked_by",
        "ready_by",
    )
    known = found.in_bulk([pk for pk in order if pk])
    return [known[pk] for pk in order if pk in known]


def _told(failure, words):
    """As it was written for the person; of an absence otherwise in plain words, rather than in those of the record."""
    key, english, welsh = str(failure.pk), failure.what, ""
    if failure.decision:
        appointment = failure.decision.appointment
        english, welsh = told_plainly(appointment, ENGLISH), told_plainly(appointment, WELSH)
    return Failed(
        key,
        failure.happened_on,
        words.get(f"what_{key}") or english,
        words.get(f"what_{key}_cy") or welsh,
    )


def _written(letter, words):
    """What a letter says happened that belongs to no failure: it asks for a reason."""
    if letter.kind != LetterKind.REASON:
        return ()
    on = words.get("on_0", "")
    day = date.fromisoformat(on) if on else None
    return (Failed("0", day, words.get("what_0", ""), words.get("what_0_cy", "")),)


def _regime(letter, failures):
    if failures:
        return Regime(failures[0].regime)
    return None


def _order_on(letter, failures):
    cause = letter.warning or letter.breach
    if cause is None:
        return None
    sentence, regime = cause.sentence, _regime(letter, failures)
    if regime in OF_RELEASE:
        began = sentence.released_on if regime == Regime.LICENCE else sentence.licence_end_on
        return began or sentence.released_on or sentence.started_on
    return sentence.started_on or sentence.convicted_on


def _place(meeting, booking):
    if booking and booking.place:
        place = booking.place
        return ", ".join(filter(None, [place.name, place.address, place.postcode]))
    return meeting.place if meeting else ""


def _person(case):
    """What else is said of them; None where nothing is. Read once for a case."""
    return getattr(case, "person", None)


def _reads(person):
    """The language they need a letter in; blank where they read English, or Welsh, or nobody has asked."""
    if person is None or person.needs_interpreter is False:
        return ""
    language = " ".join(person.first_language.split())
    if language.lower() in READ_HERE:
        return THEIR_OWN if person.needs_interpreter and not language else ""
    return language


def _came_back_on(case, address, person, came_back):
    """When the last letter by post to this address came back, unless they were asked since how to reach them."""
    if not address:
        return None
    written = ", ".join(address)[: Letter._meta.get_field("address").max_length]
    on = came_back.get((case.pk, written))
    asked = person.contact_asked_on if person else None
    return None if on is None or (asked and asked >= on) else on


def _address(homes):
    homes = [one for one in homes if not one.no_fixed_abode]
    if not homes:
        return ()
    home = homes[-1]
    parts = [*re.split(r"[,\n]", home.lines), home.town, home.county, home.postcode]
    return tuple(line for line in (" ".join(one.split()) for one in parts) if line)


def emails_of(about):
    """Every address to which they may be written now. `about`: of `cases.queries.reminders.about_person`."""
    if about.may_email is not True or Means.EMAIL not in ready_means():
        return []
    return [one.value for one in about.ways if one.means == Means.EMAIL and one.safe is True]
