"""Addresses of the API that are about Through the Gate."""

from django.urls.resolvers import URLPattern

from ttg.api.custody_addresses import ADDRESSES as CUSTODY
from ttg.api.home_addresses import ADDRESSES as HOME
from ttg.api.in_hand_addresses import ADDRESSES as IN_HAND
from ttg.api.plan_addresses import ADDRESSES as PLANS
from ttg.api.referral_addresses import ADDRESSES as REFERRALS
from ttg.api.release_addresses import ADDRESSES as RELEASE

ADDRESSES: list[URLPattern] = [
    *CUSTODY,
    *RELEASE,
    *IN_HAND,
    *HOME,
    *PLANS,
    *REFERRALS,
]
