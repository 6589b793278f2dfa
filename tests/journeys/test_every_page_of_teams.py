"""Every page of a team, its workload and its supervision: usable by everybody at every width, and without JavaScript.

The addresses are those of the app, so that a page that is added is walked, or fails here until somebody says whose it is.
"""

import pytest
from django.urls import get_resolver, reverse

import oversight.urls
from cases.urls import assessing
from staff.permissions import Role
from tests.journeys.a_team import make_team
from tests.journeys.walking import Walk

MODULES = (
    "development", "giving", "officers", "saved_views", "senior_list", "sharing", "sharing_acts", "supervision",
    "supervision_acts", "team", "team_figures", "team_lists", "tiers", "unowned", "workload", "workload_policy",
)  # fmt: skip
PRESSES = {
    "ask-again-for-sharing", "begin-supervision", "drop-sharing", "leave-out-changed", "remove-view", "share-view",
    "take-away-known", "take-in-again", "weekly-figures",
}  # fmt: skip
LEADS_AWAY = {"open-view"}  # to the list that it is of


def of_modules(urlpatterns, app, modules):
    """The names of the pages of these modules of views."""
    homes = {f"{app}.views.{one}" for one in modules}
    return {one.name for one in urlpatterns if one.callback.__module__ in homes}


EVERY = of_modules(oversight.urls.urlpatterns, "oversight", MODULES) - PRESSES - LEADS_AWAY
EVERY |= of_modules(assessing.urlpatterns, "cases", ("senior_actions",))
BOARD = {"team-board", "team-compare", "team-figures", "team-grid-change", "team-interim-plans", "team-owed", "team-waits"}  # fmt: skip
THEIRS = {"do-agreed-action", "do-senior-action", "read-supervision"}  # the officer's alone
POLICY = {"workload-policy", "set-workload-policy"}
READ = {"officer-workload", "saved-views", "workload", "workload-policy", "national-tier", "team-training"}  # fmt: skip
WHOSE = {
    Role.SPO: EVERY - THEIRS - {"set-workload-policy"},
    Role.OFFICER: THEIRS | {
        "national-tier", "officer-supervision", "officer-workload", "saved-views", "senior-action", "senior-actions", "supervision", "team-training", "workload",
    },
    Role.HEAD: BOARD | POLICY | READ | {"list-of-the-day", "officer-supervision", "supervision", "supervisions"},
    Role.QUALITY: BOARD | READ,
    Role.AUDITOR: BOARD | READ,
}  # fmt: skip
FEWEST = {
    Role.SPO: 57,
    Role.OFFICER: 14,
    Role.HEAD: 24,
    Role.QUALITY: 17,
    Role.AUDITOR: 17,
}
# Each way that a page looks: what stands in its address
KNOWN = [{"known": one} for one in ("contract", "off", "training", "induction")]
SESSIONS = ("planned", "held", "signed", "called_off")
ASKED = {
    "team-board": ("", "?team=all"),
    "team-figures": ("", "?team=all"),
    "team-owed": ("", "?team=all&harm=a&show=late", "?about=breach"),
    "team-interim-plans": ("", "?show=over"),
    "team-grid-change": ("", "?team=all&show=moves", "?came=MC90"),
    "team-waits": ("?team=all&of=service", "?of=place"),
    "team-training": ("", "?show=arrange"),
}
CLOSED = {"supervision": SESSIONS, "agree-action": ("held",), "sign-supervision": ("held",), "read-supervision": ("signed",)}  # fmt: skip


def addresses_of(name, made):
    ((_, keys),), *_ = get_resolver().reverse_dict.getlist(name)[0]
    if not keys:
        return [reverse(name) + asked for asked in ASKED.get(name, ("",))]
    return [reverse(name, kwargs=given) for given in _given(name, set(keys), made)]


def _given(name, keys, made):
    if "known_row" in keys:
        return [one | {"known_row": made[one["known"]]} for one in KNOWN]
    if "known" in keys:
        return [one | {"officer": made["officer"]} for one in KNOWN]
    if "officer" in keys:
        unheld = {"crn": made["unheld"]} if "crn" in keys else {}
        return [{"officer": one} | unheld for one in (made["officer"], made["busy"])]
    if "sharing" in keys:
        return [{key: made["shared_crn" if key == "crn" else key] for key in keys}]
    if "supervision" in keys:
        return [{"supervision": made[one]} for one in CLOSED.get(name, ("planned",))]
    if "agreed" in keys:
        return [{"agreed": made["agreed"]}]
    if "senior_action" in keys:
        first = {"crn": made["crn"], "senior_action": made["asked"]}
        then = {"crn": made["done_crn"], "senior_action": made["done"]}
        return [first, then] if name == "senior-action" else [first]
    return [{"crn": made["unheld" if name == "name-officer" else "crn"]}]


@pytest.mark.parametrize("role", WHOSE, ids=str)
def test_every_page_of_teams_can_be_used_by_everybody(open_page, sign_in, axe, site, role):
    made = make_team(site)
    walk = Walk(open_page, sign_in, axe, role)

    for name in sorted(WHOSE[role]):
        if role == Role.OFFICER and name == "supervision":
            walk.see(name, reverse(name, args=[made["signed"]]))
            continue
        if role == Role.OFFICER and name.startswith("officer-"):
            walk.see(name, reverse(name, args=[made["officer"]]))
            continue
        for address in addresses_of(name, made):
            walk.see(name, address)

    assert len(walk.walked) >= FEWEST[role], walk.walked


def test_every_page_is_somebodys():
    assert set().union(*WHOSE.values()) == EVERY
