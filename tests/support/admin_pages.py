"""Reading the leader's pages in a test."""

import re
from typing import Any

from django.db import models
from django.urls import reverse


def changelist(model: type[models.Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page(row: models.Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def do(row: models.Model, command: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{command}", args=[row.pk])


def text_of(response: Any) -> str:
    """What a reader sees, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def buttons(response: Any) -> list[str]:
    found = re.findall(r'class="button[^"]*"[^>]*>([^<]+)<', response.content.decode())
    return [one.strip() for one in found]


def cells(response: Any, column: str) -> list[str]:
    """A column of a list, from the top."""
    found = re.findall(rf'<t[dh] class="field-{column}[ "][^>]*>(.*?)</t[dh]>', response.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]
