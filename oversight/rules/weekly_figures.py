"""How the figures of a week are written in an e-mail: counts and addresses, and no name. Source: product rules, digests."""


def figure_lines(title, rows):
    """Lines of one section. `rows`: (figure, Sum, address of its list); none where there are none."""
    if not rows:
        return []
    lines = [
        f"{figure.title}: {found.met:,} of {found.counted:,} {figure.of}\n  {href}"
        for figure, found, href in rows
    ]
    return [title, *lines, ""]
