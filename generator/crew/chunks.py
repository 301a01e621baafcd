"""Work cut into chunks without shared state: a small job is done in this process, a large one by a crew of others.

A crew hands them to a standard `concurrent.futures.Executor`, whatever stands behind it. The results come back in the
order of the chunks.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from typing import Protocol, TypeVar

CHUNK = 200
"""Items that a process takes at a time."""

SMALL = 400
"""Up to so many items are done in this process: starting others would take longer."""

Item = TypeVar("Item")
Result = TypeVar("Result")

Work = Callable[[int, list[Item]], Result]
"""What is done with a chunk, which comes after its number."""


class Crew(Protocol):
    """Processes that take chunks."""

    apart: bool
    """Whether they are on other machines and have to be told by files what to do."""

    def hands(self) -> int:
        """How many chunks are worked on at a time; 0 where there is no process but this one."""

    def submit(self, work: Work[Item, Result], number: int, chunk: list[Item]) -> Future[Result]:
        """Hand a chunk to an executor. Raises CablepressError where the processes are lost."""

    def result(self, future: Future[Result]) -> Result:
        """What came of a chunk. Raises CablepressError where the processes are lost, and whatever the work raised."""

    def close(self) -> None:
        """Let the processes go, in the middle of their work if need be."""


def spread(
    crew: Crew,
    there: Callable[[], Work[Item, Result]],
    here: Work[Item, Result],
    items: Iterable[Item],
) -> Iterator[Result]:
    """Do the work chunk by chunk; `items` is only drawn on as fast as the work gets done.

    `here` does it in this process; `there` is asked, once the job proves large, for what does the same in another.
    Raises CablepressError where processes are lost.
    """
    rest = iter(items)
    first = list(islice(rest, SMALL + 1))
    chunks = enumerate(_chunks(chain(first, rest)))
    if len(first) <= SMALL or not crew.hands():
        yield from (here(number, chunk) for number, chunk in chunks)
        return
    work = there()
    running: deque[Future[Result]] = deque()
    for number, chunk in chunks:
        running.append(crew.submit(work, number, chunk))
        while len(running) > 2 * crew.hands():
            yield crew.result(running.popleft())
    while running:
        yield crew.result(running.popleft())


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
