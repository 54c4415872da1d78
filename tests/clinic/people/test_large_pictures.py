"""A small file may hold a picture that takes much memory: it is refused in words, or looked at alone."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Lock
from time import sleep

import pytest
from PIL import Image

from needlepoint.clinic.pages.people import upload
from needlepoint.clinic.pages.people.upload import LONGEST, MOST_PIXELS, Refused, read_upload
from tests.clinic.conftest import House
from tests.clinic.people.test_documents import kept, picture, send


def test_two_large_pictures_are_looked_at_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, count = 0, 0, Lock()
    look = upload._only_pixels

    def slowly(opened: Image.Image) -> Image.Image:
        nonlocal at_once, most
        with count:
            at_once += 1
            most = max(most, at_once)
        sleep(0.05)
        try:
            return look(opened)
        finally:
            with count:
                at_once -= 1

    monkeypatch.setattr(upload, "_only_pixels", slowly)
    with ThreadPoolExecutor(4) as many:
        assert all(one.content for one in many.map(read_upload, [picture()] * 4))
    assert most == 1


def test_a_picture_that_was_refused_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(opened: Image.Image) -> Image.Image:
        raise OSError("the decoder gave up")

    with monkeypatch.context() as broken:
        broken.setattr(upload, "_only_pixels", breaks)
        with pytest.raises(Refused):
            read_upload(picture())
    assert read_upload(picture()).content


def test_a_picture_of_too_many_pixels_is_refused_in_words(ours: House) -> None:
    many = picture("PNG", (MOST_PIXELS // 5000 + 1, 5000), "L")
    assert len(many) < 100_000
    with pytest.raises(Refused, match="at most 25 million"):
        read_upload(many)
    assert send(ours.client("clinician"), ours, many) == 200
    assert kept(ours) == []


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_is_made_smaller_before_it_is_copied(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    large: list[int] = []
    convert = Image.Image.convert

    def watched(self: Image.Image, to: str | None = None, *more: object, **named: object) -> Image.Image:
        if to in ("RGB", "RGBA") and mode != "P":
            large.append(max(self.size))
        return convert(self, to, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Image.Image, "convert", watched)
    opened = Image.open(BytesIO(read_upload(picture("PNG", (5000, 40), mode)).content))
    assert max(opened.size) == LONGEST
    assert max(large, default=0) <= LONGEST


def test_a_large_picture_of_a_telephone_still_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    opened = Image.open(BytesIO(read_upload(picture("JPEG", (5000, 100), exif=exif.tobytes())).content))
    assert opened.size[1] == LONGEST and opened.size[0] < 100
