"""The figures of a team, sent to whoever asked for them on the first working day of each week: numbers and links, and no name.

Whoever is away is not written to. What is counted is what the reader would see themselves. Source: product rules, digests.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Absence, Message
from cases.reference.agencies import MessageKind
from cases.rules.addresses import address
from cases.rules.timetable import morning_due, opens_the_week
from cases.services.jobs import run_job
from cases.services.policy import clocks
from oversight.models import WeeklyFigures
from oversight.queries.team_figures import asked_of, figures_by_team
from oversight.reference.team_figures import EVERY_TEAM, OF_SECTION
from oversight.rules.weekly_figures import figure_lines
from staff.models import User
from staff.permissions import Action, Role, reach

JOB = "write_weekly_figures"
CHUNK = 20  # members of staff
NOTHING = "There is nothing under any of them.\n"
BODY = """The figures of {whose}, counted this morning.

{figures}
All of them, each with its list: {page}

You asked for this each week. Stop it here: {stop}
No name is written in an e-mail. Sign in to see who and what.
"""


def run_week(*, now):
    """This week's run, begun, resumed or already done; on no other morning than the first of the week."""
    local = localtime(now)
    extra = clocks(local.date()).extra_bank_holidays
    today = morning_due(local, extra)
    if today is None or not opens_the_week(today, extra):
        return None
    step = write_weekly_figures(today=today, now=now)
    return run_job(job=JOB, slot=today.isoformat(), today=today, now=now, step=step)


def write_weekly_figures(*, today, now, size=CHUNK):
    """A step of `cases.services.jobs.run_job`: the figures of the next so many of those who asked, by key."""

    def step(after):
        users = _readers(today).filter(pk__gt=after).order_by("pk")
        found = list(users.select_related("team")[:size])
        messages = [
            _message(user, today, now) for user in found if reach(user.role, Action.VIEW_TEAM)
        ]
        Message.objects.bulk_create(messages, ignore_conflicts=True)  # a run may come twice
        return (found[-1].pk if len(found) == size else None), {"written": len(messages)}

    return step


def _readers(today):
    """Those who asked, work here today and have an address."""
    away = Absence.objects.on(today).values("user")
    asked = User.objects.filter(is_active=True, pk__in=WeeklyFigures.objects.values("user"))
    return asked.exclude(email="").exclude(pk__in=away)


def _message(user, today, now):
    team = user.team if user.role == Role.SPO else None
    code = team.code if team else EVERY_TEAM
    sums = figures_by_team(asked_of(user, team, now)).whole()
    return Message(
        key=f"weekly-figures-{user.pk}-{today}",
        kind=MessageKind.DIGEST,
        user=user,
        address=user.email,
        subject="The figures of your team this week"
        if team
        else "The figures of every team this week",
        body=BODY.format(
            whose="your team" if team else "every team",
            figures=_sections(sums, code),
            page=_at("team-figures", team=code),
            stop=_at("saved-views"),
        ),
        not_before=now,
        at=now,
    )


def _sections(sums, code):
    """What there is anything of, section by section, each number with its list."""
    said = []
    for section, figures in OF_SECTION.items():
        rows = [(one, sums[one.code], _list_of(one, code)) for one in figures if sums[one.code].met]
        said += figure_lines(section.title, rows)
    return "\n".join(said) or NOTHING


def _list_of(figure, code):
    return _at(figure.page, team=figure.every if code == EVERY_TEAM else code, **figure.codes)


def _at(page, **codes):
    return f"{settings.SITE_URL}{address(reverse(page), **codes)}"
