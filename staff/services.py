"""Opening and shutting accounts, what staff change about their own, words kept until they are sent, and the
pulse of what runs unseen.
"""

import json
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Draft, Heartbeat, Team, User
from staff.permissions import Role
from staff.queries import GONE_AFTER
from staff.reference import StatedSex
from staff.rules.keeping import may_be_kept
from staff.rules.telephones import understand_mobile

LARGEST = 200_000  # bytes of one form
WORDS_LAST = timedelta(days=30)
EMPTY_LASTS = timedelta(days=1)  # longer than a page may go on saying that it is open
SPENT_AT_ONCE = 5000  # drafts thrown away in one statement
# Who was gone, or had sent the page, has come anew
SEEN = """
    opened_at = CASE
        WHEN draft.seen_at < %(gone)s OR draft.sent_at >= draft.seen_at THEN %(now)s ELSE draft.opened_at
    END, seen_at = %(now)s
"""
BE_HERE = f"""
    INSERT INTO staff_draft AS draft (user_id, page, fields, opened_at, seen_at)
    VALUES (%(user)s, %(page)s, '{{}}', %(now)s, %(now)s)
    ON CONFLICT (user_id, page) DO UPDATE SET {SEEN} RETURNING *
"""
KEEP_WORDS = f"""
    INSERT INTO staff_draft AS draft (user_id, page, fields, saved_at, opened_at, seen_at)
    VALUES (%(user)s, %(page)s, %(fields)s, %(now)s, %(now)s, %(now)s)
    ON CONFLICT (user_id, page) DO UPDATE SET fields = EXCLUDED.fields, saved_at = EXCLUDED.saved_at, {SEEN}
    WHERE draft.sent_at IS NULL OR draft.sent_at <= coalesce(%(drawn_at)s, %(now)s) RETURNING *
"""


@transaction.atomic
def set_shortcuts(*, user, on):
    """Turn this person's keyboard shortcuts on or off."""
    User.objects.filter(pk=user.pk).update(uses_shortcuts=on)
    record(by=user, action="set_shortcuts", on=on)


@transaction.atomic
def set_mobile(*, user, mobile):
    """Keep the number this person is texted at, while they or somebody they watch is on a home visit; or forget it."""
    User.objects.filter(pk=user.pk).update(mobile=understand_mobile(mobile))
    record(by=user, action="set_mobile", known=bool(mobile.strip()))


@transaction.atomic
def state_sex(*, user, sex):
    """Keep what this person states of themselves, that they would rather not say, or (blank) nothing. Audited without it."""
    if sex not in {"", *StatedSex}:
        raise RuleBroken("Choose one of the answers.")
    User.objects.filter(pk=user.pk).update(sex=sex)
    record(by=user, action="stated_sex", answered=bool(sex))


@transaction.atomic
def open_account(
    *, username, first_name, last_name, email, role, grade, team, staff_code, by, sex=""
):
    """Open an account that has no password yet. `team` is a team's code, or blank; `sex` as they state it.

    Access follows from the role and team at once, so both are checked here and kept in the trail.
    """
    if User.objects.filter(username=username).exists():
        raise RuleBroken(f"There is an account called {username} already.")
    if staff_code and User.objects.filter(staff_code=staff_code).exists():
        raise RuleBroken(f"Another account has the staff code {staff_code}.")
    if grade and role != Role.OFFICER:
        raise RuleBroken("Only a responsible officer has a grade.")
    held = Team.objects.filter(code=team).first() if team else None
    if team and not held:
        raise RuleBroken(f"There is no team with the code {team}. Teams come with an import.")
    if not held and role in (Role.OFFICER, Role.SPO):
        raise RuleBroken("A responsible officer and a senior probation officer need a team.")
    user = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=email,
        role=role,
        grade=grade,
        team=held,
        staff_code=staff_code or None,
        sex=sex,
    )
    user.set_unusable_password()
    user.save()
    record(by=by, action="opened_account", account=username, role=str(role), team=team)
    return user


@transaction.atomic
def set_password(*, user, password, by):
    """Give an account this password, which the rules for passwords must allow."""
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise RuleBroken(" ".join(refusal.messages)) from refusal
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, action="set_password", account=user.username)


@transaction.atomic
def close_account(*, user, by):
    """Shut an account: its sessions and tokens open nothing from the next request."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    record(by=by, action="closed_account", account=user.username)


def beat_heart(*, name, now):
    """Say that a process which serves nobody directly is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def be_here(*, user, page, now):
    """Say that this person has the page open. Returns their draft."""
    return Draft.objects.raw(BE_HERE, _now_on(user, page, now))[0]


def keep_words(*, user, page, fields, now, drawn_at=None):
    """Keep what has been typed on a page, for this person alone. `fields` is {name: [values]}.

    A page that was drawn before the words on it were sent keeps nothing more: what a slow line brings
    late would be taken for words that are still to be sent.
    """
    kept = {
        _that_can_be_kept(name): [_that_can_be_kept(value) for value in values]
        for name, values in fields.items()
        if may_be_kept(name)
    }
    words = json.dumps(kept, ensure_ascii=False)
    if len(words.encode()) > LARGEST:
        raise RuleBroken(
            f"This is too long to be kept: at most {LARGEST:,} letters. Shorten it, or send it in parts."
        )
    given = _now_on(user, page, now) | {"fields": words, "drawn_at": drawn_at}
    draft = next(iter(Draft.objects.raw(KEEP_WORDS, given)), None)
    if draft is None:
        raise RuleBroken("This page was sent already. Open it again to write more.")
    return draft


def forget_words(*, user, page, now):
    """What was typed on the page has been sent, or is not wanted. Inside the caller's transaction, if any."""
    Draft.objects.filter(user=user, page=page).update(fields={}, saved_at=None, sent_at=now)


def throw_away_drafts(*, now, after=0):
    """Throw away words that nobody came back to, a part at a time.

    Returns the key to go on after, None when there is no more, and how many were thrown away.
    """
    spent = Draft.objects.spent(words_before=now - WORDS_LAST, empty_before=now - EMPTY_LASTS)
    keys = spent.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    chosen = list(keys[:SPENT_AT_ONCE])
    Draft.objects.filter(pk__in=chosen).delete()
    return (chosen[-1] if len(chosen) == SPENT_AT_ONCE else None), len(chosen)


def _that_can_be_kept(text):
    return text.replace("\0", "")  # which no column can hold


def _now_on(user, page, now):
    return {"user": user.pk, "page": page, "now": now, "gone": now - GONE_AFTER}
