"""A case at the end of its order, with everything looked at and said, for the tests of endings."""

from datetime import timedelta

from cases.models import Ending
from cases.reference.codes import Rosh
from cases.services.endings import write_ending
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    EndingFactory,
    RegistrationFactory,
    ReviewFactory,
    SentenceFactory,
    StandingFactory,
    UserFactory,
)
from unpaidwork.services.endings import end_case

DAY = timedelta(days=1)
WORDS = {
    "person_words": "I would not have stopped without the group.",
    "helped": "The group on Tuesdays.",
    "not_helped": "Being moved from one officer to another.",
    "help": "The surgery in Park Street, and the drop-in on Fridays.",
}


def at_its_end(*, ends_on=TODAY, harm=Rosh.LOW, now=NOW, **columns):
    """A case of one community order, reviewed today and on one register: its level of harm."""
    case = CaseFactory(**columns)
    SentenceFactory(
        case=case, convicted_on=ends_on - 365 * DAY, started_on=ends_on - 365 * DAY, expected_end_on=ends_on
    )  # fmt: skip
    RegistrationFactory(case=case, type_code=harm)
    StandingFactory(case=case, harm=harm)
    ReviewFactory(case=case, complete=True, signed_at=now)
    return case


def all_said(case, way="expired"):
    """What answers everything that is asked of it."""
    flags = {
        f"flag-{pk}": {"keep": False, "because": "Supervision is over, and nothing was seen."}
        for pk in case.registrations.values_list("pk", flat=True)
    }
    return {"way": way, "person": "said", **WORDS, **flags}


def prepared(case, *, today=TODAY, **changed):
    """Its ending, with everything said."""
    ending = Ending.objects.being_prepared().filter(case=case).first() or EndingFactory(
        case=case, ends_on=case.sentences.get().expected_end_on
    )
    given = all_said(case) | changed
    write_ending(ending=ending, given=given, seen={}, by=case.officer, today=today)
    ending.refresh_from_db()
    return ending


def ended(case, *, by=None, now=NOW):
    return end_case(ending=prepared(case, today=now.date()), by=by or case.officer, now=now)


def senior_of(case):
    return UserFactory(role=Role.SPO, team=case.team)
