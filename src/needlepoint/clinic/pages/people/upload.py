"""What may be added to a record: a picture or a PDF, known by its content and never by its name.

A picture is decoded and written anew, so that nothing but its pixels is kept: no place and device that a camera wrote into it, and nothing that
somebody hid behind the picture. SVG and HTML can hold scripts and are refused.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 10_000_000
#: A picture of this many pixels fits into memory, and a telephone's own are not larger; a small file may claim to hold far more.
MOST_PIXELS = 25_000_000
#: The longer side of a picture that is kept: more than a screen or a page shows.
LONGEST = 4096
_MEDIA_TYPE = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PDF = "application/pdf"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", PDF: "pdf"}


#: A picture is some hundred megabytes while it is looked at. Of many that come at once each process looks at one after the other.
_one_at_a_time = Lock()
#: Kinds of pixels that can be made fewer as they are. The others, such as colours by number, have to become plain colours first.
_SHRINKS = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")


class Refused(Exception):
    """This is not kept; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that may be kept, with what they are."""

    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def read_upload(content: bytes) -> Upload:
    """What are these bytes? Raises Refused when they are neither a picture nor a PDF, or too large."""
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than 10 MB."))
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise Refused(_("The PDF breaks off before its end; save or scan it again."))
        return Upload(PDF, content)
    return _picture(content)


def _picture(content: bytes) -> Upload:
    try:
        with Image.open(BytesIO(content), formats=tuple(_MEDIA_TYPE)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many_pixels()
            kind = str(opened.format)
            if not _ends(content, kind):
                raise Refused(_("The picture breaks off before its end; save it again."))
            written = BytesIO()
            with _one_at_a_time:
                _only_pixels(opened).save(written, kind, **({"quality": 90} if kind != "PNG" else {}))
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception:  # A decoder meets whatever somebody made up: every failure means that this is no picture.
        raise Refused(_("Only pictures (JPEG, PNG, WebP) and PDF are kept; this is neither.")) from None
    if written.tell() > MOST_BYTES:
        raise Refused(_("The picture is larger than 10 MB; save it smaller."))
    return Upload(_MEDIA_TYPE[kind], written.getvalue())


def _too_many_pixels() -> Refused:
    most = MOST_PIXELS // 1_000_000
    return Refused(_("The picture has too many pixels: at most %(most)d million; save it smaller.") % {"most": most})


def _ends(content: bytes, kind: str) -> bool:
    """Is the end of the picture there? Asked here, since the library that makes PDFs lets pictures break off, for the whole process."""
    if kind == "PNG":
        return b"IEND" in content
    if kind == "WEBP":
        return int.from_bytes(content[4:8], "little") + 8 <= len(content)
    return b"\xff\xd9" in content


def _only_pixels(opened: Image.Image) -> Image.Image:
    """The picture upright, not larger than needed, and without anything that was written beside the pixels."""
    opened.draft("RGB", (LONGEST, LONGEST))
    if opened.mode in _SHRINKS:
        # Before anything else: every step after it makes a copy.
        opened.thumbnail((LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(opened)
    see_through = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through and opened.format != "JPEG" else "RGB")
    plain.thumbnail((LONGEST, LONGEST))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean
