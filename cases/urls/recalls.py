"""Addresses of the pages about recalls, and winning somebody back."""

from django.urls import path

from cases.views.enforcement import recalls, winning_back

AT = "cases/<crn:crn>/enforcement"
ONE = f"{AT}/recalls/<int:recall>"

urlpatterns = [
    path(f"{AT}/win-back/", winning_back.win_back, name="win-back"),
    path(f"{ONE}/", recalls.recall, name="recall"),
    path(f"{ONE}/part-a/", recalls.write_part_a, name="write-part-a"),
    path(f"{ONE}/rest-of-part-a/", recalls.finish_part_a, name="finish-part-a"),
    path(f"{ONE}/countersign/", recalls.countersign_recall, name="countersign-recall"),
    path(f"{ONE}/send/part-a/", recalls.part_a_to_send, name="part-a-to-send"),
    path(f"{ONE}/send/", recalls.send_recall, name="send-recall"),
    path(f"{ONE}/answer/", recalls.answer_recall, name="answer-recall"),
    path(f"{ONE}/withdraw/", recalls.withdraw_recall, name="withdraw-recall"),
]
