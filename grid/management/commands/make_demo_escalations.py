"""`./manage.py make_demo_escalations`: how far the NPS has come with risks of the demonstration. `make_demo` calls it by its name.

Each is placed on the day on which its risk rose, and every step is taken on its own day, before the rest are placed.
"""

import json
from datetime import date, datetime, time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import get_current_timezone

from cases.management.demo import life, signins
from cases.models import Case
from grid.models import Escalation
from grid.services import escalation as services
from grid.services.placement import place_many
from staff.models import User
from staff.permissions import Role

OFFICE, OFFICER = "NPS Thames Valley, Oxford", "Duty senior, NPS Thames Valley"
WHY = "He has threatened a neighbour with a knife and says that he will go back. The police log went along."
MEANWHILE = "He is seen each Monday at the office. The police keep a marker on the neighbour’s address; the officer rings them on Fridays."
SAY = {
    "discussed": "We refer it: the threats are new, and he knows where the neighbour works.",
    "not_referred": "Not referred: the register was raised on a report that the police have withdrawn. Medium is put to the next review.",
    "referred": "That they take the case. The referral sheet and the police log went by secure e-mail.",
    "asked": "They ask for the list of what was found in his car, and who has spoken to the neighbour.",
    "rejected": "They say no: one report, and no conviction for violence. They would look again at new facts.",
    "challenged": "A second report came on the day of their answer, and they had not seen the first call-out.",
    "accepted": "They take it, and will say by the end of the week who is to have it.",
}


class Command(BaseCommand):
    help = "Put risks of a demonstration caseload to the NPS. `make_demo` does it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, required=True)
        parser.add_argument("--truth", type=Path, required=True, help="what was planted so far")

    def handle(self, *, as_of, truth, **options):
        if not signins.is_demonstration():
            raise CommandError("Only in a demonstration caseload are risks invented.")
        befell = json.loads(truth.read_text())["life"]["befell"]
        with transaction.atomic():
            for name, steps in life.ESCALATED.items():
                _escalate(Case.objects.get(crn=befell[name]), steps, as_of)


def _escalate(case, steps, today):
    for step, days in steps.items():
        on = life.day(today, days)
        now = datetime.combine(on, time(11), get_current_timezone())
        if step == "opened":
            place_many(case_ids=[case.pk], today=on)
        else:
            _take(step, Escalation.objects.unsettled().get(case=case), now)


def _take(step, escalation, now):
    case, words = escalation.case, SAY[step]
    at = {"escalation": escalation, "now": now}
    if step in {"discussed", "not_referred"}:
        senior = User.objects.filter(role=Role.SPO, team=case.team).first()
        services.decide_discussion(
            **at, refer=step == "discussed", decided=words, meanwhile=MEANWHILE, by=senior
        )
    elif step == "referred":
        services.refer_risk(**at, outside=OFFICE, referral=words, by=case.officer)
    elif step == "challenged":
        services.challenge_answer(**at, grounds=words, by=case.officer)
    else:
        hub = User.objects.get(username=Role.HUB)
        services.record_answer(**at, answer=step, outside=OFFICER, said=words, by=hub)
