"""A search finds what a text contains, and the database learns no character of it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.gateways.vault.search import bigrams, search_tokens

KEY, OTHER = bytes(32), bytes([1]) * 32
texts = st.text("退款订单物流查询发票尺码abc019", min_size=2, max_size=30)


@given(texts, st.data())
def test_a_text_has_every_token_of_what_it_contains(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert set(search_tokens(KEY, text[start:end])) <= set(search_tokens(KEY, text))


@given(texts, texts)
def test_words_in_any_order_are_found_in_a_text_that_has_them(one: str, other: str) -> None:
    text = f"您好，{one}！请问{other}？"
    assert set(search_tokens(KEY, f"{other} {one}")) <= set(search_tokens(KEY, text))


@given(st.text(max_size=60))
def test_any_text_gives_short_plain_tokens_the_same_every_time(text: str) -> None:
    tokens = search_tokens(KEY, text)
    assert tokens == sorted(set(tokens)) == search_tokens(KEY, text)
    assert all(re.fullmatch("[a-z2-7]{8}", one) for one in tokens)


@given(texts)
def test_two_contracts_share_no_token(text: str) -> None:
    assert not set(search_tokens(KEY, text)) & set(search_tokens(OTHER, text))


def test_width_and_case_do_not_matter() -> None:
    assert search_tokens(KEY, "ＡＢＣ１２３") == search_tokens(KEY, "abc123")


def test_what_is_not_there_is_not_found() -> None:
    assert not set(search_tokens(KEY, "退货")) & set(search_tokens(KEY, "我要退款，不要换货"))


def test_pairs_do_not_cross_punctuation() -> None:
    assert list(bigrams("退款,查。A_b")) == ["退款", "查", "a", "b"]


def test_a_pair_of_a_text_gets_the_token_that_it_always_had() -> None:
    # Tokens lie in databases: another way to make them would find nothing that is there.
    assert search_tokens(KEY, "退款") == ["7pubbhgi"]
