"""Who cannot be seen as usual: recorded on the day it was known, and asked about since."""

from datetime import date

from cases.management.demo import life
from cases.models import Case, Pause
from cases.services.pauses import begin_pause, record_whereabouts

WHERE = {
    "custody": "HMP Bullingdon",
    "hospital": "John Radcliffe Hospital, Oxford",
    "deported": "Romania",
}
SOURCE = {
    "warrant": "The court’s list of warrants, by e-mail",
    "warrant_late": "The court’s list of warrants, by e-mail",
    "at_large": "The recall team, by telephone",
    "custody": "His sister rang; the prison confirms it",
    "hospital": "He rang from the ward",
    "deported": "Home Office, Criminal Casework, by letter",
}
ASKED, SAID = (
    "Thames Valley Police, warrants desk",
    "Not arrested. Not at the address on two visits.",
)


def befall(acts):
    for crn, kind, since, _ in acts.planted["pauses"]:
        case, on = Case.objects.select_related("officer").get(crn=crn), date.fromisoformat(since)
        befell = acts.befell(crn)
        pause = begin_pause(
            case=case, kind=kind, from_on=on, where=WHERE.get(befell, ""), source=SOURCE[befell],
            last_seen_on=_last_seen(case), by=case.officer, now=acts.at(on, 15),
        )  # fmt: skip
        if asked := life.WANTED.get(befell):
            asked_on = acts.day(asked)
            record_whereabouts(
                pause=Pause.objects.get(pk=pause.pk), on=asked_on, asked=ASKED, said=SAID,
                by=case.officer, now=acts.at(asked_on),
            )  # fmt: skip


def _last_seen(case):
    last = case.contacts.filter(attended=True).order_by("-started_at").first()
    return last.started_at.date() if last else None
