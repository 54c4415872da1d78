"""Fills the database that the environment names, as a process of its own, and prints what a browser needs to know.

python -m tests.clinic.faults.prepare VISITS
"""

import json
import sys

from needlepoint.clinic.keep.preparing import set_up_django


def main(visits: int) -> None:
    set_up_django()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from needlepoint.clinic.keep.migrating import migrate
    from needlepoint.clinic.records.models import NeedleLot
    from needlepoint.clinic.records.scope import within
    from tests.clinic.conftest import house
    from tests.clinic.keep.conftest import another_visit

    migrate()
    ours = house("Faults")
    with within(ours.organisation.pk):
        NeedleLot.objects.create(clinic=ours.clinic, maker="A maker", number="A12", length_mm=30, diameter_mm=0.25)
    ids = [str(another_visit(ours).pk) for _ in range(visits)]
    sign_ins = {}
    for role in ("clinician", "owner"):
        user = ours.members[role].user
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.create()
        sign_ins[role] = store.session_key
    print(
        json.dumps(
            {
                "organisation": str(ours.organisation.pk),
                "visits": ids,
                "sign_ins": sign_ins,
                "person": str(ours.person.pk),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
