"""Cases that come to their end: found as the night finds them, written about, asked for, ended, and opened again."""

from datetime import timedelta

from cases.management.demo import life
from cases.models import Ending
from cases.queries.last_look import facts_of
from cases.rules.ending_calls import calls_of
from cases.services.endings import write_ending
from cases.services.endings_owed import owe_endings
from cases.services.reopening import reopen_case
from oversight.management.demo.acts import senior_of
from unpaidwork.queries.hours_left import hours_left
from unpaidwork.services import endings as services

WORDS = {
    "person": "said",
    "person_words": "I would not have kept the job without the mornings.",
    "helped": "The same officer throughout, and appointments before work.",
    "not_helped": "Three letters about one appointment.",
    "help": "The advice centre in Park Street, and his union.",
}
KEEP_NOTHING = "Supervision is over; nothing was seen since the last review."
TOLD = "Spoke to them, and they have it in writing."
GOOD = "Kept every appointment and finished the programme in May; in work since June, with a letter from the employer."
APPEAL = "The Crown Court set the new sentence aside, so the order runs on."
PREPARED = timedelta(days=42)  # before the last day
EARLY_SINCE, EARLY_ON = 16, 6  # days ago
PRESENT = "9"  # the sentence that runs, as the demonstration numbers them


def befall(acts):
    _open(acts, "ending_late")
    _write(acts, "ending_register", 2, but_registers=True)
    case = _write(acts, "ending_ready", 2)
    asked = acts.at(acts.day(1), 14)
    services.ask_senior(ending=_prepared(case), by=case.officer, now=asked)
    _propose_early(acts)
    for befell, days in life.ENDED.items():
        way = {"way": "revoked"} if befell == "reopened" else {}
        case = _write(acts, befell, days, **way)
        services.end_case(ending=_prepared(case), by=case.officer, now=acts.at(acts.day(days), 15))
    case, on = acts.case("reopened"), acts.day(life.REOPENED["reopened"])
    reopen_case(case=case, because=APPEAL, by=senior_of(case), now=acts.at(on))
    _owe_all(acts.today, acts.at(acts.today, 1))


def _open(acts, befell):
    """As the night found it, so many days before the last day."""
    case = acts.case(befell)
    return _owe(acts, case, case.sentences.get(source_id=PRESENT).expected_end_on - PREPARED)


def _owe(acts, case, on):
    left = hours_left([case.pk], on)
    owe_endings(case_ids=[case.pk], hours_left=left, today=on, now=acts.at(on, 1))
    return case


def _owe_all(today, now):
    after = 0
    while after is not None:
        after, _ = services.owe_endings_chunk(after=after, today=today, now=now)


def _prepared(case):
    return Ending.objects.being_prepared().get(case=case)


def _write(acts, befell, days, *, but_registers=False, way="expired"):
    """Everything that is asked, so many days ago; but the registers, where nobody has decided on them."""
    on = acts.day(days)
    case = _open(acts, befell)
    facts = facts_of([case.pk])
    given: dict[str, object] = {"way": way, **WORDS}
    for one in calls_of(facts.around(case.pk)):
        given[f"tell-{one.whom}"] = {"on": on.isoformat(), "words": TOLD}
    if not but_registers:
        for one in facts.registers[case.pk]:
            given[f"flag-{one.pk}"] = {"keep": False, "because": KEEP_NOTHING}
    write_ending(ending=_prepared(case), given=given, seen={}, by=case.officer, today=on)
    return case


def _propose_early(acts):
    case = _owe(acts, acts.case("early"), acts.day(EARLY_SINCE))
    services.decide_early_end(
        case=case, propose=True, because=GOOD, by=case.officer, now=acts.at(acts.day(EARLY_ON))
    )
