"""Every sentence that a person reads, Chinese first, then English."""
# ruff: noqa: E501 - one sentence a line is easier to compare than one cut in pieces

from collections.abc import Mapping

UNCHECKED = tuple(f"unchecked.{w}" for w in ("truth", "personal", "conflicts", "law", "words"))
LANGUAGES = ("zh", "en")

_SENTENCES: dict[str, tuple[str, str]] = {
    "step.archive": ("文件包与清单", "Archive and manifest"),
    "step.records": ("每条记录的规范形式", "Canonical form of every record"),
    "step.chain": ("每日树、日志链、检查点", "Day trees, log of days, chain of checkpoints"),
    "step.signatures": ("签名（Ed25519）", "Signatures (Ed25519)"),
    "step.trust": ("签名密钥在您信任的密钥之内（--trust）", "Signed by keys that you trust (--trust)"),
    "step.since": ("接续您手中的检查点（--since）", "Continues the checkpoint that you hold (--since)"),
    "step.pins": ("结算单所锁定的条款、日历、证据", "Terms, calendar and evidence pinned by the statement"),
    "step.worktime": ("服务时间", "Service time"),
    "step.levels": ("由事实重新计数的服务水平", "Service levels, counted again from the facts"),
    "step.seat_time": ("坐席时间", "Seat time"),
    "step.ledger": ("以往结算单与付款", "Earlier statements and payments"),
    "step.verdicts": ("达标判定与连续未达标", "Verdicts and runs of misses"),
    "step.rights": ("由此产生的权利", "Rights that arise"),
    "step.lines": ("每个计费条款各有一行，金额重新计算，合计无误", "A line for each money clause, each amount recomputed, and their sum"),
    "step.traces": ("每行的计算过程逐步重演", "The trace of each line, replayed"),
    "step.received": ("收到的检查点", "Checkpoints received"),
    "step.kept": ("所存检查点首尾相接，一日一份", "Checkpoints kept: one a day, each continuing the one before"),
    "step.rest": ("前面的检查未通过，其余未能进行", "The rest was not reached: an earlier check failed"),
    "step.input": ("输入", "Input"),
    "step.form": ("结算单的字段，无多无少", "Fields of the statement, none extra"),
    "verdict.0": ("已核验：签名来自您信任的密钥，各项数字均由事实重新算出。", "VERIFIED: signed by keys that you trust, every figure recomputed from the facts."),
    "verdict.1": ("核验未通过。", "NOT VERIFIED: a check failed."),
    "verdict.2": ("输入无法核验。", "The input cannot be checked."),
    "verdict.3": ("内部一致；真实性未核验。请用 --trust 给出您信任的密钥。", "Internally consistent; authenticity NOT checked. Pass the keys that you trust with --trust."),
    "unchecked": ("以下各项没有检查，也不能由此证明：", "Not checked, and not proven by this:"),
    "unchecked.truth": ("事实是否真实、是否齐全、封存之前是否倒签", "that facts were true, complete, and not backdated before their day was sealed"),
    "unchecked.personal": ("个人信息原文（不在包内）", "personal texts (not in the bundle)"),
    "unchecked.conflicts": ("冲突清单是否完整（不封存，不计数）", "that the list of conflicts is complete (it is not sealed and not counted)"),
    "unchecked.law": ("条款和金额是否合法、条款是否如双方所签、日历是否与国务院通知一致", "that terms and amounts are lawful, that the terms are those signed, that the calendar is the official one"),
    "unchecked.words": ("计算过程中供人阅读的标签与单位", "labels and units in the traces, which are for people"),
    "demo_keys": ("【演示密钥】签名出自演示密钥，任何人都能伪造，不证明任何事。", "DEMO KEYS: signed with demonstration keys. Anybody can forge these; they prove nothing."),
    "day_unsealed": ("{day} 的事实尚未封存，未计入。", "The facts of {day} are not sealed and were not counted."),
    "file_missing": ("找不到或无法读取文件 {path}。", "The file {path} is missing or cannot be read."),
    "not_a_bundle": ("{path} 不是完整的证据包（{problem}）；请重新索取。", "{path} is not a whole evidence bundle ({problem}); ask for it again."),
    "keys_malformed": ("密钥文件 {where} 不可用；请核对格式。", "The key file {where} cannot be used; check its form."),
    "zone_unknown": ("系统没有时区 {zone} 的资料；在 Debian 上请安装软件包 tzdata。", "This machine does not know the time zone {zone}; on Debian, install the package tzdata."),
    "arguments": ("参数有误：{problem}", "Wrong arguments: {problem}"),
    "file_differs": ("文件 {name} 缺少、多余、不在清单中或不成形。", "The file {name} is missing, extra, not in the manifest or malformed."),
    "hash_differs": ("文件 {name} 与清单中的散列不符：内容被改动过。", "The file {name} differs from its hash in the manifest: it was changed."),
    "not_canonical": ("{where} 不是规范的 JSON（{problem}）。", "{where} is not canonical JSON ({problem})."),
    "record_malformed": ("{where} 的记录中 {field} 不对。", "In the record at {where}, {field} is not as it must be."),
    "record_misplaced": ("{day}：记录（{source}，{event_id}）重复、次序不对，或不是这一天记下的。", "{day}: the record ({source}, {event_id}) is there twice, out of order, or was recorded on another day."),
    "checkpoint_malformed": ("{where} 不是检查点应有的格式。", "{where} does not have the form of a checkpoint."),
    "chain_broken": ("{day}：检查点的 {field} 与事实或前一检查点不符。", "{day}: {field} of the checkpoint does not agree with the facts or the checkpoint before."),
    "key_unknown": ("{day} 的检查点由未知密钥 {key_id} 签名。", "The checkpoint of {day} is signed by the unknown key {key_id}."),
    "signature_wrong": ("{day} 的检查点签名无效，或密钥 {key_id} 不是服务方的、或对是否演示说法不一。", "The signature of the checkpoint of {day} does not hold, or its key {key_id} is not the provider's or not what it says about being for demonstration."),
    "not_a_continuation": ("这段历史不是您手中那段的延续：您持有 {day} 的检查点。", "This history is not a continuation of the one you hold: your checkpoint is of {day}."),
    "two_histories": ("{day} 有两份不同的检查点：服务方说了两种历史。两份都已保存，这就是证据。", "There are two different checkpoints for {day}: two histories were told. Both are kept, and are the proof."),
    "contracts_mixed": ("{day} 的检查点属于另一份合同；每份合同请用各自的文件夹。", "The checkpoint of {day} is of another contract; use a folder for each contract."),
    "days_missing": ("{after} 与 {before} 之间的检查点没有收到；请向服务方索取。", "No checkpoint between {after} and {before} was received; ask the provider for them."),
    "calendar_unpublished": ("需要 {day} 的日历，而 {year} 年的日历未公布。", "A figure needs {day}, and the calendar of {year} is not published."),
    "differs": ("{path}：结算单写 {found}，核验得 {expected}。", "{path}: the statement says {found}, the verifier finds {expected}."),
    "line_missing": ("条款 {clause} 应有一行，结算单中没有。", "The clause {clause} must have a line, and has none."),
    "trace_wrong": ("第 {line} 行 {path}：写的是 {found}，与事实、条款或重演不符。", "Line {line}, {path}: {found} is not what facts, terms or the replay give."),
    "misformed": ("内容不成形，或缺少所需的条款（{problem}）。", "The content is malformed, or lacks a term that is needed ({problem})."),
    "help": ("独立核验一份 Pactdesk 证据包。\n\n用法：python -m pactverify 证据包 [--trust keys.json] [--since checkpoint.json 或存放的文件夹] [--json] [--lang zh|en]\n      python -m pactverify witness 存放的文件夹 [收到的检查点.json…] [--trust keys.json] [--json] [--lang zh|en]\n\n退出码：0 已核验；1 核验未通过；2 输入不可用；3 内部一致但真实性未核验。", "Recheck a Pactdesk evidence bundle, independently.\n\nUsage: python -m pactverify BUNDLE [--trust keys.json] [--since checkpoint.json or witness folder] [--json] [--lang zh|en]\n       python -m pactverify witness FOLDER [received.json…] [--trust keys.json] [--json] [--lang zh|en]\n\nExit codes: 0 verified; 1 a check failed; 2 unusable input; 3 consistent, but not authenticated."),
}  # fmt: skip


def sentence(key: str, language: str, facts: Mapping[str, object]) -> str:
    """The sentence for `key`, filled in."""
    return _SENTENCES[key][LANGUAGES.index(language)].format_map(facts)


def language_of(environ: Mapping[str, str]) -> str:
    """Chinese, unless the first of these variables that is set begins with en."""
    names = ("PACTDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), "")
    return "en" if chosen.lower().startswith("en") else "zh"
