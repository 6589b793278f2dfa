"""The eight local delivery sites of the model provider, with their towns, courts and police areas.

Sources: the provider's published offices and team codes; HMIP Thames Valley CRC 2018 (eight sites,
three resettlement prisons).
"""

from dataclasses import dataclass

PROVIDER = ("C16", "Thames Valley CRC")
NPS = ("N05", "NPS South West and South Central")
POLICE = "Thames Valley Police, domestic abuse unit"
ADDRESS_CHECKS = "Thames Valley Police, address check"


@dataclass(frozen=True)
class Site:
    """A local delivery site. `share` is its part of the caseload, in hundredths."""

    code: str
    name: str
    office: str
    teams: tuple[str, ...]
    share: int
    authority: str  # whose children's services are asked
    courts: tuple[tuple[str, str], ...]  # magistrates' court first
    towns: tuple[tuple[str, str, str], ...]  # town, county, postcode district


OXFORD_CROWN = ("OXFDCC", "Oxford Crown Court")
READING_CROWN = ("READCC", "Reading Crown Court")
AYLESBURY_CROWN = ("AYLSCC", "Aylesbury Crown Court")
SLOUGH_MAGISTRATES = ("SLOUMC", "East Berkshire Magistrates Court Slough Court House")
READING_MAGISTRATES = ("READMC", "Reading Magistrates Court")

SITES = (
    Site(
        "C16OXF", "Oxford", "Macmillan House, 38 St Aldates, Oxford", ("C16OXP", "C16NXP"), 19,
        "Oxfordshire County Council", (("OXFRMC", "Oxford Magistrates Court"), OXFORD_CROWN),
        (("Oxford", "Oxfordshire", "OX4"), ("Oxford", "Oxfordshire", "OX3"), ("Bicester", "Oxfordshire", "OX26"),
         ("Abingdon", "Oxfordshire", "OX14"), ("Witney", "Oxfordshire", "OX28"), ("Banbury", "Oxfordshire", "OX16")),
    ),
    Site(
        "C16MKC", "Milton Keynes", "301 Silbury Boulevard, Milton Keynes", ("C16MKP", "C16MKN"), 19,
        "Milton Keynes Council", (("MLTKMC", "Milton Keynes Magistrates Court"), AYLESBURY_CROWN),
        (("Milton Keynes", "Buckinghamshire", "MK6"), ("Milton Keynes", "Buckinghamshire", "MK3"),
         ("Bletchley", "Buckinghamshire", "MK2"), ("Wolverton", "Buckinghamshire", "MK12")),
    ),
    Site(
        "C16GYF", "Reading", "Greyfriars House, 30 Greyfriars Road, Reading", ("C16WBP", "C16WBN"), 18,
        "Reading Borough Council", (READING_MAGISTRATES, READING_CROWN),
        (("Reading", "Berkshire", "RG1"), ("Reading", "Berkshire", "RG2"), ("Reading", "Berkshire", "RG30"),
         ("Woodley", "Berkshire", "RG5")),
    ),
    Site(
        "C16SLO", "Slough", "Revelstoke House, Chalvey Park, Slough", ("C16EBP", "C16NBP"), 15,
        "Slough Borough Council", (SLOUGH_MAGISTRATES, READING_CROWN),
        (("Slough", "Berkshire", "SL1"), ("Slough", "Berkshire", "SL2"), ("Langley", "Berkshire", "SL3"),
         ("Windsor", "Berkshire", "SL4")),
    ),
    Site(
        "C16WYC", "High Wycombe", "23A Easton Street, High Wycombe", ("C16BKP",), 9,
        "Buckinghamshire County Council", (("WYCBMC", "Wycombe Magistrates Court"), AYLESBURY_CROWN),
        (("High Wycombe", "Buckinghamshire", "HP11"), ("High Wycombe", "Buckinghamshire", "HP13"),
         ("Marlow", "Buckinghamshire", "SL7")),
    ),
    Site(
        "C16AWJ", "Aylesbury", "Wynne Jones Centre, 2A Walton Road, Aylesbury", ("C16NKP",), 8,
        "Buckinghamshire County Council", (("AYLSMC", "Aylesbury Magistrates Court"), AYLESBURY_CROWN),
        (("Aylesbury", "Buckinghamshire", "HP19"), ("Aylesbury", "Buckinghamshire", "HP21"),
         ("Wendover", "Buckinghamshire", "HP22")),
    ),
    Site(
        "C16BKN", "Bracknell", "James Glaisher House, Grenville Place, Bracknell", ("C16NBA",), 7,
        "Bracknell Forest Council", (SLOUGH_MAGISTRATES, READING_CROWN),
        (("Bracknell", "Berkshire", "RG12"), ("Wokingham", "Berkshire", "RG40"), ("Crowthorne", "Berkshire", "RG45")),
    ),
    Site(
        "C16NEW", "Newbury", "Mill Lane, Newbury", ("C16WBA",), 5,
        "West Berkshire Council", (("NWBRMC", "West Berkshire Magistrates Court"), READING_CROWN),
        (("Newbury", "Berkshire", "RG14"), ("Thatcham", "Berkshire", "RG19"), ("Hungerford", "Berkshire", "RG17")),
    ),
)  # fmt: skip
# Where some around a person live, outside the provider's area: town, county, postcode district, local
# authority and police force
OUTSIDE = (
    ("Swindon", "Wiltshire", "SN2", "Swindon Borough Council", "Wiltshire Police"),
    ("Basingstoke", "Hampshire", "RG21", "Hampshire County Council", "Hampshire Constabulary"),
    ("Northampton", "Northamptonshire", "NN1", "Northamptonshire County Council", "Northamptonshire Police"),
    ("Luton", "Bedfordshire", "LU1", "Luton Borough Council", "Bedfordshire Police"),
    ("Hayes", "London", "UB3", "London Borough of Hillingdon", "Metropolitan Police"),
)  # fmt: skip
PRISONS = ("Bullingdon (HMP & YOI)", "Woodhill (HMP)", "Spring Hill (HMP)")
HUB_TEAM = ("C16CAH", "Central admin hub")
UNPAID_WORK_TEAM = ("C16UWN", "Unpaid work")
PROGRAMMES_TEAM = ("C16PG1", "Rehabilitation services")
RESETTLEMENT_TEAM = ("C16TST", "Through the Gate")
HEAD_OFFICE = ("C16HOB", "Head office")


def team_name(site, number):
    """What staff call a site's team: by the site, and numbered where it has more than one."""
    return site.name if len(site.teams) == 1 else f"{site.name} {number + 1}"
