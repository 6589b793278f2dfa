"""`./manage.py make_demo_referrals`: what is proposed to the people of the demonstration, and how some of it was answered.

`make_demo` calls it by its name.
"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from grid.management.demo.referrals import answer_some, propose_to_all
from grid.models import Referral


class Command(BaseCommand):
    help = (
        "Propose interventions to a demonstration caseload, and answer some. `make_demo` does it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only a demonstration caseload is given invented answers.")
        if Referral.objects.exists():
            raise CommandError("This demonstration has its referrals already.")
        planted = json.loads(truth.read_text())
        propose_to_all(as_of)
        told = answer_some(as_of)
        planted["flags"] += told.pop("flags")
        planted["interventions"]["referrals"] = told
        truth.write_text(json.dumps(planted, indent=1))
