"""Never losing a word: what is typed on a long form is kept until it is sent, whatever becomes of the page.

A view of a long form uses `words_of`, as docs/screens.md shows. The page saves by itself at `keep`, by a
pass and without a cookie, so that saving neither needs a session nor prolongs one.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from staff import services
from staff.access import give_pass, marked, read_pass
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.queries import others_here
from staff.queries import words_of as words_in
from staff.rules.keeping import NEVER, PASS, say_here, say_moment

AFRESH = "afresh"  # in the address: begin again, without what was kept
LONGEST_PAGE = 200  # letters of an address that words are kept under
SIGNED_OUT = "You had been signed out, so nothing was sent. What you typed is kept. Sign in and send it from there."
SENT_BY_ANOTHER = (
    "Nothing was sent: that page was opened by somebody else. What they typed is kept for them."
)
KEPT_MEANWHILE = (
    "What you typed is kept for you, and is in its boxes again when there is one to write on."
)
SENT_AGAIN = "Nothing was sent, because you have signed in anew since you opened the page. What you typed is below: send it now."


def words_of(request, page=""):
    """What the reader typed on this page and has not sent. What they send is kept first, until `forget()`.

    `page`: the address that the form is sent to, where that is another.
    """
    return Words(request, page or page_of(request), now())


def say_closed(request, closed):
    """Say that the page takes nothing any more; what was typed on it and sent too late is kept, and that is said."""
    if PASS in request.POST:
        closed = f"{closed} {words_of(request).problem or KEPT_MEANWHILE}"
    messages.info(request, closed)


class Words:
    """For the view: `form` and `forget`. For components/kept_words.html: the rest."""

    address = property(lambda self: reverse("keep-words"))
    afresh = property(lambda self: f"{self.page}{'&' if '?' in self.page else '?'}{AFRESH}=1")

    def __init__(self, request, page, at):
        self.request, self.page, self.at = request, page, localtime(at)
        self.token = give_pass(request.user, self.page, at)
        self.problem, self.draft = "", None
        if request.method == "POST":
            self._keep_what_was_sent()
        else:
            self.draft = services.be_here(user=request.user, page=self.page, now=at)
        self.kept = None if request.GET.get(AFRESH) else words_in(self.draft)
        self.refilled = request.method != "POST" and self.kept is not None

    @property
    def typed(self):
        """What was sent, or what was kept; empty where the page is begun anew."""
        return self.request.POST or (self.kept if self.refilled else QueryDict())

    def form(self, kind, /, **known):
        """A form of this kind, with what was sent, or what was kept, or else what it is begun with."""
        if self.request.method == "POST":
            return kind(self.request.POST, self.request.FILES, **known)
        if not self.refilled:
            return kind(**known)
        form = kind(self.kept, **known)
        form.withhold_errors()
        return form

    def forget(self):
        """It was sent and taken. Where the page is shown again, it keeps what is typed from now on."""
        at = localtime(now())
        services.forget_words(user=self.request.user, page=self.page, now=at)
        self.token = give_pass(self.request.user, self.page, at)

    def keep_again(self, form):
        """The page is shown again with the form's marks of what stands: opened afresh, what is kept carries them too."""
        if self.draft is None or self.problem:
            return
        self.draft = services.keep_words(
            user=self.request.user,
            page=self.page,
            fields=dict(form.data.lists()),
            now=self.at,
            drawn_at=self.at,
        )

    @property
    def saved(self):
        """When it was last saved, in words; blank where nothing was."""
        if self.draft is None or self.kept is None:
            return ""
        return say_moment(localtime(self.draft.saved_at), self.at.date())

    @property
    def here(self):
        """Who else has the page open, a sentence each."""
        return _say_others(self.request.user, self.page, self.at)

    def _keep_what_was_sent(self):
        shown = read_pass(self.request.POST.get(PASS, ""))
        try:
            self.draft = services.keep_words(
                user=self.request.user,
                page=self.page,
                fields=dict(self.request.POST.lists()),
                now=self.at,
                drawn_at=shown.drawn_at if shown else None,
            )
        except RuleBroken as refusal:
            self.problem = str(refusal)


def page_of(request):
    """The address that words are kept under. Codes in it tell forms of one page apart."""
    asked = request.GET.copy()
    asked.pop(AFRESH, None)
    whole = f"{request.path}?{asked.urlencode()}" if asked else request.path
    return whole if len(whole) <= LONGEST_PAGE else request.path[:LONGEST_PAGE]


@csrf_exempt
def keep(request):
    """Saves what is typed so far, or only hears that the page is open. Answers when, and who else is there."""
    if request.method != "POST":
        return _nothing_to_see(request)
    at, shown = localtime(now()), read_pass(request.POST.get(PASS, ""))
    if shown is None:
        return JsonResponse({"problem": "This page has been open for too long."}, status=403)
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER}
    known = {"user": shown.user, "page": shown.page, "now": at}
    try:
        if typed:
            services.keep_words(**known, fields=typed, drawn_at=shown.drawn_at)
        else:
            services.be_here(**known)
    except RuleBroken as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    here = _say_others(shown.user, shown.page, at)
    return JsonResponse({"saved": say_moment(at, at.date()) if typed else "", "here": here})


keep = marked(keep, Action.KEEP_WORDS)


@login_required
@require_POST
def _nothing_to_see(request):
    """Only the page itself shows what was kept."""


def keep_what_strangers_send(get_response):
    """Middleware: a long form sent after its session ended, or under somebody else's, is kept and not lost.

    It is kept for whoever had opened it, and shown to nobody else.
    """

    def answer(request):
        shown = _pass_of(request)
        if shown is None or shown.user == request.user:
            return get_response(request)
        if request.user.is_authenticated:
            _keep_by(shown, request, SENT_BY_ANOTHER)
            return redirect(shown.page)
        _keep_by(shown, request, SIGNED_OUT)
        return redirect_to_login(shown.page)

    return answer


def sent_from_an_old_page(request, reason=""):
    """In place of Django's refusal: who signed in anew since the page was drawn finds it filled in."""
    shown = _pass_of(request)
    if shown is None or shown.user != request.user:
        return csrf_failure(request, reason)
    _keep_by(shown, request, SENT_AGAIN)
    return redirect(shown.page)


def _pass_of(request):
    if request.method != "POST" or request.path == reverse("keep-words"):
        return None
    return read_pass(request.POST.get(PASS, ""))


def _keep_by(shown, request, said):
    """Keep what was sent for whom it is of, and say so; or say why it cannot be kept."""
    fields = dict(request.POST.lists())
    known = {"user": shown.user, "page": shown.page, "now": now()}
    try:
        services.keep_words(**known, fields=fields, drawn_at=shown.drawn_at)
    except RuleBroken as refusal:
        said = f"Nothing was sent. {refusal}"
    messages.info(request, said)


def _say_others(user, page, at):
    today = at.date()
    return [say_here(name, localtime(since), today) for name, since in others_here(user, page, at)]
