"""Bringing a case to its end: prepared, written by one or several, handed to a senior, ended; and an early end decided.

Source: report 3.3 (endings without a last look). How much unpaid work is left is given (`unpaidwork.services.endings`):
it keeps an order in force, and others count it.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Ending
from cases.queries.ending_days import ends_of
from cases.queries.last_look import facts_of, last_looks, senior_of
from cases.queries.recipients import seniors_of
from cases.reference.endings import LONGEST
from cases.reference.holding import LeftAs
from cases.rules.ending_answers import clean, parted, said_of
from cases.rules.ending_calls import check_may_end
from cases.rules.ending_days import keep_until
from cases.rules.endings import VERSION, to_do
from cases.rules.interim import says_nothing
from cases.rules.signing import refusal
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from cases.services.endings_owed import EARLY, END
from cases.services.leaving import leave
from cases.services.policy import ending_policy, meeting_policy
from cases.services.telling import tell
from cases.services.victim_notices import raise_for_victim
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

CLOSED = "This case is closed already, so there is no end to prepare."
RETAINED = "The NPS holds this case, so it does not end here."
ENDED = "This case has been brought to its end, or its ending was opened anew. Look at it again."
NOT_OPEN = "Nothing asks for an early end of this case now. It was decided already, or does not hold any more."
NO_NEED = "You may end this case yourself, so nobody needs to be asked."
CALLED_OFF = "Their case has ended here."


@transaction.atomic
def begin_ending(*, case, hours_left, by, now):
    """Prepare the end of a case now, or go on with what is being prepared. Returns the ending."""
    case, today = lock_case(case), localtime(now).date()
    if case.left_as:
        raise RuleBroken(CLOSED)
    if case.retained_by:
        raise RuleBroken(RETAINED)
    if running := case.endings.being_prepared().first():
        return running
    end = ends_of([case.pk], hours_left)[case.pk]
    ending = Ending.objects.create(
        case=case,
        sentence_id=end.key if end else None,
        ends_on=end.on if end and end.on else today,
        opened_at=now,
    )
    record(by=by, action="opened_ending", crn=case.crn, ending=ending.pk)
    return ending


@transaction.atomic
def write_ending(*, ending, given, seen, by, today):
    """Put what was said in place: {name: value}, None for none. Returns a `Merged`.

    `seen` holds the marks of what stood when the writer's page was drawn. What two people said differently is named
    in `conflicts` and not written.
    """
    ending = _prepared(ending)
    keys = set(ending.case.registrations.values_list("pk", flat=True))
    given = {name: clean(name, value, today) for name, value in given.items()}
    if unknown := [one for one in given if one.startswith("flag-") and not _is_of(one, keys)]:
        raise RuleBroken(f"No register called {unknown[0]} is on this case.")
    stands = said_of(ending.answers, ending.flags, ending.told)
    outcome = merged(marks({}, given) | dict(seen), given, stands)
    if not outcome.write:
        return outcome
    said = {name: value for name, value in (stands | dict(outcome.write)).items() if value}
    answers, ending.flags, ending.told = parted(said)
    kept = {code: value for code, value in ending.answers.items() if code in KEPT}
    ending.answers = kept | answers
    ending.version += 1
    ending.save(update_fields=["answers", "flags", "told", "version"])
    crn, written = ending.case.crn, sorted(outcome.write)
    record(by=by, action="wrote_ending", crn=crn, ending=ending.pk, written=written)
    return outcome


KEPT = ("early", "asked")  # what services say, and no page asks


@transaction.atomic
def ask_senior(*, ending, hours_left, by, now):
    """Have the seniors told that all is ready, where one of them ends the case. Returns the ending."""
    ending, today = _prepared(ending), localtime(now).date()
    facts = _check_ready(ending, hours_left, today)
    if not senior_of(facts, ending.case_id):
        raise RuleBroken(NO_NEED)
    ending.answers |= {"asked": {"on": today.isoformat(), "by": by.username}}
    ending.version += 1
    ending.save(update_fields=["answers", "version"])
    crn = ending.case.crn
    record(by=by, action="asked_to_end_case", crn=crn, ending=ending.pk)
    told = seniors_of(ending.case, today, but=by)
    text, href = f"{crn} is ready to be brought to its end.", reverse("end-case", args=[crn])
    tell(case=ending.case, users=told, text=text, href=href, now=now)
    return ending


@transaction.atomic
def end_case(*, ending, hours_left, by, now):
    """Bring the case to its end. Refused while anything is still to do. All that was owed is kept, and stands still.

    What it rests on is kept with it. Returns the ending.
    """
    ending, today = _prepared(ending), localtime(now).date()
    case = ending.case
    facts = _check_ready(ending, hours_left, today)
    why = senior_of(facts, case.pk)
    check_may_end(by.role, holds=by.pk == case.officer_id, why=why)
    policy = ending_policy(today)
    meet_deadline(case=case, kind=END, by=by, today=today)
    meet_deadline(case=case, kind=EARLY, by=by, today=today, void=True)
    leave(case=case, left_as=LeftAs.ENDED, because=CALLED_OFF, by=by, now=now)
    ending.ended_at, ending.ended_by = now, by
    ending.ended_by_way = ending.answers["way"]
    ending.keep_until = keep_until(today, policy.kept_years)
    ending.answers |= {"evidence": _evidence(facts, case.pk, why, policy)}
    ending.version += 1
    ending.save()
    raise_for_victim(case=case, by=by, now=now)
    record(by=by, action="ended_case", crn=case.crn, ending=ending.pk, way=ending.ended_by_way)
    return ending


@transaction.atomic
def decide_early_end(*, case, propose, because, hours_left, by, now):
    """Say whether the court is asked to revoke the order for good progress, and why. Returns the ending it is kept on."""
    case, today = lock_case(case), localtime(now).date()
    if says_nothing(because) or len(because) > LONGEST:
        raise RuleBroken(
            "Say what they have done, in a sentence that the court could read."
            if propose
            else "Say why not, so that they can be told."
        )
    if not meet_deadline(case=case, kind=EARLY, by=by, today=today):
        raise RuleBroken(NOT_OPEN)
    ending = begin_ending(case=case, hours_left=hours_left, by=by, now=now)
    said = {"propose": propose, "because": because.strip(), "on": today.isoformat()}
    ending.answers |= {"early": said | {"by": by.username}}
    ending.version += 1
    ending.save(update_fields=["answers", "version"])
    record(by=by, action="decided_early_end", crn=case.crn, ending=ending.pk, propose=propose)
    return ending


def _prepared(ending):
    """As it stands now, its case locked first; refused where it is not being prepared any more."""
    case = lock_case(ending.case)
    held = Ending.objects.being_prepared().filter(pk=ending.pk).first()
    if held is None or case.left_as:
        raise RuleBroken(ENDED)
    held.case = case
    return held


def _check_ready(ending, hours_left, today):
    """The facts it rests on, where nothing is left to do."""
    facts, days = facts_of([ending.case_id]), meeting_policy(today).review_ending_days
    look = last_looks([ending], hours_left, today, days=days, facts=facts)[ending.pk]
    if found := to_do(look):
        raise RuleBroken(refusal(found))
    return facts


def _evidence(facts, pk, why, policy):
    reviewed = facts.reviewed.get(pk)
    return {
        "reviewed_on": reviewed.isoformat() if reviewed else "",
        "registers": sorted(one.type_code for one in facts.registers[pk]),
        "enquiries": sorted(facts.enquiries[pk]),
        "senior_because": why,
        "rules": VERSION,
        "policy": policy.version,
    }


def _is_of(name, keys):
    key = name.removeprefix("flag-")
    return key.isdecimal() and int(key) in keys
