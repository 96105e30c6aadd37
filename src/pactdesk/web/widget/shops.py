"""The two shops of the demo: what they sell and how they look. Their words are in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pactdesk.messages.catalogue import Language, text


@dataclass(frozen=True, slots=True)
class Ware:
    """Something to buy; its words are `<shop>.<key>.name` and so on.

    price  as it stands on the label, in yuan
    """

    key: str
    drawing: str
    price: str


@dataclass(frozen=True, slots=True)
class Shop:
    """A little shop.

    key     its style sheet and words are called after it
    colour  of its buttons, and of the chat window
    """

    key: str
    colour: str
    wares: tuple[Ware, Ware]


TEA = Shop(
    "tea",
    "#2f5d3f",
    (Ware("longjing", "shop/tin.svg", "168"), Ware("osmanthus", "shop/pouch.svg", "98")),
)
HOME = Shop(
    "home",
    "#2e4a66",
    (Ware("lamp", "shop/lamp.svg", "329"), Ware("vase", "shop/vase.svg", "189")),
)


def shop_for(name: str) -> Shop:
    """白塔 sells things for the home, everybody else tea."""
    return HOME if "白塔" in name or "baita" in name.lower() else TEA


def shown_shop(name: str, language: Language) -> dict[str, Any]:
    """What the shop's page shows of the site called `name`."""
    shop = shop_for(name)

    def said(*key: str) -> str:
        return text("shop", ".".join(key), language)

    of_all = {key: said(key) for key in ("nav", "nav_wares", "nav_terms", "buy", "how")}
    words = of_all | {key: said(shop.key, key) for key in ("name", "title", "lead")}
    wares = [
        {"drawing": ware.drawing, "price": ware.price}
        | {key: said(shop.key, ware.key, key) for key in ("name", "about", "unit", "alt")}
        for ware in shop.wares
    ]
    terms = [
        (said(shop.key, term, "title"), said(shop.key, term, "text"))
        for term in ("term_1", "term_2", "term_3")
    ]
    return {
        "shop": shop,
        "sheet": f"shop/{shop.key}.css",
        "words": words,
        "wares": wares,
        "terms": terms,
    }
