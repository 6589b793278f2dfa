"""Addresses of the API about recalls, and winning somebody back."""

from django.urls import path

from cases.api import recalls

AT = "cases/<crn:crn>"
ONE = f"{AT}/recalls/<int:recall>"

ADDRESSES = [
    path(f"{AT}/recalls/", recalls.Recalls.as_view(), name="api-recalls"),
    path(f"{ONE}/", recalls.OneRecall.as_view(), name="api-recall"),
    path(f"{ONE}/part-a/", recalls.WritePartA.as_view(), name="api-write-part-a"),
    path(f"{ONE}/sign/", recalls.SignPartA.as_view(), name="api-sign-part-a"),
    path(f"{ONE}/rest-of-part-a/", recalls.FinishPartA.as_view(), name="api-finish-part-a"),
    path(f"{ONE}/countersign/", recalls.CountersignRecall.as_view(), name="api-countersign-recall"),
    path(f"{ONE}/send/", recalls.SendRecall.as_view(), name="api-send-recall"),
    path(f"{ONE}/answer/", recalls.AnswerRecall.as_view(), name="api-answer-recall"),
    path(f"{ONE}/withdraw/", recalls.WithdrawRecall.as_view(), name="api-withdraw-recall"),
    path(f"{AT}/win-back/", recalls.WinBack.as_view(), name="api-win-back"),
]
