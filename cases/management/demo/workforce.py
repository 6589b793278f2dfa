"""The staff who hold the demonstration caseload: teams at eight sites, and those who serve them all.

Source of the proportions: HMIP Thames Valley CRC 2018, 1.2 (cohorts of women and of integrated
offender management held by specific officers; trainees; enhanced officers).
"""

from dataclasses import dataclass, field
from random import Random

from cases.management.demo import names, places
from staff.permissions import Role
from staff.reference import Grade

CASES_AN_OFFICER = 50
PEOPLE_OF_THE_PROVIDER = 4750  # a larger caseload is the same provider several times over
FEWEST_OFFICERS, MOST_OFFICERS = 3, 9  # in a team
# How full a caseload each grade carries
FULLNESS = {Grade.TRAINEE: 0.4, Grade.PSO: 1.0, Grade.EPSO: 1.0, Grade.PO: 0.9}
GRADES = (
    Grade.PO,
    Grade.PSO,
    Grade.EPSO,
    Grade.PSO,
    Grade.PO,
    Grade.TRAINEE,
    Grade.PSO,
    Grade.PO,
    Grade.EPSO,
)
MAIL = "thamesvalley.example.test"


@dataclass
class Staff:
    """A member of staff; `number` is their place in the list and `user_id` their row once written."""

    number: int
    username: str
    forename: str
    surname: str
    role: Role
    team: str = ""  # its code
    grade: Grade | str = ""
    cohort: str = ""  # which cases an officer takes: women, iom, unpaid_work or any
    load: float = 0  # cases held, as the share of a full caseload of their grade
    user_id: int = 0

    @property
    def name(self):
        return f"{self.forename} {self.surname}"

    @property
    def code(self):
        """Their code in nDelius."""
        return f"C16A{self.number:03d}"

    def takes_one(self):
        self.load += 1 / FULLNESS[Grade(self.grade)]


@dataclass
class CaseTeam:
    """A team that holds cases."""

    code: str
    name: str
    site: places.Site
    unit: str
    share: float
    officers: list[Staff] = field(default_factory=list)
    spo: Staff | None = None

    def officer_for(self, cohort):
        """Who takes the next case of this cohort: the least loaded of those meant for it."""
        meant = [one for one in self.officers if one.cohort == cohort and cohort != "any"]
        meant = meant or [one for one in self.officers if one.cohort != "women"]
        return min(meant, key=lambda one: (one.load, one.number))


class Workforce:
    """Everyone employed. The first team is the one that the demonstration's own sign-ins work in."""

    def __init__(self, people, seed):
        self.rng = Random(f"staff {seed}")
        self.used = set()
        self.staff = []
        self.teams = []
        copies = max(1, round(people / PEOPLE_OF_THE_PROVIDER))
        teams_there = copies * sum(len(site.teams) for site in places.SITES)
        officers = round(people / CASES_AN_OFFICER / teams_there)
        self.officers_a_team = min(max(officers, FEWEST_OFFICERS), MOST_OFFICERS)
        for copy in range(copies):
            for site in places.SITES:
                self._open_site(site, copy)
        self._serve_all()

    def _open_site(self, site, copy):
        again = f" ({copy + 1})" if copy else ""
        suffix = f"-{copy + 1}" if copy else ""
        for number, code in enumerate(site.teams):
            team = CaseTeam(
                code=f"{code}{suffix}",
                name=f"{places.team_name(site, number)}{again}",
                site=site,
                unit=f"{site.code}{suffix}",
                share=site.share / len(site.teams),
            )
            team.spo = self._hire(Role.SPO, team.code)
            for place in range(self._size(len(self.teams))):
                team.officers.append(
                    self._hire(Role.OFFICER, team.code, GRADES[place], _cohort(place))
                )
            self.teams.append(team)

    def _size(self, number):
        """One team in twelve is a post short, which makes ninety-five officers of ninety-six."""
        short = self.officers_a_team > FEWEST_OFFICERS and number % 12 == 11
        return self.officers_a_team - short

    def _hire(self, role, team="", grade="", cohort=""):
        while True:
            forename = self.rng.choice(names.STAFF_FORENAMES)
            surname = self.rng.choice(names.STAFF_SURNAMES)
            username = f"{forename}.{surname}".lower()
            if username in self.used:
                username += str(len(self.staff))
            if username not in self.used:
                break
        self.used.add(username)
        one = Staff(len(self.staff) + 1, username, forename, surname, role, team, grade, cohort)
        self.staff.append(one)
        return one

    def _serve_all(self):
        """Those who work across the sites, and the sign-in of each role."""
        wanted = [
            (Role.HUB, places.HUB_TEAM, 9),
            (Role.COORDINATOR, places.UNPAID_WORK_TEAM, 5),
            (Role.SUPERVISOR, places.UNPAID_WORK_TEAM, 12),
            (Role.FACILITATOR, places.PROGRAMMES_TEAM, 10),
            (Role.RESETTLEMENT, places.RESETTLEMENT_TEAM, 7),
            (Role.MENTOR, places.RESETTLEMENT_TEAM, 6),
            (Role.QUALITY, places.HEAD_OFFICE, 2),
            (Role.HEAD, places.HEAD_OFFICE, 2),
            (Role.AUDITOR, places.HEAD_OFFICE, 1),
            (Role.SYSTEM, places.HEAD_OFFICE, 1),
        ]
        for role, (team, _), number in wanted:
            hired = [self._hire(role, team) for _ in range(number)]
            hired[0].username = role.value
        first = self.teams[0]
        self.gone = self._hire(Role.OFFICER, first.code, Grade.PO)  # whose last day is over
        first.spo.username = Role.SPO.value
        next(one for one in first.officers if one.cohort == "any").username = Role.OFFICER.value

    def of_role(self, role):
        return [one for one in self.staff if one.role == role]

    def sign_in(self, role):
        """Whom the demonstration signs in as in this role."""
        return next(one for one in self.staff if one.username == role)

    @property
    def officer(self):
        return self.sign_in(Role.OFFICER)


def _cohort(place):
    """Women, integrated offender management and stand-alone unpaid work each have an officer."""
    return {1: "women", 2: "iom", 3: "unpaid_work"}.get(place, "any")
