"""How the API answers what it refuses: problem details (RFC 9457)."""

import sys

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from cases.access import Closed, Masked
from staff.errors import Conflict, RuleBroken
from staff.views import health

API = "/api/"
PROBLEM = "application/problem+json"
NOT_REACHED = "Part of what was sent may have been saved. Ask again in a minute, and look before you send it again."


def answer_error(error, context):
    """What was refused and how to mend it, as problem details. A bug is not answered here."""
    if isinstance(error, RuleBroken):
        return problem(422, "A rule of practice refuses this", str(error))
    if isinstance(error, Conflict):
        return problem(409, "Somebody else changed this meanwhile", str(error))
    if isinstance(error, Masked):
        return problem(403, "Limited access", str(error), crn=error.crn)
    if isinstance(error, Closed):
        return problem(422, "A rule of practice refuses this", str(error))
    if isinstance(error, PermissionDenied):
        return problem(403, "Your role may not do this")
    if isinstance(error, Http404):
        return problem(404, "There is nothing here that is yours to see")
    if isinstance(error, ValidationError):
        return problem(400, "Some of what was sent cannot be read", errors=error.detail)
    if isinstance(error, health.NO_DATABASE):
        return Response(**_not_reached())
    answer = exception_handler(error, context)
    if answer is not None:
        headers = {
            name: answer[name] for name in ("WWW-Authenticate", "Retry-After") if name in answer
        }
        return problem(answer.status_code, str(answer.data.get("detail", error)), headers=headers)
    return None


def gone_wrong(request):
    """What failed on its way to a page or an endpoint: where the database does not answer, that it does not."""
    if request.path.startswith(API) and isinstance(sys.exc_info()[1], health.NO_DATABASE):
        return JsonResponse(**_not_reached())
    return health.gone_wrong(request)


def _not_reached():
    body = {
        "type": "about:blank",
        "title": "The records cannot be reached just now",
        "status": 503,
        "detail": NOT_REACHED,
    }
    again = {"Retry-After": str(health.TRY_AGAIN_IN)}
    return {"data": body, "status": 503, "headers": again, "content_type": PROBLEM}


def problem(status, title, detail="", *, headers=None, **more):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title}
    return Response(body | more, status=status, headers=headers, content_type=PROBLEM)
