"""Pages about one letter of enforcement: all of a case, one as it stands, writing it, and each step it takes."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.forms.enforcement.letters import (
    LetterBackForm,
    SendLetterForm,
    WhyForm,
    WriteLetterForm,
    names_of_words,
)
from cases.queries.enforcement.letter_pages import (
    has_paper,
    letter_page,
    letters_happened,
    links_of,
    owed_of,
    title_of,
)
from cases.queries.enforcement.letter_writing import asked_of, questions_about, withdrawn_of
from cases.queries.enforcement.letters import find_letter
from cases.queries.header import case_header
from cases.reference.enforcement import LETTER_MAY_BECOME, LetterState, SentBy
from cases.rules.enforcement.letters import HOW, mark_of
from cases.services.enforcement import letters as services
from cases.services.enforcement import letters_back, letters_sent
from cases.services.policy import enforcement_policy, request_policy
from staff.audit import record
from staff.errors import RuleBroken
from staff.kit import Gap
from staff.permissions import Action
from staff.rules.dates import say_date
from staff.views.keeping import say_closed, words_of

TAB = "case-enforcement"
NOT_OPEN = (
    "This letter is at “{state}”. Somebody has worked on it meanwhile: this is how it stands."
)
NOT_AS_IT_IS = "This letter cannot go as it is. What stands in the way is below."
NO_PAPER = "There is nothing to print yet: make the letter ready first."
WRITTEN = "Saved. This is the letter as it would go. Read it, and make it ready."
READY = "It is ready to go."
UNREADY = "It is put back. Write it, and make it ready again."
SENT = {
    SentBy.POST: "It is recorded as posted. It counts as served on {served}.",
    SentBy.HAND: "It is recorded as handed over. It counts as served on {served}.",
    SentBy.EMAIL: "It goes by e-mail within a few minutes. If it cannot be delivered, it comes back to the officer.",
}
BACK = "It is recorded that it came back. What rested on it was not given. The officer writes again, or says why not."
AGAIN = "This is the letter in its place. See what is to be changed: the address, or how it goes."
LEFT = "Recorded. No other letter is written."
CANCELLED = "Recorded. This letter does not go."


def or_its_page(view):
    """Where only a button leads, an address that is opened shows the letter rather than nothing."""

    @wraps(view)
    def answer(request, case, letter):
        if request.method != "POST":
            return redirect("letter", crn=case.crn, letter=letter)
        return view(request, case, letter)

    return answer


@case_view(Action.VIEW_ENFORCEMENT)
def letters(request, case):
    """Every letter of the case."""
    header = case_header(case, request.user, _today(), TAB)
    context = {
        "case_header": header,
        "happened": letters_happened(case, header.names),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/enforcement/letters/letters.html", context)


@case_view(Action.VIEW_ENFORCEMENT)
def letter(request, case, letter):
    found, at = _found(case, letter), now()
    today = localtime(at).date()
    header = case_header(case, request.user, today, TAB)
    looked, owed = services.look_at(letter=found, now=at), owed_of([found]).get(found.pk)
    policy = enforcement_policy(today)
    page = letter_page(found, header.names, header.may, looked, today, policy, owed)
    context = {
        "case_header": header,
        "page": page,
        "links": links_of(page, found, header.may),
        "back": reverse("case-letters", args=[case.crn]),
    }
    return render(request, "cases/enforcement/letters/letter.html", context)


@case_view(Action.VIEW_ENFORCEMENT)
def paper(request, case, letter):
    """The PDF: as it was made ready, or as it went."""
    found = _found(case, letter)
    if not has_paper(found):
        return _closed(request, found, NO_PAPER)
    record(by=request.user, action="opened_document", crn=case.crn, letter=found.pk)
    if found.document:
        content = bytes(found.document.content.content)
    else:
        content = services.as_paper(found.words[services.MADE])
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="letter-{case.crn}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@case_view(Action.SEND_LETTER)
def write(request, case, letter):
    found, at, words = _found(case, letter), now(), words_of(request)
    if found.state != LetterState.ASKED:
        return _closed(request, found)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    ours = request_policy(localtime(at).date()).reply_to
    asked = asked_of(found, ours, at, header.names)
    initial = {HOW: found.words.get(HOW, SentBy.POST), "welsh": found.welsh}
    form = words.form(WriteLetterForm, asked=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        whole = asked_of(found, ours, at)
        known = {"letter": found, "by": request.user, "now": at}
        if form.carry_out(_written_by(header.names, whole), **known):
            words.forget()
            messages.success(request, WRITTEN)
            return redirect("letter", crn=case.crn, letter=found.pk)
    beside = {
        "questions": questions_about(found, header.names, localtime(at).date()),
        "withdrawn": withdrawn_of(found, header.names),
    }
    return _drawn(request, header, found, "write", form=form, words=words, **beside)


def _written_by(names, whole):
    """Keeps what is written, with the names that its writer could not see where they stood."""
    stands = {}
    for one in whole:
        stands[one.name], stands[f"{one.name}_cy"] = one.stands, one.welsh
    boxes = set(names_of_words(whole))

    def keep(*, words, **known):
        put = {
            name: names.put_back(text, stands[name]) if name in boxes else text
            for name, text in words.items()
        }
        return services.write_letter(words=put, **known)

    return keep


@case_view(Action.SEND_LETTER)
@or_its_page
def ready(request, case, letter):
    """It was read as its page showed it, and may go."""
    known = {"letter": _found(case, letter), "by": request.user, "now": now()}
    return _done(request, READY, services.make_ready, **known, read=request.POST.get("read", ""))


@case_view(Action.SEND_LETTER)
@or_its_page
def unready(request, case, letter):
    known = {"letter": _found(case, letter), "by": request.user, "now": now()}
    return _done(request, UNREADY, services.unready, **known)


@case_view(Action.SEND_LETTER)
def send(request, case, letter):
    found, at = _found(case, letter), now()
    if found.state != LetterState.READY:
        return _closed(request, found)
    looked = services.look_at(letter=found, now=at)
    if looked.missing and request.method != "POST":
        return _closed(request, found, NOT_AS_IT_IS)
    how = SentBy(found.words.get(HOW, SentBy.POST))
    form = SendLetterForm(request.POST if request.method == "POST" else None, how=how)
    if request.method == "POST" and form.is_valid():
        read = request.POST.get("read", "")
        known = {"letter": found, "by": request.user, "now": at, "read": read}
        if done := form.carry_out(letters_sent.send_letter, **known):
            messages.success(request, SENT[how].format(served=say_date(done.served_on)))
            return redirect("letter", crn=case.crn, letter=found.pk)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    made = found.words[services.MADE]
    said = {"how": how, "to": [header.names.text(one) for one in made["to"]], "read": mark_of(made)}
    said["again"] = [Gap(header.names.text(one.sentence)) for one in looked.again]
    return _drawn(request, header, found, "send", form=form, **said)


@case_view(Action.SEND_LETTER)
def came_back(request, case, letter):
    found = _found(case, letter)
    if LetterState.RETURNED not in LETTER_MAY_BECOME[LetterState(found.state)]:
        return _closed(request, found)
    form = LetterBackForm(request.POST if request.method == "POST" else None)
    heading = {"heading": "The letter came back", "button": "Record that it came back"}
    return _step(request, found, form, letters_back.letter_came_back, BACK, **heading)


@case_view(Action.SEND_LETTER)
@or_its_page
def write_again(request, case, letter):
    found = _found(case, letter)
    try:
        again = letters_back.write_again(letter=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("letter", crn=case.crn, letter=found.pk)
    messages.success(request, AGAIN)
    return redirect("letter", crn=case.crn, letter=again.pk)


@case_view(Action.SEND_LETTER)
def leave(request, case, letter):
    found = _found(case, letter)
    if found.state != LetterState.RETURNED or found.again_id or found.cancelled_because:
        return _closed(request, found)
    asks = {
        "asks": "Why is no other letter written?",
        "help_text": "How do they hear of it instead?",
    }
    form = WhyForm(request.POST if request.method == "POST" else None, **asks)
    heading = {"heading": "Leave it so", "button": "Leave it so"}
    return _step(request, found, form, services.leave_returned, LEFT, **heading)


@case_view(Action.SEND_LETTER)
def cancel(request, case, letter):
    found = _found(case, letter)
    if LetterState.CANCELLED not in LETTER_MAY_BECOME[LetterState(found.state)]:
        return _closed(request, found)
    asks = {"asks": "Why is it not to go?", "help_text": "A warning whose letter never goes is not given, and does not count."}  # fmt: skip
    form = WhyForm(request.POST if request.method == "POST" else None, **asks)
    heading = {"heading": "The letter is not to go", "button": "It is not to go"}
    return _step(request, found, form, services.cancel_letter, CANCELLED, **heading)


def _found(case, pk):
    found = find_letter(case, pk)
    if found is None:
        raise Http404
    found.case = case
    return found


def _today():
    return localtime(now()).date()


def _closed(request, found, words=""):
    """That step is not open: the letter as it stands, and why."""
    say_closed(request, words or NOT_OPEN.format(state=LetterState(found.state).title))
    return redirect("letter", crn=found.case.crn, letter=found.pk)


def _done(request, words, service, *, letter, **known):
    """A step that asks nothing."""
    try:
        service(letter=letter, **known)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("letter", crn=letter.case.crn, letter=letter.pk)


def _step(request, found, form, service, done, **drawn):
    """A step that asks something."""
    known = {"letter": found, "by": request.user, "now": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(service, **known):
        messages.success(request, done)
        return redirect("letter", crn=found.case.crn, letter=found.pk)
    header = case_header(found.case, request.user, _today(), TAB)
    return _drawn(request, header, found, "step", form=form, **drawn)


def _drawn(request, header, found, name, **context):
    here = reverse("letter", args=[found.case.crn, found.pk])
    context = {"case_header": header, "here": here, "title": title_of(found), **context}
    return render(request, f"cases/enforcement/letters/{name}.html", context)
