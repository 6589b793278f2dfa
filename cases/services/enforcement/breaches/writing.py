"""Writing what a breach pack says beside the record: the report to the court, and what does not exist.

Several may write it: what two of them changed is put together or shown, as everywhere. Source: product rules, gates.
"""

from django.db import transaction

from cases.reference.breach_pack import REPORT
from cases.rules.enforcement.breaches import check_writable
from cases.rules.enforcement.pack import MAY_NOT_EXIST, SAY_SOMETHING, says_enough
from cases.rules.leaving import check_still_here
from cases.services.enforcement.breaches.steps import locked
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

LONGEST = 8000
STATES, SAYS, COURT = "statements", "report", "court_name"
TOLD, PART = (
    "told",
    "part",
)  # of a failure that no appointment shows, by its key: how they were told, what it failed
PARTS = (SAYS, STATES, TOLD, PART)
NAMES = (
    {f"{SAYS}.{one.code}" for one in REPORT} | {f"{STATES}.{one}" for one in MAY_NOT_EXIST} | {COURT}
)  # fmt: skip


def said_of(breach):
    """{name: words} of what is written, by the names that the page and the API use."""
    said = {
        f"{part}.{code}": words
        for part in PARTS
        for code, words in breach.answers.get(part, {}).items()
        if words
    }
    return said | ({COURT: breach.court_name} if breach.court_name else {})


@transaction.atomic
def write_pack(*, breach, given, by, now, seen=None):
    """Put what was written in place: {name: words}, blank for none. Returns a `Merged`.

    `seen`: marks of what stood when the writer's page was drawn; what two people wrote differently is named in
    `conflicts` and not written. Without it, what stands is written over.
    """
    breach = locked(breach)
    check_still_here(breach.case.left_as)
    check_writable(breach.state, breach.amendments.owed().exists())
    given = {name: (words or "").strip() or None for name, words in given.items()}
    _check_names(breach, given)
    stands = said_of(breach)
    known = marks(stands if seen is None else {}, given) | dict(seen or {})
    outcome = merged(known, given, stands)
    if not outcome.write:
        return outcome
    said = {name: words for name, words in (stands | dict(outcome.write)).items() if words}
    breach.court_name = said.pop(COURT, "")
    breach.answers = {part: _of(part, said) for part in PARTS}
    breach.save(update_fields=["answers", "court_name"])
    written = sorted(outcome.write)
    record(
        by=by, action="wrote_breach_pack", crn=breach.case.crn, breach=breach.pk, written=written
    )
    return outcome


def _of(part, said):
    start = f"{part}."
    return {
        name.removeprefix(start): words for name, words in said.items() if name.startswith(start)
    }


def _check_names(breach, given):
    names = NAMES | {f"{part}.{one.pk}" for part in (TOLD, PART) for one in breach.failures.all()}
    if unknown := sorted(set(given) - names):
        raise RuleBroken(f"No part of the pack is called {unknown[0]}.")
    if any(len(words or "") > LONGEST for words in given.values()):
        raise RuleBroken(f"Say each in {LONGEST:,} letters or fewer: the court has to read it.")
    if len(given.get(COURT) or "") > 200:
        raise RuleBroken("Say the name of the court in 200 letters or fewer.")
    if not all(says_enough(words or "") for words in given.values()):
        raise RuleBroken(f"{SAY_SOMETHING}.")
