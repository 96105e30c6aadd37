"""The labels are right: what they say stands in the text, in the words of the format."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.documents.label_checks import (
    Label,
    beside_the_text,
    filled_paths,
    is_written,
    months_between,
    spans_of_nothing,
    strange_words,
    tiers_in_order,
    unwritten,
    without_evidence,
)

CONTRACTS = Path(__file__).parent / "contracts"
LABELS = sorted(CONTRACTS.glob("*/*.gold.json"))
PLACEHOLDERS = ("__", "＿", "[", "【", "××", "XX", "某", "□", "……", "( )", "( )", "〔")


def read(path: Path) -> tuple[Label, str]:
    text = path.with_name(path.name.replace(".gold.json", ".txt"))
    return json.loads(path.read_text("utf-8")), text.read_text("utf-8")


@pytest.fixture(params=LABELS, ids=lambda path: f"{path.parent.name}-{path.name.partition('.')[0]}")
def labelled(request: pytest.FixtureRequest) -> tuple[Label, str]:
    return read(request.param)


def test_every_quote_is_an_exact_piece_of_the_text(labelled: tuple[Label, str]) -> None:
    assert beside_the_text(*labelled) == []


def test_every_filled_field_has_a_quote_or_is_named_as_derived(
    labelled: tuple[Label, str],
) -> None:
    assert without_evidence(labelled[0]) == []


def test_no_quote_stands_for_an_empty_field(labelled: tuple[Label, str]) -> None:
    assert spans_of_nothing(labelled[0]) == []


def test_derived_fields_are_filled(labelled: tuple[Label, str]) -> None:
    filled = set(filled_paths(labelled[0]))
    filled |= {path.rsplit(".", 1)[0] for path in filled} | {"fee.tax_included", "fee.formula"}
    assert [path for path in labelled[0]["derived"] if path not in filled] == []


def test_words_are_those_of_the_closed_vocabularies(labelled: tuple[Label, str]) -> None:
    assert strange_words(labelled[0]) == []


def test_every_figure_stands_in_its_quote(labelled: tuple[Label, str]) -> None:
    assert unwritten(labelled[0]) == []


def test_bands_of_a_deduction_touch_one_another(labelled: tuple[Label, str]) -> None:
    assert tiers_in_order(labelled[0])


def test_the_term_has_the_months_of_its_days(labelled: tuple[Label, str]) -> None:
    label = labelled[0]
    start, end, months = (label["term"][part] for part in ("start", "end", "months"))
    if start and end and "TERM_MISMATCH" not in label["contradictions"]:
        assert months_between(date.fromisoformat(start), date.fromisoformat(end)) == months


def test_blanks_are_left_open_in_the_text_and_in_the_label(labelled: tuple[Label, str]) -> None:
    label, text = labelled
    if label["text_quality"] == "blanks":
        assert label["blanks"]
    if label["blanks"]:
        assert any(sign in text for sign in PLACEHOLDERS)
    for path in {"client_name", "provider_name"} & set(label["blanks"]):
        assert label[path] is None


def test_only_a_text_said_to_be_clean_is_without_defects(labelled: tuple[Label, str]) -> None:
    label, _ = labelled
    if label["text_quality"] == "clean":
        assert (label["contradictions"], label["blanks"]) == ([], [])
    if label["text_quality"] == "contradictory":
        assert label["contradictions"]


def test_parties_are_two_and_the_payer_is_the_client(labelled: tuple[Label, str]) -> None:
    label, _ = labelled
    parties = {label["provider_party"], label["client_party"]}
    assert parties in ({"甲方", "乙方"}, {None})
    assert label["payment"]["payer"] in (None, label["client_party"])


def test_the_length_is_that_of_a_contract(labelled: tuple[Label, str]) -> None:
    assert 700 <= len(labelled[1]) <= 6000


def test_both_sets_hold_at_least_three_of_each_type() -> None:
    for half in ("build", "measure"):
        types = [read(path)[0]["contract_type"] for path in LABELS if path.parent.name == half]
        assert len(types) >= 15
        assert min(types.count(each) for each in set(types)) >= 3
        assert len(set(types)) == 5


def test_each_label_belongs_to_its_file() -> None:
    assert [read(path)[0]["id"] for path in LABELS] == [
        path.name.removesuffix(".gold.json") for path in LABELS
    ]
    texts = {path.name for path in CONTRACTS.glob("[bm]*/*.txt")}
    assert texts == {path.name.replace(".gold.json", ".txt") for path in LABELS}


def test_a_figure_that_the_quote_does_not_show_is_noticed() -> None:
    assert is_written(0.0005, "每日万分之五")
    assert is_written(18, "为期一年半")
    assert not is_written(0.0005, "每日千分之五")
    assert not is_written(12, "十三个月")
