"""What Celery asks of staff: a sign of life, which the health page reads."""

from celery import shared_task
from django.utils.timezone import now

from staff.services import beat_heart


@shared_task
def say_alive():
    beat_heart(name="worker", now=now())
