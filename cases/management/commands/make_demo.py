"""`./manage.py make_demo`: a caseload of people who do not exist, to look round and to test with."""

import json
import os
import sys
import time
from datetime import date
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.management.demo import signins
from cases.management.demo.making import make_caseload
from cases.management.demo.night import owe_what_is_due
from cases.management.demo.planning import FEWEST_PEOPLE
from cases.management.demo.reviewed import write_what_follows
from cases.models import Case, Notice
from staff.models import User
from staff.permissions import Role

PEOPLE_OF_THE_PROVIDER = 4750  # HMIP Thames Valley CRC 2018, key facts
ESCALATE = ("make_demo_escalations", "Putting risks to the NPS")
PLACE = ("place_caseload", "Placing everyone in the GRID")
MOVES = ("make_demo_moves", "Having some have moved in the GRID")
WORK = ("make_demo_work", "Giving out unpaid work")
ENFORCE = ("make_demo_enforcement", "Answering failures to comply")
RELEASE = ("make_demo_release", "Preparing releases from prison")
LIFE = ("make_demo_life", "Having cases come, change hands, stand still and end")
TEAMS = ("make_demo_teams", "Recording officers, their hours and their supervision")
REFER = ("make_demo_referrals", "Proposing interventions")
GROUPS = ("make_demo_groups", "Planning groups, and having people wait for them")
FLAG = ("flag_overdue", "Flagging what is overdue")
BAR = 40  # characters
LINES = 10  # of progress where there is no terminal to draw on


class Command(BaseCommand):
    help = "Fill an empty database with a demonstration caseload of people who do not exist."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=PEOPLE_OF_THE_PROVIDER)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, help="the day it all leads up to")
        parser.add_argument("--truth", type=Path, help="where to write what was planted")

    def handle(self, *, people, seed, today, truth, **options):
        if self._is_there_already():
            return
        if people < FEWEST_PEOPLE:
            raise CommandError(
                f"At least {FEWEST_PEOPLE} people are needed to show one of everything."
            )
        started = time.monotonic()
        today = today or timezone.localdate()
        progress = Progress(self.stderr, people)
        _call("load_reference")
        planted, rows = make_caseload(number=people, seed=seed, today=today, tell=progress)
        progress.end()
        path = truth or state_folder() / "demo-truth.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(planted, indent=1))
        self._afterwards(*ESCALATE, today, truth=path)
        self._afterwards(*PLACE, today)
        self._afterwards(*MOVES, today, seed=seed, truth=path)
        self.stderr.write("Writing reviews, and finding what is owed")
        write_what_follows(planted["meeting"], today)
        self._afterwards(*WORK, today, seed=seed, truth=path)
        self._afterwards(*LIFE, today, truth=path)
        self._afterwards(*RELEASE, today, seed=seed, truth=path)
        self._afterwards(*ENFORCE, today, truth=path)
        self._afterwards(*TEAMS, today, seed=seed, truth=path)
        self._afterwards(*REFER, today, truth=path)
        self._afterwards(*GROUPS, today, seed=seed, truth=path)
        owe_what_is_due(today)
        self._afterwards(*FLAG, today)
        _tell_nothing_later_than(timezone.now())
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{people:,} people with {rows['Contact']:,} contacts in {seconds:.0f} seconds. "
            f"What was planted: {path}"
        )

    def _afterwards(self, command, words, today, **options):
        if command in get_commands():
            self.stderr.write(words)
            call_command(command, as_of=today, stdout=self.stdout, stderr=self.stderr, **options)

    def _is_there_already(self):
        """Say so and do nothing when it is; refuse when the database holds anybody else."""
        if signins.is_demonstration():
            self.stdout.write("The demonstration caseload is already here. Nothing was done.")
            return True
        if Case.objects.exists():
            raise CommandError(
                "This database holds cases that make_demo did not make. The demonstration and its "
                "sign-ins are only ever put into an empty database."
            )
        if User.objects.filter(username__in=list(Role)).exists():
            raise CommandError("This database has users whose names the demonstration needs.")
        return False


class Progress:
    """How far it has got: a bar on a terminal, a few plain lines elsewhere."""

    def __init__(self, stream, people):
        self.stream, self.people = stream, people
        self.drawn = sys.stderr.isatty()
        self.step = max(1, people // (100 if self.drawn else LINES))

    def __call__(self, done):
        if done % self.step and done != self.people:
            return
        if self.drawn:
            full = "#" * (done * BAR // self.people)
            self.stream.write(f"\r[{full:<{BAR}}] {done:,} of {self.people:,} people", ending="")
            self.stream.flush()
        else:
            self.stream.write(f"{done:,} of {self.people:,} people")

    def end(self):
        if self.drawn:
            self.stream.write("")


def _tell_nothing_later_than(moment):
    """What is planted for the morning of a day that has not got there would stand above all that anybody is told until then."""
    Notice.objects.filter(at__gt=moment).update(at=moment)


def state_folder():
    """Where this machine keeps what is not the project's."""
    return Path(os.environ.get("PROBATION_STATE") or settings.BASE_DIR / ".local")


def _call(command):
    if command in get_commands():
        call_command(command, verbosity=0, stdout=StringIO())
