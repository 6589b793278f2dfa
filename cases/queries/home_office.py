"""What is known of somebody's nationality and language, how they stand with the Home Office, and their travel abroad.

Source: `cases.rules.home_office`, `cases.rules.travels`. Nothing of a passport is kept.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import HomeOffice, Person, Registration, Travel
from cases.queries.among import among
from cases.queries.due import due_rows
from cases.queries.names import names_for
from cases.queries.people import officer_of
from cases.queries.person import ASKED, nationality_in_words
from cases.reference.home_office import HomeOfficeInterest, TravelState
from cases.rules.home_office import (
    TOLD_OF,
    Nationality,
    is_asked_about,
    is_still_to_ask,
    nationality_of,
)
from cases.rules.travels import back_by
from cases.rules.words import ended
from staff.kit import DueRow, Happening, Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_date

REGISTER = "HOIE"  # Home Office interest
KINDS = ["ask_home_office", "decide_travel", "see_back"]
FOREIGN = "They are recorded as of another nationality"
REGISTERED = "The register says that the Home Office has an interest"
GAPS = {
    Nationality.NOT_KNOWN: "Their nationality is not known. Ask them, and have it put in nDelius: until then nothing follows from it.",
    Nationality.OTHER: "They are recorded as of another nationality, and nobody has asked the Home Office how they stand.",
    Nationality.BRITISH: "The register says that the Home Office has an interest, and nobody has asked what it is.",
    Nationality.IRISH: "The register says that the Home Office has an interest, and nobody has asked what it is.",
}


@dataclass(frozen=True)
class TravelShown:
    """One that is asked for, or granted and not over."""

    key: int
    title: str
    tag: str
    lines: list[Line]
    actions: list[Link]
    withdraw: Link | None


@dataclass(frozen=True)
class HomeOfficePage:
    person: list[Line]
    gap: str  # what is missing, in a sentence; blank: nothing
    warns: str  # removal or bail, said first
    office: list[Line]
    due: list[DueRow]
    travels: list[TravelShown]
    over: list[Happening]
    record: str  # where it is written down; blank: not by this reader
    ask: str


@dataclass(frozen=True)
class TravelLetter:
    """All that the letter says, in words that the person may have."""

    name: str
    crn: str
    where: str
    from_on: str
    to_on: str
    ring_by: str
    officer: str
    organisation: str
    telephone: str
    made_on: str


def to_ask(case_ids):
    """{case: why} of those of these cases on which the Home Office is to be asked, and nobody has."""
    asked = {
        case
        for case, interest, day in HomeOffice.objects.filter(case__in=among(case_ids)).values_list(
            "case", "interest", "asked_on"
        )
        if not is_still_to_ask(interest, day)
    }
    registers = Registration.objects.current().filter(case__in=among(case_ids), type_code=REGISTER)
    registered = set(registers.values_list("case", flat=True))
    people = Person.objects.filter(case__in=among(case_ids))
    said = {
        case: nationality_of(first, second)
        for case, first, second in people.values_list("case", "nationality", "second_nationality")
    }
    return {
        pk: REGISTERED if pk in registered else FOREIGN
        for pk in (said.keys() | registered) - asked
        if is_asked_about(said.get(pk, Nationality.NOT_KNOWN), registered=pk in registered)
    }


def home_office_page(case, names, may, today):
    """For the reader whose page this is, in a fixed number of statements."""
    person = Person.objects.filter(case=case).first() or Person(case=case)
    row = HomeOffice.objects.select_related("set_by").filter(case=case).first()
    registered = case.registrations.current().filter(type_code=REGISTER).exists()
    travels = list(case.travels.select_related("asked_by", "decided_by", "back_seen_by").order_by("from_on", "pk"))  # fmt: skip
    writes = Action.RECORD_HOME_OFFICE in may and not case.left_as
    decides = Action.DECIDE_TRAVEL in may and not case.left_as
    running = [one for one in travels if _runs(one)]
    return HomeOfficePage(
        person=_person(person, names),
        gap=_gap(person, row, registered),
        warns=_warns(row, names),
        office=_office(row, names) if row else [],
        due=due_rows(case, names, may, today, kinds=KINDS),
        travels=[_travel(one, case, names, writes, decides, today) for one in running],
        over=[_over(one, names) for one in reversed(travels) if not _runs(one)],
        record=reverse("record-home-office", args=[case.crn]) if writes else "",
        ask=reverse("ask-travel", args=[case.crn]) if writes else "",
    )


def find_travel(case, pk):
    found = Travel.objects.filter(case=case, pk=pk).first()
    if found:
        found.case = case
    return found


def stands_with_the_home_office(case):
    """What is written down, or None."""
    return HomeOffice.objects.filter(case=case).first()


def title_of(travel, names):
    last = f" to {say_date(travel.to_on)}" if travel.to_on != travel.from_on else ""
    return f"{names.text(travel.where)}, {say_date(travel.from_on)}{last}"


def warning_of(case, names):
    """What the Home Office said that bears on a decision; blank where it is not known to have said any."""
    return _warns(stands_with_the_home_office(case), names)


def letter_of(travel, reply_to, today):
    """Built for the person: without any name that is kept from them, and nothing of why."""
    case, names = travel.case, names_for(travel.case, frozenset())
    return TravelLetter(
        name=case.name,
        crn=case.crn,
        where=names.text(travel.where),
        from_on=say_date(travel.from_on),
        to_on=say_date(travel.to_on),
        ring_by=say_date(back_by(travel.to_on)),
        officer=officer_of(case),
        organisation=reply_to.organisation,
        telephone=reply_to.telephone,
        made_on=say_date(today),
    )


def _runs(travel):
    granted = travel.state == TravelState.GRANTED and travel.back_on is None
    return travel.state == TravelState.ASKED or granted


def _person(person, names):
    second = f"And {person.second_nationality}" if person.second_nationality else ""
    return [
        Line("Nationality", nationality_in_words(person), detail=second),
        Line("Immigration status", person.immigration_status or "Not recorded"),
        Line(
            "First language",
            person.first_language or "Not recorded",
            detail=names.text(person.language_notes),
        ),  # fmt: skip
        Line("Needs an interpreter", ASKED[person.needs_interpreter]),
    ]


def _gap(person, row, registered):
    nationality = nationality_of(person.nationality, person.second_nationality)
    if row and not is_still_to_ask(row.interest, row.asked_on):
        return ""
    if nationality == Nationality.NOT_KNOWN and registered:
        return GAPS[Nationality.BRITISH]
    asked = is_asked_about(nationality, registered=registered)
    return GAPS[nationality] if asked or nationality == Nationality.NOT_KNOWN else ""


def _warns(row, names):
    if row is None or row.interest not in TOLD_OF:
        return ""
    said = names.text(row.conditions)
    title = HomeOfficeInterest(row.interest).title
    return (
        f"{title}: {said}"
        if said
        else f"{ended(title)} Ask the Home Office before anything is arranged."
    )


def _office(row, names):
    return [
        Line("How they stand", HomeOfficeInterest(row.interest).title),
        Line("Reference", names.text(row.reference) or "Not recorded"),
        Line("Asked", on(row.asked_on) if row.asked_on else "Not recorded"),
        Line("Answered", on(row.answered_on) if row.answered_on else "Not recorded"),
        Line("Who deals with it there", names.text(row.caseworker) or "Not recorded"),
        Line("Conditions, as we were told", names.text(row.conditions) or "None recorded"),
        Line("Written down", f"{on(localdate(row.set_at))}, {row.set_by.name}"),
    ]


def _travel(one, case, names, writes, decides, today):
    asked = one.state == TravelState.ASKED
    lines = [
        Line("Why", names.text(one.why)),
        Line("Asked", f"{on(localdate(one.asked_at))}, {one.asked_by.name}"),
    ]
    if not asked:
        lines.append(
            Line(
                "Granted",
                f"{on(localdate(one.decided_at))}, {one.decided_by.name}",
                detail=names.text(one.because),
            )
        )
    return TravelShown(
        key=one.pk,
        title=title_of(one, names),
        tag=_stands(one, today),
        lines=lines,
        actions=_actions(one, case, writes, decides, today),
        withdraw=_withdraw(one, case, writes, today),
    )


def _stands(one, today):
    if one.state == TravelState.ASKED:
        return "Waits for a senior probation officer"
    if one.from_on > today:
        return "Granted"
    return "Away" if one.to_on >= today else "Not known to be back"


def _actions(one, case, writes, decides, today):
    where = [case.crn, one.pk]
    found = []
    if one.state == TravelState.ASKED and decides:
        found.append(Link("Decide", reverse("decide-travel-abroad", args=where)))
    if one.state == TravelState.GRANTED and one.from_on <= today and writes:
        found.append(Link("They are back", reverse("travel-back", args=where)))
    if one.state == TravelState.GRANTED and writes:
        found.append(Link("Print their letter", reverse("travel-letter", args=where)))
    return found


def _withdraw(one, case, writes, today):
    if not writes or (one.state != TravelState.ASKED and one.from_on <= today):
        return None
    return Link("They no longer ask for it", reverse("withdraw-travel", args=[case.crn, one.pk]))


def _over(one, names):
    by = one.decided_by.name if one.decided_by else one.asked_by.name
    title = f"{title_of(one, names)}: {TravelState(one.state).title.lower()}"
    if one.back_on:
        title, by = f"{title}, back on {say_date(one.back_on)}", one.back_seen_by.name
    at = localdate(one.decided_at)
    return Happening(
        title=title, when=on(at), by=by, text=names.text(one.because), on=at.isoformat()
    )
