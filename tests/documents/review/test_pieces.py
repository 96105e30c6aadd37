"""Cutting a text at marks loses no character and knows what covers each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.review.pieces import Mark, pieces

texts = st.text(alphabet="甲乙丙\n 1", max_size=40)
marks = st.lists(
    st.builds(
        Mark,
        st.integers(-2, 42),
        st.integers(-2, 42),
        st.sampled_from(["v-a", "v-b", "f0-0"]),
        st.just("term"),
    ),
    max_size=8,
)


@given(texts, marks, st.lists(st.integers(-2, 42), max_size=4))
def test_the_pieces_are_the_text(text: str, given: list[Mark], breaks: list[int]) -> None:
    assert "".join(piece.text for piece in pieces(text, given, breaks)) == text


@given(texts, marks)
def test_each_piece_knows_what_covers_it(text: str, given: list[Mark]) -> None:
    whole = [mark for mark in given if 0 <= mark.start < mark.end <= len(text)]
    for piece in pieces(text, given):
        end = piece.start + len(piece.text)
        covering = [m for m in whole if m.start <= piece.start and end <= m.end]
        assert sorted(piece.marks, key=repr) == sorted(covering, key=repr)
