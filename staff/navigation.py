"""Where each role's day is: the pages in the primary navigation, the first of them home.

Source: product rules, roles and reach.
"""

from django.urls import reverse

from staff.kit import Link
from staff.permissions import Action, Reach, Role, reach

WORK = ("My work", "my-work")
DIARY = ("Diary", "diary")
CASELOAD = ("Caseload", "caseload")
TEAM = ("Team", "team-board")
DESK = ("Checks desk", "checks-desk")
TODAY = ("Today", "duty-today")
INFORMATION = ("Information in", "record-information")
QUALITY = ("Data quality", "data-quality")
IMPORTS = ("Imports", "imports")
POLICY = ("Policy", "policies")
LOOP = ("The loop", "the-loop")
CONTENT = ("Assessments and plans", "content")
CONTACT = ("Contact", "contact-figures")
REVIEWS = ("Reviews", "reviews")
RECOMMENDED = ("Recommendations", "recommendations")
VISITS = ("Visits", "home-visits")
CHECK_INS = ("Check-ins", "check-ins")
OUTCOMES = ("Outcomes to log", "outcomes-to-log")
PAGES = {
    Role.OFFICER: [WORK, CASELOAD, DIARY, TODAY, VISITS, INFORMATION, DESK, CONTACT, LOOP, POLICY],
    Role.SPO: [
        WORK,
        TEAM,
        CASELOAD,
        DIARY,
        TODAY,
        VISITS,
        INFORMATION,
        DESK,
        CONTACT,
        LOOP,
        CONTENT,
        REVIEWS,
        QUALITY,
        POLICY,
    ],
    Role.HUB: [WORK, DESK, INFORMATION, DIARY, TODAY, CHECK_INS, CASELOAD, QUALITY, IMPORTS],
    Role.COORDINATOR: [CASELOAD],
    Role.SUPERVISOR: [],
    Role.FACILITATOR: [CASELOAD],
    Role.RESETTLEMENT: [CASELOAD, DIARY, OUTCOMES],
    Role.MENTOR: [],
    Role.QUALITY: [
        TEAM,
        CASELOAD,
        CONTACT,
        LOOP,
        CONTENT,
        REVIEWS,
        RECOMMENDED,
        QUALITY,
        IMPORTS,
        POLICY,
    ],
    Role.HEAD: [
        WORK,
        TEAM,
        CASELOAD,
        INFORMATION,
        CHECK_INS,
        CONTACT,
        LOOP,
        CONTENT,
        REVIEWS,
        RECOMMENDED,
        QUALITY,
        IMPORTS,
        POLICY,
    ],
    Role.AUDITOR: [
        TEAM,
        CASELOAD,
        CONTACT,
        LOOP,
        CONTENT,
        REVIEWS,
        RECOMMENDED,
        QUALITY,
        IMPORTS,
        POLICY,
    ],
    Role.SYSTEM: [IMPORTS],
}


def home_of(user):
    """The name of the page this person's day starts on."""
    pages = PAGES.get(user.role, [])
    return pages[0][1] if pages else "account"


def frame(request):
    """What every page's frame shows whoever is signed in: where they may go, and whether they search."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"navigation": []}
    here = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "navigation": [
            Link(text, reverse(name), current=name == here)
            for text, name in PAGES.get(request.user.role, [])
        ],
        "may_search": reach(request.user.role, Action.SEARCH_CASES) > Reach.NONE,
    }
