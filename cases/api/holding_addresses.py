"""Addresses of the API that are about who holds a case."""

from django.urls import path

from cases.api.holding import (
    AcceptTransfer,
    RecordAcceptance,
    RecordRefusal,
    RefuseTransfer,
    WithdrawTransfer,
)

OFFER = "cases/<crn:crn>/transfers/<int:transfer>"
ADDRESSES = [
    path(f"{OFFER}/accept/", AcceptTransfer.as_view(), name="api-accept-transfer"),
    path(f"{OFFER}/refuse/", RefuseTransfer.as_view(), name="api-refuse-transfer"),
    path(f"{OFFER}/their-acceptance/", RecordAcceptance.as_view(), name="api-record-acceptance"),
    path(f"{OFFER}/their-refusal/", RecordRefusal.as_view(), name="api-record-refusal"),
    path(f"{OFFER}/withdraw/", WithdrawTransfer.as_view(), name="api-withdraw-transfer"),
]
