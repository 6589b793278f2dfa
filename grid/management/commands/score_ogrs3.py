"""Score OGRS3 requests from standard input, one a line, and answer each on a line of its own. Needs no database."""

import json
import sys

from django.core.management.base import BaseCommand

from grid.rules.ogrs3_documents import answer, unreadable
from grid.rules.ogrs3_requests import CannotScore


class Command(BaseCommand):
    help = (
        "Scores OGRS3. Reads NDJSON requests on standard input and writes one answer a line: "
        "one_year, two_year, band, p1 and p2, or errors."
    )
    requires_system_checks = []

    def handle(self, *args, **options):
        for line in sys.stdin.buffer:
            self.stdout.write(json.dumps(answer_line(line)))
            self.stdout.flush()  # whoever asks line by line is answered line by line


def answer_line(line):
    try:
        return answer(parse(line))
    except CannotScore as refusal:
        return {"errors": [problem.as_json() for problem in refusal.problems]}


def parse(line):
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested without end
        raise unreadable("The line is not JSON in UTF-8.") from None
