"""For whoever keeps the server: a link with which a member sets a password anew, for when no owner can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from needlepoint.clinic.access.members import take_factors_away
from needlepoint.clinic.access.one_time_link import one_time_link
from needlepoint.clinic.records.models import AuditEntry, Member
from needlepoint.clinic.records.scope import within


class Command(BaseCommand):
    """``sign_in_link E-MAIL``."""

    help = "Print a one-time path by which a member sets a password. --lost-factor also takes passkeys and codes away."

    def add_arguments(self, parser: CommandParser) -> None:
        """The e-mail, and whether the second factor was lost, too."""
        parser.add_argument("email")
        parser.add_argument("--lost-factor", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it; the trail keeps that it was made."""
        member = (
            Member.everywhere.filter(user__email__iexact=options["email"], active=True).select_related("user").first()
        )
        if member is None:
            raise CommandError("no active member signs in with this e-mail")
        with within(member.organisation_id):
            AuditEntry.objects.create(
                who="whoever keeps the server",
                action=f"made a set-password link for {member.name}"[:60],
                changed=True,
                where="the terminal of the server",
            )
            if options["lost_factor"]:
                take_factors_away(member)
        self.stdout.write(one_time_link(member))
