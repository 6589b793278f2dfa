"""Addresses of the pages about letters of enforcement: of one case, and those that one of the hub works on together."""

from django.urls import path

from cases.views.enforcement import letters, letters_batch

AT = "cases/<crn:crn>/letters"

urlpatterns = [
    path(f"{AT}/", letters.letters, name="case-letters"),
    path(f"{AT}/<int:letter>/", letters.letter, name="letter"),
    path(f"{AT}/<int:letter>/paper/", letters.paper, name="letter-paper"),
    path(f"{AT}/<int:letter>/write/", letters.write, name="write-letter"),
    path(f"{AT}/<int:letter>/ready/", letters.ready, name="ready-letter"),
    path(f"{AT}/<int:letter>/put-back/", letters.unready, name="unready-letter"),
    path(f"{AT}/<int:letter>/sent/", letters.send, name="send-letter"),
    path(f"{AT}/<int:letter>/came-back/", letters.came_back, name="letter-back"),
    path(f"{AT}/<int:letter>/again/", letters.write_again, name="write-letter-again"),
    path(f"{AT}/<int:letter>/leave/", letters.leave, name="leave-letter"),
    path(f"{AT}/<int:letter>/cancel/", letters.cancel, name="cancel-letter"),
    path("hub/letters/", letters_batch.letters_batch, name="letters-batch"),
    path("hub/letters/ready/", letters_batch.approve, name="ready-letters"),
    path("hub/letters/paper/", letters_batch.papers, name="print-letters"),
    path("hub/letters/posted/", letters_batch.posted, name="send-letters"),
]
