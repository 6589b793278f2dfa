"""`./manage.py make_demo_enforcement`: what became of the failures of the demonstration. `make_demo` calls it by its name."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from cases.models import Failure
from oversight.management.demo.enforcing import enforce


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
        found = enforce(as_of).truth()
        planted["flags"] += found.pop("flags")
        for decision in planted["meeting"]["decisions"]:
            crn, _, on, *_ = decision
            if [crn, on] in found["proved"]:  # called a failure, and acceptable since
                decision[3] = "acceptable"
        planted["enforcement"] = found
        truth.write_text(json.dumps(planted, indent=1))
