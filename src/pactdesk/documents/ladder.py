"""Words about awards and courts that every reader of a dispute clause has to know."""

from __future__ import annotations

import re

_DISLIKED = (
    r"(?:不服|不满|不接受|不认可|不认同|不同意|不成|未果|有异议|持异议|不同意见|有意见|失败"
    r"|(?:仍然?|还是)?(?:不能|无法|未能|没有|不)(?:得到)?(?:解决|了结|奏效))"
)
AFTER_AWARD = (
    rf"(?:仲裁|裁决|结果)(?:(?!调解)[^。；;,，]){{0,14}}{_DISLIKED}"
    rf"|{_DISLIKED}[^。；;,，]{{0,10}}(?:仲裁|裁决|结果)"
    r"|先(?:行|申请|经)?仲裁[^。；;]{0,8}(?:后|再)(?:诉讼|起诉|打官司)"
    r"|仲裁[^。；;]{0,16}(?:(?<!不得)(?<!不能)再[由向行]|之后(?:再)?(?:向|由))[^。；;]{0,14}"
    r"(?:法院|诉讼|起诉)"
)
"""Who dislikes the award, or has it, goes on to a court."""

NO_RUNG = re.compile(
    r"(?:人民)?法院[^。；;,，]{0,10}(?:强制执行|执行|撤销|保全|承认|确认)[^。；;,，]{0,12}"
    r"|(?:强制执行|财产保全|证据保全|撤销)[^。；;,，]{0,12}(?:人民)?法院"
    r"|(?:不得|不再|放弃|不经|无[需须]|不通过|不能|不可|不提)[^。；;,，]{0,14}"
    r"劳动(?:人事)?(?:争议)?仲裁(?:委员会)?"
    r"|(?:不得|不再|无权|放弃|不可|均不)[^。；;,，]{0,16}(?:起诉|诉讼|法院)"
)
"""A court that carries out an award, or a way that nobody may take, is no rung of the ladder."""
