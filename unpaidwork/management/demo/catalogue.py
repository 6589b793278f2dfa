"""The projects of the demonstration: invented work in the towns of the offices, of every kind there is.

Places are in metres of the national grid, near the real towns; who the work is for, and everything said of a site, is
invented. Sources of what a site is like: unpaid work reference 3; report 4.1 (a site without a signal).
"""

from dataclasses import dataclass

from unpaidwork.reference.sites import Near, ProjectKind, SiteSignal, Takes, Tool

GROUP, ALONE, INDUCTION = ProjectKind.GROUP, ProjectKind.INDIVIDUAL, ProjectKind.INDUCTION
PATHS = ("Clearing paths", "Picking litter", "Painting benches", "Planting")
KITCHEN = ("Sorting donations", "Packing parcels", "Serving", "Cleaning")
WORKSHOP = ("Mending", "Sanding and painting", "Sorting parts", "Sweeping up")


@dataclass(frozen=True)
class Planned:
    """One project. `plain`: nothing there keeps anybody away, so that whoever may work at all may work there."""

    code: str
    office: str  # code of the delivery site
    name: str
    kind: ProjectKind
    east: int
    north: int
    for_whom: str
    what: str
    tasks: tuple[str, ...]
    address: str
    postcode: str
    takes: Takes = Takes.ANYBODY
    most: int = 14
    ratio: int = 7
    tools: tuple[Tool, ...] = ()
    near: tuple = ()  # (who, what it is called, metres east of it, when)
    signal: SiteSignal = SiteSignal.GOOD
    fallback: str = ""
    step_free: bool | None = True
    van: str = ""  # the name of its way, where a van goes there
    accredits: str = ""

    @property
    def plain(self):
        barred = self.tools or self.near or self.takes != Takes.ANYBODY
        heard = self.signal == SiteSignal.GOOD
        return self.kind == GROUP and self.ratio < self.most and heard and not barred


def _induction(code, office, town, east, north, address, postcode):
    what = "What unpaid work is, what is expected, safety, and the first talk about skills."
    return Planned(
        code, office, f"Induction at {town}", INDUCTION, east, north, "Thames Valley CRC", what,
        ("Induction",), address, postcode, most=20, ratio=20,
    )  # fmt: skip


def _park(code, office, name, east, north, for_whom, address, postcode, **more):
    what = "Keeping a public green open: paths, benches, beds and litter."
    return Planned(
        code, office, name, GROUP, east, north, for_whom, what, PATHS, address, postcode, **more
    )


PROJECTS = (
    _park("OXMEAD", "C16OXF", "Florence Meadow", 452900, 204700, "Friends of Florence Meadow", "Meadow Lane, Oxford", "OX4 4BA", van="Cowley and Rose Hill"),
    _park("OXBURY", "C16OXF", "Headington burial ground", 454700, 207300, "Headington Parish Council", "Dunstan Road, Oxford", "OX3 9BY"),
    _park("BANCAN", "C16OXF", "Banbury towpath", 445700, 240900, "Cherwell Waterside Trust", "Tramway Road, Banbury", "OX16 5TB", tools=(Tool.BLADES, Tool.POWER), step_free=False),
    Planned("OXSCHO", "C16OXF", "St Anne's school garden", GROUP, 453600, 205900, "St Anne's School Trust", "Beds, fences and a pond beside a school.", PATHS, "Union Street, Oxford", "OX4 1JP", near=((Near.SCHOOL, "St Anne's primary school", 60, "Weekdays in term, 8am to 4pm"),)),
    Planned("OXSEW", "C16OXF", "The sewing room", GROUP, 454200, 204100, "The Cowley Sewing Room", "Sewing and mending for families in need. For women.", ("Cutting", "Sewing", "Sorting donations"), "Hollow Way, Oxford", "OX4 2NH", takes=Takes.WOMEN, most=8, ratio=4, near=((Near.REFUGE, "", 140, ""),)),
    _induction("OXIND", "C16OXF", "Oxford", 451400, 205900, "St Aldates, Oxford", "OX1 1WN"),
    Planned("BICSHO", "C16OXF", "Bicester community shop", ALONE, 458400, 222600, "Bicester Community Shop", "Sorting and pricing, one person with the manager.", KITCHEN, "Sheep Street, Bicester", "OX26 6JW", most=1, ratio=1, near=((Near.STAFF_ALONE, "The manager by herself before ten", 0, "Until 10am"), (Near.PUBLIC, "Customers", 0, ""))),
    _park("MKLINF", "C16MKC", "Linford lakeside", 484900, 242500, "The Lakeside Trust", "Wood Lane, Milton Keynes", "MK14 5AL", van="Bletchley and Wolverton"),
    _park("MKCANA", "C16MKC", "Fenny canal bank", 488200, 234200, "Fenny Waterside Group", "Lock View Lane, Milton Keynes", "MK1 1BA"),
    Planned("MKFOOD", "C16MKC", "The food store", GROUP, 485600, 238300, "Milton Keynes Food Store", "Sorting, packing and handing out food.", KITCHEN, "Burners Lane, Milton Keynes", "MK11 3HB", near=((Near.PUBLIC, "Families who come for food", 0, "Afternoons"),), accredits="Food hygiene, level 2"),
    Planned("MKQUIL", "C16MKC", "Wolverton quilters", GROUP, 481400, 241200, "Wolverton Quilters", "Quilts for the neonatal ward. For women.", ("Cutting", "Sewing", "Pressing"), "Church Street, Wolverton", "MK12 5JN", takes=Takes.WOMEN, most=8, ratio=4),
    _park("RDGLEN", "C16GYF", "Lower Glen", 472800, 171600, "Friends of Lower Glen", "Glen Road, Reading", "RG2 7AG", van="Tilehurst and Whitley"),
    _park("RDCEME", "C16GYF", "The old cemetery", 474000, 173300, "Reading Old Cemetery Trust", "Wokingham Road, Reading", "RG6 1LJ"),
    Planned("RDBIKE", "C16GYF", "The bicycle workshop", GROUP, 471900, 173900, "Reading Bicycle Kitchen", "Mending bicycles that are given away.", WORKSHOP, "Weldale Street, Reading", "RG1 7BX", tools=(Tool.POWER, Tool.CHEMICALS), accredits="Bicycle mechanics, level 1"),
    Planned("RDNURS", "C16GYF", "Woodley hall", GROUP, 477200, 173600, "Woodley Hall Committee", "Painting and repairs in a hall, with a nursery next door.", WORKSHOP, "Headley Road, Woodley", "RG5 4JA", near=((Near.SCHOOL, "Little Acorns nursery", 35, "Weekdays, 8am to 6pm"),), tools=(Tool.HEIGHT,)),
    Planned("RDLEAR", "C16GYF", "Learning centre", ProjectKind.ETE, 471600, 173100, "Thames Valley Learning", "Courses that count: safety cards, reading, numbers.", ("Course",), "Friar Street, Reading", "RG1 1DB", most=12, ratio=12, accredits="Health and safety card"),
    _park("SLMERE", "C16SLO", "Langley mere", 500600, 179700, "Friends of Langley Mere", "Trenches Lane, Slough", "SL3 6JA", van="Chalvey and Langley"),
    Planned("SLSEWN", "C16SLO", "The Chalvey kitchen", GROUP, 496700, 179400, "Chalvey Kitchen", "Cooking a midday meal. For women.", KITCHEN, "High Street, Chalvey", "SL1 2RU", takes=Takes.WOMEN, most=8, ratio=4),
    _park("HWRYE", "C16WYC", "Wycombe rye", 487300, 192400, "The Rye Trust", "Bassetsbury Lane, High Wycombe", "HP11 1QX"),
    Planned("HWWOOD", "C16WYC", "Keep Hill wood", GROUP, 487900, 191900, "The Woodland Trust of Keep Hill", "Coppicing and fencing.", ("Fencing", "Stacking wood", "Clearing paths"), "Keep Hill Road, High Wycombe", "HP11 1DW", tools=(Tool.BLADES,), signal=SiteSignal.PATCHY, fallback="Ring from the keeper's lodge at the gate, 01632 960456", step_free=False),
    _park("AYALLO", "C16AWJ", "Bedgrove allotments", 484000, 212600, "Bedgrove Allotment Society", "Ambleside, Aylesbury", "HP21 9TT"),
    Planned("AYCARE", "C16AWJ", "The day centre garden", GROUP, 482300, 213300, "Aylesbury Day Centre", "A garden used by people with learning disabilities.", PATHS, "Walton Street, Aylesbury", "HP21 7QP", near=((Near.CARE, "The day centre", 20, "Weekdays, 9am to 4pm"),)),
    _park("BRHEAT", "C16BKN", "Wildridings heath", 486200, 167800, "Friends of the Heath", "Mill Lane, Bracknell", "RG12 7QQ"),
    _park("NECOMM", "C16NEW", "Greenham common", 450000, 164900, "The Common Trust", "Burys Bank Road, Newbury", "RG19 8BZ"),
    Planned("NEYARD", "C16NEW", "The timber yard", GROUP, 446300, 165200, "Enborne Timber", "Stacking and sawing in a yard below the hill.", WORKSHOP, "Skinners Green, Newbury", "RG14 6RE", signal=SiteSignal.UNKNOWN, most=6, ratio=6),
    Planned("HOMEWK", "C16OXF", "Cards and knitting at home", ProjectKind.HOME, 451400, 205900, "Thames Valley CRC", "Work done at home and handed in, for those who cannot come to a site.", ("Knitting", "Card making"), "", "", most=40, ratio=40),
    _induction("MKIND", "C16MKC", "Milton Keynes", 485100, 238900, "Silbury Boulevard, Milton Keynes", "MK9 2EX"),
    _induction("RDIND", "C16GYF", "Reading", 471300, 173700, "Greyfriars Road, Reading", "RG1 1DU"),
    _induction("SLIND", "C16SLO", "Slough", 496900, 179700, "Chalvey Park, Slough", "SL1 2RP"),
    _induction("AYIND", "C16AWJ", "Aylesbury", 482200, 213300, "Walton Road, Aylesbury", "HP21 7RL"),
)  # fmt: skip
ALONE_ON_SITE = "NEYARD"  # the report's: no signal, nothing to fall back on, and one supervisor
PICK_UPS = (  # code, where, postcode, east, north, project, hour
    ("PU-COW", "Cowley centre, by the bus stands", "OX4 3JB", 454500, 204000, "OXMEAD", "08:40"),
    ("PU-ROSE", "Rose Hill, the parade", "OX4 4UY", 453200, 202900, "OXMEAD", "08:55"),
    ("PU-BLET", "Bletchley station", "MK3 6DZ", 486800, 233700, "MKLINF", "08:30"),
    ("PU-WOLV", "Wolverton, the square", "MK12 5DG", 481500, 241100, "MKLINF", "08:55"),
    ("PU-TILE", "Tilehurst triangle", "RG30 4RX", 466900, 173500, "RDGLEN", "08:35"),
    ("PU-WHIT", "Whitley library", "RG2 0JX", 472000, 170900, "RDGLEN", "08:55"),
    ("PU-CHAL", "Chalvey green", "SL1 2SR", 496500, 179300, "SLMERE", "08:40"),
    ("PU-LANG", "Langley station", "SL3 8DB", 501400, 179600, "SLMERE", "08:55"),
)
