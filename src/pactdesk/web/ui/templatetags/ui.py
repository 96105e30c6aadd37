"""Words from the message catalogue, icons, and the components that take a value."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

from pactdesk.core.units.money import Money
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import amount_text, page_language

register = template.Library()

THEMES = ("auto", "light", "dark")


@register.simple_tag
def say(key: str, section: str = "ui", **facts: object) -> str:
    """The text under `key` in the page's language; `{% say "clock.running" %}`."""
    return text(section, key, page_language(), **facts)


@register.simple_tag
def page_lang() -> str:
    """The page's language as HTML names it."""
    return {"zh": "zh-CN", "en": "en"}[page_language()]


@register.simple_tag(takes_context=True)
def page_theme(context: template.Context) -> str:
    """What the visitor chose: "light", "dark", or "auto" as their system has it."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    return chosen if chosen in THEMES else "auto"


@register.filter
def money(amount: Money) -> str:
    """An amount as it is printed everywhere."""
    return amount_text(amount)


@register.inclusion_tag("ui/icon.html")
def icon(name: str) -> dict[str, Any]:
    """A drawing beside words; it says nothing by itself."""
    return {"name": name}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with its label, help and errors, each bound to the input."""
    described = []
    if bound.help_text:
        described.append(f"{bound.id_for_label}_help")
    if bound.errors:
        described.append(f"{bound.id_for_label}_error")
    attributes: dict[str, str | bool] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    is_check = bound.field.widget.__class__.__name__ == "CheckboxInput"
    return {"bound": bound, "input": bound.as_widget(attrs=attributes), "is_check": is_check}
