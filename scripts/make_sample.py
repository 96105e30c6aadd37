"""Writes the sample contract, `src/pactdesk/samples/outsourcing.docx`.

The words are the project's own; the parties do not exist. Articles and items are numbered by
Word itself (numbering.xml), as a contract from a real office is, so the sample also proves
that the reader counts them as Word does.

    .venv/bin/python scripts/make_sample.py
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

TARGET = Path(__file__).resolve().parents[1] / "src/pactdesk/samples/outsourcing.docx"

TITLE = "网店客服与客服系统外包服务合同"
HEAD = (
    "合同编号：QH-YX-2026-04",
    "甲方（客户）：杭州青禾家居电子商务有限公司",
    "统一社会信用代码：91330110MA2QH26A2{0}",
    "地址：浙江省杭州市余杭区青禾路18号",
    "联系人：沈知夏，电话0571-00000018",
    "乙方（服务提供商）：湖州云岫客户服务有限公司",
    "统一社会信用代码：91330502MA2YX26B7{1}",
    "地址：浙江省湖州市吴兴区云岫街6号",
    "联系人：顾南乔，电话0572-00000006",
    "鉴于甲方在多个电商平台经营家居用品，需要稳定的顾客接待与客服系统支持，"
    "乙方具备相应人员与能力，双方经协商订立本合同，共同遵守。",
)

ARTICLES: tuple[tuple[str, tuple[str | tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "服务内容",
        (
            "乙方通过在线客服和电话热线受理甲方网店顾客的咨询、投诉和建议，服务语言为中文。",
            "乙方负责客服系统的日常维护与版本升级，使系统在服务时间内持续可用。",
            "乙方应就客服系统向甲方提供技术支持，解答使用中的技术问题。",
            "乙方负责客服系统的数据管理，每日备份一次，并对甲方数据的完整与安全负责。",
            "乙方应为甲方使用客服系统的员工安排使用培训，并提供操作说明。",
        ),
    ),
    (
        "服务时间",
        (
            "服务时间为周一至周五 9:00-12:00、13:00-18:00；法定节假日休息，调休的工作日照常服务。",
            "甲方需要延长服务的，应提前书面提出；乙方应在超出服务时间的时段安排人员，"
            "所增加的工时与费用由双方书面确认。",
        ),
    ),
    (
        "服务人员",
        (
            "乙方为本项目配备专职客服人员____名，未经甲方书面同意不得减少。",
            "乙方应对客服人员进行岗前培训，考核合格后方可上岗。",
            "乙方应确保客服人员遵守甲方的工作纪律和接待规范。",
        ),
    ),
    (
        "服务费用与支付",
        (
            "服务费按月计算：月服务费=客服人员数量×经核实的服务小时数×人员单价。",
            "人员单价为每人每小时____元，单价已含6%增值税。",
            "服务小时以考勤系统的打卡记录为准，由双方于每月结束后核对，只计入服务时间之内的部分。",
            "乙方应在每月结束后5个工作日内向甲方送达上月结算单；甲方对结算单有异议的，"
            "应在收到后5个工作日内书面说明理由。",
            "甲方按月支付服务费，在收到乙方开具的合规发票后10个工作日内以银行转账方式支付。",
            "乙方收款账户为：开户行：湖州吴兴农村商业银行云岫支行；户名：湖州云岫客户服务有限公司；"
            "账号：____________________。",
            "因用工成本或政策变化需要调整单价的，由双方协商一致并签署书面补充协议，"
            "单次调整幅度不超过10%。",
        ),
    ),
    (
        "服务质量与考核",
        (
            "乙方应建立服务质量控制制度，按月抽检会话与通话录音。",
            (
                "乙方的服务应达到下列指标：",
                (
                    "在线咨询在30秒内得到首次人工响应的比例不低于90%；",
                    "在线咨询的平均首次人工响应时间不高于25秒；",
                    "顾客提出的问题在8个服务小时内得到解决的比例不低于85%；",
                    "问题解决率不低于92%；",
                    "客服系统可用率不低于99.5%；",
                    "顾客满意度不低于____%，评价采用5分制，4分及以上为满意，当月评价少于30个的不判定；",
                    "电话在20秒内由人工接通的比例不低于80%，计算时分母不含20秒内放弃的来电；",
                    "投诉类会话在60秒内得到首次人工响应的比例应达到100%。",
                ),
            ),
            "甲方可根据业务变化提出增设或调整考核指标，经乙方书面确认后自下一个考核周期起适用。",
            "考核每月进行一次，以系统记录为准。",
            "乙方应在每个考核周期结束后5个工作日内提交考核报告，列明各项指标、未达标原因与改进措施。",
            "乙方应对各项指标自行监测，发现异常及时调整排班。",
            "指标未达标的，乙方应在收到甲方书面通知后10个工作日内完成整改。",
            "同一指标连续两个月未达标的，甲方有权书面通知乙方终止合同。",
        ),
    ),
    (
        "扣款",
        (
            "在线咨询首次响应比例未达标的，每低于目标满1个百分点扣减当月服务费的2%，"
            "该项扣减最高为当月服务费的10%。",
            "客服系统可用率未达标的，扣减当月服务费的5%。",
            "投诉首次响应超过60秒的，每起扣减50元，该项扣减最高为当月服务费的3%。",
            "各项扣款合计，每月不超过当月服务费的15%。",
        ),
    ),
    (
        "保密",
        (
            "乙方及其人员应对履约中知悉的甲方商业秘密、经营数据和顾客信息保密，"
            "不得泄露、复制或用于本合同以外的用途。",
            "保密义务在合同期内有效，并在合同终止后三年内继续有效。",
            "乙方违反保密义务的，应赔偿甲方因此遭受的损失。",
        ),
    ),
    (
        "违约责任",
        (
            "乙方提供的服务不符合约定的，甲方有权要求乙方改正；造成损失的，乙方应予赔偿。",
            "甲方逾期支付服务费的，每逾期一日，按未付金额的万分之五向乙方支付违约金。",
            "甲方逾期超过30日仍未付清的，乙方有权在书面通知甲方后暂停服务，直至甲方付清。",
            "甲方应及时提供乙方服务所需的业务信息和条件，因甲方迟延造成的未达标不计入考核。",
        ),
    ),
    (
        "期限、生效、变更与终止",
        (
            "本合同期限自2026年4月1日起至2027年3月31日止，共12个月；期满前一个月，双方可另行协商续签。",
            "本合同自双方签字并盖章之日起生效，一式四份，双方各执两份。",
            "变更本合同内容的，应经双方书面同意，并写明自何日起适用。",
            "合同终止后，乙方应在10个工作日内向甲方移交全部账号、配置、知识库、数据和资料，"
            "并书面确认已删除留存的副本。",
        ),
    ),
    (
        "争议解决与适用法律",
        (
            "因本合同发生争议的，双方应先友好协商；协商不成的，交由双方认可的调解组织调解；"
            "调解不成的，提交湖州仲裁委员会仲裁，裁决为终局，对双方均有约束力。",
            "本合同的订立、效力、解释和履行均适用中华人民共和国法律。",
        ),
    ),
    (
        "通知与第三方",
        (
            "与本合同有关的通知应以书面或电子邮件方式送达首部所列联系人。",
            "一方联系人或联系方式变更的，应在3个工作日内书面告知另一方。",
            "双方均应指定专门的联系人，负责日常沟通与确认。",
            "需要第三方参与的，双方应与第三方签订书面协议，写明其职责、权利和义务；"
            "第三方应遵守本合同的保密约定，引入第三方的一方对其行为负责。",
        ),
    ),
    (
        "附件与签订",
        (
            "下列附件是本合同的组成部分，与本合同具有同等法律效力：",
            "本合同于____年____月____日在____签订。",
        ),
    ),
)

ATTACHMENTS = (
    ("附件1：服务内容说明", "接待流程、升级路径与系统清单"),
    ("附件2：服务费用明细表", "人员名册、单价与核对办法"),
    ("附件3：考核指标表", "指标口径与取数来源"),
    ("附件4：保密与数据处理约定", "个人信息处理的目的、期限与方式"),
)

_LEVELS = (
    ("chineseCountingThousand", "第%1条", False, 0),
    ("decimal", "%1.%2", True, 0),
    ("decimal", "（%3）", False, 420),
)


def main() -> None:
    """Writes the file; the same words give the same bytes."""
    document = Document()
    style = document.styles["Normal"]
    style.font.size = Pt(11)
    style.font.name = "SimSun"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    number = _numbering(document)
    document.add_heading(TITLE, level=0)
    codes = ("91330110MA2QH26A2", "91330502MA2YX26B7")
    for line in HEAD:
        document.add_paragraph(line.format(*(_check_character(code) for code in codes)))
    for heading, items in ARTICLES:
        _paragraph(document, heading, number, 0)
        for item in items:
            text, subitems = item if isinstance(item, tuple) else (item, ())
            _paragraph(document, text, number, 1)
            for subitem in subitems:
                _paragraph(document, subitem, number, 2)
            if text.startswith("下列附件"):
                _table(document)
    document.add_paragraph("甲方（盖章）：                乙方（盖章）：")
    properties = document.core_properties
    properties.author = "Pactdesk"
    properties.created = properties.modified = datetime(2026, 3, 1, tzinfo=UTC)
    content = BytesIO()
    document.save(content)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(_dateless(content.getvalue()))


def _paragraph(document: Any, text: str, number: int, level: int) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{number}"/></w:numPr>'
        )
    )
    if level == 0:
        paragraph.runs[0].bold = True


def _table(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("名称", "内容"), strict=True):
        cell.text = text
    for row in ATTACHMENTS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _numbering(document: Any) -> int:
    """Three levels that Word counts: 第一条, 1.1, （1）."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + ("<w:isLgl/>" if legal else "")
        + f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:firstLine="0"/></w:pPr></w:lvl>'
        for index, (form, text, legal, indent) in enumerate(_LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    return 90


def _check_character(code: str) -> str:
    """The last character of a 统一社会信用代码 (GB 32100: weights 3^i, modulo 31)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return alphabet[(31 - total % 31) % 31]


def _dateless(content: bytes) -> bytes:
    """The same archive with fixed times, so that a rerun gives the same bytes."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, (2026, 3, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return written.getvalue()


if __name__ == "__main__":
    main()
