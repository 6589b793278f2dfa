"""Taking up stays in prison as the record has them, and following what a later import says of them.

Source: nDelius custody fields of a sentence; Through the Gate reference 7 (works for the person wherever they are held).
What staff have said since stays until the record says something new: what it said last is kept as a prison stay because of
the record, and as a change of the day by nobody. A release that was undone here stays undone until the record brings another
day of it, or has them in prison and then released anew.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cases.models import Case, Sentence
from cases.queries.days import midnight
from cases.reference.codes import HELD, CustodyStatus
from staff.audit import record_each
from ttg.models import Custody, Prison, PrisonStay, ReleaseChange
from ttg.reference.custody import CustodyKind
from ttg.rules.custody import RECORD, is_followed, kind_recorded
from ttg.services.gate import tell_who_meets
from ttg.services.in_and_out import go_on_by_record, stand_still_by_record
from ttg.services.owed import owe_release

CHUNK = 500  # cases
OUTSIDE = (CustodyStatus.ON_LICENCE, CustodyStatus.POST_SENTENCE)
BY_RECORD = f"As {RECORD} has it"
KEPT = ("prison_id", "release_on", "release_kind", "released_on", "undone_on", "sentence_id", "version")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """What the record said last of one stay: the prison, and the day of release."""

    prison: int | None = None
    release_on: date | None = None


def take_up_custody_chunk(*, after, today, size=CHUNK):
    """Take up and follow the stays of the next so many cases. A step of `cases.services.jobs.run_job`."""
    held = _of_prison().filter(case=OuterRef("pk"), custody_status__in=HELD)
    stays = Custody.objects.held().filter(case=OuterRef("pk"))
    cases = Case.objects.supervised().filter(Exists(held) | Exists(stays), pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    counts = take_up_custody(case_ids=keys, by=None, today=today) if keys else {}
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def take_up_custody(*, case_ids, by, today):
    """Record who the record says is in prison, and follow what it now says of them. Returns how many of each."""
    locked = Case.objects.supervised().filter(pk__in=case_ids).order_by("pk")
    cases = {case.pk: case for case in locked.select_for_update(no_key=True)}
    sentences = _sentences(cases)
    stays = {one.case_id: one for one in Custody.objects.held().filter(case__in=cases)}
    prisons = _prisons(sentences.values())
    over = _over(sentences)
    new = [
        pk for pk, one in sentences.items()
        if one.custody_status in HELD and pk not in stays and not over & _names_of(one)
    ]  # fmt: skip
    begun = _begin(new, sentences, prisons, today)
    followed = _follow(stays, sentences, prisons, today)
    rows = [(cases[one.case_id].crn, {"custody": one.pk}) for one in begun]
    record_each(by=by, action="took_up_custody", rows=rows)
    rows = [(cases[one.case_id].crn, {"custody": one.pk}) for one in followed]
    record_each(by=by, action="followed_custody", rows=rows)
    stand_still_by_record(begun, now=midnight(today))
    go_on_by_record(followed, now=midnight(today))
    if followed:
        tell_who_meets(followed, by=by, now=midnight(today))
    touched = [one.case_id for one in [*begun, *followed]]
    if touched:
        owe_release(case_ids=touched, by=by, today=today)
    return {"taken_up": len(begun), "followed": len(followed)}


def _of_prison():
    return Sentence.objects.current().exclude(custody_status=CustodyStatus.NONE)


def _sentences(cases):
    """{case: the sentence whose custody counts}: one they are held on, else the latest they were released from."""
    found: dict[int, Sentence] = {}
    rows = _of_prison().filter(case__in=cases, custody_status__in=[*HELD, *OUTSIDE])
    for one in rows.order_by("convicted_on", "pk"):
        known = found.get(one.case_id)
        if known is None or one.custody_status in HELD or known.custody_status not in HELD:
            found[one.case_id] = one
    return found


def _over(sentences):
    """What has ended here already: the record may say for days that somebody we released is still held."""
    rows = Custody.objects.filter(case__in=sentences).exclude(released_on=None, ended_on=None)
    return set(rows.values_list("case", "kind", "sentence"))


def _names_of(one):
    """As `_over` names a stay of this sentence; one of which no sentence was known may be it."""
    kind = _custody_kind(one)
    return {(one.case_id, kind, one.pk), (one.case_id, kind, None)}


def _prisons(sentences):
    """{name as the record has it: the prison}, capitals aside; those that are not in the book are put there."""
    said = {_folded(one): _name(one) for one in sentences if one.custody_status in HELD}
    known = _book()
    missing = sorted(name for key, name in said.items() if key and key not in known)
    Prison.objects.bulk_create([Prison(name=name) for name in missing], ignore_conflicts=True)
    return _book() if missing else known


def _book():
    """The whole book, which is short."""
    return {one.name.casefold(): one for one in Prison.objects.all()}


def _begin(keys, sentences, prisons, today):
    left = _left(keys)
    made = [_stay(sentences[key], left.get(key), prisons, today) for key in keys]
    Custody.objects.bulk_create(made)
    _say(made, {one.pk: None for one in made}, today)
    return made


def _left(keys):
    """{case: the stay they were released from last, and that no other follows}"""
    rows = Custody.objects.released().filter(case__in=keys).order_by("case", "-released_on", "-pk")
    latest = {one.case_id: one for one in rows.distinct("case")}
    followed = set(Custody.objects.filter(follows__in=latest.values()).values_list("follows", flat=True))  # fmt: skip
    return {case: one for case, one in latest.items() if one.pk not in followed}


def _stay(one, left, prisons, today):
    recalled = one.custody_status == CustodyStatus.RECALLED
    since = None if recalled else one.started_on or one.convicted_on
    received_on = max(filter(None, (min(since or today, today), left.released_on if left else None)))  # fmt: skip
    release_on = _release_on(one)
    return Custody(
        case_id=one.case_id,
        sentence=one,
        kind=_custody_kind(one),
        prison=prisons.get(_folded(one)),
        received_on=received_on,
        source=f"{BY_RECORD}{'; the day is when we first read of it' if since is None else ''}",
        release_on=release_on,
        release_kind=_kind(one) if release_on else "",
        follows=left if recalled else None,
        recorded_at=midnight(today),
    )


def _say(stays, before, today):
    """Keep the prison and the day that the record said of each. `before`: {stay: the day that stood}"""
    PrisonStay.objects.bulk_create(
        PrisonStay(custody=one, prison_id=one.prison_id, from_on=one.received_on, because=RECORD)
        for one in stays
        if one.prison_id
    )
    _say_days([one for one in stays if one.release_on], before, today)


def _say_days(stays, before, today):
    ReleaseChange.objects.bulk_create(
        ReleaseChange(
            custody=one,
            was_on=before[one.pk],
            release_on=one.release_on,
            kind=one.release_kind,
            because=BY_RECORD,
            at=midnight(today),
        )
        for one in stays
    )


def _follow(stays, sentences, prisons, today):
    """Those of them that changed, kept."""
    said = _said_last(list(stays.values()))
    before = {one.pk: one.release_on for one in stays.values()}
    moved, dated, changed = [], [], []
    for case, stay in stays.items():
        one = sentences.get(case)
        if one is None:
            continue
        was = tuple(getattr(stay, name) for name in KEPT)
        stay.sentence_id = stay.sentence_id or one.pk
        if one.custody_status in HELD:
            stay.undone_on = None  # it agrees now: a release it tells of from here on is another
            last = said[stay.pk]
            moved += _moved(stay, prisons.get(_folded(one)), last)
            dated += _dated(stay, one, last)
        elif is_followed(one.released_on, stay.received_on, stay.undone_on, today):
            stay.released_on, stay.undone_on = one.released_on, None
        if was != tuple(getattr(stay, name) for name in KEPT):
            stay.version += 1
            changed.append(stay)
    _keep(changed, moved, dated, before, today)
    return changed


def _keep(changed, moved, dated, before, today):
    Custody.objects.bulk_update(changed, KEPT)
    gone = {one.pk: one.released_on for one in changed if one.released_on}
    over = list(
        PrisonStay.objects.filter(custody__in={*gone, *(one.pk for one in moved)}, to_on=None)
    )
    for one in over:
        one.to_on = max(gone.get(one.custody_id, today), one.from_on)
    PrisonStay.objects.bulk_update(over, ["to_on"])
    PrisonStay.objects.bulk_create(
        PrisonStay(custody=one, prison_id=one.prison_id, from_on=today, because=RECORD)
        for one in moved
    )
    _say_days(dated, before, today)


def _moved(stay, prison, last):
    """The stay, where the record says another prison than it did."""
    if prison is None or prison.pk == last.prison or prison.pk == stay.prison_id:
        return []
    stay.prison_id = prison.pk
    return [stay]


def _dated(stay, one, last):
    """The stay, where the record says another day of release than it did."""
    release_on = _release_on(one)
    if release_on in (None, last.release_on, stay.release_on):
        return []
    stay.release_on, stay.release_kind = release_on, _kind(one)
    return [stay]


def _said_last(stays):
    """{stay: what the record said of it last}"""
    prisons = dict(
        PrisonStay.objects.filter(custody__in=stays, because=RECORD)
        .order_by("custody", "-from_on", "-pk")
        .distinct("custody")
        .values_list("custody", "prison")
    )
    days = dict(
        ReleaseChange.objects.filter(Q(by=None), custody__in=stays)
        .order_by("custody", "-at", "-pk")
        .distinct("custody")
        .values_list("custody", "release_on")
    )
    return {one.pk: _Said(prisons.get(one.pk), days.get(one.pk)) for one in stays}


def _custody_kind(one):
    recalled = one.custody_status == CustodyStatus.RECALLED
    return CustodyKind.RECALLED if recalled else CustodyKind.SENTENCED


def _release_on(one):
    return one.expected_release_on or one.conditional_release_on


def _kind(one):
    recalled = one.custody_status == CustodyStatus.RECALLED
    days = one.expected_release_on, one.conditional_release_on, one.hdc_eligible_on
    return kind_recorded(*days, recalled)


def _name(one):
    return " ".join(one.institution.split())


def _folded(one):
    return _name(one).casefold()
