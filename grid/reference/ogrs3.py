"""The coefficients of OGRS3: two sets, kept by version.

Sources: Ministry of Justice Research Summary 7/09 (the scale); OASys as re-implemented in public by HMPPS (the
operational set, four or five decimals); the same scale transcribed to nine decimals in three public works that agree.
"""

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"


class Profile(StrEnum):
    OPERATIONAL = "operational"
    PUBLISHED = "published"


class Band(StrEnum):
    """Likelihood of reconviction within two years, by the first percentage of each."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    VERY_HIGH = "VERY_HIGH"


BAND_STARTS = {Band.LOW: 0, Band.MEDIUM: 50, Band.HIGH: 75, Band.VERY_HIGH: 90}


class Category(StrEnum):
    """The twenty groups of current offence, in the order in which the scale numbers them from 0."""

    VIOLENCE = "violence"
    ROBBERY = "robbery"
    PUBLIC_ORDER = "public_order"
    SEXUAL_NOT_CHILD = "sexual_not_child"
    SEXUAL_CHILD = "sexual_child"
    SOLICITING_PROSTITUTION = "soliciting_prostitution"
    BURGLARY_DOMESTIC = "burglary_domestic"
    BURGLARY_OTHER = "burglary_other"
    THEFT_NON_MOTOR = "theft_non_motor"
    HANDLING_STOLEN_GOODS = "handling_stolen_goods"
    FRAUD_FORGERY = "fraud_forgery"
    ABSCONDING_BAIL = "absconding_bail"
    TAKING_DRIVING_AWAY = "taking_driving_away"
    THEFT_FROM_VEHICLE = "theft_from_vehicle"
    DRINK_DRIVING = "drink_driving"
    OTHER_MOTORING = "other_motoring"
    CRIMINAL_DAMAGE = "criminal_damage"
    DRUG_IMPORT_EXPORT_PRODUCTION = "drug_import_export_production"
    DRUG_POSSESSION_SUPPLY = "drug_possession_supply"
    OTHER = "other"

    @property
    def label(self):
        return CATEGORY_LABELS[self]


CATEGORY_LABELS = {  # as nDelius words them
    Category.VIOLENCE: "Violence",
    Category.ROBBERY: "Robbery",
    Category.PUBLIC_ORDER: "Public order",
    Category.SEXUAL_NOT_CHILD: "Sexual (not against child)",
    Category.SEXUAL_CHILD: "Sexual (against child)",
    Category.SOLICITING_PROSTITUTION: "Soliciting or prostitution",
    Category.BURGLARY_DOMESTIC: "Burglary (Domestic)",
    Category.BURGLARY_OTHER: "Burglary (Other)",
    Category.THEFT_NON_MOTOR: "Theft (Non-motor)",
    Category.HANDLING_STOLEN_GOODS: "Handling stolen goods",
    Category.FRAUD_FORGERY: "Fraud and forgery",
    Category.ABSCONDING_BAIL: "Absconding or bail offences",
    Category.TAKING_DRIVING_AWAY: "Taking and driving away and related offences",
    Category.THEFT_FROM_VEHICLE: "Theft from vehicles",
    Category.DRINK_DRIVING: "Drink driving",
    Category.OTHER_MOTORING: "Other motoring",
    Category.CRIMINAL_DAMAGE: "Criminal damage",
    Category.DRUG_IMPORT_EXPORT_PRODUCTION: "Drug import/export/production",
    Category.DRUG_POSSESSION_SUPPLY: "Drug possession/supply",
    Category.OTHER: "Other offence",
}

YOUNGEST = 10  # the age of criminal responsibility: the scale has no younger age band
AGE_BANDS = (
    (10, 11), (12, 13), (14, 15), (16, 17), (18, 20), (21, 24), (25, 29), (30, 34), (35, 39), (40, 49), (50, None),
)  # fmt: skip


@dataclass(frozen=True)
class Coefficients:
    """One set. `age_sex` follows AGE_BANDS and `offence` follows Category, value for value."""

    profile: Profile
    version: str
    one_year: float
    two_year: float
    copas: float
    first_sanction: float  # history: this conviction is the first sanction of any kind
    later_sanction: float  # history: any sanction came before
    age_sex: dict[Sex, tuple[float, ...]]
    offence: tuple[float, ...]


OPERATIONAL = Coefficients(
    profile=Profile.OPERATIONAL,
    version="OGRS3 operational, 2026-06",
    one_year=1.40256,
    two_year=2.1217,
    copas=1.25112,
    first_sanction=0.12614,
    later_sanction=0.46306,
    # OASys has plus signs for girls under 16 where every other source has minus. Kept, so that staff see the same
    # score in both systems; nobody of 16 or over is touched.
    age_sex={
        Sex.MALE: (0.0, 0.08392, 0.07578, -0.0616, -0.6251, -1.0515, -1.1667, -1.326, -1.368, -1.4997, -2.0253),
        Sex.FEMALE: (0.785, 0.61385, 0.66952, -0.9592, -0.8975, -1.0285, -1.0528, -1.1291, -1.4219, -1.5247, -2.4498),
    },
    # OASys has 0.0328 for sexual offences not against a child, ten times the published figure. Kept, for the same reason.
    offence=(
        0.0, -0.6348, 0.1819, 0.0328, -0.6534, 0.7606, -0.1239, 0.2406, 0.6612, 0.3519,
        0.1599, 0.7334, 0.3801, 0.4272, -0.1214, 0.2622, 0.205, -0.7956, 0.0772, -0.0607,
    ),
)  # fmt: skip

PUBLISHED = Coefficients(
    profile=Profile.PUBLISHED,
    version="OGRS3 published, 2009",
    one_year=1.402562384,
    two_year=2.121705678,
    copas=1.251124464,
    first_sanction=0.126142106,
    later_sanction=0.463062792,
    age_sex={
        Sex.MALE: (
            0.0, 0.083922902, 0.075775765, -0.061594199, -0.625103618, -1.051515067,
            -1.166679288, -1.325976554, -1.368045933, -1.499690953, -2.025261458,
        ),
        Sex.FEMALE: (
            -0.785038489, -0.613852078, -0.669521331, -0.959179629, -0.897480934, -1.028488454,
            -1.052777806, -1.129127959, -1.42187494, -1.524652221, -2.44983716,
        ),
    },
    offence=(
        0.0, -0.634795912, 0.181917975, 0.003276327, -0.653434071, 0.760608858, -0.12394352, 0.240604429,
        0.661244321, 0.351866973, 0.159910192, 0.733378677, 0.380059431, 0.427225615, -0.121439408,
        0.262228428, 0.204960477, -0.795556373, 0.077165871, -0.060667525,
    ),
)  # fmt: skip

COEFFICIENTS = {Profile.OPERATIONAL: OPERATIONAL, Profile.PUBLISHED: PUBLISHED}
