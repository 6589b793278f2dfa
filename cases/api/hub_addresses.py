"""Addresses of the API about the admin hub's queue."""

from django.urls import path

from cases.api.hub import ClaimFromQueue, HubAges, HubQueue
from cases.api.hub_items import (
    AnswerHub,
    AskOfficer,
    ClaimItem,
    GiveItem,
    HubAsked,
    HubItem,
    KeepItem,
    LetGoItem,
    ReturnItem,
    TakeBackQuestion,
)

AT = "cases/<crn:crn>/hub"
STEPS = {
    "claim": ClaimItem,
    "keep": KeepItem,
    "let-go": LetGoItem,
    "ask": AskOfficer,
    "return": ReturnItem,
    "give": GiveItem,
}

ADDRESSES: list = [
    path("hub/queue/", HubQueue.as_view(), name="api-hub-queue"),
    path("hub/queue/claim/", ClaimFromQueue.as_view(), name="api-claim-from-queue"),
    path("hub/ages/", HubAges.as_view(), name="api-hub-ages"),
    path(f"{AT}/items/<int:queue_item>/", HubItem.as_view(), name="api-hub-item"),
    *(
        path(f"{AT}/items/<int:queue_item>/{name}/", step.as_view(), name=f"api-hub-item-{name}")
        for name, step in STEPS.items()
    ),
    path(f"{AT}/questions/", HubAsked.as_view(), name="api-hub-asked"),
    path(f"{AT}/questions/<int:hub_question>/answer/", AnswerHub.as_view(), name="api-answer-hub"),
    path(
        f"{AT}/questions/<int:hub_question>/take-back/",
        TakeBackQuestion.as_view(),
        name="api-take-back-question",
    ),
]
