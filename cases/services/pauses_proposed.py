"""What the night finds of people who cannot be seen: that the record suggests it, and that they were seen again.

Nothing is assumed: whoever holds the case is told, once, and finds out. Source: product rules, clocks; `cases.rules.suggested_pauses`.
"""

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Contact, Deadline, Notice
from cases.queries.recipients import owner_and_cover
from cases.queries.suggested_pauses import suggestions_of, with_suggestions
from cases.reference.appointments import FACE_TO_FACE_CODES
from cases.services.seen_again import SEES, answer_seen
from cases.services.telling import tell

CHUNK = 500  # cases


def propose_pauses_chunk(*, after, today, now, size=CHUNK):
    """The next so many cases. A step of `cases.services.jobs.run_job`."""
    ours = Case.objects.ours().filter(pk__gt=after).order_by("pk")
    keys = list(ours.values_list("pk", flat=True)[:size])
    counts = {"proposed": 0, "seen_again": 0}
    if keys:
        counts["proposed"] = propose_pauses(case_ids=keys, now=now)
        counts["seen_again"] = find_seen_again(case_ids=keys, today=today)
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def propose_pauses(*, case_ids, now):
    """Tell whoever holds each of these cases what the record suggests. Returns how many were told of, each once."""
    today = localtime(now).date()
    cases = with_suggestions(Case.objects.ours().filter(pk__in=case_ids)).order_by("pk")
    held = {case.pk: case for case in cases.select_for_update(no_key=True, of=("self",))}
    told = 0
    for pk, suggestions in suggestions_of(held).items():
        case = held[pk]
        for one in suggestions:
            text = f"{one.words}: {case.crn}. Find out whether it is so, and record it if it is."
            if Notice.objects.filter(case=case, text=text).exists():
                continue
            href = reverse("standing-still", args=[case.crn])
            tell(case=case, users=owner_and_cover(case, today), text=text, href=href, now=now)
            told += 1
    return told


@transaction.atomic
def find_seen_again(*, case_ids, today):
    """Close what is owed where the log, as it was brought in, has them seen since. Returns how many."""
    owed = Deadline.objects.unmet().filter(kind=SEES, case__in=case_ids)
    seen = Contact.objects.filter(
        case__in=owed.values("case"),
        attended=True,
        type_code__in=FACE_TO_FACE_CODES,
        started_at__date__gte=F("case__deadlines__triggered_on"),
        case__deadlines__kind=SEES,
        case__deadlines__met_on=None,
    )
    days = dict(seen.values("case").annotate(at=Max("started_at")).values_list("case", "at"))
    cases = Case.objects.filter(pk__in=days).order_by("pk").select_for_update(no_key=True)
    return sum(
        answer_seen(case=case, on=localtime(days[case.pk]).date(), by=None, today=today)
        for case in cases
    )
