"""Where each role's day is: the pages in the primary navigation, the first of them home.

Source: product rules, roles and reach.
"""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from staff.kit import Link
from staff.permissions import Action, Reach, Role, reach

WORK = ("My work", "my-work")
DIARY = ("Diary", "diary")
CASELOAD = ("Caseload", "caseload")
TEAM = ("Team", "team-board")
TEAM_FIGURES = ("Figures", "team-figures")
SIDE_BY_SIDE = ("Teams side by side", "team-compare")
VIEWS = ("Saved views", "saved-views")
WORKLOAD = ("Workload", "workload")
TRAINING = ("Training", "team-training")
OWN_WORKLOAD = ("My workload", "workload")
QUEUE = ("Queue", "hub-queue")
FIGURES = ("Measures of enforcement", "enforcement-measures")
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
SESSIONS = ("Sessions", "work-sessions")
PROJECTS = ("Projects", "projects")
WORKERS = ("Unpaid work", "work-caseload")
REGISTERS = ("Registers", "registers-to-close")
ON_SITE = ("On site", "site-watches")
CHECK_INS = ("Check-ins", "check-ins")
OUTCOMES = ("Outcomes to log", "outcomes-to-log")
SUPERVISION = ("Supervision", "supervisions")
OWN_SUPERVISION = ("My supervision", "supervisions")
MOVEMENTS = ("Coming and going", "arrivals")
CHARGED = ("Further offences", "further-offences")
COMPLAINTS = ("Complaints", "complaints")
VICTIMS = ("Victim liaison", "victim-liaison-list")
TRAVELS = ("Travel abroad", "travels")
MEETINGS = ("Meetings", "agency-meetings-list")
COURTS = ("Courts", "court-requests-waiting")
RELEASES = ("Releases", "releases")
UNANSWERED = ("Referrals not answered", "referrals-unanswered")
SERVICES = ("Services", "services")
PRISONS = ("Prisons", "prisons")
AT_THE_GATE = ("At the gate", "gate-meetings")
INTERVENTIONS = ("Interventions", "interventions")
OWN_GROUPS = ("My groups", "my-groups")
SERIES = ("Groups", "groups")
WAITING = ("Waiting lists", "waiting-lists")
UNMET = ("Needs not met", "unmet-needs")
ROOMS = ("Rooms", "rooms")
LEADERS = ("Leaders", "leaders")
TIMETABLES = ("Timetables", "quarters")
ALL_OF_GROUPS = (INTERVENTIONS, SERIES, WAITING, UNMET, ROOMS, LEADERS, TIMETABLES)
ALL_OF_TEAMS = (TEAM, TEAM_FIGURES, WORKLOAD, TRAINING, SIDE_BY_SIDE)
MEASURED = (CONTACT, LOOP, CONTENT, REVIEWS)
# Pages that stand beside each other: one entry leads to them, and each leads to the others
GROUPS = {
    "Team": (*ALL_OF_TEAMS, SUPERVISION),
    "Caseload": (CASELOAD, VIEWS),
    "Enforcement": (QUEUE, FIGURES),
    "Other agencies": (MEETINGS, COURTS, VICTIMS, TRAVELS),
    "Complaints and charges": (COMPLAINTS, CHARGED),
    "Releases": (RELEASES, UNANSWERED, SERVICES, PRISONS),
    "Interventions": (OWN_GROUPS, *ALL_OF_GROUPS),
}
GROUP_OF = {page: group for group, pages in GROUPS.items() for page in pages}
PAGES = {
    Role.OFFICER: [
        WORK,
        CASELOAD,
        OWN_SUPERVISION,
        VIEWS,
        DIARY,
        TODAY,
        VISITS,
        RELEASES,
        INFORMATION,
        DESK,
        MOVEMENTS,
        VICTIMS,
        MEETINGS,
        COURTS,
        INTERVENTIONS,
        SERIES,
        WAITING,
        CONTACT,
        LOOP,
        OWN_WORKLOAD,
        POLICY,
    ],
    Role.SPO: [
        WORK,
        *ALL_OF_TEAMS,
        CASELOAD,
        SUPERVISION,
        VIEWS,
        DIARY,
        TODAY,
        VISITS,
        RELEASES,
        INFORMATION,
        DESK,
        QUEUE,
        FIGURES,
        MOVEMENTS,
        VICTIMS,
        TRAVELS,
        CHARGED,
        COMPLAINTS,
        MEETINGS,
        COURTS,
        *ALL_OF_GROUPS,
        *MEASURED,
        QUALITY,
        POLICY,
    ],
    Role.HUB: [
        QUEUE,
        FIGURES,
        WORK,
        DESK,
        INFORMATION,
        MOVEMENTS,
        RELEASES,
        UNANSWERED,
        SERVICES,
        PRISONS,
        COMPLAINTS,
        MEETINGS,
        COURTS,
        DIARY,
        TODAY,
        CHECK_INS,
        CASELOAD,
        VIEWS,
        QUALITY,
        IMPORTS,
    ],
    Role.COORDINATOR: [WORK, WORKERS, SESSIONS, REGISTERS, ON_SITE, PROJECTS],
    Role.SUPERVISOR: [SESSIONS, PROJECTS, ON_SITE],
    Role.FACILITATOR: [
        OWN_GROUPS,
        *ALL_OF_GROUPS,
        CASELOAD,
        VIEWS,
    ],
    Role.RESETTLEMENT: [
        RELEASES,
        UNANSWERED,
        SERVICES,
        PRISONS,
        WORK,
        CASELOAD,
        VIEWS,
        DIARY,
        OUTCOMES,
        AT_THE_GATE,
    ],
    Role.MENTOR: [AT_THE_GATE],
    Role.QUALITY: [
        *ALL_OF_TEAMS,
        CASELOAD,
        VIEWS,
        QUEUE,
        FIGURES,
        MOVEMENTS,
        RELEASES,
        CHARGED,
        COMPLAINTS,
        *ALL_OF_GROUPS,
        *MEASURED,
        RECOMMENDED,
        PROJECTS,
        QUALITY,
        IMPORTS,
        POLICY,
    ],
    Role.HEAD: [
        WORK,
        *ALL_OF_TEAMS,
        CASELOAD,
        SUPERVISION,
        VIEWS,
        INFORMATION,
        QUEUE,
        FIGURES,
        MOVEMENTS,
        RELEASES,
        VICTIMS,
        TRAVELS,
        CHARGED,
        COMPLAINTS,
        CHECK_INS,
        *ALL_OF_GROUPS,
        *MEASURED,
        RECOMMENDED,
        PROJECTS,
        QUALITY,
        IMPORTS,
        POLICY,
    ],
    Role.AUDITOR: [
        *ALL_OF_TEAMS,
        CASELOAD,
        VIEWS,
        QUEUE,
        FIGURES,
        MOVEMENTS,
        RELEASES,
        CHARGED,
        COMPLAINTS,
        *ALL_OF_GROUPS,
        *MEASURED,
        RECOMMENDED,
        QUALITY,
        IMPORTS,
        POLICY,
    ],
    Role.SYSTEM: [IMPORTS],
}


@dataclass(frozen=True)
class Entry(Link):
    """One entry of the primary navigation. `work`: My work, beside which stands how much waits."""

    work: bool = False

    @property
    def stays(self):
        """Whether a telephone shows it beside the menu, not within."""
        return self.current or self.work


def home_of(user):
    """The name of the page this person's day starts on."""
    pages = PAGES.get(user.role, [])
    return pages[0][1] if pages else "account"


def frame(request):
    """What every page's frame shows whoever is signed in: where they may go, and whether they search."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"navigation": []}
    here = request.resolver_match.url_name if request.resolver_match else ""
    pages = PAGES.get(request.user.role, [])
    return {
        "navigation": _entries(pages, here),
        "beside": _beside(pages, here),
        "may_search": reach(request.user.role, Action.SEARCH_CASES) > Reach.NONE,
    }


def _entries(pages, here):
    """A link to each page, and to the first of each group of them."""
    entries: dict[str, list[str]] = {}
    for page in pages:
        entries.setdefault(GROUP_OF.get(page, page[0]), []).append(page[1])
    return [
        Entry(text, _address(names[0]), current=here in names, work=WORK[1] in names)
        for text, names in entries.items()
    ]


def _beside(pages, here):
    """The pages of its group, where this one is of a group with more than one that the reader has; else none."""
    group = next((GROUP_OF.get(page) for page in pages if page[1] == here), None)
    found = [page for page in pages if group and GROUP_OF.get(page) == group]
    if len(found) < 2:
        return []
    return [Link(text, _address(name), current=name == here) for text, name in found]


@cache
def _address(page):
    """Looked up once a process: some thirty of them stand on every page."""
    return reverse(page)


def not_beside(user, pages):
    """Links to those of these pages to which the navigation of this person's role does not lead."""
    led_to = PAGES.get(user.role, [])
    return [Link(text, reverse(name)) for text, name in pages if (text, name) not in led_to]
