"""Addresses of the pages about breaches, from the pack to the court."""

from django.urls import path

from cases.views.enforcement import breaches, packs

AT = "cases/<crn:crn>/enforcement/breaches/<int:breach>"
CHANGE = f"{AT}/changes/<int:amendment>"

urlpatterns = [
    path(f"{AT}/", breaches.breach, name="breach"),
    path(f"{AT}/pack/", packs.pack, name="breach-pack"),
    path(f"{AT}/pack/draft/", packs.bundle, name="breach-bundle"),
    path(f"{AT}/pack/send/", packs.send, name="send-breach-pack"),
    path(f"{AT}/nps/", breaches.say_nps_answer, name="say-nps-answer"),
    path(f"{AT}/nps/asked/", breaches.chase_nps, name="chase-nps"),
    path(f"{AT}/changes/", packs.ask_amendment, name="ask-amendment"),
    path(f"{CHANGE}/send/", packs.send_amendment, name="send-amendment"),
    path(f"{CHANGE}/not/", packs.refuse_amendment, name="refuse-amendment"),
    path(f"{CHANGE}/read/", packs.see_amendment, name="see-amendment"),
    path(f"{AT}/issued/", breaches.say_issued, name="say-issued"),
    path(f"{AT}/court/set/", breaches.set_hearing, name="set-hearing"),
    path(f"{AT}/court/correct/", breaches.correct_hearing, name="correct-hearing"),
    path(f"{AT}/court/came/", breaches.say_hearing, name="say-hearing"),
    path(f"{AT}/court/called-off/", breaches.call_off_hearing, name="call-off-hearing"),
    path(f"{AT}/court/asked/", breaches.say_asked, name="say-asked"),
    path(f"{AT}/outcome/", breaches.outcome, name="breach-outcome"),
    path(f"{AT}/outcome/correct/", breaches.correct_outcome, name="correct-breach-outcome"),
    path(f"{AT}/withdraw/", breaches.withdraw, name="withdraw-breach"),
    path(f"{AT}/withdrawn/", breaches.read_withdrawn, name="read-withdrawn-breach"),
]
