"""Addresses of the API about breaches, from the pack to the court."""

from django.urls import path

from cases.api import breach_changes, breaches

OF = "cases/<crn:crn>/breaches"
AT = f"{OF}/<int:breach>"
CHANGE = f"{AT}/changes/<int:amendment>"
DAY = f"{AT}/hearings/<int:hearing>"

ADDRESSES = [
    path(f"{OF}/", breaches.Breaches.as_view(), name="api-breaches"),
    path(f"{AT}/pack/", breaches.BreachPack.as_view(), name="api-breach-pack"),
    path(f"{AT}/send/", breaches.SendBreachPack.as_view(), name="api-send-breach-pack"),
    path(f"{AT}/nps-answer/", breaches.NPSAnswer.as_view(), name="api-nps-answer"),
    path(f"{AT}/nps-asked/", breach_changes.ChaseNPS.as_view(), name="api-chase-nps"),
    path(f"{AT}/issued/", breaches.BreachIssued.as_view(), name="api-breach-issued"),
    path(f"{AT}/hearings/", breaches.BreachHearing.as_view(), name="api-breach-hearing"),
    path(f"{DAY}/correct/", breach_changes.CorrectHearing.as_view(), name="api-correct-hearing"),
    path(f"{DAY}/say/", breach_changes.SayHearing.as_view(), name="api-say-hearing"),
    path(f"{DAY}/call-off/", breach_changes.CallOffHearing.as_view(), name="api-call-off-hearing"),
    path(f"{AT}/asked/", breach_changes.AskCourt.as_view(), name="api-ask-court"),
    path(f"{AT}/outcome/", breaches.BreachOutcome.as_view(), name="api-breach-outcome"),
    path(
        f"{AT}/outcome/correct/",
        breach_changes.CorrectOutcome.as_view(),
        name="api-correct-breach-outcome",
    ),
    path(f"{AT}/withdraw/", breaches.WithdrawBreach.as_view(), name="api-withdraw-breach"),
    path(f"{AT}/read/", breaches.ReadWithdrawnBreach.as_view(), name="api-read-withdrawn-breach"),
    path(f"{AT}/changes/", breach_changes.AskAmendment.as_view(), name="api-ask-amendment"),
    path(f"{CHANGE}/send/", breach_changes.SendAmendment.as_view(), name="api-send-amendment"),
    path(
        f"{CHANGE}/refuse/", breach_changes.RefuseAmendment.as_view(), name="api-refuse-amendment"
    ),
    path(f"{CHANGE}/read/", breach_changes.SeeAmendment.as_view(), name="api-see-amendment"),
]
