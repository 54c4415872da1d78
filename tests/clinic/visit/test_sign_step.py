"""The step *sign*, as a page without scripts has it."""

import re

from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House


def test_without_scripts_the_words_of_the_note_are_kept_and_written_anew(ours: House) -> None:
    client, address = ours.client("clinician"), f"/visits/{ours.visit.pk}/sign/"
    for words in ("Felt well.", "Felt well, and slept."):
        page = client.get(address).content.decode()
        told = dict(re.findall(r'<input type="hidden" name="(seen:note[^"]+)" value="([^"]*)">', page))
        assert client.post(address, told | {"note.text": words}).status_code == 302
        assert words in client.get(address).content.decode()
    with within(ours.organisation.pk):
        first, second = Entry.objects.order_by("number")
        assert second.body["seen"] == [str(first.id)]
