"""The Celery app for workers of tests to whom it is noon today, at whatever hour the tests are run."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

from probation.celery import app

__all__ = ["app"]

noon = datetime.now(ZoneInfo("Europe/London")).replace(hour=12, minute=0)
time_machine.travel(noon, tick=True).start()
