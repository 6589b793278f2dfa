"""Somebody whom the record has in prison on every sentence cannot be seen as usual: that is recorded with their stay.

Nobody finds out anything by being asked. Where another sentence runs outside the record may be old, and it is proposed
instead (`cases.rules.suggested_pauses`). Source: product rules, GRID (contact is paused in custody) and clocks.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case, Pause, Sentence
from cases.reference.codes import HELD
from cases.reference.pauses import PauseKind
from cases.services.facts import facts_changed
from cases.services.pauses import begin_pause
from cases.services.standing_still import settle_clocks
from staff.audit import record_each

LATELY = timedelta(
    days=14
)  # who came in since: their officer is told, and asks whether they think of self-harm


@transaction.atomic
def pause_by_record(*, held, source, now):
    """`held`: {case: (since when, where)}. The caller holds the cases. Returns how many pauses began.

    Of somebody who has been there for longer it is no news: nobody is told, and nothing new is asked.
    """
    today = localtime(now).date()
    new = _not_paused(held)
    lately = [key for key in new if held[key][0] > today - LATELY]
    for case in Case.objects.filter(pk__in=lately).order_by("pk"):
        from_on, where = held[case.pk]
        begin_pause(
            case=case, kind=PauseKind.CUSTODY, from_on=from_on, where=where, source=source, last_seen_on=None, by=None,
            now=now,
        )  # fmt: skip
    _begin([key for key in new if key not in lately], held, source, now=now, today=today)
    return len(new)


def _not_paused(held):
    """Those of them whose every sentence is served there, and whose custody is not recorded already."""
    outside = Sentence.objects.current().filter(case__in=held).exclude(custody_status__in=HELD)
    paused = Pause.objects.running().filter(case__in=held, kind=PauseKind.CUSTODY)
    left = {*outside.values_list("case", flat=True), *paused.values_list("case", flat=True)}
    return sorted(held.keys() - left)


def _begin(keys, held, source, *, now, today):
    """All at once, so that a first extract with thousands of them is taken up in a night."""
    if not keys:
        return
    crns = dict(Case.objects.filter(pk__in=keys).values_list("pk", "crn"))
    made = Pause.objects.bulk_create(
        Pause(
            case_id=key,
            kind=PauseKind.CUSTODY,
            from_on=held[key][0],
            where=held[key][1],
            source=source,
            begun_at=now,
        )
        for key in keys
    )
    kind = str(PauseKind.CUSTODY)
    rows = [(crns[one.case_id], {"pause": one.pk, "kind": kind}) for one in made]
    record_each(by=None, action="began_pause", rows=rows)
    settle_clocks(case_ids=keys, by=None, today=today)
    facts_changed(case_ids=keys, now=now)
