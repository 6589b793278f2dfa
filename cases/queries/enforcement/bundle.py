"""What a breach pack says on paper, part by part in the order in which it is bound, and the letters as they went.

The court reads it: names of victims and of whoever is protected are in none of it (`kept_from_court`), and nothing is taken
from enquiries, information, risk or anybody's address but their own. Source: supervision reference 6; product rules, sharing.
"""

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Letter
from cases.queries.compliance import attendance_of
from cases.queries.court_facts import kept_from_court
from cases.queries.enforcement.failures import order_words
from cases.queries.enforcement.pack import failures_in
from cases.queries.names import Names
from cases.reference.breach_pack import REPORT, Evidence
from cases.reference.enforcement import LetterKind, LetterState, SentBy, Step
from cases.rules.enforcement.pack import MAY_NOT_EXIST, to_do
from staff.kit import on
from staff.rules.dates import say_date, say_time

WENT = (LetterState.SENT, LetterState.RETURNED)
NOT_ON_RECORD = "Nothing is on record."
NOT_SAID = "Not said."


def bundle_of(breach, pack, said, ours, now, *, draft):
    """(what the pages of our own say, as data; [(title, bytes)] of the letters as they went).

    `said`: the sentence that clears each warning; `ours`: who we are, of the policy on requests.
    """
    case, today = breach.case, localtime(now).date()
    names = Names(case.name, kept_from_court(case))
    data = {
        "crn": case.crn,
        "name": case.name,
        "born_on": on(case.born_on),
        "organisation": ours.organisation,
        "telephone": ours.telephone,
        "address": ours.address,
        "officer": case.officer.name if case.officer else "",
        "court": names.text(pack.court) or NOT_ON_RECORD,
        "made_on": say_date(today),
        "draft": draft,
        "time": breach.times_submitted + 1,
        "parts": [one for one in _parts(breach, pack, names, now) if one],
        "answered": _answered(pack, said, names),
    }
    return data, list(_letters(breach))


def _parts(breach, pack, names, now):
    sentence = breach.sentence
    yield _part(
        Evidence.ORDER,
        lines=[
            ("Order", order_words(sentence)),
            ("Made on", on(pack.order_made_on)),
            ("By", names.text(pack.court) or NOT_ON_RECORD),
            ("Last safe day to lay a breach", on(pack.last_safe_day)),
        ],
    )
    yield _part(
        Evidence.REQUIREMENT, paragraphs=_once(names.text(one.requirement) for one in pack.failures)
    )
    for number, one in enumerate(pack.failures, 1):
        yield _failure(number, one, names)
    yield _warnings(breach)
    yield _attendance(breach.case, pack, names, now)
    for evidence in MAY_NOT_EXIST:
        if evidence != Evidence.ATTENDANCE:
            yield _part(evidence, paragraphs=[names.text(_found(pack, evidence))])
    report = pack.said or {}
    yield {
        "title": Evidence.REPORT.title,
        "sections": [
            {"title": one.asks, "paragraphs": _paragraphs(names.text(report.get(one.code, "")))}
            for one in REPORT
        ],
    }


def _failure(number, one, names):
    return {
        "title": f"Failure {number}: {say_date(one.happened_on)}",
        "lines": [
            ("What they failed to do", names.text(one.what)),
            ("What of the order it failed", names.text(one.requirement) or NOT_ON_RECORD),
            ("How they were told", names.text(one.told) or NOT_ON_RECORD),
            ("Decided by", one.decided_by or NOT_ON_RECORD),
            ("Why no reason was accepted", names.text(one.because) or NOT_ON_RECORD),
        ],
    }


def _warnings(breach):
    rows = [
        [Step(one.step).title, say_date(one.decided_on), _given(one)]
        for one in breach.sentence.warnings.order_by("decided_on", "pk")
    ]
    if not rows:
        return _part(Evidence.WARNING, paragraphs=["No warning was given under this order."])
    return _part(Evidence.WARNING, head=["Warning", "Decided", "Given"], rows=rows)


def _given(warning):
    if warning.withdrawn_on:
        return f"Withdrawn {say_date(warning.withdrawn_on)}"
    return say_date(warning.given_on) if warning.given_on else "Not given"


def _attendance(case, pack, names, now):
    """Every appointment of the last months of which something is said: what they kept as well as what they did not."""
    rows = []
    for one in reversed(attendance_of(case, now)):
        at = localtime(one.started_at)
        came = "Came" if one.attended else "Did not come"
        kept = {True: "", False: ", did not comply", None: ""}[
            one.complied if one.attended else None
        ]
        said = names.text(one.outcome_name) or f"{came}{kept}"
        rows.append([f"{say_date(at.date())}, {say_time(at)}", names.text(one.type_name), said])
    found = names.text(_found(pack, Evidence.ATTENDANCE))
    if not rows:
        return _part(Evidence.ATTENDANCE, paragraphs=[found])
    head = ["When", "What", "What came of it"]
    return _part(Evidence.ATTENDANCE, paragraphs=[found], head=head, rows=rows)


def _found(pack, evidence):
    """What is on record, or what the officer states where nothing is."""
    found = (pack.found or {}).get(evidence, "")
    stated = (pack.statements or {}).get(evidence, "")
    return found or (f"Statement of the officer: {stated}" if stated else NOT_ON_RECORD)


def _answered(pack, said, names):
    """What was not there when it went, and what the officer says of each."""
    sentences = {one.key: one.sentence for one in to_do(pack)}
    return [
        {"missing": names.text(sentences[key]), "said": names.text(words)}
        for key, words in said.items()
        if key in sentences
    ]


def _letters(breach):
    """(title, bytes) of each letter under this order, as it went, the earliest first."""
    failed = failures_in(breach)
    first = min((one.happened_on for one in failed), default=None)
    absences = [one.decision.appointment_id for one in failed if one.decision]
    reason = Q(kind=LetterKind.REASON, warning=None, breach=None, absence=None)
    of_it = Q(warning__sentence=breach.sentence_id) | Q(breach=breach) | Q(absence__in=absences)
    if first:
        of_it |= reason & Q(sent_at__date__gte=first)
    rows = Letter.objects.filter(of_it, case=breach.case_id, state__in=WENT, document__isnull=False)
    for one in rows.select_related("document__content").order_by("sent_at", "pk"):
        sent = f"{LetterKind(one.kind).title}, {say_date(localtime(one.sent_at).date())}, {SentBy(one.sent_how).title.lower()}"
        back = f"; came back {say_date(one.returned_on)}" if one.returned_on else ""
        proof = f"; proof: {one.proof}" if one.proof else ""
        if one.document:
            yield f"{sent}{proof}{back}", bytes(one.document.content.content)


def _part(evidence, *, lines=(), paragraphs=(), head=(), rows=()):
    return {
        "title": evidence.title,
        "lines": list(lines),
        "paragraphs": [one for words in paragraphs for one in _paragraphs(words)],
        "head": list(head),
        "rows": list(rows),
    }


def _paragraphs(words):
    return [one.strip() for one in words.split("\n") if one.strip()] or [NOT_SAID]


def _once(words):
    """Each once, in the order in which they come."""
    return list(dict.fromkeys(one for one in words if one)) or [NOT_ON_RECORD]
