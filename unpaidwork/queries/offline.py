"""What goes along on a tablet without a network: the day sheet and register of one session, and nothing else.

Nobody's address, date of birth or offence, nothing of those who could be hurt, nothing of another day. Of a case that is
kept from the reader there is what the sheet says of it. A fixed number of statements, however many come. Source:
unpaid work reference 6 (minimum necessary).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.timezone import localtime

from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.reference.appointments import OUTCOMES
from unpaidwork.queries.register import day_of, expected_on, how_it_stands, may_settle, said_of
from unpaidwork.queries.register_page import Disagreement, disagreements, usual_task
from unpaidwork.queries.sheet import sheet_of
from unpaidwork.reference.sessions import Grade, IncidentKind, Skill
from unpaidwork.rules.incidents import BETWEEN, Matter
from unpaidwork.rules.offline import KEPT_FOR
from unpaidwork.rules.register import EXCUSED, Said
from unpaidwork.rules.sheet import Sheet


@dataclass(frozen=True, slots=True)
class OfflineRow:
    """What the register says of one person. `version`: to be sent back with what is said next."""

    key: int
    version: int
    stands: str
    said: Said


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen, as (code, words). `reasons`: for an absence, where the reader may say one."""

    grades: tuple
    skills: tuple
    reasons: tuple
    kinds: tuple
    matters: tuple
    relations: tuple


@dataclass(frozen=True, slots=True)
class OfflinePack:
    """One session for one reader. `user`: whose it is; `now`: our clock, against which the tablet looks at its own."""

    sheet: Sheet
    user: int
    now: datetime
    until: datetime
    starts_at: datetime
    ends_at: datetime
    hi_vis: bool
    tasks: tuple[str, ...]
    usual_task: str
    rows: list[OfflineRow]
    disagree: list[Disagreement]
    choices: Choices


def offline_pack(session, user, now):
    """The session as this reader may take it along now."""
    sheet, day = sheet_of(session, user, now), day_of(session)
    shown = {one.key for one in sheet.people if not one.masked}
    people = [one for one in expected_on(session) if one.pk in shown]
    return OfflinePack(
        sheet=sheet,
        user=user.pk,
        now=localtime(now),
        until=localtime(now + KEPT_FOR),
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        hi_vis=session.project.hi_vis,
        tasks=day.tasks,
        usual_task=usual_task(session, user),
        rows=_rows(people, user),
        disagree=disagreements(session, people, user),
        choices=_choices(user),
    )


def _rows(people, user):
    cases = [one.case for one in people]
    names = names_for_each(cases, actions_on_each(cases, user)) if cases else {}
    return [
        OfflineRow(one.pk, one.version, how_it_stands(one), _said(one, names[one.case_id]))
        for one in people
    ]


def _said(one, names):
    """What stands, with names that the reader may not see kept out of the note."""
    said = said_of(one)
    return replace(said, note=names.text(said.note))


def _choices(user):
    reasons = tuple((code, OUTCOMES[code].title) for code in EXCUSED) if may_settle(user) else ()
    return Choices(
        grades=tuple(Grade.choices()),
        skills=tuple(Skill.choices()),
        reasons=reasons,
        kinds=tuple(IncidentKind.choices()),
        matters=tuple(Matter.choices()),
        relations=tuple((one.value, one.title) for one in BETWEEN),
    )
