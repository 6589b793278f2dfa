"""What a restriction touches, worked out a second way: whole numbers only, edge by edge, without shapely.

Nothing of `cases.rules` decides here. A distance is never taken: the square of it is compared, so that the edge
of a metre is exact.
"""

DATUM = 5  # metres that are added to every buffer


def bans(zone, points):
    """Whether a place (one point) or a line (more) is in the zone, or no further from it than its limit."""
    if zone.shape == "circle":
        limit = zone.outline["radius"] + zone.buffer + DATUM
        return any(_near(zone.outline["centre"], a, b, limit) for a, b in _segments(points))
    limit = zone.buffer + DATUM
    rings = zone.outline["rings"]
    if any(_inside(point, rings) for point in points):
        return True
    edges = [edge for ring in rings for edge in _segments([*ring, ring[0]])]
    return any(_segments_near(a, b, c, d, limit) for a, b in _segments(points) for c, d in edges)


def holds(restricted, first, last):
    """Whether it holds on any of the days, one by one where they end."""
    if restricted.to_on is not None and restricted.to_on < first:
        return False
    return last is None or restricted.from_on <= last


def expected(restrictions, places, first, last):
    """{(number of the restriction, name of the place)} touched."""
    return {
        (one.id, name)
        for one in restrictions
        if holds(one, first, last)
        for name, points in places.items()
        if any(bans(zone, points) for zone in one.zones)
    }


def crosses(a, b, c, d):
    """Whether the two segments have a point in common, their ends included."""
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    signs = [(turn > 0) - (turn < 0) for turn in turns]
    if signs[0] * signs[1] < 0 and signs[2] * signs[3] < 0:
        return True
    return (
        (turns[0] == 0 and _between(a, b, c))
        or (turns[1] == 0 and _between(a, b, d))
        or (turns[2] == 0 and _between(c, d, a))
        or (turns[3] == 0 and _between(c, d, b))
    )


def is_simple(ring):
    """Whether its edges meet only where one follows the other."""
    if len(ring) < 3 or len(set(map(tuple, ring))) < len(ring) or not _twice_the_area(ring):
        return False
    edges = list(_segments([*ring, ring[0]]))
    for i, (a, b) in enumerate(edges):
        for j in range(i + 1, len(edges)):
            c, d = edges[j]
            if j == i + 1:
                if _turn(a, b, d) == 0 and _ahead(b, a, d):
                    return False
            elif i == 0 and j == len(edges) - 1:
                if _turn(c, d, b) == 0 and _ahead(a, c, b):
                    return False
            elif crosses(a, b, c, d):
                return False
    return True


def is_within(hole, ring):
    """Whether a hole lies in a ring and touches it nowhere."""
    edges, sides = list(_segments([*ring, ring[0]])), list(_segments([*hole, hole[0]]))
    if any(crosses(a, b, c, d) for a, b in edges for c, d in sides):
        return False
    return _within(hole[0], ring)


def _segments(points):
    return zip(points, points[1:], strict=False) if len(points) > 1 else [(points[0], points[0])]


def _near(p, a, b, limit):
    """Whether the point is no further than that from the segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    px, py = p[0] - a[0], p[1] - a[1]
    length, along = dx * dx + dy * dy, px * dx + py * dy
    if along <= 0 or not length:
        return px * px + py * py <= limit * limit
    if along >= length:
        return (p[0] - b[0]) ** 2 + (p[1] - b[1]) ** 2 <= limit * limit
    return (px * dy - py * dx) ** 2 <= limit * limit * length


def _segments_near(a, b, c, d, limit):
    if crosses(a, b, c, d):
        return True
    return (
        _near(a, c, d, limit)
        or _near(b, c, d, limit)
        or _near(c, a, b, limit)
        or _near(d, a, b, limit)
    )


def _inside(point, rings):
    """In the outline or on its edge, and not in a hole."""
    outside, *holes = rings
    return _within(point, outside) and not any(_within(point, hole) for hole in holes)


def _within(point, ring):
    """Whether a ray from the point to the east crosses the ring an odd number of times."""
    odd, (x, y) = False, point
    for (ax, ay), (bx, by) in _segments([*ring, ring[0]]):
        if (ay > y) != (by > y):
            side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if (side > 0) == (by < ay):
                odd = not odd
    return odd


def _turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(a, b, c):
    """Of three in a line."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _ahead(at, one, other):
    """Whether two points lie the same way from `at`, on one line with it."""
    return (one[0] - at[0]) * (other[0] - at[0]) + (one[1] - at[1]) * (other[1] - at[1]) > 0


def _twice_the_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _segments([*ring, ring[0]]))
