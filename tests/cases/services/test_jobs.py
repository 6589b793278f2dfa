import time

import pytest
from django.db import IntegrityError

from cases.models import JobRun
from cases.services.jobs import OVERTAKEN, finish_job, run_job
from staff.models import Heartbeat
from tests.factories import NOW, TODAY
from tests.forks import fork, wait

KEYS = range(1, 11)


def counting(size=3, keys=KEYS):
    """A step that leaves a row for each key it does, and counts them."""

    def step(after):
        chunk = [key for key in keys if key > after][:size]
        Heartbeat.objects.bulk_create([Heartbeat(name=str(key), at=NOW) for key in chunk])
        return (chunk[-1] if len(chunk) == size else None), {"done": len(chunk)}

    return step


def run(step, *, slot="2018-10-01", today=TODAY, **rest):
    return run_job(job="count", slot=slot, today=today, now=NOW, step=step, **rest)


def done():
    return sorted(int(name) for name in Heartbeat.objects.values_list("name", flat=True))


@pytest.mark.django_db
class TestOneProcess:
    def test_a_run_goes_to_its_end_in_chunks_and_adds_up(self):
        finished = run(counting())

        assert done() == list(KEYS)
        assert finished.finished_at
        assert (finished.chunks, finished.result, finished.after) == (4, {"done": 10}, 9)

    def test_a_run_that_is_done_is_not_done_again(self):
        run(counting())

        again = run(counting())

        assert again.chunks == 4
        assert JobRun.objects.count() == 1

    def test_each_slot_has_a_run_of_its_own(self):
        run(counting(keys=[1]))
        run(counting(keys=[2]), slot="2018-10-02")

        assert JobRun.objects.count() == 2

    def test_a_run_told_to_stop_is_resumed_where_it_stopped(self):
        turns = iter([True, True, False])

        stopped = run(counting(), may_run=lambda: next(turns))
        did_by_then = done()
        finished = run(counting())

        assert (stopped.finished_at, did_by_then) == (None, [1, 2, 3, 4, 5, 6])
        assert finished.result == {"done": 10}
        assert done() == list(KEYS)

    def test_a_chunk_that_fails_leaves_nothing_of_itself_and_says_what_kind_of_error(self):
        good = counting()

        def step(after):
            last, counts = good(after)
            if after == 3:
                Heartbeat.objects.create(name="1", at=NOW)  # there is one of that name
            return last, counts

        with pytest.raises(IntegrityError):
            run(step)

        broken = JobRun.objects.get()
        assert done() == [1, 2, 3]
        assert (broken.after, broken.problem, broken.finished_at) == (3, "IntegrityError", None)

    def test_a_run_that_failed_goes_on_once_the_cause_is_gone(self):
        failing = iter([True])

        def step(after):
            if after == 3 and next(failing, False):
                raise OSError("No disk")
            return counting()(after)

        with pytest.raises(OSError, match="No disk"):
            run(step)
        finished = run(step)

        assert (finished.problem, finished.result) == ("", {"done": 10})

    def test_a_chunk_that_does_not_move_on_is_refused(self):
        with pytest.raises(ValueError, match="beyond 0"):
            run(lambda after: (after, {}))

    def test_an_earlier_run_left_undone_is_overtaken(self):
        run(counting(), may_run=lambda: False)

        run(counting(), slot="2018-10-04", today=TODAY.replace(day=4))

        earlier = JobRun.objects.get(slot="2018-10-01")
        assert earlier.finished_at
        assert (earlier.problem, earlier.chunks) == (OVERTAKEN, 0)

    def test_a_run_as_of_an_earlier_day_overtakes_nothing(self):
        run(counting(), may_run=lambda: False)

        run(counting(), slot="by hand", today=TODAY.replace(year=2017))

        assert JobRun.objects.get(slot="2018-10-01").finished_at is None


@pytest.mark.django_db(transaction=True)
class TestManyProcesses:
    def test_of_five_at_once_one_does_the_work(self):
        wait(*(fork(lambda: run(counting(size=1))) for _ in range(5)))

        assert done() == list(KEYS)
        assert JobRun.objects.get().result == {"done": 10}

    def test_while_one_runs_a_second_does_nothing_and_a_command_waits_its_turn(self):
        def slowly(after):
            time.sleep(0.05)
            return counting(size=1)(after)

        first = fork(lambda: run(slowly))
        while not JobRun.objects.filter(chunks__gt=0).exists():
            time.sleep(0.01)
        second = run(lambda after: pytest.fail("it ran beside the first"))
        waited = finish_job(
            patience=30,
            job="count",
            slot="by hand",
            today=TODAY,
            now=NOW,
            step=lambda after: (None, {"seen": len(done())}),
        )

        wait(first)
        assert second.finished_at is None
        assert waited.result == {"seen": 10}

    @pytest.mark.parametrize("moment", range(1, 20))  # every statement of the run
    def test_killed_at_any_statement_it_comes_out_the_same(self, moment):
        ended_by_itself = wait(fork(lambda: run(counting()), dies_after=moment))

        finished = finish_job(
            patience=10, job="count", slot="2018-10-01", today=TODAY, now=NOW, step=counting()
        )

        assert ended_by_itself == [False]
        assert done() == list(KEYS)
        assert (finished.result, finished.chunks) == ({"done": 10}, 4)
