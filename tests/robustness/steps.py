"""Incremental equals clean, over many steps.

    python -m tests.robustness.steps --steps 10000 --seed 1

Archives of at most 50 steps of `tests/property/test_incremental.py`, until there were so many.
"""

import argparse
import time

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.property.test_incremental import Archive

EACH = 50


def main() -> None:
    """Take the steps, and stop at the first difference with the shortest way to it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.monotonic()
    number = given.seed
    while Archive.steps < given.steps:
        how = settings(
            max_examples=10,
            stateful_step_count=EACH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        run_state_machine_as_test(seed(number)(Archive), settings=how)
        print(f"seed {number}: {Archive.steps} steps in {time.monotonic() - started:.0f} s, no difference", flush=True)
        number += 1


if __name__ == "__main__":
    main()
