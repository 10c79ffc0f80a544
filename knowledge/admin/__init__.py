"""Public texts in the admin: written in two languages, shown as readers will see them, published and taken away."""

from knowledge.admin import examples, handbooks, links, pages, short_texts, terms, tools

__all__ = ["examples", "handbooks", "links", "pages", "short_texts", "terms", "tools"]
