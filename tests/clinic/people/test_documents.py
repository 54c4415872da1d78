"""Pictures and documents: known by their content, kept without what a camera or a stranger hid in them, and never run."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from needlepoint.clinic.pages.people.upload import LONGEST, Refused, read_upload
from needlepoint.clinic.records.models import Attachment, AttachmentContent
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    written = BytesIO()
    Image.new(mode, size, None).save(written, kind, **more)
    return written.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
#: What somebody hostile sends, whatever name it carries.
HOSTILE = {
    "nothing": b"",
    "svg": SVG,
    "html": HTML,
    "gif": picture("GIF", mode="P"),
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "windows program": b"MZ" + b"\0" * 200,
    "pdf that breaks off": b"%PDF-1.7\n" + b"x" * 5000,
    "pdf that begins later": HTML + PDF,
    "half a png": picture()[:60],
    "png head and then html": b"\x89PNG\r\n\x1a\n" + HTML,
    "jpeg head and then html": b"\xff\xd8\xff\xe0" + HTML,
    "bomb of pixels": png_that_claims(60_000, 60_000),
    "many pixels": png_that_claims(8_000, 8_000),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
}


def send(
    client: Client, house: House, content: bytes, name: str = "picture.png", media_type: str = "image/png", **more: str
) -> int:
    file = SimpleUploadedFile(name, content, content_type=media_type)
    answer = client.post(f"/people/{house.person.pk}/documents/", {"file": file, "kind": "photo", **more})
    return int(answer.status_code)


def kept(house: House) -> list[Attachment]:
    with within(house.organisation.pk):
        return list(Attachment.objects.order_by("at"))


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_with_words(what: str) -> None:
    with pytest.raises(Refused, match=r"\w+.*[.]$"):
        read_upload(HOSTILE[what])


def test_whatever_its_name_says_a_hostile_file_is_not_kept(ours: House) -> None:
    client = ours.client("clinician")
    for n, content in enumerate(HOSTILE.values()):
        assert send(client, ours, content, ("picture.png", "paper.pdf", "x.jpg.svg")[n % 3]) == 200
    assert kept(ours) == []


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_is_known_by_its_content_and_not_by_its_name(ours: House, kind: str, media_type: str) -> None:
    client = ours.client("clinician")
    assert send(client, ours, picture(kind), "evil.html", "text/html") == 302
    (one,) = kept(ours)
    assert (one.media_type, one.title) == (media_type, "evil")
    opened = client.get(f"/documents/{one.pk}/")
    assert opened["Content-Type"] == media_type
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert opened["Content-Security-Policy"].startswith("sandbox")
    assert opened["Content-Disposition"].startswith("inline")
    assert opened["Cache-Control"] == "no-store"
    assert Image.open(BytesIO(opened.content)).size == (40, 30)


def test_a_pdf_is_saved_and_never_shown_within_our_pages(ours: House) -> None:
    client = ours.client("clinician")
    assert send(client, ours, PDF, "Letter of Dr Ünal.pdf", "application/pdf", kind="document") == 302
    (one,) = kept(ours)
    opened = client.get(f"/documents/{one.pk}/")
    assert opened.content == PDF
    assert opened["Content-Disposition"] == 'attachment; filename="letter-of-dr-unal.pdf"'


def test_what_a_camera_wrote_into_a_picture_is_not_kept_but_it_stands_upright(ours: House) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETCAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    send(ours.client("clinician"), ours, picture("JPEG", exif=exif.tobytes(), comment=b"SECRETWORDS"))
    (one,) = kept(ours)
    with within(ours.organisation.pk):
        content = bytes(AttachmentContent.objects.get(attachment=one).content)
    assert b"SECRET" not in content
    opened = Image.open(BytesIO(content))
    assert not opened.getexif()
    assert opened.size == (30, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hidden_behind_a_picture_is_not_kept(kind: str) -> None:
    assert b"script" not in read_upload(picture(kind) + HTML + PDF).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_colour_are_kept(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert Image.open(BytesIO(read_upload(picture(kind, mode=mode)).content)).mode in ("RGB", "RGBA")


def test_a_large_picture_is_kept_smaller() -> None:
    assert Image.open(BytesIO(read_upload(picture("JPEG", (6000, 100))).content)).size[0] == LONGEST


def test_a_file_over_ten_megabytes_is_refused_before_it_is_read(ours: House) -> None:
    assert send(ours.client("clinician"), ours, b"%PDF-" + b"\0" * 10_200_000) == 413
    assert send(ours.client("clinician"), ours, b"%PDF-" + b"\0" * 10_000_000) == 200
    assert kept(ours) == []


def test_a_form_from_elsewhere_adds_nothing(ours: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ours.members["owner"].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert send(client, ours, picture()) == 403
    assert kept(ours) == []


def test_a_double_click_adds_one(ours: House) -> None:
    client = ours.client("clinician")
    assert send(client, ours, picture()) == send(client, ours, picture()) == 302
    assert len(kept(ours)) == 1


def test_another_organisation_never_opens_a_picture_of_ours(ours: House, theirs: House) -> None:
    send(ours.client("clinician"), ours, picture())
    (one,) = kept(ours)
    assert theirs.client("owner").get(f"/documents/{one.pk}/").status_code == 404
    assert ours.client("auditor").get(f"/documents/{one.pk}/").status_code == 403
    assert ours.client("reader").get(f"/documents/{one.pk}/").status_code == 200
    assert send(theirs.client("owner"), ours, picture()) == 404


def test_a_picture_added_is_told_on_the_page_of_the_person(ours: House) -> None:
    send(ours.client("clinician"), ours, picture(), title="Bruise <b>left</b>")
    assert "Bruise &lt;b&gt;left&lt;/b&gt;" in ours.client("reader").get(f"/people/{ours.person.pk}/").content.decode()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 ", picture(), picture("JPEG"), picture("WEBP")]),
       cut=st.integers(0, 400), rest=st.binary(max_size=200))  # fmt: skip
def test_whatever_bytes_come_they_are_a_picture_or_refused(start: bytes, cut: int, rest: bytes) -> None:
    try:
        assert read_upload(start[: len(start) - cut] + rest).content
    except Refused as why:
        assert str(why)


def test_a_picture_that_breaks_off_is_refused_even_after_a_pdf_was_made() -> None:
    import weasyprint  # noqa: F401 - it lets pictures break off, for the whole process

    with pytest.raises(Refused, match="breaks off"):
        read_upload(HOSTILE["half a png"])
