"""Addresses of the API about letters of enforcement."""

from django.urls import path

from cases.api import letters
from cases.api.letters_batch import ClaimedLetters, PostedLetters, ReadyLetters

AT = "cases/<crn:crn>/letters"
ONE = f"{AT}/<int:letter>"

ADDRESSES = [
    path(f"{AT}/", letters.Letters.as_view(), name="api-letters"),
    path(f"{ONE}/", letters.OneLetter.as_view(), name="api-letter"),
    path(f"{ONE}/write/", letters.WriteLetter.as_view(), name="api-write-letter"),
    path(f"{ONE}/ready/", letters.ReadyLetter.as_view(), name="api-ready-letter"),
    path(f"{ONE}/put-back/", letters.UnreadyLetter.as_view(), name="api-unready-letter"),
    path(f"{ONE}/sent/", letters.SendLetter.as_view(), name="api-send-letter"),
    path(f"{ONE}/came-back/", letters.LetterBack.as_view(), name="api-letter-back"),
    path(f"{ONE}/again/", letters.LetterAgain.as_view(), name="api-write-letter-again"),
    path(f"{ONE}/leave/", letters.LeaveLetter.as_view(), name="api-leave-letter"),
    path(f"{ONE}/cancel/", letters.CancelLetter.as_view(), name="api-cancel-letter"),
    path("hub/letters/", ClaimedLetters.as_view(), name="api-claimed-letters"),
    path("hub/letters/ready/", ReadyLetters.as_view(), name="api-ready-letters"),
    path("hub/letters/posted/", PostedLetters.as_view(), name="api-send-letters"),
]
