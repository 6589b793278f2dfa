"""`./manage.py make_demo_work`: the unpaid work of the demonstration. `make_demo` calls it by its name."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.demo import signins
from unpaidwork.management.demo.making import make_unpaid_work
from unpaidwork.models import Project

FAILURES = {  # list of the truth: what is wrong there
    "terms_and_placed": "Placed, and nobody has seen the terms of an order",
    "sex_offender_untold": "A registered sex offender, and no instruction",
    "placed_unassessed": "Placed without a risk assessment",
    "placed_unanalysed": "Placed without a full analysis",
    "alone_unanalysed": "A stand-alone order with harm on record, and no full analysis",
    "moved_area": "Inside an area that the court moved",
    "lone_woman": "The only woman in her group, and nobody asked her",
    "unrecorded": "What they did was not written down",
}


class Command(BaseCommand):
    help = "Give the people of a demonstration caseload their unpaid work. `make_demo` does it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, seed, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only a demonstration caseload is given invented work.")
        if Project.objects.exists():
            raise CommandError("This demonstration has its unpaid work already.")
        planted = json.loads(truth.read_text())
        work = make_unpaid_work(planted=planted, seed=seed, today=as_of)
        planted["flags"] += work.pop("flags")
        for name, rows in work.pop("meeting").items():
            planted["meeting"][name] = sorted(planted["meeting"][name] + rows)
        for name, words in FAILURES.items():
            if people := work.get(name):
                self.stdout.write(
                    f"{words}: {people[0] if isinstance(people[0], str) else people[0][0]}"
                )
        truth.write_text(json.dumps(planted | {"unpaid_work": work}, indent=1))
