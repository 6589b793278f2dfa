"""When somebody can come: what they say of a usual week, what they are tied to, and what they say of places.

Source: features 76; report 2.3. What is said later takes the place of what was said before, which is kept.
"""

from collections import defaultdict

from django.db import transaction
from django.utils.timezone import localtime

from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.rules.hours import DAYS
from cases.rules.travel import Mode
from cases.rules.words import listed
from cases.services.checks import lock_case
from grid.models import Commitment, FreeTime, PlaceSaid, SaidWeek
from grid.queries.seekers import company_of
from grid.reference.groups import CanGo
from grid.reference.parts_of_day import PartOfDay
from grid.rules.said_weeks import LONGEST_NOTE, check_commitment, check_times
from staff.audit import record
from staff.errors import Conflict, RuleBroken
from staff.rules.dates import say_date, say_time

NONE_YET = 0  # in place of the key of a week: nobody had asked when the page was drawn
FOR_WOMEN = "Groups for women alone are for women. If she is one, put that right in her personal details first."


@transaction.atomic
def say_week(*, case, by_way_of, parts, hours, note, by, now, women_only=None, seen=None):
    """Keep what they said of a usual week, in place of what they said before. Returns it.

    `parts`: {weekday: [PartOfDay]}; `hours`: [(weekday, from_at, to_at)]; 0 is Monday. `women_only`: whether she wants
    groups for women alone, None where that was not asked. `seen`: the key of the week in force when the page was drawn,
    `NONE_YET` for none; None: whatever stands is written over. Raises Conflict where somebody else asked meanwhile.
    """
    case = lock_case(case)
    before = SaidWeek.objects.in_force().filter(case=case).select_related("recorded_by").first()
    _check_seen(case, seen, before)
    check_times(parts, hours)
    if women_only and not company_of([case.pk])[case.pk].woman:
        raise RuleBroken(FOR_WOMEN)
    SaidWeek.objects.in_force().filter(case=case).update(superseded_at=now)
    made = SaidWeek.objects.create(
        case=case,
        by_way_of=Mode(by_way_of),
        women_only=women_only,
        note=_as_kept(case, note, before.note if before else "", by),
        said_at=now,
        recorded_by=by,
    )
    ticked = {(weekday, PartOfDay(part)) for weekday, those in parts.items() for part in those}
    FreeTime.objects.bulk_create(
        [FreeTime(week=made, weekday=weekday, part=part) for weekday, part in sorted(ticked)]
        + [
            FreeTime(week=made, weekday=weekday, from_at=from_at, to_at=to_at)
            for weekday, from_at, to_at in sorted(hours)
        ]
    )
    record(by=by, action="said_week", crn=case.crn, week=made.pk)
    return made


@transaction.atomic
def add_commitment(*, case, words, weekday, from_at, to_at, by, now, first_on=None, last_on=None):
    """Keep what they are tied to on that day of every week; on one day alone, where its first day is its last.

    It may go on past midnight: then `to_at` is the earlier of the two. Returns it.
    """
    case = lock_case(case)
    words = " ".join(words.split())
    today = localtime(now).date()
    check_commitment(words, weekday, from_at, to_at, first_on, last_on, today)
    same = {
        "words__iexact": words, "weekday": weekday, "from_at": from_at, "to_at": to_at,
        "first_on": first_on, "last_on": last_on,
    }  # fmt: skip
    if case.commitments.standing(today).filter(**same).exists():
        raise RuleBroken("That is on record already.")
    made = Commitment.objects.create(
        case=case,
        words=words,
        weekday=weekday,
        from_at=from_at,
        to_at=to_at,
        first_on=first_on,
        last_on=last_on,
        recorded_at=now,
        recorded_by=by,
    )
    record(by=by, action="added_commitment", crn=case.crn, commitment=made.pk)
    return made


@transaction.atomic
def add_commitments(*, weekdays, **said):
    """The same on each of these days of the week, a row for each: all of them, or none. `said`: as `add_commitment` takes it.

    Returns them. Refused with the days of which each refusal is, where it is not of all of them.
    """
    days = sorted(set(weekdays))
    if not days:
        raise RuleBroken("Say on which day.")
    made, refused = [], defaultdict(list)
    for day in days:
        try:
            made.append(add_commitment(weekday=day, **said))
        except RuleBroken as refusal:
            refused[str(refusal)].append(DAYS[day])
    if refused:
        whole = [words for words, of in refused.items() if len(of) == len(days)]
        raise RuleBroken(" ".join(whole or [f"{listed(of)}: {words}" for words, of in refused.items()]))  # fmt: skip
    return made


@transaction.atomic
def take_back_commitment(*, commitment, by, now):
    """They are not tied to it any more, or never were. It stays on record as taken back."""
    case = lock_case(commitment.case)
    held = Commitment.objects.get(pk=commitment.pk)
    if held.taken_back_at:
        raise RuleBroken("That was taken back already.")
    held.taken_back_at, held.taken_back_by = now, by
    held.save(update_fields=["taken_back_at", "taken_back_by"])
    record(by=by, action="took_back_commitment", crn=case.crn, commitment=held.pk)
    return held


@transaction.atomic
def say_of_place(*, case, place, can_go, because, by, now):
    """Keep that they prefer a place, or cannot or must not go there and why, in place of what was said of it before."""
    case = lock_case(case)
    before = case.places_said.filter(place=place).first()
    because = _as_kept(case, because, before.because if before else "", by)
    if CanGo(can_go) is CanGo.CANNOT and not because:
        raise RuleBroken("Say why they cannot or must not go there.")
    said = {"can_go": can_go, "because": because, "said_at": now, "recorded_by": by}
    made, _ = PlaceSaid.objects.update_or_create(case=case, place=place, defaults=said)
    record(by=by, action="said_of_place", crn=case.crn, place=place.pk, can_go=str(can_go))
    return made


@transaction.atomic
def unsay_place(*, case, place, by):
    """Whatever was said of a place holds no more. Its history keeps it."""
    case = lock_case(case)
    held = case.places_said.filter(place=place).first()
    if held is None:
        raise RuleBroken(f"Nothing is recorded of {place.name}.")
    held.delete()
    record(by=by, action="unsaid_place", crn=case.crn, place=place.pk)


def _check_seen(case, seen, stands):
    """Refuse to write over what was said since the writer looked."""
    if seen is None or seen == (stands.pk if stands else NONE_YET):
        return
    if stands is None or not (seen == NONE_YET or case.said_weeks.filter(pk=seen).exists()):
        raise RuleBroken("The week that was shown is not of this case. Open the page again.")
    at = localtime(stands.said_at)
    raise Conflict(
        f"{stands.recorded_by.name} recorded what they said at {say_time(at.time())} on {say_date(at.date())}, "
        "while you were writing. Nothing of yours is saved yet, and nothing of it is lost."
    )


def _as_kept(case, words, stands, by):
    """Words of somebody who may not read every name: those they could not see are put back as they were."""
    names = names_for(case, actions_on(case, by))
    kept = names.put_back(" ".join(words.split()), stands)
    if len(kept) > LONGEST_NOTE:
        raise RuleBroken(f"Say it in {LONGEST_NOTE} characters or fewer.")
    return kept
