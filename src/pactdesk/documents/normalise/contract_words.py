"""Everyday words of service contracts, simplified: what a damaged run must turn out to say."""

from __future__ import annotations

from functools import cache

import opencc

_WORDS = """
确保 保证 保障 保密 保护 保存 保管 客户 客服 客服系统 客服人员 客服服务 服务 服务商 服务费
服务费用 服务质量 服务期限 服务时间 服务人员 服务内容 服务提供商 系统 系统正常 正常 正常运行 运行
正确 正确使用 使用 能够 可以 可能 应当 必须 需要 不得 有权 无权 人员 员工 工作 工作日 工作时间
数据 数据备份 信息 资料 文件 材料 导致 造成 引起 产生 发生 合同 合同解除 合同终止 合同签订
合同约定 解除 终止 终结 变更 修改 补充 续签 续约 签订 签署 签字 盖章 生效 有效 有效期 期限 期间
日期 时间 约定 规定 协议 协商 一致 双方 一方 对方 任何 第三方 甲方 乙方 甲乙双方 甲乙方 当事人
支付 付款 收款 费用 金额 价款 报酬 报价 单价 总价 总额 发票 结算 账户 银行 转账 逾期 迟延 延迟
违约 违约金 违约方 违约责任 违约行为 违反 责任 赔偿 赔偿金 补偿 损失 损害 承担 负责 免除 减轻
义务 权利 权益 利益 权限 措施 改进 整改 改正 纠正 处理 解决 解答 响应 回复 答复 投诉 咨询 建议
争议 仲裁 仲裁委员会 诉讼 起诉 人民法院 法院 法律 法规 法律法规 管辖 适用 解释 效力 具有 同等
附件 条款 条件 内容 要求 标准 指标 考核 评价 评估 监督 检查 审核 验收 质量 数量 方式 方法 方案
流程 制度 规范 程序 规则 办法 管理 维护 升级 技术 技术支持 支持 培训 指导 协助 配合 提供 提交
提出 提前 书面 通知 告知 联系 联系方式 地址 电话 名称 代表 授权 委托 受托 外包 兼职 临时 协调
业务 商业 商业秘密 秘密 隐私 泄露 披露 复制 利用 透露 安全 网络 平台 软件 设备 环境 场所 维修
不可抗力 影响 情况 情形 原因 因素 结果 后果 报告 记录 证明 证书 资质 资格 满意 满意度 调查 回访
按照 根据 依照 遵守 履行 执行 完成 实施 进行 开展 达到 符合 满足 超过 不超过 以下 以上 以内 之前
之后 之日 之日起 相关 相应 有关 具体 详细 适当 合理 必要 及时 按时 足额 按期 全部 部分 其他 以及
或者 并且 如果 由于 因此 但是 除外 包括 不限于 本合同 本协议 人民币 元整 小时 分钟 个月 年度 季度
每月 每日 每年 当月 次月 首次 连续 累计 暂停 停止 恢复 中止 返还 归还 移交 交付 交接 销毁 删除
"""

# Characters that stand alone in a sentence; never enough to restore a lost byte.
SINGLE = frozenset(
    "的地得和与及或在为对于以由向将被把所等其该此各每因如若且并但不未无有是之于从到至内外上下中前后应可需须按"
)


@cache
def words_from(first: str) -> tuple[str, ...]:
    """The words that begin with the character `first`."""
    return _by_first().get(first, ())


@cache
def characters_by_byte() -> dict[tuple[int, int], dict[str, str]]:
    """Which characters of the words have which GBK byte, in which form.

    Keys are (0, lead byte) and (1, trail byte); values map a simplified character to the form,
    itself or its Traditional one, that has that byte.

    >>> "合" in characters_by_byte()[0, 0xBA], characters_by_byte()[0, 0x8C]["导"]
    (True, '導')
    """
    found: dict[tuple[int, int], dict[str, str]] = {}
    for character in {character for word in _WORDS.split() for character in word}:
        for form in reversed(_forms(character)):
            for place, byte in enumerate(form.encode("gb18030")[:2]):
                found.setdefault((place, byte), {})[character] = form
    return found


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for word in _WORDS.split():
        words.setdefault(word[0], []).append(word)
    return {first: tuple(group) for first, group in words.items()}


def _forms(character: str) -> tuple[str, ...]:
    traditional = str(_converter().convert(character))
    return (character,) if traditional == character else (character, traditional)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
