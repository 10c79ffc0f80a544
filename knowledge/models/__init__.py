from knowledge.models.examples import Example, ExampleStep
from knowledge.models.handbooks import HandbookEdition
from knowledge.models.pages import Page, ShortText
from knowledge.models.public_texts import PublicText, Said
from knowledge.models.publishing import LinkCheck, Published
from knowledge.models.search import SearchEntry, SearchWord
from knowledge.models.terms import Term
from knowledge.models.tools import Tool, ToolStep

__all__ = [
    "Example",
    "ExampleStep",
    "HandbookEdition",
    "LinkCheck",
    "Page",
    "PublicText",
    "Published",
    "Said",
    "SearchEntry",
    "SearchWord",
    "ShortText",
    "Term",
    "Tool",
    "ToolStep",
]
