"""The day sheet and register without a network: taking a session along, the page that opens it, and its worker.

What the service worker keeps is the page of `offline`, the same for everybody and with nothing of anybody on it.
"""

import json
from hashlib import sha256

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.cache import never_cache

from cases.access import staff_view
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from unpaidwork.queries.offline import offline_pack
from unpaidwork.queries.session_pages import said_hours
from unpaidwork.rules.offline import check_may_take
from unpaidwork.views.register import found_session

# What the page without a network is made of. A module is fetched by the name that others import it by
PACKED = ("site.css", "icon.svg", "init.js", "supported.js", "govuk-frontend.min.js", "offline.js")
MODULES = (
    "offline-draw.js", "offline-kept.js", "offline-register.js", "offline-report.js", "offline-send.js",
    "offline-sheet.js", "offline-store.js", "offline-times.js", "offline-vault.js",
)  # fmt: skip


@staff_view(Action.RUN_SESSION)
def offline_sheet(request, session):
    """Choose a PIN, and take this session along."""
    found, at = found_session(request, session), now()
    context = {
        "key": found.pk,
        "user_key": request.user.pk,
        "project": found.project.name,
        "when": f"{on(found.on)}, {said_hours(found)}",
        "shut": _shut(found, at),
        "address": request.build_absolute_uri(reverse("offline")),
    }
    if not context["shut"]:
        people = offline_pack(found, request.user, at).sheet.people
        masked = sum(one.masked for one in people)
        context |= {
            "people": counted(len(people), "person", "people"),
            "masked": counted(masked, "person", "people") if masked else "",
        }
    return render(request, "unpaidwork/offline/take.html", context)


@staff_view(Action.RUN_SESSION)
@never_cache
def offline(request):
    """The page that opens what is on the tablet."""
    return HttpResponse(_page())


@staff_view(Action.RUN_SESSION)
@never_cache
def offline_pass(request):
    """Who is signed in, and the token with which the page sends: it was opened without the service."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


@staff_view(Action.RUN_SESSION)
def offline_worker(request):
    """The service worker, which may look after that page and no other."""
    files = [*(static(name) for name in PACKED), *(_as_imported(name) for name in MODULES)]
    page = reverse("offline")
    known = {"page": page, "files": files, "version": _version(files)}
    script = f"self.kept = {json.dumps(known)}\nimportScripts({json.dumps(static('offline-worker.js'))})\n"
    answer = HttpResponse(script, content_type="text/javascript")
    answer["Service-Worker-Allowed"] = page
    answer["Cache-Control"] = "no-cache"
    return answer


def _shut(session, at):
    """Why it cannot be taken along now; blank where it can."""
    try:
        check_may_take(session.on, session.state, localtime(at))
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def _page():
    """Drawn for nobody: neither who is signed in nor anything of theirs is on it."""
    return render_to_string("unpaidwork/offline/offline.html")


def _as_imported(name):
    """Where a module is found by those that import it: beside them, by its own name."""
    hashed = static("offline.js")
    return f"{hashed.rsplit('/', 1)[0]}/{name}"


def _version(files):
    """Changes with any file or word of the page."""
    whole = "".join([*files, *(static(name) for name in MODULES), _page()])
    return sha256(whole.encode()).hexdigest()[:16]
