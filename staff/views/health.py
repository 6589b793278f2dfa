"""Whether the service is up, and whether it can do its work. Says nothing about anybody."""

import sys
from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.defaults import server_error

from staff.models import Heartbeat

WORKER_QUIET = timedelta(minutes=2)  # the worker says it is alive every half minute
# It is started again, or broke off: no fault of the page
NO_DATABASE = (OperationalError, InterfaceError)
TRY_AGAIN_IN = 30  # seconds


def live(request):
    """The process answers."""
    return JsonResponse({"status": "live"})


def ready(request):
    """200 when the database, the broker and a worker all answer; otherwise 503 and which does not."""
    found = {"database": database(), "broker": broker()}
    found["worker"] = worker() if found["database"] == "ok" else "unknown"
    well = set(found.values()) == {"ok"}
    return JsonResponse(
        {"status": "ready" if well else "not ready", **found}, status=200 if well else 503
    )


def gone_wrong(request):
    """What a page that failed says: that its records cannot be reached just now, or that something went wrong.

    Drawn while the error is handled, as Django does.
    """
    if not isinstance(sys.exc_info()[1], NO_DATABASE):
        return server_error(request)
    answer = render(None, "503.html", status=503)
    answer["Retry-After"] = TRY_AGAIN_IN
    return answer


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "no answer"
    return "ok"


def broker():
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)
        client.ping()
        client.close()
    except redis.RedisError:
        return "no answer"
    return "ok"


def worker():
    last = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
    return "ok" if last and now() - last < WORKER_QUIET else "quiet"
