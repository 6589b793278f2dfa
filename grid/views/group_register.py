"""The register of a session on a tablet, and where whoever leads groups starts their day.

What is said of one person is put right on a page of its own: `grid.views.group_attendance`. Nothing typed is lost: a card
that is not taken is shown again as it was filled in, with why beside the person.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now

from cases.access import staff_view
from cases.rules.addresses import number
from cases.rules.words import counted
from grid.forms.group_register import CHOOSE, MarkForm
from grid.models import GroupAttendance
from grid.queries.group_register import find_session
from grid.queries.group_register_page import Card, GroupRegister, register_of
from grid.queries.group_sessions import DAYS_TO_COME, my_groups
from grid.reference.group_marks import Mark
from grid.services import group_register as services
from grid.services.intervention_policy import intervention_policy
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.templatetags.govuk import ErrorLink, links_of
from staff.views.keeping import words_of

REST, SEND = "rest", "send"  # what a button does besides saving
TOO_LATE = (
    "Nothing was saved: the register was sent, or its session called off, since you opened it. What you typed stands "
    "below, beside what the register says."
)

NOTHING_NEW = "There was nothing new to save. Choose how it was with somebody, and save it then."


@dataclass(frozen=True)
class Shown:
    """A card, and the form on it; None: nothing is filled in there now. `unsent`: what was typed and came too late."""

    card: Card
    form: MarkForm | None = None
    unsent: str = ""


@dataclass
class Written:
    """What came of pressing a button: how many cards were taken, and what was refused of no card in particular."""

    number: int = 0
    keys: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


@staff_view(Action.KEEP_GROUP_REGISTER)
def own_groups(request):
    context = {"groups": my_groups(request.user, now()), "days": DAYS_TO_COME}
    return render(request, "grid/groups/my_groups.html", context)


@staff_view(Action.KEEP_GROUP_REGISTER)
def group_register(request, group_session):
    at, found = now(), found_session(request, group_session)
    page = register_of(found, request.user, at)
    words = words_of(request)
    if request.method != "POST" or not page.open:
        too_late = [TOO_LATE] if request.method == "POST" else []
        return _show(
            request, page, [_begun(words, card, page) for card in page.cards], words, too_late
        )
    forms = {card.key: _form(words, card, page) for card in page.cards if _is_sent(request, card)}
    written = _write(request, page, forms, at)
    if not written.problems and not any(form.errors for form in forms.values()):
        words.forget()
        return _done(request, found, written, at)
    page = register_of(found_session(request, group_session), request.user, at)
    _keep(words, page, forms, written)
    shown = [Shown(card, _again(words, card, page, forms)) for card in page.cards]
    return _show(request, page, shown, words, written.problems)


def found_session(request, pk):
    found = find_session(request.user, pk)
    if found is None:
        raise Http404
    return found


def _prefix(card):
    return f"person-{card.key}"


def _is_sent(request, card):
    return f"{_prefix(card)}-version" in request.POST


def _form(words, card, page):
    """The form of a card: with what was sent or kept, where that was of this person; else with nothing chosen."""
    known = {"prefix": _prefix(card), "case": card.case, "begun": page.begun}
    if f"{_prefix(card)}-version" not in words.typed:
        return MarkForm(initial={"version": card.version}, **known)
    return words.form(MarkForm, **known)


def _begun(words, card, page):
    """The card as the page is opened. Of whom something is said, with what else was typed and not sent."""
    form = _form(words, card, page)
    if card.to_say:
        return Shown(card, form)
    if not (form.is_bound and form.is_typed) or form.repeats(card.said):
        return Shown(card)
    return Shown(card, form) if page.open else Shown(card, unsent=form.in_words)


def _again(words, card, page, forms):
    """The form as the page is shown again: as it was filled in where it was not taken."""
    form = forms.get(card.key)
    if form is not None and form.errors:
        return form
    known = {"prefix": _prefix(card), "case": card.case, "begun": page.begun}
    return MarkForm(initial={"version": card.version}, **known) if card.to_say else None


def _write(request, page, forms, at):
    """Each card on which something stands, each by itself; then, where that was pressed, everybody who is left."""
    written, presses = Written(), request.POST.get("do", "")
    rows = GroupAttendance.objects.select_related("case", "session").in_bulk(list(forms))
    rest: dict[int, int] = {}
    for card in page.cards:
        form = forms.get(card.key)
        if form is None:
            continue
        if not form.is_typed:
            rest |= {card.key: number(form.data[form.add_prefix("version")]) or 0}
        elif _write_one(form, card, rows[card.key], presses, by=request.user, at=at):
            written.number += 1
            written.keys.add(card.key)
    if presses == REST and rest:
        try:
            services.rest_came(
                session=rows[next(iter(rest))].session, versions=rest, by=request.user, now=at
            )
            written.number += len(rest)
        except RuleBroken as refusal:
            written.problems.append(str(refusal))
    return written


def _write_one(form, card, row, presses, *, by, at):
    """Whether something was written. What is refused is said on the card."""
    if not form.is_valid():
        return False
    if not (form.cleaned_data["mark"] or presses == REST):
        form.add_error("mark", CHOOSE)
        return False
    said = form.said(Mark.TOOK_PART)
    if said == card.said:
        return False  # another who leads said the same
    known = {
        "attendance": row, "version": form.cleaned_data["version"], "said": said,
        "sensitive": form.cleaned_data["sensitive"] or card.sensitive, "by": by, "now": at,
    }  # fmt: skip
    try:
        if card.said or card.elsewhere:
            services.correct(because="", **known)
        else:
            services.say_of(**known)
    except RuleBroken as refusal:
        form.add_error("mark", str(refusal))
        return False
    return True


def _done(request, session, written, at):
    """Everything was taken: sent as well, where that was pressed."""
    if written.number:
        messages.success(request, f"Saved for {counted(written.number, 'person', 'people')}.")
    elif request.POST.get("do") != SEND:
        messages.error(request, NOTHING_NEW)
    if request.POST.get("do") == SEND:
        # As it was seen, and as it is by what was just saved of it
        seen = (number(request.POST.get("version", "")) or 0) + written.number
        try:
            services.send_register(session=session, version=seen, by=request.user, now=at)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, "The register is sent. What it says is put right with a reason."
            )
    return redirect("group-register", group_session=session.pk)


def _keep(words, page, forms, written):
    """Keep what was not taken as it is shown again: over what stands now, and without what was taken."""
    data = words.typed.copy()
    for name in list(data):
        if any(name.startswith(f"person-{key}-") for key in written.keys):
            del data[name]
    for card in page.cards:
        if card.key in forms and forms[card.key].errors:
            data[f"{_prefix(card)}-version"] = str(card.version)
    for form in forms.values():
        form.data = data
    if forms:
        words.keep_again(next(iter(forms.values())))


def _show(request, page: GroupRegister, shown, words, problems=()):
    services.record_reading(
        session=page.key,
        crns=[card.crn for card in page.cards],
        masked=[one.crn for one in page.masked],
        by=request.user,
    )
    wrong = [one for one in shown if one.form is not None and one.form.errors]
    context = {
        "register": page,
        "shown": shown,
        "words": words,
        "form": wrong[0].form if wrong else None,  # by which the title says that something is wrong
        "errors": [
            *(ErrorLink(text, "") for text in problems),
            *(
                ErrorLink(f"{one.card.name}: {link.text}", link.href)
                for one in wrong
                for link in links_of(one.form)
            ),
        ],
        "most_late": intervention_policy(page.on).groups.most_late_minutes,
    }
    return render(request, "grid/groups/register.html", context)
