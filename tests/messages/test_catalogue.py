"""Every sentence is found, filled in, and never a traceback for the user."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import ZoneMissing
from pactdesk.messages.catalogue import (
    LANGUAGES,
    CatalogueBroken,
    Language,
    MessageGap,
    catalogue,
    fill,
    has_text,
    language_of,
    merge,
    say,
    text,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_said_with_its_facts(language: Language) -> None:
    assert "09:00" in say(ZoneMissing(text="2026-10-01T09:00"), language)


def test_a_more_special_error_without_a_sentence_uses_its_parents() -> None:
    class ZoneForgotten(ZoneMissing):
        pass

    assert say(ZoneForgotten(text="9:00"), "en") == say(ZoneMissing(text="9:00"), "en")


def test_an_error_without_a_sentence_is_loud_in_tests_and_still_a_sentence_for_users() -> None:
    class NeverExplained(PactError):
        pass

    with pytest.warns(MessageGap, match="NeverExplained"):
        sentence = say(NeverExplained(clause="7.2"), "zh")
    assert "NeverExplained" in sentence
    assert "clause='7.2'" in sentence


def test_an_error_inside_an_error_is_said_as_its_own_sentence() -> None:
    inner = ZoneMissing(text="9:00")
    assert fill("第 {line} 行：{cause}", {"line": 3, "cause": inner}, "zh").endswith(
        say(inner, "zh")
    )


def test_a_missing_value_leaves_the_placeholder_visible() -> None:
    with pytest.warns(MessageGap, match="{day}"):
        assert fill("On {day}.", {}, "en") == "On {day}."


def test_an_unknown_key_comes_back_as_itself() -> None:
    assert not has_text("labels", "nowhere", "en")
    with pytest.warns(MessageGap, match="labels: nowhere"):
        assert text("labels", "nowhere", "en") == "nowhere"


def test_gaps_stay_silent_outside_the_test_suite() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.resetwarnings()
        warnings.simplefilter("ignore", ResourceWarning)  # Python's own default
        fill("{gone}", {}, "en")
    assert not seen


@given(st.text(), st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=3))
def test_filling_in_never_fails_whatever_the_text(template: str, values: dict[str, str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MessageGap)
        assert isinstance(fill(template, values, "zh"), str)


@given(st.text(alphabet=st.characters(exclude_characters="{}")), st.text())
def test_values_appear_unchanged(around: str, value: str) -> None:
    assert fill(around + "{v}" + around, {"v": value}, "en") == around + value + around


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"PACTDESK_LANG": "en", "LC_ALL": "zh_CN"}, "en"),
        ({"PACTDESK_LANG": "zh", "LANG": "en_US"}, "zh"),
    ],
)
def test_the_language_is_chinese_unless_the_user_says_english(
    environ: dict[str, str], language: str
) -> None:
    assert language_of(environ) == language


def test_nested_keys_are_joined_with_dots_and_yaml_words_stay_words() -> None:
    sections: dict[str, dict[str, str]] = {}
    merge(sections, "x.yaml", "labels:\n  level: {met: yes, on: 1}\n  no: 否\n")
    assert sections == {"labels": {"level.met": "yes", "level.on": "1", "no": "否"}}


@pytest.mark.parametrize(
    ("yaml_text", "reason"),
    [
        ("labels:\n  met: a\n  met: b\n", "line 3: labels: met is given twice"),
        ("labels: [a, b]\n", "line 1"),
        ("- a\n", "line 1"),
        ("labels: {met\n", "x.yaml"),
    ],
)
def test_a_broken_file_names_the_place(yaml_text: str, reason: str) -> None:
    with pytest.raises(CatalogueBroken, match=reason):
        merge({}, "x.yaml", yaml_text)


def test_two_files_never_give_the_same_key() -> None:
    sections: dict[str, dict[str, str]] = {}
    merge(sections, "one.yaml", "labels: {met: a}")
    with pytest.raises(CatalogueBroken, match=r"two\.yaml, line 1: labels: met"):
        merge(sections, "two.yaml", "labels: {met: a}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_its_sections(language: Language) -> None:
    assert catalogue(language)["language"]["name"]
