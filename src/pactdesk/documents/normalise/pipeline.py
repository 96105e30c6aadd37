"""The layers in their order, composed into one text with one map to the original."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.noise import without_noise
from pactdesk.documents.normalise.characters import composed, plain
from pactdesk.documents.normalise.gloss import Readings, readings_in, without_glosses
from pactdesk.documents.normalise.halfwidth import half_width
from pactdesk.documents.normalise.hard_wraps import without_hard_wraps
from pactdesk.documents.normalise.layer import Layer, Removed, Repair
from pactdesk.documents.normalise.page_layout import without_page_layout
from pactdesk.documents.normalise.phase import in_phase
from pactdesk.documents.normalise.recognition import without_confusions
from pactdesk.documents.normalise.simplified import Script, script_of, simplified
from pactdesk.documents.offsets import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Normalised:
    """The last text; spans of repairs and cuts in the original, `unreadable` in `text`."""

    text: str
    offsets: OffsetMap
    script: Script
    repairs: tuple[Repair, ...]
    removed: tuple[Removed, ...]
    unreadable: tuple[Span, ...]


def normalised(extracted: Extracted) -> Normalised:
    """All layers: page layout, characters, NFC, glosses, phase, script, width,
    noise, recognition.

    Glosses go before the phase repair, which needs their readings to restore a character of
    which only the gloss is left.
    """
    readings: Readings = readings_in(extracted.text)
    work = _Work(extracted.text)
    work.add(lambda _: without_page_layout(extracted))
    work.add(without_hard_wraps)
    work.add(plain)
    work.add(composed)
    work.add(without_glosses)
    work.add(lambda text: in_phase(text, readings))
    script = script_of(work.text)
    work.add(simplified)
    work.add(half_width)
    work.add(composed)  # a full-width letter does not compose with an accent, its narrow form does
    work.add(without_noise)
    work.add(without_confusions)
    return Normalised(
        text=work.text,
        offsets=work.offsets,
        script=script,
        repairs=tuple(sorted(work.repairs, key=lambda repair: repair.start)),
        removed=tuple(sorted(work.removed, key=lambda cut: cut.start)),
        unreadable=tuple(
            span
            for span in (work.offsets.inverse(*source) for source in work.unreadable)
            if span[0] < span[1]
        ),
    )


class _Work:
    """The text so far, with everything that was noted kept in spans of the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self.offsets = OffsetMap.identity(len(original))
        self.repairs: list[Repair] = []
        self.removed: list[Removed] = []
        self.unreadable: list[Span] = []

    def add(self, layer_of: Callable[[str], Layer]) -> None:
        layer = layer_of(self.text)
        for repair in layer.repairs:
            start, end = self.offsets.span(repair.start, repair.end)
            was = self.original[start:end]
            self.repairs.append(Repair(start, end, was, repair.became, repair.rule))
        for cut in layer.removed:
            start, end = self.offsets.span(cut.start, cut.end)
            self.removed.append(Removed(start, end, self.original[start:end], cut.rule))
        self.unreadable.extend(self.offsets.span(*span) for span in layer.unreadable)
        self.offsets = self.offsets.then(layer.offsets)
        self.text = layer.text
