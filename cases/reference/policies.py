"""The policies of supervision that a provider sets for itself. That of the GRID belongs to the GRID.

Source: architecture, "policy that a provider sets".
"""

from cases.reference.codes import Titled


class Policies(Titled):
    CHECKS = "checks", "Policy on checks"
    CLOCKS = "clocks", "Policy on clocks and bank holidays"
    ASSESSING = "assessing", "Policy on assessing, planning and overrides"
    MEETING = "meeting", "Policy on meetings, visits and reviews"
    ENFORCEMENT = "enforcement", "Policy on enforcement and the hub"
    ENDING = "ending", "Policy on bringing cases to their end"
    SUPERVISION = "supervision", "Policy on supervising officers"
    REQUESTS = "requests", "Policy on what agencies are asked"
