"""Bad input: one clear sentence, a code that is not zero, no traceback, nothing half-written."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

# One demo serves all tests that look at its results: keep them in one worker.
pytestmark = pytest.mark.xdist_group("demo")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def refused(ran: Any, *words: str) -> None:
    """Exit 2 and exactly one sentence, which holds all the words."""
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    assert ran.err.startswith("错误：")
    for word in words:
        assert word in ran.err, ran.err


@pytest.fixture
def terms(demo: Path) -> str:
    """The completed terms of the sample."""
    return (demo / "terms.yaml").read_text("utf-8")


def docx(path: Path, body: str) -> Path:
    """A Word file with this body XML."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        file.writestr("word/document.xml", document)
    return path


def scan(path: Path) -> Path:
    """A PDF page without a letter on it."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(path)
    return path


def test_a_wrong_call_says_how_it_goes(run: Run) -> None:
    refused(run("raed"), "raed", "--help")
    refused(run("read"), "pactdesk read")
    refused(run("read", "x", "--jsno"), "--jsno")
    refused(run("seal", "--log", "x", "--key", "y", "--through", "soon"), "--through")


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    refused(run("read", tmp_path / "none.docx"), "none.docx")
    refused(run("fill", tmp_path / "none.yaml", "--answers", "a", "-o", "b"), "none.yaml")
    refused(run("explain", tmp_path / "none.pactbundle", "--line", "1"), "none.pactbundle")


def test_an_unreadable_paper_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 but no archive")
    refused(run("read", tmp_path / "empty.txt"), "empty.txt")
    refused(run("read", tmp_path / "broken.docx"), "broken.docx")


def test_tracked_changes_are_refused_until_a_view_is_chosen(run: Run, tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>双方约定：甲方委托乙方提供客服服务，违约金为</w:t></w:r>"
        "<w:ins><w:r><w:t>合同总额的20%</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>5%</w:delText></w:r></w:del></w:p>"
    )
    paper = docx(tmp_path / "tracked.docx", body)
    refused(run("read", paper), "tracked.docx", "--view")
    assert run("read", paper, "--view", "accepted").code == 0


def test_a_scan_is_recognised(run: Run, tmp_path: Path) -> None:
    refused(run("read", scan(tmp_path / "scan.pdf")), "scan.pdf")


def test_terms_with_an_unquoted_number_are_refused(run: Run, tmp_path: Path, terms: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(terms.replace("unit_price: '38.50'", "unit_price: 38.50"), "utf-8")
    refused(run("lint", bad), "bad.yaml", "fee-1.unit_price", "38.5")


def test_an_answer_never_overwrites_the_paper(run: Run, tmp_path: Path, demo: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text('answers: {late-fee-1.rate_per_day: "0.05"}\n', "utf-8")
    output = tmp_path / "terms.yaml"
    draft = demo / "terms.draft.yaml"
    refused(run("fill", draft, "--answers", answers, "-o", output), "late-fee-1.rate_per_day")
    assert not output.exists()


def test_blanks_settle_nothing(run: Run, tmp_path: Path, demo: Path) -> None:
    draft, log, keys = demo / "terms.draft.yaml", demo / "log", demo / "keys.json"
    ran = run("settle", draft, "--log", log, "--month", "2026-10", "--keys", keys, "-o", tmp_path)
    refused(ran, "空白")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("E11")
def test_two_fees_at_once_are_refused_with_both_clauses(
    run: Run, tmp_path: Path, terms: str, demo: Path
) -> None:
    bad = tmp_path / "two-fees.yaml"
    hours = "headcount: 6, unit_price: '38.00', hours_basis: verified"
    bad.write_text(terms + f"- {{id: fee-2, kind: fee_headcount_hours, {hours}}}\n", "utf-8")
    out = tmp_path / "out"
    log, keys = demo / "log", demo / "keys.json"
    ran = run("settle", bad, "--log", log, "--month", "2026-10", "--keys", keys, "-o", out)
    refused(ran, "FEE_CONFLICT", "fee-1", "fee-2")
    assert not out.exists()


def test_windows_that_overlap_are_refused(run: Run, tmp_path: Path, terms: str, demo: Path) -> None:
    bad = tmp_path / "overlap.yaml"
    assert "13:00-18:00" in terms
    bad.write_text(terms.replace("13:00-18:00", "11:00-18:00"), "utf-8")
    refused(run("measure", bad, "--log", demo / "log", "--month", "2026-10"), "11:00-18:00")


@pytest.mark.requirement("E5", "B9")
def test_a_year_without_published_calendar_is_refused(run: Run, tmp_path: Path, demo: Path) -> None:
    ran = run("simulate", demo / "terms.yaml", "--month", "2027-01", "--log", tmp_path / "log")
    refused(ran, "2027")
    assert not list((tmp_path / "log").glob("facts/*"))


def test_an_unsealed_month_is_not_settled(run: Run, tmp_path: Path, demo: Path) -> None:
    log = shutil.copytree(demo / "log", tmp_path / "log")
    (log / "checkpoints.jsonl").unlink()
    out, keys = tmp_path / "out", demo / "keys.json"
    terms = demo / "terms.yaml"
    ran = run("settle", terms, "--log", log, "--month", "2026-10", "--keys", keys, "-o", out)
    refused(ran, "pactdesk seal")
    assert not out.exists()


def test_a_month_outside_the_term_is_not_settled(run: Run, tmp_path: Path, demo: Path) -> None:
    terms, log, keys = demo / "terms.yaml", demo / "log", demo / "keys.json"
    ran = run("settle", terms, "--log", log, "--month", "2026-03", "--keys", keys, "-o", tmp_path)
    refused(ran, "2026-03", "2026-04-01")


def test_the_log_of_another_contract_is_refused(
    run: Run, tmp_path: Path, terms: str, demo: Path
) -> None:
    other = tmp_path / "other.yaml"
    mine = next(line for line in terms.splitlines() if line.startswith("contract_id:"))
    other.write_text(terms.replace(mine, "contract_id: another-1"), "utf-8")
    refused(run("measure", other, "--log", demo / "log", "--month", "2026-10"), "another-1")


def test_a_truncated_line_of_facts_is_named(run: Run, tmp_path: Path, demo: Path) -> None:
    log = shutil.copytree(demo / "log", tmp_path / "log")
    day = sorted((log / "facts").iterdir())[-1]
    day.write_bytes(day.read_bytes()[:-40])
    refused(run("measure", demo / "terms.yaml", "--log", log, "--month", "2026-10"), day.name)


def test_times_without_zone_are_refused(run: Run, tmp_path: Path, demo: Path) -> None:
    (tmp_path / "calls.csv").write_text("id,at\n1,2026-10-12 09:00:00\n", "utf-8")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "source: calls\nrow_id: [id]\nfacts:\n"
        "  - {kind: interaction.closed, suffix: closed, at: {column: at},"
        ' fields: {interaction: "{id}"}}\n',
        "utf-8",
    )
    ran = run(
        "import", tmp_path / "calls.csv", "--mapping", mapping,
        "--log", tmp_path / "log", "--terms", demo / "terms.yaml",
    )  # fmt: skip
    assert ran.code != 0
    assert "时区" in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_a_truncated_bundle_is_refused(run: Run, tmp_path: Path, demo: Path) -> None:
    bundle = tmp_path / "cut.pactbundle"
    whole = (demo / "statement-2026-10.pactbundle").read_bytes()
    bundle.write_bytes(whole[: len(whole) // 2])
    refused(run("explain", bundle, "--line", "1"), "cut.pactbundle")
    ran = run("verify", bundle, "--trust", demo / "keys.json")
    assert ran.code == 2
    assert "Traceback" not in ran.out + ran.err


def test_a_wrong_signature_names_its_day(run: Run, tmp_path: Path, demo: Path) -> None:
    log = shutil.copytree(demo / "log", tmp_path / "log")
    chain = (log / "checkpoints.jsonl").read_text("utf-8").splitlines()
    last = json.loads(chain[-1])
    hexes = last["signature"]
    wrong = ("0" if hexes[0] != "0" else "1") + hexes[1:]
    chain[-1] = chain[-1].replace(hexes, wrong)
    (log / "checkpoints.jsonl").write_text("\n".join(chain) + "\n", "utf-8")
    out, keys = tmp_path / "out", demo / "keys.json"
    terms = demo / "terms.yaml"
    made = run("settle", terms, "--log", log, "--month", "2026-10", "--keys", keys, "-o", out)
    if made.code == 0:  # the log does not know whom to trust; the verifier does
        bundle = out / "statement-2026-10.pactbundle"
        made = run("verify", bundle, "--trust", keys)
        assert made.code == 1
    assert "2026-11-05" in made.out + made.err
    assert "Traceback" not in made.out + made.err


def test_the_demo_never_overwrites_files_of_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("keep me", "utf-8")
    refused(run("demo", "--out", tmp_path), str(tmp_path))
    assert (tmp_path / "precious.txt").read_text("utf-8") == "keep me"


def test_our_own_mistakes_are_told_without_a_traceback(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.cli.commands import lint_

    def broken(*_told: object) -> None:
        raise ZeroDivisionError("surprise")

    monkeypatch.setattr(lint_, "_linted", broken)
    refused(run("lint", demo / "terms.yaml"), "ZeroDivisionError", "PACTDESK_DEBUG")


def test_a_target_written_as_percent_is_not_settled(
    run: Run, tmp_path: Path, terms: str, demo: Path
) -> None:
    bad = tmp_path / "percent.yaml"
    bad.write_text(terms.replace("target: '0.90'", "target: '90'", 1), "utf-8")
    log, keys, out = demo / "log", demo / "keys.json", tmp_path / "out"
    ran = run("settle", bad, "--log", log, "--month", "2026-10", "--keys", keys, "-o", out)
    refused(ran, "SHARE_OUT_OF_RANGE", "pactdesk lint")


def test_a_log_of_another_zone_is_refused(run: Run, tmp_path: Path, terms: str, demo: Path) -> None:
    other = tmp_path / "zone.yaml"
    other.write_text(terms.replace("zone: Asia/Shanghai", "zone: Europe/Berlin"), "utf-8")
    ran = run("measure", other, "--log", demo / "log", "--month", "2026-10")
    refused(ran, "Europe/Berlin", "Asia/Shanghai")


def test_a_statement_needs_the_keys_that_it_can_be_checked_with(
    run: Run, tmp_path: Path, demo: Path
) -> None:
    assert run("keys", "-o", tmp_path / "other", "--demo").code == 0
    keys, out = tmp_path / "other" / "provider.public.json", tmp_path / "out"
    terms, log = demo / "terms.yaml", demo / "log"
    ran = run("settle", terms, "--log", log, "--month", "2026-10", "--keys", keys, "-o", out)
    refused(ran, "provider.public.json")
    assert not out.exists()


def test_a_day_that_is_not_over_is_not_sealed(run: Run, tmp_path: Path, demo: Path) -> None:
    key = tmp_path / "keys"
    assert run("keys", "-o", key, "--demo").code == 0
    log = shutil.copytree(demo / "log", tmp_path / "log")
    (log / "checkpoints.jsonl").unlink()
    sealing = ("seal", "--log", log, "--key", key / "provider.pem")
    refused(run(*sealing, "--through", "2999-01-01"), "2999-01-01", "--ahead")


def test_a_log_keeps_the_key_it_was_sealed_with(run: Run, tmp_path: Path, demo: Path) -> None:
    assert run("keys", "-o", tmp_path / "other", "--demo").code == 0
    log = shutil.copytree(demo / "log", tmp_path / "log")
    key = tmp_path / "other" / "provider.pem"
    refused(run("seal", "--log", log, "--key", key, "--ahead", "--through", "2026-11-07"), "密钥")


def test_a_tampered_bundle_is_not_explained(run: Run, tmp_path: Path, demo: Path) -> None:
    copy = tmp_path / "changed.pactbundle"
    with zipfile.ZipFile(demo / "statement-2026-10.pactbundle") as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    files["terms.json"] = files["terms.json"].replace(b'"0.15"', b'"0.14"')
    with zipfile.ZipFile(copy, "w") as changed:
        for name, content in files.items():
            changed.writestr(name, content)
    refused(run("explain", copy, "--line", "5"), "terms.json")


def test_deep_nesting_is_refused(run: Run, tmp_path: Path, demo: Path) -> None:
    deep = tmp_path / "deep.yaml"
    deep.write_text("[" * 100_000, "utf-8")
    draft = demo / "terms.draft.yaml"
    refused(run("fill", draft, "--answers", deep, "-o", tmp_path / "x.yaml"), "deep.yaml")
    (tmp_path / "deep.json").write_text("[" * 100_000, "utf-8")
    refused(run("lint", tmp_path / "deep.json"), "deep.json")


def test_more_arguments_than_needed_are_named(run: Run, demo: Path) -> None:
    refused(run("lint", demo / "terms.yaml", "surplus"), "surplus")
    refused(run("explain", demo / "x", "--line", "first"), "--line", "1, 2, 3")
    bundle = demo / "statement-2026-10.pactbundle"
    refused(run("explain", bundle, "--level", "nope"), "nope", "level-1")


@pytest.mark.requirement("E5")
def test_a_year_that_is_needed_only_at_the_end_is_refused_as_plainly(
    run: Run, tmp_path: Path, demo: Path
) -> None:
    ran = run("simulate", demo / "terms.yaml", "--month", "2026-12", "--log", tmp_path / "log")
    refused(ran, "2027")
