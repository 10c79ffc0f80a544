from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from knowledge.actions.seeding import seed_texts
from mobilisering.simulation import sample
from people import clock
from people.models import Office, StaffRole


class Command(BaseCommand):
    help = "Fills an empty database with the sample programme and tells who can sign in. A second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Sample data belong in development only.")
        if not Office.objects.exists():
            with transaction.atomic():
                sample.live(clock.now())
        seed_texts(now=clock.now(), with_examples=True)
        self.stdout.write(self._sign_ins())

    def _sign_ins(self) -> str:
        lines = ["Sign in at /admin/ with a code by e-mail (read it at /dev/utkorg/):"]
        emails = [one.email for one in sample.STAFF]
        roles = StaffRole.objects.filter(user__email__in=emails).select_related("user", "office").order_by("pk")
        return "\n".join([*lines, *(f"  {one.user.email:<20} {one.user.name}, {one}" for one in roles)])
