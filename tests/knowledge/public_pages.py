"""The addresses of all public pages, as the texts that come with the portal have them."""

from knowledge.models import Example, Page, Term, Tool

FIRST = (
    "/",
    "/exempel/",
    "/verktyg/",
    "/ordlista/",
    "/sok/",
    "/sok/?q=kommun",
    "/lattlast/",
    "/oppna-data/",
    "/sprak/",
)
ALSO = ("/exempel/?cost=free", "/exempel/lamna/", "/handbok/", "/stod/", "/for-dig-som-stottar/")
IN_ENGLISH = ("/", "/exempel/", "/verktyg/", "/ordlista/", "/om/")
SOME_WORDS = 3


def addresses() -> list[str]:
    """Every kind of public page; every single example, tool and guide page, and a few words of the glossary."""
    texts = [f"/exempel/{slug}/" for slug in Example.objects.published().values_list("slug", flat=True)]
    texts += [f"/verktyg/{slug}/" for slug in Tool.objects.published().values_list("slug", flat=True)]
    texts += [f"/ordlista/{slug}/" for slug in Term.objects.published().values_list("slug", flat=True)[:SOME_WORDS]]
    texts += list(Page.objects.values_list("path", flat=True))
    texts += [f"{path}lattlast/" for path in Page.objects.exclude(easy="").values_list("path", flat=True)]
    found = [*FIRST, *ALSO, *texts, *(f"{path}?lang=en" for path in IN_ENGLISH)]
    return list(dict.fromkeys(found))
