"""What a document portal put around and between the lines of a contract (T3).

Works on normalised text, so that its words need one spelling only. Everything cut is logged;
nothing of it may become a term: it names other contracts, a hotline and its hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pactdesk.documents.normalise.layer import Layer, Removed
from pactdesk.documents.offsets import Edit, Span, rewrite

_Cut = tuple[Span, str]

# The last of these lines in the opening of a page ends the portal's head.
_HEAD_ENDS = re.compile(r"^(?:文档简介|查看更多|展开全文|内容简介|文档介绍)[ \t:：]*\n", re.M)
# It is a head only if one of these stands before that line.
_HEAD_SIGNS = re.compile(r"下载本文档|版权说明|VIP|原创力|已阅读\d+页|上传分享|文库")
_HEAD_LENGTH = 4000

# The first of these lines begins the portal's tail. 评论 alone needs its counter below it.
_TAIL_STARTS = re.compile(
    r"^(?:温馨提示|最新文档|相关文档|相关推荐|【?延伸阅读】?|猜你喜欢|文档评论 ?\(\d+\)"
    r"|评论 ?\(\d+\).*"
    r"|评论(?=\n+0/\d+)|提交评论|0/150)[ \t]*$",
    re.M,
)
_COVER = re.compile(
    r"(?:甲方[:：]X+乙方[:：]X+(?:20XX)?)?COUNTRACT ?COVER(?:专业合同封面)?(?:RESUME)?(?:PERSONAL)?"
)

_SUGGESTIONS = "猜你喜欢|相关推荐|热门推荐|相关文档|为您推荐|最新文档"
# Words of a portal's page, which make a line noise if no party and no sentence is in it.
_PORTAL_WORDS = re.compile(
    r"(?:解锁|阅读|展开|查看)(?:剩余)?全文|剩余\d+页|免费下载"
    r"|下载(?:积分|次数|券)|积分下载|扫码|关注公众号"
    r"|登录后|注册登录|开通VIP|VIP(?:会员|免费|专享)|浏览(?:量"
    r"|次数)?[:：]|收藏[:：]|点赞|分享到|上一篇|下一篇"
    r"|返回(?:首页|顶部)|ICP备|Copyright|版权所有|侵权请联系|文库网|道客巴巴|豆丁|原创力"
)
# Words that no contract has, whatever else stands in the line.
_PORTAL_ONLY = re.compile(
    r"当前位置[:：]|点击下载|免费领取|扫码领取|合同大全|模板大全|范本大全|上一页|下一页|延伸阅读"
    r"|模板网|赞助商|限时优惠|会员价|加入书架|上一篇|下一篇|来源[:：]"
    r"|预计阅读|精品推荐|限时特价|您可能还需要|用户评论|下一页|尾页"
    r"|首页 ?[»>]|字体[:：]|按 ?Ctrl|范文网|网友.{0,12}投稿"
    r"|版权问题|(?:阅读|浏览|下载)(?:量|次数)?[:：] ?[\d,.]+"
    r"|文件大小[:：]|\[广告\]|【广告】|本文由|更多(?:合同|范本)"
    r"|关于我们|免责声明[:：]|^【下载】"
)
_CONTRACT_WORDS = re.compile(r"[甲乙丙]方|合同|协议|应当|不得|须|元|。$|；$|;$")
_PORTAL_LINE = 100

# Whole lines that no contract has.
_LINES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        ("page caption", r"^.{0,60}_第\d+页$"),
        (
            "page caption",
            r"^[-—–_=·\s]*第 ?\d+ ?页(?:[ ,，/]*共 ?\d+ ?页)?[-—–_=·\s]*"
            r"(?:$|\s{2,}.*$|本站.*$|下载.*$)",
        ),
        ("page caption", r"^(?:第 ?)?\d+ ?/ ?\d+ ?页?$"),
        ("pages left", r"^.{0,10}已(?:阅读|读) ?\d+ ?页.*$"),
        ("download", r"^(?:点击)?下载(?:本文档|积分|全文|此文档).{0,60}$"),
        ("copyright note", r"^版权说明[:：].*$"),
        ("advertisement", r"^[-—–\s]*(?:【?广告】?)[:：].*$"),
        ("page caption", r"^[-—–]+\s*\d{1,3}\s*[-—–]+$"),
        ("suggestions", rf"^(?:【(?:{_SUGGESTIONS})】.*|(?:{_SUGGESTIONS})(?:[:：].*)?)$"),
        ("uploader", r"^上传(?:者|人|用户|时间)[:：].*$"),
        ("portal title", r"^.{1,60}\.(?:docx?|pdf|wps)(?:VIP|[-_—| ].{0,20}文库.{0,10})$"),
        ("portal note", r"^本文档由.{0,40}(?:上传|创建).*$"),
        ("portal note", r"^.{0,20}本站(?:仅提供|所有资源|不保证|的文档).*$"),
        ("comments", r"^(?:发表|提交)?评论(?: ?\(\d+\)|$).*$"),
        ("ratings", r"^.*[★☆]{3,}.*$"),
    )
)


def without_noise(text: str) -> Layer:
    """The contract alone, and what was cut around it."""
    cuts = _merged([*_head(text), *_tail(text), *_covers(text), *_furniture(text)])
    removed = tuple(Removed(s, e, text[s:e], rule) for (s, e), rule in cuts)
    after, offsets = rewrite(text, (Edit(s, e, "") for (s, e), _ in cuts))
    return Layer(after, offsets, removed=removed)


def _head(text: str) -> Iterator[_Cut]:
    ends = [found.end() for found in _HEAD_ENDS.finditer(text, 0, _HEAD_LENGTH)]
    if ends and _HEAD_SIGNS.search(text, 0, ends[-1]):
        yield (0, ends[-1]), "portal head"


def _tail(text: str) -> Iterator[_Cut]:
    head = next((end for (_, end), _ in _head(text)), 0)
    found = _TAIL_STARTS.search(text, max(head, len(text) // 5))
    if found:
        yield (found.start(), len(text)), "portal tail"


def _covers(text: str) -> Iterator[_Cut]:
    for found in _COVER.finditer(text):
        yield found.span(), "cover words"


def _furniture(text: str) -> Iterator[_Cut]:
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            rule = next((rule for rule, pattern in _LINES if pattern.match(words)), None)
            if rule is None and (_is_portal_line(words) or _is_only_portal(words)):
                rule = "portal words"
            if rule:
                yield (start, start + len(line)), rule
        start += len(line)


def _is_only_portal(words: str) -> bool:
    return bool(_PORTAL_ONLY.search(words)) and not re.search(r"[甲乙]方|。", words)


def _is_portal_line(words: str) -> bool:
    return bool(
        len(words) <= _PORTAL_LINE
        and _PORTAL_WORDS.search(words)
        and not _CONTRACT_WORDS.search(words)
    )


def _merged(cuts: Iterable[_Cut]) -> list[_Cut]:
    """In text order, without those that lie inside another."""
    kept: list[_Cut] = []
    for span, rule in sorted(cuts, key=lambda cut: (cut[0][0], -cut[0][1])):
        if not kept or span[0] >= kept[-1][0][1]:
            kept.append((span, rule))
    return kept
