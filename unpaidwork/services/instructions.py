"""What a flag means on a work site: writing it, writing it anew, ending it, and the clock while nobody has.

Source: report 4.1; product rules, gates ("a flag without instruction text"); unpaid work reference 10 (U3: a
registered person without one is an exception without anybody typing anything).
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime

from cases.models import Case, Deadline
from cases.services.checks import lock_case
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from staff.audit import record, record_many
from staff.errors import RuleBroken
from unpaidwork.models import Instruction, Work
from unpaidwork.queries.concerned import owner_of
from unpaidwork.queries.instructions import (
    flag_of,
    flags_of_each,
    kept_in_writing,
    key_of,
    may_own,
    with_untold_flags,
    working,
)
from unpaidwork.rules.instructions import (
    PARTS,
    check_ending,
    check_review,
    gives_away,
    owed_because,
    wrong_with,
)

CHUNK = 500  # cases
OWES = "write_instruction"
REPLACED = "Replaced by a later wording"
OVER = "What it was about is over"


class NotSaid(RuleBroken):
    """What is wrong with an instruction, by its part, so that a form can say it beside the box."""

    def __init__(self, wrong):
        super().__init__(" ".join(dict.fromkeys(wrong.values())))
        self.wrong = wrong


@transaction.atomic
def write_instruction(
    *, case, flag, must_not="", watch_for="", do, ring, owner, review_on, by, now
):
    """Say what a flag means for whoever supervises; what stood about it is ended. `flag`: its key. Returns it."""
    case = lock_case(case)
    today = localtime(now).date()
    found = flag_of(case, flag, today)
    if found is None:
        raise RuleBroken("This does not stand any more, so there is nothing to say about it.")
    words = {"must_not": must_not, "watch_for": watch_for, "do": do, "ring": ring}
    words = {part: " ".join(text.split()) for part, text in words.items()}
    check_words(words, found, case)
    check_review(review_on, found.demand, today)
    if owner is None or not may_own(case).filter(pk=owner.pk).exists():
        raise RuleBroken("Choose somebody who works on this case to look after it.")
    about = _about(flag)
    Instruction.objects.standing().filter(case=case, **about).update(
        ended_on=today, ended_because=REPLACED
    )
    written = Instruction.objects.create(
        case=case,
        **about,
        **words,
        owner=owner,
        review_on=review_on,
        written_at=now,
        written_by=by,
    )
    record(by=by, action="wrote_instruction", crn=case.crn, flag=flag, instruction=written.pk)
    owe_instructions(case_ids=[case.pk], today=today, by=by)
    return written


def check_words(words, flag, case):
    """Refuse a blank, a stock phrase, and what no supervisor may read. `words` by part."""
    wrong = wrong_with(words, flag.demand)
    kept = kept_in_writing(case)
    for part, text in words.items():
        if part not in wrong and (why := gives_away(text, kept)):
            wrong[part] = why
    if wrong:
        raise NotSaid({part: wrong[part] for part in PARTS if part in wrong})


@transaction.atomic
def end_instruction(*, instruction, because, by, now):
    """Take away what nobody needs any more: what it is about has ended. Nothing else may be taken away."""
    case = lock_case(instruction.case)
    today = localtime(now).date()
    found = Instruction.objects.standing().filter(case=case, pk=instruction.pk).first()
    if found is None:
        raise RuleBroken("It has been replaced or ended meanwhile.")
    check_ending(flag_of(case, key_of(found), today), because)
    found.ended_on, found.ended_because = today, because.strip()
    found.save()
    record(by=by, action="ended_instruction", crn=case.crn, instruction=found.pk)
    owe_instructions(case_ids=[case.pk], today=today, by=by)
    return found


@transaction.atomic
def owe_instructions(*, case_ids, today, by=None):
    """Start the clock on each of these cases of which a flag has no instruction, or one whose review has passed,
    and stop it where none is owed. Returns on how many it started. Only cases with unpaid work to be done.
    """
    cases = Case.objects.filter(pk__in=case_ids).order_by("pk")
    held = list(cases.select_for_update(no_key=True))
    at_work = set(working().filter(pk__in=[one.pk for one in held]).values_list("pk", flat=True))
    flags = flags_of_each(held, today) if at_work else {}
    owed = {key: why for key in sorted(at_work) if (why := owed_because(flags.get(key, []), today))}
    done = [one.pk for one in held if one.pk not in owed]
    meet_deadlines(kind=OWES, case_ids=[key for key in done if key in at_work], by=by, today=today)
    meet_deadlines(
        kind=OWES,
        case_ids=[key for key in done if key not in at_work],
        by=by,
        today=today,
        void=True,
    )
    owners = {one.pk: owner_of(one) for one in held}
    rows = [DeadlineRow(key, today, why, owner=owners[key]) for key, why in owed.items()]
    return open_deadlines(kind=OWES, rows=rows, by=by, today=today)


def owe_instructions_chunk(*, after, today, size=CHUNK):
    """Settle the next so many cases with unpaid work. A step of `cases.services.jobs.run_job`, each night."""
    keys = list(_watched().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])
    owed = owe_instructions(case_ids=keys, today=today) if keys else 0
    ended = end_those_over(case_ids=keys, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed, "ended": ended}


def owe_new_instructions(*, today):
    """Start the clock where a register or a restriction has appeared since. Each minute; returns how many.

    It looks only at cases where a row says that something is missing and no clock runs.
    """
    running = Deadline.objects.unmet().filter(kind=OWES)
    found = working().filter(pk__in=with_untold_flags(today).values("pk"))
    found = found.exclude(pk__in=running.values("case")).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    return owe_instructions(case_ids=keys, today=today) if keys else 0


@transaction.atomic
def end_those_over(*, case_ids, today, by=None):
    """End the instructions of these cases about what does not stand any more. Returns how many."""
    cases = Case.objects.filter(pk__in=case_ids).order_by("pk")
    held = {one.pk: one.crn for one in cases.select_for_update(no_key=True)}
    over = Instruction.objects.standing().filter(
        Q(registration__active=False)
        | Q(restriction__ended_on__isnull=False)
        | Q(restriction__to_on__lt=today),
        case__in=held,
    )
    found = dict(over.order_by("pk").values_list("pk", "case"))
    Instruction.objects.filter(pk__in=found).update(ended_on=today, ended_because=OVER)
    record_many(by=by, action="ended_instruction", crns=[held[case] for case in found.values()])
    return len(found)


def _watched():
    """Those, and where the clock still runs or an instruction still stands."""
    running = Deadline.objects.unmet().filter(kind=OWES, case=OuterRef("pk"))
    standing = Instruction.objects.standing().filter(case=OuterRef("pk"))
    works = Work.objects.open().filter(case=OuterRef("pk"))
    return Case.objects.filter(Exists(works) | Exists(running) | Exists(standing))


def _about(key):
    """The columns of an instruction about this flag."""
    kind, _, number = key.partition("-")
    return {"registration_id" if kind == "register" else "restriction_id": int(number)}
