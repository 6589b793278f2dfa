"""`./manage.py make_demo_enforcement`: what became of the failures of the demonstration. `make_demo` calls it by its name."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from cases.models import Failure
from oversight.management.demo.enforcing import enforce
from oversight.management.demo.enforcing_before import decide_before
from oversight.management.demo.enforcing_reasons import ask_for_one

LOOK_AT = {  # fate: what to look at there
    "unanswered": "A failure that nobody has answered",
    "nothing": "A failure answered with nothing more",
    "warned": "Warned by letter",
    "letter_asked": "A letter that is asked for",
    "letter_ready": "A letter that is ready to go",
    "letter_late": "A letter that is late",
    "came_back": "A warning that came back",
    "late_proof": "Warned, and proof came late",
    "preparing": "A breach pack being written",
    "submitted": "A breach pack with the NPS",
    "returned": "A breach pack that the NPS returned",
    "amendment": "A breach report to be amended",
    "summons": "A summons, and a day in court to come",
    "decided": "A breach that the court has decided",
    "withdrawn": "A breach that was withdrawn",
    "part_a_owed": "A recall whose Part A is owed",
    "part_a_waits": "A recall that waits for a senior",
    "with_nps": "A recall with the NPS",
}


class Command(BaseCommand):
    help = "Answer the failures of a demonstration, from letters to the court. `make_demo` does it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, truth, **options):
        if not signins.is_demonstration():
            raise CommandError(
                "Only in a demonstration caseload are failures answered by invention."
            )
        if Failure.objects.exists():
            raise CommandError("The failures of this demonstration are answered already.")
        planted = json.loads(truth.read_text())
        fated = enforce(as_of)
        ask_for_one(as_of, fated)
        found = fated.truth()
        planted["flags"] += found.pop("flags")
        _say_what_was_proved(planted, found["proved"])
        meeting = planted["meeting"]
        meeting["decisions"] = sorted([*meeting["decisions"], *decide_before(as_of)])
        planted["enforcement"] = found
        for line in whom_to_look_at(found["fates"]):
            self.stdout.write(line)
        truth.write_text(json.dumps(planted, indent=1))


def whom_to_look_at(fates):
    """The first person of each fate, for whoever is shown round: whom it befell depends on the day and on how many there are."""
    return [f"{words}: {fates[fate][0]}" for fate, words in LOOK_AT.items() if fates.get(fate)]


def _say_what_was_proved(planted, proved):
    """What was called a failure and is acceptable since: nobody is rung about it any more."""
    meeting = planted["meeting"]
    for crn, happened_on, aware_on in proved:
        for decision in meeting["decisions"]:
            if decision[0] == crn and decision[2] == happened_on:
                decision[3] = "acceptable"
        call = [crn, "call_same_day", aware_on]
        if call in meeting["owed"]:
            meeting["owed"].remove(call)
        planted["flags"] = [
            one for one in planted["flags"] if [one["crn"], one["kind"], one["due_on"]] != call
        ]
