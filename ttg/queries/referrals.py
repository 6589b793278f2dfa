"""One referral with its steps, what may be done on it next, and every referral that nobody has answered.

Source: Through the Gate reference 6, 7 (T1: received by a name, overdue is seen).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case
from cases.queries.due import anchored
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.rules.words import days_ago
from cases.services.policy import request_policy
from staff.kit import Happening, Line, Link, Masked, Tag, on, tag
from staff.permissions import Action
from ttg.models import Referral
from ttg.queries.links import live_until, say_moment
from ttg.queries.needs import REFERRAL_TAGS
from ttg.queries.referral_mail import mail_line, not_gone
from ttg.reference.referrals import Consent, Pathway, ReferralState, SentHow
from ttg.rules.letters import Letter, letter
from ttg.rules.referrals import BY_LINK, MAY_BECOME, may_answer

S = ReferralState
MASKED_AT_ONCE = 100
ACTION = Action.REFER_TO_SERVICE


@dataclass(frozen=True)
class ReferralPage:
    title: str
    tag: Tag
    need: str
    lines: list[Line]
    tells: str
    letter: str  # before it is sent: all that the service would get
    steps: list[Happening]
    main: list[Link]
    rest: list[Link]


@dataclass(frozen=True)
class UnansweredRow:
    crn: str
    name: str
    href: str
    officer: str
    service: str
    what: str
    sent: str
    waits: str
    leaves: str
    tag: Tag
    mail: str  # where its e-mail has not gone; blank else
    next: Link
    anchor: str = ""


def find_referral(case, pk):
    """One referral of this case, or None."""
    found = (
        Referral.objects.select_related("need__custody__prison", "service", "made_by")
        .filter(need__custody__case=case, pk=pk)
        .first()
    )
    if found:
        found.need.custody.case = case
    return found


def referral_page(referral, case, names, may, at):
    """For the reader whose page this is."""
    acts = ACTION in may
    state = S(referral.state)
    steps = referral.steps.select_related("by").order_by("-at", "-pk")
    main, rest = _actions(referral, case, at) if acts else ([], [])
    return ReferralPage(
        title=referral.service.name,
        tag=tag(REFERRAL_TAGS[state]),
        need=f"{Pathway(referral.need.pathway).title}: {names.text(referral.need.words)}",
        lines=_lines(referral, names, at),
        tells=names.text(referral.tells),
        letter=names.text(letter_of(referral)) if state == S.DRAFTED else "",
        steps=[_step(one, referral, names) for one in steps],
        main=main,
        rest=rest,
    )


def said_of(referral, *, link="", until=None):
    """What the letter about a referral says."""
    custody, case = referral.need.custody, referral.need.custody.case
    us = request_policy(localdate()).reply_to
    return Letter(
        service=referral.service.name,
        name=case.name,
        born_on=case.born_on,
        prison=custody.prison.name if custody.prison else "",
        release_on=custody.release_on,
        tells=referral.tells,
        agreed_on=referral.consent_on,
        under_duty=referral.under_duty,
        by=referral.made_by.name,
        organisation=us.organisation,
        telephone=us.telephone,
        link=link,
        until=say_moment(until) if until else "",
    )


def letter_of(referral, *, link="", until=None):
    """The words that go to the service, with the link where there is one."""
    return letter(said_of(referral, link=link, until=until))


def link_address(token):
    """Where the service answers: shown once, and kept nowhere."""
    return f"{settings.SITE_URL}{reverse('answer-referral', args=[token])}"


def asked_of_service(referral):
    """All that the page of the link shows: what was agreed to be told, who asks, and how to reach them."""
    us = request_policy(localdate()).reply_to
    return {
        "service": referral.service.name,
        "tells": referral.tells,
        "asks": f"{referral.made_by.name}, {us.organisation}",
        "telephone": us.telephone,
    }


def _lines(referral, names, at):
    lines = [
        Line("Where it stands", S(referral.state).title),
        Line("Do they agree?", Consent(referral.consent).title, detail=_agreed(referral)),
    ]
    if referral.under_duty:
        lines.append(Line("Duty to refer", "Yes", detail=names.text(referral.chosen_because)))
    if referral.sent_at:
        how = SentHow(referral.sent_how).title if referral.sent_how else ""
        lines.append(Line("Sent", say_moment(referral.sent_at), detail=how))
    if mail := mail_line(referral):
        lines.append(mail)
    if referral.received_by:
        lines.append(Line("Who there has it", names.text(referral.received_by)))
    if referral.first_at:
        where = ", ".join(filter(None, [referral.first_where, referral.first_postcode]))
        lines.append(Line("First appointment", say_moment(referral.first_at), detail=names.text(where)))  # fmt: skip
        told = on(referral.person_told_on) if referral.person_told_on else "Not told yet"
        lines.append(Line("Told of it", told))
    if referral.because:
        lines.append(Line("Why", names.text(referral.because)))
    if until := live_until(referral, at):
        lines.append(Line("Link to answer", f"Works once, until {say_moment(until)}"))
    service = referral.service
    reach = ", ".join(filter(None, [service.telephone, service.email, service.address]))
    lines.append(Line("How to reach them", reach or "not recorded"))
    return lines


def _agreed(referral):
    return f"On {on(referral.consent_on)}" if referral.consent_on else ""


def _step(step, referral, names):
    by = step.by.name if step.by else f"{referral.service.name}, by the link"
    who = f"{step.by_whom}. " if step.by_whom else ""
    return Happening(
        title=S(step.state).title,
        when=say_moment(step.at),
        by=by,
        text=names.text(f"{who}{step.words}".strip()),
        on=localdate(step.at).isoformat(),
    )


def _actions(referral, case, at):
    """(the next thing to do, what else may be done)"""
    state, after = S(referral.state), MAY_BECOME[S(referral.state)]

    def to(name, text):
        return Link(text, reverse(name, args=[case.crn, referral.pk]))

    main = []
    if state == S.DRAFTED:
        main = [to("send-referral", "Send it"), to("change-referral", "Change the draft")]
    elif state == S.BOOKED and referral.first_at <= at:
        main = [to("say-service-attended", "Say whether they went")]
    elif state == S.BOOKED and not referral.person_told_on:
        main = [to("say-person-told", "Say that they were told")]
    elif state in (S.ACCEPTED, S.MISSED):
        main = [to("book-first-appointment", "Record the first appointment")]
    elif may_answer(state):
        main = [to("record-referral-answer", "Record what they said")]
    shown = {one.href for one in main}
    rest = []
    if state in BY_LINK:
        rest.append(to("new-reply-link", "Make a link to answer"))
    if state == S.BOOKED:
        rest += [to("book-first-appointment", "Another day for it"), to("say-person-told", "Say that they were told")]  # fmt: skip
    if may_answer(state) and state != S.DRAFTED:
        rest.append(to("record-referral-answer", "Record another answer"))
    if S.WITHDRAWN in after:
        rest.append(to("withdraw-referral", "Take it back"))
    if S.CLOSED in after:
        rest.append(to("close-referral", "Close it"))
    return main, [one for one in rest if one.href not in shown]


def unanswered(user, team=None):
    """Sent, and no service has said that it takes them on or not; of cases open to this reader, as they stand with us."""
    cases = Case.objects.open_to(user, ACTION).supervised()
    cases = cases.filter(team__code=team) if team else cases
    found = Referral.objects.unanswered().filter(need__custody__case__in=cases)
    return found.select_related("service", "need__custody__case__officer", "need__custody__case__team")  # fmt: skip


def page_of_unanswered(user, team=None, *, after, size):
    """What has waited longest first."""
    rows = unanswered(user, team)
    return page_of(rows, keys=("sent_at", "id"), after=after, size=size, known_by="pk")


def unanswered_rows(referrals, user, today):
    cases = {one.need.custody.case_id: one.need.custody.case for one in referrals}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    held = not_gone(referrals)
    return anchored(
        _row(one, names[one.need.custody.case_id], today, held.get(one.pk, "")) for one in referrals
    )


def _row(one, names, today, mail):
    case, custody = one.need.custody.case, one.need.custody
    sent = localdate(one.sent_at)
    where = reverse("referral", args=[case.crn, one.pk])
    return UnansweredRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        service=one.service.name,
        what=names.text(one.need.words),
        sent=on(sent),
        waits=days_ago((today - sent) // timedelta(days=1)),
        leaves=on(custody.released_on or custody.release_on),
        tag=tag(REFERRAL_TAGS[S(one.state)]),
        mail=mail,
        next=Link("See it", where, hidden=f" for {case.name}"),
    )


def kept_from(user):
    """Masked rows of the cases within reach that are kept from this reader."""
    reached = Case.objects.within_reach(user, ACTION).supervised()
    return [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]]
