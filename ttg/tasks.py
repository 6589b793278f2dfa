"""What Celery asks of Through the Gate: each task looks up what is due in the database, and may come twice or never.

Source: architecture, "the database is the queue".
"""

from celery import shared_task
from django.utils.timezone import now

from ttg.services.home_doubts import doubt_changed_homes
from ttg.services.referral_mail import send_referrals
from ttg.services.timetable import run_night


@shared_task
def sweep_releases():
    """Each minute: the night's runs, where they did not come or died. Once they are done this is a read of each.

    And homes that were confirmed, where the record has just changed.
    """
    run_night(now=now())
    doubt_changed_homes(now=now())


@shared_task
def mail_referrals():
    """Each minute: referrals that wait to go to a service by e-mail, and may go by now."""
    send_referrals(now=now())
