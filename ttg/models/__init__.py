"""The tables of Through the Gate: the table of contents."""

from ttg.models.custody import Custody, Prison, PrisonStay, ReleaseChange
from ttg.models.gate import GateMeeting, HandOver
from ttg.models.home import HomeOffer, InHand, NightStay, NoHomePlan
from ttg.models.plans import ResettlementPlan, RiskItem
from ttg.models.referrals import Need, Referral, ReferralStep, ReplyLink, Service

__all__ = [
    "Custody",
    "GateMeeting",
    "HandOver",
    "HomeOffer",
    "InHand",
    "Need",
    "NightStay",
    "NoHomePlan",
    "Prison",
    "PrisonStay",
    "Referral",
    "ReferralStep",
    "ReleaseChange",
    "ReplyLink",
    "ResettlementPlan",
    "RiskItem",
    "Service",
]
