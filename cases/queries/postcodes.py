"""Where postcodes lie, as far as Code-Point Open has been loaded."""

from cases.models import PostcodePoint


def point_of(postcode):
    """(easting, northing) of a postcode in capitals without a space; None where it is not known."""
    return PostcodePoint.objects.filter(pk=postcode).values_list("easting", "northing").first()
