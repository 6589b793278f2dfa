"""Where the invented postcodes lie: near the middle of the town of their district, on the national grid.

The towns are where they are; the postcodes are made up, and so is where in the town each lies: the same postcode lies
in the same place whoever is made.
"""

from zlib import crc32

from cases.management.demo.offices import POSTCODES
from cases.models import Address, PostcodePoint, RelatedPerson

SPREAD = 1500  # metres each way from the middle
DISTRICTS = {  # metres east and north of the middle of what the district covers
    "OX1": (451300, 206000), "OX3": (454800, 207200), "OX4": (454200, 204300), "OX14": (449800, 197200), "OX16": (445500, 240600),
    "OX26": (458200, 222700), "OX28": (435600, 209800), "MK2": (487000, 233600), "MK3": (485600, 232900), "MK6": (486300, 237300),
    "MK9": (485000, 238900), "MK12": (481400, 241000), "RG1": (471800, 173300), "RG2": (472400, 170500), "RG5": (476900, 173100),
    "RG12": (487000, 168900), "RG14": (447100, 166800), "RG17": (433800, 168600), "RG19": (451800, 166900), "RG30": (468000, 173300),
    "RG40": (481000, 168500), "RG45": (484000, 164200), "SL1": (496500, 180200), "SL2": (497600, 181900), "SL3": (500800, 178900),
    "SL4": (496100, 176500), "SL7": (485000, 186600), "HP11": (486800, 192600), "HP13": (487400, 193800), "HP19": (480900, 214500),
    "HP21": (482600, 212700), "HP22": (486900, 207900), "SN2": (414900, 187200), "RG21": (463600, 151900), "NN1": (475600, 260600),
    "LU1": (509100, 220900), "UB3": (509700, 180500),
}  # fmt: skip
AT_ONCE = 5000  # rows


def write_points():
    """A point for each postcode of an address, of somebody around them and of an office; what is there stays."""
    codes = set(POSTCODES.values())
    for rows in (Address.objects, RelatedPerson.objects):
        codes.update(rows.exclude(postcode="").values_list("postcode", flat=True).distinct())
    PostcodePoint.objects.bulk_create(
        [_point(code) for code in sorted(codes)], batch_size=AT_ONCE, ignore_conflicts=True
    )


def _point(code):
    district = code.split(" ")[0]
    east, north = DISTRICTS[district]
    drawn = crc32(code.encode())
    return PostcodePoint(
        postcode=code.replace(" ", ""),
        easting=east + _off(drawn & 0xFFFF),
        northing=north + _off(drawn >> 16),
    )


def _off(drawn):
    """Metres from the middle, of 16 bits."""
    return drawn * 2 * SPREAD // 0xFFFF - SPREAD
