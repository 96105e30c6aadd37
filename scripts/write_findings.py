"""Writes one page for each code of the linter into `docs/reference/findings`, and their index.

.venv/bin/python scripts/write_findings.py

The words are those that the program says (messages/*/findings.yaml), the examples those that
tests/documents/defects/cases.yaml tests, the severities those that the rules give.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pactdesk.core.terms.text import plain_yaml
from pactdesk.documents.finding_words import CodeWords, code_words, codes
from pactdesk.messages.catalogue import Language, text

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs/reference/findings"
_RULES = ("src/pactdesk/core/terms/rules", "src/pactdesk/documents/defects")
_CASES = ROOT / "tests/documents/defects/cases.yaml"
_ORDER = ("error", "warning", "note")


def pages() -> dict[str, str]:
    """File name → content."""
    levels, examples = severities(), _examples()
    found = {f"{code}.md": _page(code, levels[code], examples.get(code)) for code in codes()}
    return {"index.md": _index(levels), **found}


def severities() -> dict[str, tuple[str, ...]]:
    """Each code with the severities that its rules can give, the worst first."""
    found: dict[str, set[str]] = {}
    for folder in _RULES:
        for file in sorted((ROOT / folder).glob("*.py")):
            source = file.read_text("utf-8")
            named = {level.lower() for level in re.findall(r"Severity\.([A-Z]+)", source)}
            for code, told in _given(ast.parse(source)):
                found.setdefault(code, set()).update(told or named or {"error"})
    return {code: tuple(level for level in _ORDER if level in found[code]) for code in found}


def _given(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """(code, severities) of each finding that is made; no severities where a name stands."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        constants = [a.value for a in node.args if isinstance(a, ast.Constant)]
        code = next((c for c in constants if isinstance(c, str) and c.isupper()), None)
        if code is None:
            continue
        said: ast.expr | None = None
        if node.func.id == "Finding" and len(node.args) > 1:
            said = node.args[1]
        elif node.func.id == "remark":
            said = next((k.value for k in node.keywords if k.arg == "severity"), None)
            if said is None:
                yield code, {"error"}
                continue
        else:
            continue
        levels = {n.attr.lower() for n in ast.walk(said) if isinstance(n, ast.Attribute)}
        yield code, levels & set(_ORDER)


def _examples() -> dict[str, dict[str, Any]]:
    plain = plain_yaml(_CASES.read_text("utf-8"), _CASES.name)
    return {each["code"]: each for each in reversed(plain["cases"])}


def _page(code: str, levels: tuple[str, ...], example: dict[str, Any] | None) -> str:
    parts = [f"# {code}", "", "[全部代码 / all codes](index.md)", ""]
    for language in ("zh", "en"):
        parts += _section(code_words(code, language), levels, language)
    if example:
        parts += ["## 示例 / Example", "", "有此问题 / has it:", "", *_quoted(example["bad"])]
        parts += ["", "没有此问题 / has it not:", "", *_quoted(example["good"]), ""]
    parts += ["---", "", _HOW.format(code=code), ""]
    return "\n".join(parts)


_HOW = (
    "`pactdesk lint --explain {code}` · "
    '`pactdesk lint TERMS.yaml --accept {code} --clause 3.1 --reason "…" --by "…"`'
)


def _section(told: CodeWords, levels: tuple[str, ...], language: Language) -> Iterator[str]:
    def word(key: str) -> str:
        return text("cli", key, language)

    between = "、" if language == "zh" else ", "
    yield from (f"## {told.title}", "")
    yield from (f"*{between.join(word(f'severity.{level}') for level in levels)}*", "")
    for part in ("why", "law", "suggestion", "decides"):
        yield from (f"**{word(f'code.{part}')}** {getattr(told, part)}", "")
    yield from (f"- {law}" for law in told.laws)
    if told.laws:
        yield ""


def _quoted(words: str) -> list[str]:
    return ["> " + line + "  " for line in words.strip().split("\n")]


def _index(levels: dict[str, tuple[str, ...]]) -> str:
    rows = []
    for code in codes():
        told = "、".join(text("cli", f"severity.{level}", "zh") for level in levels[code])
        titles = " | ".join(code_words(code, language).title for language in ("zh", "en"))
        rows.append(f"| [{code}]({code}.md) | {told} | {titles} |")
    return "\n".join([*_INTRODUCTION, *rows, ""])


_INTRODUCTION = (
    "# 检查代码 / Codes of the linter",
    "",
    "由 `scripts/write_findings.py` 生成；不要手改。",
    "法条内容按 2025-04-19 的法规汇编逐条读过，注明“未核对”的除外；",
    "公布和施行日期按公布文本填写，未逐一复核。这些提示不构成法律意见。",
    "",
    "Made by `scripts/write_findings.py`; not to be edited. Articles were read in a collection of",
    "2025-04-19 unless they say “not verified”; dates of laws were not checked one by one.",
    "Findings are no legal advice.",
    "",
    "## 退出码 / Exit codes",
    "",
    "| 码 / code | `pactdesk lint` |",
    "|---|---|",
    "| 0 | 没有错误级发现，或者都已接受 / no error stands |",
    "| 1 | 有未接受的错误级发现 / an error stands that nobody accepted |",
    "| 2 | 文件或用法不可用 / the file or the call cannot be used |",
    "",
    "`--json` 给出每项发现的代码、级别、原文、条款号、理由、依据、建议、由谁决定和接受记录。",
    "接受记录写在条款文件的 `accepted` 里：代码、条款、理由、由谁、哪天。",
    "检查合同原件时用 `--record` 指明条款文件。",
    "接受会改变条款文件，也就改变它的哈希；请在第一次结算之前完成。",
    "",
    "`--json` has of each finding its code, severity, quotes, clause numbers, reason, law,",
    "suggested wording, who decides, and its acceptance. Acceptances stand under `accepted` in the",
    "terms file; for a paper `--record` names that file. An acceptance changes the file and with",
    "it the hash of the terms: accept before the first month is settled.",
    "",
    "## 代码 / Codes",
    "",
    "| 代码 / code | 级别 | 标题 | title |",
    "|---|---|---|---|",
)


def main() -> None:
    """Writes the pages and takes away those of codes that are gone."""
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in TARGET.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, content in wanted.items():
        (TARGET / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
