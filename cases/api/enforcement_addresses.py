"""Addresses of the API about enforcement: failures, letters, the hub's queue, breaches and recalls."""

from cases.api.breach_addresses import ADDRESSES as BREACHES
from cases.api.enforcement_measure_addresses import ADDRESSES as MEASURES
from cases.api.enforcing_addresses import ADDRESSES as ENFORCING
from cases.api.hub_addresses import ADDRESSES as HUB
from cases.api.letter_addresses import ADDRESSES as LETTERS
from cases.api.recall_addresses import ADDRESSES as RECALLS

ADDRESSES = [*ENFORCING, *LETTERS, *HUB, *BREACHES, *RECALLS, *MEASURES]
