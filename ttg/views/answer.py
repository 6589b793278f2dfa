"""The page by which a service answers one referral, without signing in; and keeping its address out of every log.

Whatever is wrong with a link, its page is the same to the letter. Source: Through the Gate reference 7 (T1).
"""

from axes.helpers import get_client_ip_address
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from staff.errors import RuleBroken
from ttg.forms.answer import ServiceAnswerForm
from ttg.queries.links import is_held_back
from ttg.queries.referrals import asked_of_service
from ttg.services import links

PLACE = "/answer/"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # The host alone: the address of this page never travels, and browsers still say where a form comes from
    "Referrer-Policy": "strict-origin",
}


@require_http_methods(["GET", "HEAD", "POST"])
def answer_referral(request, token):
    """What was agreed to be told, and the service's answer to it, once."""
    origin, at = _origin(request), now()
    if is_held_back(origin, at):
        return _drawn(request, "held", 429)
    token = token.rstrip("/")
    form = ServiceAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answered = links.answer_reply_link(token=token, origin=origin, now=at, **form.given())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return _drawn(request, "thanks", 200) if answered else _no_link(request)
    link = links.open_reply_link(token=token, origin=origin, now=at)
    return _asked(request, link, form) if link else _no_link(request)


def _no_link(request):
    return _drawn(request, "no_link", 404)


def _asked(request, link, form):
    return _drawn(request, "answer", 200, form=form, fields=_first(form), **asked_of_service(link.referral))  # fmt: skip


def _first(form):
    revealed = form.revealed_fields()
    return [field for field in form if field.name not in revealed]


def _drawn(request, name, status, **context):
    answer = render(request, f"ttg/answer/{name}.html", context, status=status)
    for header, value in HEADERS.items():
        answer[header] = value
    return answer


def _origin(request):
    """Where it comes from, as nobody can read it back."""
    place = get_client_ip_address(request) or ""
    return salted_hmac("ttg.answer", place).hexdigest()[:20]


def keep_tokens_out(get_response):
    """Middleware: `request.path`, which logs, histories and errors repeat, ends where a token would begin.

    Which page is meant is found by `path_info`, which nothing repeats.
    """

    def answer(request):
        if request.path_info.startswith(PLACE):
            request.path = PLACE
            request.META["PATH_INFO"] = PLACE
        return get_response(request)

    return answer
