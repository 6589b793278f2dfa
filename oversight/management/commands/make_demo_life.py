"""`./manage.py make_demo_life`: what befalls the cases of the demonstration. `make_demo` calls it by its name."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.management.demo import signins
from oversight.management.demo import beside, coming, dying, ending, handing, pausing
from oversight.management.demo.acts import Acts


class Command(BaseCommand):
    help = "Have cases of a demonstration come, change hands, stand still and end. `make_demo` does it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only in a demonstration caseload is a life invented.")
        planted = json.loads(truth.read_text())
        with transaction.atomic():
            acts = Acts(as_of, planted["life"])
            for part in (coming, pausing, dying, ending, handing, beside):
                part.befall(acts)
        call_command("place_caseload", as_of=as_of, verbosity=0, stdout=StringIO())
