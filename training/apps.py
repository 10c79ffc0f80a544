from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Utbildning")

    def ready(self) -> None:
        """Who sees those who register, what they are told, and what goes when they ask us to forget them."""
        from people import contact_owners
        from people.history import tell_together
        from training import emails
        from training.actions.forgetting import forget_participant, lock_session_of
        from training.models import Registration, Session

        emails.register()
        contact_owners.register(Registration, office="session__office")
        contact_owners.lock_before_erasing(lock_session_of)
        contact_owners.when_erased(forget_participant)
        tell_together(Session)  # whoever has read one is told with a link to it
