"""Addresses of the pages about the admin hub's queue."""

from django.urls import path

from cases.views.enforcement import hub, hub_item

AT = "cases/<crn:crn>/enforcement"
ITEM = f"{AT}/queue/<int:queue_item>"

urlpatterns = [
    path("hub/queue/", hub.hub_queue, name="hub-queue"),
    path("hub/queue/claim/", hub.claim_from_queue, name="claim-from-queue"),
    path("hub/ages/", hub.hub_ages, name="hub-ages"),
    path(f"{ITEM}/", hub_item.hub_item, name="hub-item"),
    path(f"{ITEM}/claim/", hub_item.claim_item, name="claim-item"),
    path(f"{ITEM}/keep/", hub_item.keep_item, name="keep-item"),
    path(f"{ITEM}/put-back/", hub_item.let_go_item, name="let-go-item"),
    path(f"{ITEM}/ask/", hub_item.ask_officer, name="ask-officer"),
    path(f"{ITEM}/return/", hub_item.return_item, name="return-item"),
    path(f"{ITEM}/give/", hub_item.give_item, name="give-item"),
    path(f"{AT}/asked/", hub_item.hub_asked, name="hub-asked"),
    path(f"{AT}/asked/<int:hub_question>/", hub_item.answer_hub, name="answer-hub"),
    path(
        f"{AT}/asked/<int:hub_question>/take-back/",
        hub_item.take_back_question,
        name="take-back-question",
    ),
]
