"""Cables composed at random from the forms of CABLE-FORMAT, each with what a careful person would read in it."""

import textwrap
from datetime import date
from random import Random

import msgspec

FIELDS = ("classification", "eo", "tags", "subject", "references", "classified_by", "numbers", "signature")


class Answers(msgspec.Struct, frozen=True):
    """What the cable says; the values compare with those of `read`."""

    classification: str
    eo: str
    tags: str
    subject: str
    references: str
    classified_by: str
    numbers: str
    signature: str


class Composed(msgspec.Struct, frozen=True):
    """A cable in its parts: a line a string, without line feeds; `text` is the paragraphs, each a list of lines."""

    id: str
    header: list[str]
    line: str
    captions: list[str]
    slugs: list[str]
    eo: str
    tags: list[str]
    subject: list[str]
    refs: list[str]
    by: list[str]
    text: list[list[str]]
    signature: str
    answers: Answers

    def opening(self) -> list[list[str]]:
        """The opening's groups of lines, in the usual order."""
        labelled = [self.eo, *self.tags, *self.subject]
        return [group for group in ([self.line], self.captions, self.slugs, labelled, self.refs, self.by) if group]

    def body(self) -> str:
        """The body as most posts sent it."""
        groups = [*self.opening(), *self.text, [self.signature]]
        return "\n\n".join("\n".join(group) for group in groups if group != [""])


POSTS = {
    "BOGOTA": "BOGOTA",
    "SAO PAULO": "SAOPAULO",
    "THE HAGUE": "THEHAGUE",
    "PORT AU PRINCE": "PORTAUPRINCE",
    "STATE": "STATE",
    "TRIPOLI": "TRIPOLI",
    "USUN NEW YORK": "USUNNEWYORK",
    "KYIV": "KYIV",
    "PHNOM PENH": "PHNOMPENH",
    "BEIJING": "BEIJING",
}
_TAGS = "PREL PGOV PTER ECON ETRD PHUM SNAR MARR KDEM EFIN ENRG CO BR US RS IR EG UNSC NATO KPAO"
TAGS = _TAGS.split()
SUBJECTS = """
PRESIDENT RECEIVES AMBASSADOR: A FRANK TALK ON TRADE|SCENESETTER FOR THE VISIT OF THE DEPUTY SECRETARY
OPPOSITION PARTIES AGREE ON ONE CANDIDATE FOR 2009 ELECTIONS|Minister on Energy: "We Are Not for Sale"
MEDIA REACTION: IRAN, MIDDLE EAST PEACE PROCESS|DEMARCHE DELIVERED ON UNSCR 1718|TFGG01: RUSSIA/GEORGIA - THE THIRD DAY
CODEL ROE'S MAY 3-7 VISIT: REFORM AND REFERENDUM|A TALE OF TWO CITIES' WATER|Economic Outlook for the Second Half
"""
NAMES = ["John Doe", "Jane Q. Roe", "Hendrika van der Loom", "E. Anthony Poe", "Michael O'Roe", "Carol van Voorst"]
TITLES = ["Ambassador", "DCM", "A/DCM", "Charge d'Affaires a.i.", "Political Counselor", "PolCouns", "Pol/Econ Chief"]
SIGNATURES = ["BEYRLE", "VAN VOORST", "Sobel", "O'DONNELL", "LeBaron", "ROE-DOE", "OAKSHOTT JR", "WOOD", "McKinley"]
SENTENCES = """
The Ambassador met the Minister on June 3 at the latter's request.|He said that growth had been 5.3 percent in 2006.
Poloff noted that Article 2 of the law says nothing about it.|Nobody in the room could remember when it had begun.
"We shall see," the Minister replied, and poured more tea.
In 2007 and 2008 exports to the U.S. fell by 2.5 million tons.
Dr. Poe of the University agreed with him on all points.|Contacts in the opposition (strictly protect) say the same.
The talks lasted until 11 p.m. and led to nothing at all.|Post will follow up with the Foreign Ministry as instructed.
"""
PORTIONS = {
    "UNCLASSIFIED": ["", "(U)", "(SBU)"],
    "CONFIDENTIAL": ["(C)", "(C/NF)", "(SBU)"],
    "SECRET": ["(S)", "(S//NF)"],
}
LINES = {
    "UNCLASSIFIED": ["UNCLAS", "UNCLAS SECTION 01 OF 03"],
    "CONFIDENTIAL": ["C O N F I D E N T I A L", "C O N F I D E N T I A L SECTION 01 OF 03", "CONFIDENTIAL"],
    "SECRET": ["S E C R E T", "S E C R E T SECTION 01 OF 03"],
}


def _pick(random: Random, choices: str) -> str:
    return random.choice([choice for line in choices.strip().split("\n") for choice in line.split("|")])


def compose(seed: int) -> Composed:
    """The cable of this number, always the same."""
    random = Random(seed)
    classification = random.choice(list(LINES))
    post = random.choice(list(POSTS))
    serial, year = random.randint(1, 9999), random.choice([5, 6, 7, 8, 9])
    eo, order = _order(random, classification)
    tags = random.sample(TAGS, random.randint(2, 7))
    subject = _pick(random, SUBJECTS)
    refs, references = _references(random, year)
    by, who = _classified_by(random) if classification != "UNCLASSIFIED" else ([], "")
    text, numbers = _text(random, classification)
    signature = random.choice(SIGNATURES)
    answers = Answers(classification, order, " ".join(tags), subject, references, who, numbers, signature)
    return Composed(
        id=f"0{year}{POSTS[post]}{serial}",
        header=_header(post, serial, year),
        line=f"{random.choice(LINES[classification])} {post} {serial:06}",
        captions=["SIPDIS"] * random.randint(1, 2),
        slugs=random.choice([[], ["DEPT FOR WHA/AND JROE"], ["STATE FOR EUR/NB AND INR", "NSC FOR POE"]]),
        eo=eo,
        tags=[f"TAGS: {' '.join(tags)}"],
        subject=textwrap.wrap(f"SUBJECT: {subject}", 60, break_on_hyphens=False),
        refs=refs,
        by=by,
        text=text,
        signature=signature,
        answers=answers,
    )


def _header(post: str, serial: int, year: int) -> list[str]:
    return [
        "VZCZCXRO1600",
        "PP RUEHDBU RUEHLN",
        f"DE RUEHMO #{serial % 10000:04}/01 0291533",
        "ZNY CCCCC ZZH",
        f"P 291533Z JAN 0{year}",
        f"FM AMEMBASSY {post}",
        "TO RUEHC/SECSTATE WASHDC PRIORITY 6110",
        "INFO RUCNCIS/CIS COLLECTIVE",
        "RUEKJCS/SECDEF WASHDC",
    ]


def _order(random: Random, classification: str) -> tuple[str, str]:
    if classification == "UNCLASSIFIED":
        return random.choice(["E.O. 12958: N/A", "EO 12958 N/A", "E.O. 12958: N/A"]), "N/A"
    day = date(2018, random.randint(1, 12), random.randint(1, 28))
    forms = [f"DECL: {day:%m/%d/%Y}", f"DECL: {day.month}/{day.day}/2018", f"DECL: {day:%Y/%m/%d}"]
    return f"E.O. 12958: {random.choice(forms)}", day.isoformat()


def _references(random: Random, year: int) -> tuple[list[str], str]:
    count = random.choice([0, 1, 1, 2, 3, 4])
    words, ids = [], []
    for _ in range(count):
        post, serial = random.choice(list(POSTS)), random.randint(10, 9999)
        given = random.choice([None, None, year - 1])
        words.append(f"{'' if given is None else f'0{given} '}{post} {serial}{random.choice(['', ' (NOTAL)'])}")
        ids.append(f"0{year if given is None else given}{POSTS[post]}{serial}")
    if count < 2:
        return [f"REF: {word}" for word in words], " ".join(ids)
    bullet = random.choice(["{}. ", "{}) ", "({}) "])
    lines = [
        f"{'REF: ' if index == 0 else '     '}{bullet.format('ABCD'[index])}{word}" for index, word in enumerate(words)
    ]
    return lines, " ".join(ids)


def _classified_by(random: Random) -> tuple[list[str], str]:
    name, title = random.choice(NAMES), random.choice(TITLES)
    form = random.choice(
        ["{t} {n} for reasons 1.4 (b) and (d)", "{t} {n}. Reasons: 1.4 (b), (d)", "{n}, {t}, reasons 1.4 (b,d)"]
    )
    words = form.format(t=title, n=name)
    label = random.choice(["Classified By: ", "CLASSIFIED BY: ", "Classified By: Classified by "])
    return textwrap.wrap(label + words, 60), f"{name}|{title}|bd"


def _text(random: Random, classification: str) -> tuple[list[list[str]], str]:
    groups: list[list[str]] = []
    count = random.randint(3, 9)
    for number in range(1, count + 1):
        if number in (3, 6) and random.random() < 0.6:
            title = random.choice(["The Minister's Tale", "WHAT HE DID NOT SAY", "Comment"])
            groups.append([title, "-" * len(title)])
        portion = random.choice(PORTIONS[classification])
        words = " ".join(_pick(random, SENTENCES) for _ in range(random.randint(3, 9)))
        if number == 1:
            words = f"Summary: {words}  End summary."
        groups.append(textwrap.wrap(f"{number}. {portion} {words}".replace("  ", " "), 64, break_on_hyphens=False))
        if random.random() < 0.15:
            groups += [[f"-- {_pick(random, SENTENCES)[:60]}"] for _ in range(2)]
    return groups, " ".join(map(str, range(1, count + 1)))
