"""Which cables an archive has: when each was sent, by which post, under which number."""

import csv
from bisect import bisect_left
from collections import defaultdict
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import accumulate
from random import Random

import msgspec

_FEW = {1966: 1, 1972: 1, 1973: 2, 1974: 2, 1975: 3, 1976: 2, 1977: 2, 1978: 2, 1979: 2}
_MANY = dict(
    zip(
        range(2000, 2011),
        (432, 878, 2_570, 8_083, 11_808, 24_131, 42_385, 44_688, 49_427, 56_797, 9_004),
        strict=True,
    )
)
YEARS = {**_FEW, **dict.fromkeys(range(1985, 2000), 68), **_MANY}
"""Cables by year (CABLE-FORMAT 6.1); 1966 has the one, 2010 ends in February."""

RARE = 3
"""Posts with fewer cables than this in the whole archive are left out; 270-odd remain."""

_OFFICES = ("Embassy ", "Consulate ", "Mission ", "REO ", "US Mission ", "US Office ")


class Post(msgspec.Struct, frozen=True):
    """A sending office: its code in IDs, its name on the wire, and how many cables it has in the whole archive."""

    code: str
    spaced: str
    weight: int
    first: int
    last: int


class Slot(msgspec.Struct, frozen=True, gc=False):
    """A cable to be: when it was sent, and its ID."""

    sent: datetime
    post: Post
    serial: int

    @property
    def id(self) -> str:
        """The reference ID, such as `10MOSCOW226`."""
        return f"{self.sent.year % 100:02}{self.post.code}{self.serial}"

    @property
    def path(self) -> str:
        """The content file, below `content/`."""
        return f"cables/{self.sent:%Y/%m}/{self.id}.txt"


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the package's tables."""
    with (files("generator.cable.vocabulary") / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def posts() -> list[Post]:
    """The posts that have cables, the largest first."""
    found = []
    for row in table("posts"):
        if int(row["cables_2011"] or 0) < RARE:
            continue
        name = row["name"]
        for office in _OFFICES:
            name = name.removeprefix(office)
        spaced = name.upper() if name.upper().replace(" ", "") == row["code"] else row["code"]
        found.append(Post(row["code"], spaced, int(row["cables_2011"]), int(row["first_year"]), int(row["last_year"])))
    return sorted(found, key=lambda post: (-post.weight, post.code))


def slots(cables: int, seed: int) -> list[Slot]:
    """So many cables, in the order in which they were sent."""
    random = Random(f"plan {seed}")
    sent: dict[tuple[int, Post], list[datetime]] = defaultdict(list)
    every = posts()
    years = random.choices(list(YEARS), list(YEARS.values()), k=cables)
    for year in sorted(set(years)):
        open_then = [post for post in every if post.first <= year <= post.last] or every[:1]
        count = years.count(year)
        for post in random.choices(open_then, [post.weight for post in open_then], k=count):
            sent[year, post].append(_moment(random, year))
    found = [slot for (_, post), moments in sent.items() for slot in _numbered(random, post, moments)]
    return sorted(found, key=lambda slot: (slot.sent, slot.id))


def _moment(random: Random, year: int) -> datetime:
    """A minute of the year, in office hours of somewhere; few on Saturday and Sunday."""
    days = 59 if year == 2010 else 365
    at = datetime(year, 1, 1) + timedelta(days=random.randrange(days), minutes=int(random.triangular(0, 1439, 800)))
    return at + timedelta(days=2) if at.weekday() > 4 and random.random() < 0.8 and at.day < 27 else at


def _numbered(random: Random, post: Post, moments: list[datetime]) -> list[Slot]:
    """The cables of one post and year; a number is left out wherever a cable is not in the archive."""
    gap = 12 if post.code == "STATE" else 3
    numbers = accumulate(random.randint(1, 2 * gap) for _ in moments)
    return [Slot(moment, post, serial) for moment, serial in zip(sorted(moments), numbers, strict=True)]


class Neighbours:
    """Finds for each cable earlier ones that it may refer to."""

    def __init__(self, every: list[Slot]) -> None:
        self.every = every
        self._of_post: dict[str, list[int]] = defaultdict(list)
        for index, slot in enumerate(every):
            self._of_post[slot.post.code].append(index)

    def earlier(self, random: Random, index: int) -> Slot | None:
        """A cable sent before the one at `index`: near in time, of the same post in two of five cases."""
        if not index:
            return None
        if random.random() < 0.4:
            own = self._of_post[self.every[index].post.code]
            place = bisect_left(own, index) - 1 - int(random.expovariate(0.1))
            if place >= 0:
                return self.every[own[place]]
        return self.every[max(0, index - 1 - int(random.expovariate(1 / (1 + len(self.every) / 20))))]
