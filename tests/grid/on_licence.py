"""Somebody out on licence, and what it tells them to do, on one fixed day."""

from datetime import date, timedelta

from cases.models import LicenceCondition
from cases.reference.codes import CustodyStatus, Order
from tests.factories import SentenceFactory

TODAY = date(2018, 11, 21)
DAY = timedelta(days=1)
SPRING, NEXT_SPRING = date(2018, 4, 3), date(2019, 4, 3)


def licence(**columns):
    """Out on licence until next spring, and after it supervised for a month more."""
    usual = {
        "order": Order.CUSTODY_PSS,
        "description": "ORA Adult Custody (inc PSS)",
        "custody_status": CustodyStatus.ON_LICENCE,
        "released_on": SPRING,
        "licence_end_on": NEXT_SPRING,
        "pss_end_on": NEXT_SPRING + 30 * DAY,
    }
    return SentenceFactory(**usual | columns)


def condition(sentence, category="Participation in programme or activities", **columns):
    usual = {"text": "Attend as Ms Orme of 4 Vine Street asks.", "from_on": SPRING}
    return LicenceCondition.objects.create(sentence=sentence, category=category, **usual | columns)
