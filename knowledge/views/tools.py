from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knowledge.caching import public_page
from knowledge.enums import ToolKind
from knowledge.models import Example, Tool
from knowledge.views.loading import public_text, text_page
from knowledge.views.reading import Reading, reading, shown

MOST_EXAMPLES = 6


@public_page
def tool_list(request: HttpRequest) -> HttpResponse:
    tools = shown(Tool.objects.published())
    methods = [one for one in tools if one.text.kind == ToolKind.METHOD]
    guides = [one for one in tools if one.text.kind == ToolKind.GUIDE]
    return render(request, "knowledge/tool_list.html", {"methods": methods, "guides": guides})


@text_page
def tool_page(request: HttpRequest, slug: str) -> HttpResponse:
    tool = public_text(Tool.objects.prefetch_related("steps"), slug)
    return render(request, "knowledge/tool_page.html", tool_context(reading(tool)))


def tool_context(read: Reading) -> dict[str, Any]:
    """What the page shows of a tool; an editor's preview shows the same."""
    tool: Tool = read.text
    return {
        "read": read,
        "tool": tool,
        "said": read.said,
        "steps": read.steps,
        "marker": read.marker,
        "related": shown(Tool.objects.published().filter(related=tool)),
        "examples": shown(Example.objects.published().filter(tools=tool).prefetch_related("topics")[:MOST_EXAMPLES]),
    }
