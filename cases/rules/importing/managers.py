"""Who holds a case: the placeholder officers of nDelius, and whom the NPS retains a case by.

Source: the import contract, three spellings of unallocated; product rules, order of decision.
"""

import re

CRC, NPS = re.compile(r"C\d\d"), re.compile(r"N\d\d")
NOBODY = re.compile(r"\b(unallocated|inactive)\b", re.IGNORECASE)
STAND_INS = {("created", "crc"), ("staff", ""), ("unallocated", "staff")}  # (surname, forenames)
NEVER = "1900-01-01"  # nDelius's date for "since before records"


def is_unallocated(*, flag, surname, forenames, team_name, code):
    """Whether this officer stands for nobody.

    Newer documents say so; older ones only by the name, the team's name, or a code ending in U.
    """
    name = f"{forenames} {surname}"
    if flag or not name.strip() or NOBODY.search(name):
        return True
    if (surname.casefold(), forenames.casefold()) in STAND_INS:
        return True
    if flag is False:
        return False
    return bool(NOBODY.search(team_name)) or code.endswith("U")


def is_nps(code, flag):
    """Whether a provider is a division of the NPS. Its code says; the flag only where it does not."""
    if CRC.fullmatch(code):
        return False
    return bool(NPS.fullmatch(code)) or (bool(flag) and not code)


def retained_by(manager):
    """The named NPS officer who keeps the case; blank where the provider is a CRC or nobody is named."""
    return manager["officer_name"] if manager["nps"] and not manager["unallocated"] else ""


def current(managers):
    """The active manager; of several, whoever holds the case since latest. None when nobody does."""
    active = [manager for manager in managers if manager["active"]]
    return max(active, key=lambda manager: manager["from_on"] or "", default=None)
