import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent.parent
ALAN = {
    "sex": "M",
    "sanctions_total": 12,
    "age_conviction": 34,
    "age_first_sanction": 15,
    "age_followup": 35,
    "category": "theft_non_motor",
}


@pytest.fixture
def ask(monkeypatch):
    """Sends lines to the command and reads its answers."""

    def run(*lines):
        stdin, stdout = io.TextIOWrapper(io.BytesIO(b"".join(lines))), io.StringIO()
        monkeypatch.setattr(sys, "stdin", stdin)
        call_command("score_ogrs3", stdout=stdout)
        return [json.loads(line) for line in stdout.getvalue().splitlines()]

    return run


def line(document, **changes):
    return json.dumps(document | changes).encode() + b"\n"


def test_a_request_is_answered_with_the_score(ask):
    (answer,) = ask(line(ALAN))

    p1, p2 = answer.pop("p1"), answer.pop("p2")
    assert answer == {"one_year": 51, "two_year": 68, "band": "MEDIUM"}
    assert 0.505 < p1 < 0.515
    assert 0.675 < p2 < 0.685


def test_each_line_has_an_answer_of_its_own_in_order(ask):
    answers = ask(*(line(ALAN, sanctions_total=number) for number in range(20)))

    assert answers[0]["errors"][0]["type"] == "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"
    chances = [answer["p2"] for answer in answers[1:]]
    assert chances == sorted(chances)
    assert len(chances) == 19


@pytest.mark.parametrize(
    "broken",
    [b"\n", b"{\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n", b'{"sanctions_total": ' + b"9" * 5_000 + b"}\n"],
)  # fmt: skip
def test_a_broken_line_is_answered_with_an_error_and_the_rest_go_on(ask, broken):
    before, error, after = ask(line(ALAN), broken, line(ALAN))

    assert before == after
    assert [problem["type"] for problem in error["errors"]] == ["UNREADABLE_REQUEST"]


def test_a_last_line_without_an_end_and_a_byte_order_mark_are_read(ask):
    first, last = ask(b"\xef\xbb\xbf" + line(ALAN), line(ALAN).strip())

    assert first == last
    assert first["band"] == "MEDIUM"


def test_it_answers_as_it_goes_and_needs_no_database(tmp_path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "probation.settings",
        "SECRET_KEY": "only for this test, and long enough to be taken for a real one",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    command = [sys.executable, "-m", "django", "score_ogrs3"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        answers = []
        for _ in range(2):  # the second is asked once the first is answered
            process.stdin.write(line(ALAN))
            process.stdin.flush()
            answers.append(json.loads(process.stdout.readline()))
        process.stdin.close()

    assert process.returncode == 0
    assert [answer["two_year"] for answer in answers] == [68, 68]
