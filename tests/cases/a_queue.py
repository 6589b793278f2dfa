"""Items of the hub's queue, and those who work on them."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from cases.models import Hearing
from cases.reference.enforcement import BreachState
from cases.rules.calendar import add_working_days
from cases.rules.enforcement.court import IN_COURT
from cases.services.enforcement.hub_questions import ask_officer, return_to_officer
from cases.services.enforcement.queue import claim
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.factories import NOW, BreachFactory, DeadlineFactory, LetterFactory, UserFactory

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DUE = date(2018, 10, 3)


def of_the_hub(**columns):
    return UserFactory(role=Role.HUB, **columns)


def an_item(due_on=DUE, **columns):
    """A letter to be sent."""
    letter = LetterFactory(**({"case": columns.pop("case")} if "case" in columns else {}))
    return DeadlineFactory(
        kind="send_letter", letter=letter, case=letter.case, owner_role=Role.HUB, due_on=due_on, **columns
    )  # fmt: skip


def a_pack(due_on=DUE, **columns):
    """A breach pack to be sent."""
    breach = BreachFactory()
    return DeadlineFactory(
        kind="submit_breach", breach=breach, case=breach.case, owner_role=Role.HUB, due_on=due_on, **columns
    )  # fmt: skip


def a_day_in_court(at, due_on=DUE, **columns):
    """What is asked of a day in court that is set."""
    breach = BreachFactory(state=BreachState.SUMMONS)
    Hearing.objects.create(breach=breach, at=at, court_name="Reading Magistrates’ Court")
    return DeadlineFactory(
        kind="say_hearing", breach=breach, case=breach.case, owner_role=Role.HUB, due_on=due_on,
        why=f"{IN_COURT}{say_date(localtime(at).date())}", **columns,
    )  # fmt: skip


def claimed(by, item=None, now=NOW):
    item = item or an_item()
    claim(by=by, now=now, deadline=item)
    return item


def asked(by, item=None, asks="Which address does he live at?", until=None, now=NOW):
    """The question on an item that this member of the hub works on."""
    item = claimed(by, item, now)
    until = until or soon_after(now)
    return ask_officer(deadline=item, asks=asks, until=until, by=by, now=now)


def soon_after(now):
    """In an hour; where that is another day, at noon of the next on which somebody answers."""
    here = localtime(now)
    if (here + HOUR).date() == here.date():
        return now + HOUR
    return datetime.combine(add_working_days(here.date(), 1), time(12), get_current_timezone())


def returned(by, item=None, words="The dates are wrong.", now=NOW):
    item = claimed(by, item, now)
    return return_to_officer(deadline=item, words=words, by=by, now=now)
