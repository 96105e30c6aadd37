"""How well papers are read: the figures that a change must not lower."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading_scores import papers_in, score_of, summary_at, values_in

ROOT = Path(__file__).resolve().parents[3]
OURS = ROOT / "tests" / "documents" / "contracts"
LABELLED = ROOT.parent / "shared" / "reading"
# The measuring set has the figures that are promised; the others what a change must not lower.
LEAST = {
    folder: least
    for folder, least in ((LABELLED, 0.97), (OURS / "build", 0.96), (OURS / "measure", 0.95))
    if folder != LABELLED or papers_in(folder)  # those lie outside of the repository
}
MOST_WRONG_WHEN_SURE = 1 / 200
PAPERS = [paper for folder in LEAST for paper in papers_in(folder)]

each_folder = pytest.mark.parametrize("folder", LEAST, ids=lambda folder: folder.name)


def test_enough_papers_are_measured_by() -> None:
    assert len(papers_in(OURS / "measure")) >= 20


@each_folder
def test_the_papers_are_read_as_well_as_ever(folder: Path) -> None:
    score = score_of(papers_in(folder))
    assert score.overall >= LEAST[folder], score.wrong if folder.name == "build" else score.overall


@each_folder
def test_what_the_reader_is_sure_of_is_rarely_wrong(folder: Path) -> None:
    assert score_of(papers_in(folder)).wrong_when_sure <= MOST_WRONG_WHEN_SURE


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.parent.name}-{paper.stem}")
def test_every_value_shows_its_words_or_says_that_it_was_worked_out(paper: Path) -> None:
    summary, text = summary_at(paper), paper.read_text("utf-8")
    for path, words in summary["spans"].items():
        assert words in text, path
    shown = set(summary["spans"]) | set(summary["derived"])
    for path in values_in(summary):
        above = [path.rsplit(".", cut)[0] for cut in range(path.count(".") + 1)]
        assert any(p in shown or p in summary["confidence"] for p in above), path


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.parent.name}-{paper.stem}")
def test_no_certainty_lies_outside_zero_and_one(paper: Path) -> None:
    assert all(0 < sure <= 1 for sure in summary_at(paper)["confidence"].values())
