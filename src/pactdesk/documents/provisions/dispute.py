"""How disputes are settled: the rungs of the ladder, who arbitrates, which court."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pactdesk.documents.ladder import NO_RUNG
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_ABOUT = r"仲裁|法院|起诉|诉讼"
_NOT = (
    r"解决办法|诉讼费|诉讼时效|律师费|仲裁费|法院判决|因诉讼|查询|配合|重大诉讼|涉诉|诉讼保全费"
    r"|写清楚|处罚[^;]{0,8}(?:诉讼|仲裁)"
)
_STEPS = (
    (
        "negotiation",
        r"协商|商量|先谈|面谈|会谈|谈判|谈不|商谈|磋商|商议|沟通|友好(?:解决|处理)|好商"
        r"|对话|互谅|[先好]聊|聊不|坐下来|商讨|交涉|会商|商洽",
    ),
    ("mediation", r"调解|人民调解"),
    ("labor_arbitration", r"劳动(?:人事)?(?:争议|纠纷)?(?:部门|局|机构)?(?:申请|调解)?仲裁"),
    ("arbitration", r"仲裁"),
    ("litigation", r"法院|打官司|起诉|诉讼"),
)
_BODY = re.compile(r"(?P<body>[一-鿿]{2,14}?仲裁(?:委员会|院|中心))")
_LEAD = re.compile(r"\A.*(?:提交|交由|提请|报请|申请|向|由|至|到|将争议|递交|交)(?=[一-鿿]{2})")
_COURT = re.compile(
    r"(?P<where>[^,;。]{0,24}?)(?:有管辖权的|具有管辖权的)?(?:基层|中级"
    r"|区|县|市)?(?P<court>人民法院|法院)"
)
_CITY = re.compile(r"(?P<city>[一-鿿]{2,3}?)市")
_NAMED = re.compile(r"(?P<court>[一-鿿]{2,12}(?:区|县|市)(?:中级)?人民法院)")

_Reader = Callable[[Passage, Line], Noted[str] | None]


@dataclass(frozen=True, slots=True)
class Dispute:
    """The route in its order; the body and the venue where they are named."""

    route: tuple[str, ...]
    body: Noted[str] | None = None
    court: Noted[str] | None = None
    venue: Noted[str] | None = None
    places: tuple[tuple[int, int], ...] = field(default=())


def read(passage: Passage) -> Noted[Dispute] | None:
    """The lines that name a rung above negotiation; else the one on negotiation alone."""
    lines = _lines(passage)
    if not lines:
        return None
    route: list[str] = []
    for step in _steps(passage.text[lines[0].start : lines[-1].end]):
        if step not in route:
            route.append(step)
    told = [line for line in lines if patterns.search(_ABOUT, line.text)]
    first, last = lines[0], lines[-1]
    value = Dispute(
        tuple(sorted(route, key=[name for name, _ in _STEPS].index)),
        body=_first(passage, told, _body),
        court=_first(passage, told, _court),
        venue=_first(passage, told, _venue) if len(set(_courts_named(passage))) < 2 else None,
    )
    together = last.end - first.start < 300
    end = last.end if together else first.end
    return Noted(value, first.start, end, SURE if told and _is_plain(passage, value) else LIKELY)


def _is_plain(passage: Passage, dispute: Dispute) -> bool:
    """A common ladder in one place: not both an award and a court, and nothing said elsewhere."""
    both = {"arbitration", "litigation"} <= set(dispute.route)
    both = both or "labor_arbitration" in dispute.route or "negotiation" not in dispute.route
    told = [n for n, line in enumerate(passage.lines) if patterns.search(_ABOUT, line.text)]
    return not both and bool(told) and told[-1] - told[0] <= len(told) + 2


def _lines(passage: Passage) -> list[Line]:
    every = list(passage.lines)
    told = [
        number
        for number, line in enumerate(every)
        if patterns.search(_ABOUT, line.text)
        and not patterns.search(_NOT, re.sub(r"提起诉讼|向[^,;]{0,20}法院", "", line.text))
        and not line.annex
    ]
    if not told:
        return [
            ln
            for ln in every
            if patterns.search(r"争议|纠纷|分歧", ln.text)
            and patterns.search(r"协商|商量|沟通|友好", ln.text)
        ][:1]
    main = _densest(every, told)
    first, last = main[0], main[-1]
    for number in range(first - 1, max(-1, first - 4), -1):
        line = every[number]
        if patterns.search(
            r"协商|调解|争议|纠纷|商量|沟通|友好|磋商|面谈|会谈|谈判|争端|对话|互谅|商讨|交涉|会商",
            line.text,
        ) and (line.topic == every[first].topic or patterns.search(r"争议|纠纷|争端", line.text)):
            first = number
        else:
            break
    return every[first : last + 1]


def _densest(every: list[Line], numbers: list[int]) -> list[int]:
    """The run of neighbouring lines on disputes, the longest, the later of two equals."""
    runs: list[list[int]] = [[numbers[0]]]
    for number in numbers[1:]:
        if number - runs[-1][-1] <= 2:
            runs[-1].append(number)
        else:
            runs.append([number])

    def rank(run: list[int]) -> tuple[int, int]:
        lines = every[max(0, run[0] - 2) : run[-1] + 1]
        topic = any(patterns.search(r"争议|纠纷|争端|分歧|管辖", line.topic) for line in lines)
        return max(topic, *(_speaks(line) for line in lines)), len(run)

    return max(reversed(runs), key=rank)


def _speaks(line: Line) -> bool:
    """A sentence that says between whom, or after which talk, a dispute is settled."""
    return bool(patterns.search(r"协商|商量|磋商|调解|友好|争议|纠纷", line.text))


def _steps(text: str) -> list[str]:
    text = NO_RUNG.sub("", text)
    found = [name for name, pattern in _STEPS if patterns.search(pattern, text)]
    worker = patterns.search(
        r"劳动(?:人事)?(?:争议|纠纷)?(?:部门|局|机构)?(?:申请|调解)?仲裁", text
    )
    if worker and "arbitration" in found and not any(_named_bodies(text)):
        found.remove("arbitration")
    if "litigation" in found and not patterns.search(
        r"法院(?![^,;。]{0,8}调解)|起诉|诉讼|打官司", text
    ):
        found.remove("litigation")
    waived = patterns.search(r"(?:不得|不再|放弃)[^,;]{0,10}(?:起诉|诉讼)", text)
    if "litigation" in found and waived and "法院" not in text:
        found.remove("litigation")
    return found


def _first(passage: Passage, lines: list[Line], of: _Reader) -> Noted[str] | None:
    for line in lines:
        found = of(passage, line)
        if found is not None:
            return found
    return None


def _body(passage: Passage, line: Line) -> Noted[str] | None:
    del passage
    for name, end in _named_bodies(line.text):
        return Noted(name, line.at(end - len(name)), line.at(end))
    return None


def _named_bodies(text: str) -> Iterator[tuple[str, int]]:
    """Commissions that a text calls by name, with the place where the name ends."""
    for found in _BODY.finditer(text):
        lead = _LEAD.match(found["body"])
        name = found["body"][lead.end() :] if lead else found["body"]
        if (
            not patterns.search(r"劳动|所在地|住所地|签订地|当地|有管辖|双方", name)
            and len(name) >= 6
        ):
            yield name, found.end()


def _court(passage: Passage, line: Line) -> Noted[str] | None:
    del passage
    found = _NAMED.search(line.text)
    if found is None:
        return None
    name = re.sub(r"\A.*(?:提交|向|由|至|到)(?=[一-鿿]{2})", "", found["court"])
    if patterns.search(r"所在地|住所地|签订地|履行地", name):
        return None
    return Noted(name, line.at(found.end() - len(name)), line.at(found.end()))


def _venue(passage: Passage, line: Line) -> Noted[str] | None:
    for found in _COURT.finditer(line.text):
        if patterns.match(r"[^,;。]{0,8}调解", line.text[found.end() :]):
            continue
        place = _place(passage, found["where"])
        if place is not None:
            return Noted(place, line.at(found.start()), line.at(found.end()), LIKELY)
    return None


def _courts_named(passage: Passage) -> Iterator[str]:
    """The places of every court that the whole paper sends a dispute to."""
    for line in passage.saying(r"法院", without=r"调解|执行|保全|裁决|判决书|费用由"):
        for found in _COURT.finditer(line.text):
            place = _place(passage, found["where"])
            if place is not None:
                yield place


def _place(passage: Passage, where: str) -> str | None:
    sides = passage.sides
    if patterns.search(r"(?:地|市|区|县|[甲乙]方|原告|被告)(?:或者?|、|及|和|与)|各自", where):
        return None
    if patterns.search(r"被告", where):
        return "defendant"
    if patterns.search(r"签(?:订|约|署)(?:所在)?地|签(?:合同|约|字)的(?:地方|地)", where):
        return "signing_place"
    at = r"(?:住所|所在|注册|经营|主要营业|那边|这边|那里|当地)"
    if patterns.search(rf"{sides.client}[^,;]{{0,6}}{at}", where):
        return "client_location"
    if patterns.search(rf"{sides.provider}[^,;]{{0,6}}{at}", where):
        return "provider_location"
    city = _CITY.search(re.sub(r"\A.*(?:提交|向|由|至|到|以)(?=[一-鿿])", "", where))
    return city["city"] if city else None
