"""Which form asks which question."""

from support.forms.contact import ContactWayForm, LanguageForm, NameForm
from support.forms.questions import (
    AccessForm,
    AskerForm,
    GroupKnowsForm,
    PlaceForm,
    QuestionForm,
    ResponsibleForm,
    SizeForm,
    SupportsForm,
    UrgencyForm,
    WhatForm,
)

FORMS: dict[str, type[QuestionForm]] = {
    form.slug: form
    for form in (
        AskerForm,
        GroupKnowsForm,
        WhatForm,
        SizeForm,
        PlaceForm,
        ResponsibleForm,
        SupportsForm,
        UrgencyForm,
        ContactWayForm,
        NameForm,
        LanguageForm,
        AccessForm,
    )
}
