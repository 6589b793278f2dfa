"""A team as journeys find it: the demonstration's Oxford 1, with one of everything that its pages can be about.

Made in the database of the site by the services, as its senior and its officer would.
"""

import json
import re
from datetime import timedelta

from django.utils.timezone import localdate, now

from cases.models import Case, SeniorAction
from oversight.models import AgreedAction, ContractHours, SavedView, Supervision, TrainingDone
from oversight.reference.sharing import Which
from oversight.services import officers, supervision
from oversight.services.sharing import ask_for_sharing
from oversight.services.sharing_work import work_out_waiting
from staff.models import User

MAKE = """
import json
from tests.journeys.a_team import OneTeam
print("TEAM", json.dumps(OneTeam().made()))
"""
AGREED = {
    "what": "Ring the school and write down what they say",
    "why": "Nobody has asked since June",
}


def make_team(site):
    """Keys, codes and CRNs of what there is, by what it is."""
    printed = site.manage("shell", "-c", MAKE)
    return json.loads(re.search(r"TEAM (\{.*\})", printed)[1])


class OneTeam:
    """The officer of the sign-ins has something to read, to do and to hold; another's supervision is being held."""

    def __init__(self):
        self.today, self.now = localdate(), now()
        self.senior, self.officer = (User.objects.get(username=name) for name in ("spo", "officer"))
        known = User.objects.filter(team=self.senior.team, contract_hours__isnull=False).distinct()
        self.colleagues = list(known.exclude(pk=self.officer.pk).order_by("pk"))

    def made(self):
        sessions = Supervision.objects.filter(officer=self.officer)
        asked = SeniorAction.objects.filter(owner=self.officer).select_related("case")
        on_none = AgreedAction.objects.unsettled().filter(supervision__officer=self.officer).first()
        open_, done = asked.get(state="open"), asked.filter(state="done").first()
        return {
            "team": self.senior.team.code,
            "officer": self.officer.pk,
            "colleague": self.colleagues[0].pk,
            "busy": self.colleagues[-1].pk,  # over the limit for five weeks
            "unheld": self._unheld().crn,
            "planned": sessions.get(state="planned").pk,
            "signed": sessions.get(state="signed").pk,
            "held": self._held().pk,
            "called_off": self._called_off().pk,
            "agreed": on_none.pk,
            "crn": open_.case.crn,
            "asked": open_.pk,
            "done_crn": done.case.crn,
            "done": done.pk,
            "view": SavedView.objects.filter(by=self.senior).order_by("pk").first().pk,
            "shared": SavedView.objects.get(by=self.officer, shared=True).pk,
            **self._known(),
            **self._sharing(),
        }

    def _sharing(self):
        """A proposal of whom the cases that nobody holds go to, worked out."""
        one = ask_for_sharing(
            team=self.senior.team, which=Which.UNOWNED, officers=[self.officer, self.colleagues[0]], by=self.senior, now=self.now,
        )  # fmt: skip
        work_out_waiting(now=self.now)
        return {"sharing": one.pk, "shared_crn": one.moves.order_by("pk").first().case.crn}

    def _unheld(self):
        return (
            Case.objects.ours().filter(officer=None, team=self.senior.team).order_by("crn").first()
        )

    def _held(self):
        """Begun, with something agreed on none of their cases."""
        one = Supervision.objects.unfinished().filter(officer=self.colleagues[-1]).first()
        one = one or supervision.plan_supervision(
            officer=self.colleagues[-1], planned_on=self.today, by=self.senior, today=self.today
        )
        one = supervision.begin_supervision(supervision=one, by=self.senior, today=self.today)
        supervision.agree_action(
            supervision=one, due_on=self.today + timedelta(days=9), by=self.senior, today=self.today, now=self.now, **AGREED
        )  # fmt: skip
        return one

    def _called_off(self):
        one = supervision.plan_supervision(
            officer=self.colleagues[0], planned_on=self.today, by=self.senior, today=self.today
        )
        return supervision.call_off_supervision(
            supervision=one, because="Both are at court today.", by=self.senior, today=self.today
        )

    def _known(self):
        """One row of each sort that is recorded of officers."""
        given = {"user": self.officer, "by": self.senior, "now": self.now}
        off = officers.record_hours_off(
            code="groups", hours=5, from_on=self.today, why="Two groups a week until March", **given
        )
        induction = officers.record_officer_induction(
            from_on=self.today, to_on=self.today + timedelta(days=60), supporter=self.colleagues[0], **given
        )  # fmt: skip
        return {
            "contract": ContractHours.objects.filter(user=self.officer).first().pk,
            "off": off.pk,
            "training": TrainingDone.objects.filter(user=self.officer).first().pk,
            "induction": induction.pk,
        }
