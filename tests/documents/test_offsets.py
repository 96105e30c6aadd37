"""Where each character came from, against an oracle that carries it along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.offsets import Edit, OffsetMap, rewrite

Origins = list[tuple[str, frozenset[int]]]


@st.composite
def layers(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits of one layer over `text`: deletions, replacements, insertions, aligned ones."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if draw(st.booleans()):
            edits.append(Edit(start, end, "x" * (end - start), aligned=True))
        else:
            edits.append(Edit(start, end, draw(st.text("yz", max_size=3))))
    return edits


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    text = draw(st.text("abc", max_size=30))
    current, chain = text, []
    for _ in range(draw(st.integers(1, 4))):
        edits = draw(layers(current))
        current, _ = rewrite(current, edits)
        chain.append(edits)
    return text, chain


def carried(origins: Origins, edits: list[Edit]) -> Origins:
    result: Origins = []
    done = 0
    for edit in edits:
        result += origins[done : edit.start]
        under = [sources for _, sources in origins[edit.start : edit.end]]
        whole = frozenset().union(*under)
        for index, character in enumerate(edit.text):
            result.append((character, under[index] if edit.aligned else whole))
        done = edit.end
    return result + origins[done:]


@given(chains())
def test_every_character_leads_back_to_all_that_it_was_made_from(
    chain: tuple[str, list[list[Edit]]],
) -> None:
    text, edits_of_layers = chain
    offsets, current = OffsetMap.identity(len(text)), text
    origins: Origins = [(character, frozenset({i})) for i, character in enumerate(text)]
    for edits in edits_of_layers:
        current, layer = rewrite(current, edits)
        offsets = offsets.then(layer)
        origins = carried(origins, edits)
    assert "".join(character for character, _ in origins) == current
    before = (0, 0)
    for position, (_, sources) in enumerate(origins):
        start, end = offsets.span(position, position + 1)
        assert 0 <= start <= end <= len(text)
        assert sources <= frozenset(range(start, end))
        assert start >= before[0], "starts never go back"
        assert end >= before[1], "ends never go back"
        before = (start, end)


@given(chains(), st.integers(0, 30), st.integers(0, 30))
def test_the_span_of_a_quote_holds_the_spans_of_its_characters(
    chain: tuple[str, list[list[Edit]]], one: int, other: int
) -> None:
    text, edits_of_layers = chain
    offsets, current = OffsetMap.identity(len(text)), text
    for edits in edits_of_layers:
        current, layer = rewrite(current, edits)
        offsets = offsets.then(layer)
    start, end = sorted((min(one, len(current)), min(other, len(current))))
    whole = offsets.span(start, end)
    for position in range(start, end):
        first, last = offsets.span(position, position + 1)
        assert whole[0] <= first <= last <= whole[1]


@given(chains(), st.integers(0, 30), st.integers(0, 30))
def test_the_inverse_finds_everything_made_from_a_part_of_the_original(
    chain: tuple[str, list[list[Edit]]], one: int, other: int
) -> None:
    text, (edits, *_) = chain
    _, offsets = rewrite(text, edits)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = offsets.inverse(start, end)
    for position in range(offsets.length):
        first, last = offsets.span(position, position + 1)
        if first < end and last > start:
            assert found[0] <= position < found[1]


def test_a_layer_whose_edits_overlap_is_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        rewrite("abcdef", [Edit(0, 3, ""), Edit(2, 4, "")])


def test_an_unchanged_text_needs_one_run_only() -> None:
    _, offsets = rewrite("a" * 1000, [])
    assert len(offsets.then(OffsetMap.identity(1000)).runs) == 1
