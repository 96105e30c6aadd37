"""Personal data is hidden from whom it does not concern, and told of when it is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.web.privacy import SHOWN, mask, masked, note_shown
from tests.support.cast import Cast

HALF_PAST = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CONTRACT = new_id()

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
WORDS = st.text(st.characters(exclude_characters="@-+ ", exclude_categories=["Nd"]), max_size=9)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("13812345678", "138****5678"),
        ("我的电话是13812345678，谢谢", "我的电话是138****5678，谢谢"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+86 13812345678", "+86 138****5678"),
        ("8613812345678", "86138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("两个：13812345678、15987654321", "两个：138****5678、159****4321"),
        ("座机010-62345678", "座机010-****5678"),
        ("(0571)87654321", "(0571)****4321"),
        ("zhangsan@qq.com", "z***@qq.com"),
        ("邮箱：zhang.san+1@mail.example.com.cn。", "邮箱：z***@mail.example.com.cn。"),
        ("张三@example.com", "张***@example.com"),
        ("110101199003078515", "110***********8515"),
        ("身份证11010119900307851x号", "身份证110***********851x号"),
        ("110101900307851", "110********7851"),
        ("１１０１０１１９９００３０７８５１Ｘ", "１１０***********８５１Ｘ"),
        ("6222021234567890128", "6222********0128"),
        ("6222 0212 3456 7894", "6222********7894"),
    ],
)
def test_numbers_and_addresses_of_people_are_masked(written: str, shown: str) -> None:
    assert masked(written) == shown


@pytest.mark.parametrize(
    "words",
    [
        "订单 20261121000123 什么时候发货",
        "一共 12345678 件，金额 1203.40",
        "2026-11-21 09:30",
        "淘宝单号 4201234567890123451",
        "客服热线 400-123-4567",
        "第 7.2 条，目标 90%",
        "@所有人 看一下",
    ],
)
def test_what_is_nobodys_stays_as_it_is(words: str) -> None:
    assert masked(words) == words


@given(WORDS, MOBILES, WORDS)
def test_no_mobile_number_is_left_in_whatever_words_around_it(
    before: str, number: str, after: str
) -> None:
    assert number not in masked(before + number + after)


@given(st.text(max_size=40))
def test_what_is_masked_is_masked(words: str) -> None:
    assert masked(masked(words)) == masked(words)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_talks_to_the_customers_reads_their_numbers(role: Role) -> None:
    scope = Scope(contracts={CONTRACT: frozenset({role.value})})
    told = mask(scope, CONTRACT, "13812345678")
    assert (told == "13812345678") == (role in (Role.AGENT, Role.LEAD))


def test_an_agent_of_one_contract_is_a_stranger_in_another() -> None:
    scope = Scope(operator=True, contracts={CONTRACT: frozenset({"agent"})})
    assert mask(scope, new_id(), "13812345678") == "138****5678"


def test_showing_is_told_once_an_hour_for_each_person_and_conversation(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    first, second = new_id(), new_id()
    shown = [
        ("agent", first, HALF_PAST),
        ("agent", first, HALF_PAST + timedelta(minutes=29)),
        ("lead", first, HALF_PAST),
        ("agent", second, HALF_PAST),
        ("agent", first, HALF_PAST + timedelta(minutes=30)),
    ]
    for name, conversation, at in shown:
        with scoped(cast[name]) as scope:
            note_shown(scope, contract=cast.contract_qinghe, conversation=conversation, at=at)
    rows = as_superuser.execute(
        "SELECT person_id, subject_id, count(*) FROM audit_entry"
        " WHERE verb = %s AND contract_id = %s GROUP BY 1, 2",
        [SHOWN, cast.contract_qinghe],
    ).fetchall()
    assert set(rows) == {
        (cast["agent"], first, 2),
        (cast["lead"], first, 1),
        (cast["agent"], second, 1),
    }
