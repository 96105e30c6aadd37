"""What a party sees: verdicts, exit codes, the day and line that a failure names."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.checkpoints import to_checkpoint_record
from pactdesk.core.facts.kinds import Party
from pactdesk.core.facts.log import seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.gateways.keys import SigningKey
from pactverify import verify
from pactverify.__main__ import main
from pactverify.messages import LANGUAGES, language_of

SEED = 7


@pytest.fixture
def case(random_case: Callable[[int], Any]) -> Any:
    return random_case(SEED)


@pytest.fixture
def bundle(case: Any, tmp_path: Path) -> Path:
    path: Path = case.write(tmp_path / "month.pactbundle")
    return path


@pytest.fixture
def since(case: Any, tmp_path: Path) -> Path:
    """The first checkpoint, as the client keeps it."""
    path = tmp_path / "checkpoint.json"
    path.write_bytes(canonical_json(to_checkpoint_record(case.log.checkpoints()[0])) + b"\n")
    return path


def exit_code_of(arguments: list[str]) -> object:
    """As the shell sees it."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return ended.code


def test_a_genuine_bundle_is_verified(
    case: Any, bundle: Path, since: Path, trust: Callable[..., Path]
) -> None:
    report = verify(bundle, trust=trust(case.key), since=since)
    assert (report.ok, report.authentic, report.exit_code) == (True, True, 0)
    assert {step.status for step in report.steps} == {"ok"}


def test_without_trust_nothing_is_authentic(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(bundle), "--lang", "zh"]) == 3
    assert "内部一致；真实性未核验" in capsys.readouterr().out
    assert main([str(bundle), "--lang", "en"]) == 3
    assert "Internally consistent; authenticity NOT checked" in capsys.readouterr().out


def test_demo_keys_are_flagged_and_what_was_not_checked_is_said(bundle: Path) -> None:
    said = verify(bundle).text("en")
    assert "DEMO KEYS" in said
    assert "backdated" in said


def test_a_key_that_nobody_trusts_is_named(
    case: Any, bundle: Path, trust: Callable[..., Path]
) -> None:
    stranger = SigningKey.from_seed("stranger", Party.PROVIDER, demo=True)
    report = verify(bundle, trust=trust(stranger))
    assert not report.ok
    assert case.key.key_id in report.text("en")


def test_a_key_of_the_client_signs_nothing(case: Any, bundle: Path, tmp_path: Path) -> None:
    record = {"key_id": case.key.key_id, "public_hex": case.key.public.public_hex}
    path = tmp_path / "client.json"
    path.write_text(json.dumps({"keys": [{**record, "party": "client", "demo": True}]}))
    assert verify(bundle, trust=path).exit_code == 1


@pytest.mark.requirement("T4")
def test_a_forged_history_is_refused_by_trust_and_when_its_keys_are_trusted_by_since(
    case: Any,
    bundle: Path,
    since: Path,
    trust: Callable[..., Path],
    random_case: Callable[[int], Any],
    tmp_path: Path,
) -> None:
    """The whole history is made anew, consistently: sealed, settled, bundled with fresh keys."""
    forger = SigningKey.from_seed("forger", Party.PROVIDER, demo=True)
    log = MemoryFactLog(case.log.contract_id, case.log.zone)
    facts = sorted(case.log.facts(case.log.contract_id), key=lambda each: each.order)
    log.record(facts[:-1])
    seal_through(log, case.log.checkpoints()[-1].body.day, forger)
    module = sys.modules[type(case).__module__]
    statement = module.settled(case.contract, case.calendar, log, case.period)
    forged = module.Case(
        SEED, case.contract, case.calendar, case.period, log, forger, statement
    ).write(tmp_path / "forged.pactbundle")
    assert verify(forged).exit_code == 3  # as consistent as can be
    assert verify(forged, trust=trust(forger, name="forged.json")).exit_code == 0
    by_trust = verify(forged, trust=trust(case.key))
    assert forger.key_id in by_trust.text("en")
    assert by_trust.exit_code == 1
    by_since = verify(forged, trust=trust(forger, name="forged.json"), since=since)
    assert by_since.exit_code == 1
    assert "not a continuation of the one you hold" in by_since.text("en")


def test_one_changed_byte_of_a_fact_names_the_day(
    case: Any,
    bundle: Path,
    trust: Callable[..., Path],
    opened: Callable[[Path], dict[str, bytes]],
    closed: Callable[..., Path],
    tmp_path: Path,
) -> None:
    files = opened(bundle)
    name = next(name for name in sorted(files) if name.startswith("evidence/facts/"))
    before, mark, after = files[name].partition(b'"occurred_at":17')
    files[name] = before + mark + (b"8" if after[:1] != b"8" else b"7") + after[1:]
    report = verify(closed(tmp_path / "copy.pactbundle", files), trust=trust(case.key))
    assert report.exit_code == 1
    assert Path(name).stem in report.said(report.failures[0], "en")


def test_a_byte_changed_without_a_new_manifest_names_the_file(
    bundle: Path, opened: Callable[[Path], dict[str, bytes]], tmp_path: Path
) -> None:
    files = opened(bundle)
    name = next(name for name in sorted(files) if name.startswith("evidence/facts/"))
    copy = tmp_path / "copy.pactbundle"
    with zipfile.ZipFile(copy, "w") as archive:
        for each, data in files.items():
            archive.writestr(each, data.replace(b'"chat"', b'"chaT"') if each == name else data)
    assert name in verify(copy).text("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_unusable_input_is_one_sentence_and_exit_code_two(
    bundle: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.pactbundle"
    cut.write_bytes(bundle.read_bytes()[:-300])
    text = tmp_path / "text.pactbundle"
    text.write_text("not a zip", encoding="utf-8")
    empty = tmp_path / "empty.pactbundle"
    with zipfile.ZipFile(empty, "w"):
        pass
    lang = ["--lang", language]
    for given in (
        [str(cut)], [str(text)], [str(empty)], [str(tmp_path)], [str(tmp_path / "none")], [],
        [str(bundle), "--trust", str(text)], [str(bundle), "--trust", str(tmp_path / "none")],
        [str(bundle), "--since", str(text)], [str(bundle), "--sinse", "x"],
        [str(bundle), "--lang", "fr"],
    ):  # fmt: skip
        assert exit_code_of([*given, *lang]) == 2, given
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert told.out + told.err


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pactbundle"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("manifest.json", "w", force_zip64=True) as file,
    ):
        for _ in range(70):
            file.write(bytes(2**20))
    assert verify(bomb).exit_code == 2


@pytest.mark.parametrize("cut_at", range(0, 100, 7))
def test_a_bundle_cut_anywhere_is_never_verified(
    cut_at: int, case: Any, bundle: Path, trust: Callable[..., Path], tmp_path: Path
) -> None:
    data = bundle.read_bytes()
    cut = tmp_path / "cut.pactbundle"
    cut.write_bytes(data[: len(data) * cut_at // 100])
    assert verify(cut, trust=trust(case.key)).exit_code == 2


def test_the_report_is_also_for_programs(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(bundle), "--json", "--lang", "en"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert told["authentic"] is False
    assert told["steps"][0]["status"] == "ok"


def test_the_language_is_chinese_unless_the_locale_is_english() -> None:
    assert language_of({}) == language_of({"LANG": "C.UTF-8"}) == "zh"
    assert language_of({"LANG": "en_GB.UTF-8"}) == "en"
    assert language_of({"PACTDESK_LANG": "zh", "LANG": "en_GB.UTF-8"}) == "zh"


def test_it_runs_alone_and_under_a_plain_locale(bundle: Path) -> None:
    source = Path(__file__).resolve().parents[2] / "src"
    for environment in ({"LANG": "C"}, {"LC_ALL": "en_US.UTF-8"}):
        ran = subprocess.run(
            [sys.executable, "-I", "-c",
             f"import sys; sys.path.insert(0, {str(source)!r});"
             "from pactverify.__main__ import main; code = main();"
             "assert not {m for m in sys.modules if m.startswith(('pactdesk', 'cryptography'))};"
             "sys.exit(code)", str(bundle)],
            env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 3, ran.stderr.decode()
        assert ran.stdout


def test_facts_smuggled_into_the_head_of_the_log_are_refused(
    case: Any,
    bundle: Path,
    trust: Callable[..., Path],
    opened: Callable[[Path], dict[str, bytes]],
    closed: Callable[..., Path],
    tmp_path: Path,
) -> None:
    files = opened(bundle)
    head = json.loads(files["evidence/log.json"])
    files["evidence/log.json"] = canonical_json({**head, "trees": {}, "days": {}}) + b"\n"
    report = verify(closed(tmp_path / "copy.pactbundle", files), trust=trust(case.key))
    assert report.exit_code == 1


@pytest.mark.parametrize("name", ["terms", "calendar", "statement", "keys", "evidence/log"])
@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b'"x"\n', b"[" * 9999, b"\xff\n"])
def test_a_file_of_another_form_fails_without_a_traceback(
    name: str,
    content: bytes,
    case: Any,
    bundle: Path,
    since: Path,
    trust: Callable[..., Path],
    opened: Callable[[Path], dict[str, bytes]],
    closed: Callable[..., Path],
    tmp_path: Path,
) -> None:
    files = {**opened(bundle), f"{name}.json": content}
    copy = closed(tmp_path / "copy.pactbundle", files)
    for report in (verify(copy, trust=trust(case.key), since=since), verify(copy, since=since)):
        assert report.exit_code in (1, 2)
        assert report.text("zh")
