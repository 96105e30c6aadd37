"""A picture that somebody sent, decoded and written anew.

What is kept is what an eye sees. Whatever else the file held (where and with what it was taken,
comments, a second file behind the picture, colours under full transparency) is not copied, and
so is gone. Of an animation the first frame stays.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageOps

from pactdesk.gateways.pictures.errors import (
    PictureKindRefused,
    PictureMissing,
    PictureTooBig,
    PictureTooManyPixels,
    PictureUnreadable,
)

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF")

_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MEDIA_TYPES = frozenset(_MEDIA_TYPES.values())
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as it is kept.

    media_type  one of MEDIA_TYPES
    width       in pixels, upright, as `height`
    """

    media_type: str
    width: int
    height: int
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Of `content`, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def clean_picture(sent: bytes) -> CleanPicture:
    """The picture in `sent`, upright, without anything that does not show.

    Its kind is told by its content; a name or a declared type is not asked.

    raises  PictureMissing, PictureTooBig, PictureKindRefused, PictureTooManyPixels,
            PictureUnreadable
    """
    if not sent:
        raise PictureMissing()
    if len(sent) > MOST_BYTES:
        raise PictureTooBig(size=_megabytes(len(sent)), largest=_megabytes(MOST_BYTES))
    with _opened(sent) as found:
        kind = found.format or ""
        shown = _shown(found)
    return _written(shown, kind)


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f}".removesuffix(".0")


def _opened(sent: bytes) -> Image.Image:
    """Only its head is read, so a bomb is refused before it goes off."""
    try:
        found = Image.open(BytesIO(sent), formats=KINDS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooManyPixels(width="?", height="?", most=MOST_PIXELS // 10**6) from None
    except Exception:
        # Whatever a decoder stumbles over: it is not a picture that we can show.
        raise PictureKindRefused(kinds=KINDS) from None
    if found.width * found.height > MOST_PIXELS:
        raise PictureTooManyPixels(
            width=found.width, height=found.height, most=MOST_PIXELS // 10**6
        )
    return found


def _shown(found: Image.Image) -> Image.Image:
    try:
        found.load()
        upright = found
        with suppress(Exception):  # a broken orientation is none
            upright = ImageOps.exif_transpose(found)
        shown = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Exception:
        raise PictureUnreadable() from None
    shown.info.clear()  # what encoders copy from: comments, colour profiles
    if shown.mode == "RGBA":
        visible = shown.getchannel("A").point(lambda alpha: 255 if alpha else 0)
        return Image.composite(shown, Image.new("RGBA", shown.size), visible)
    return shown


def _written(shown: Image.Image, kind: str) -> CleanPicture:
    """In the kind it came in; an animation as PNG; what grew too big on the way, as WebP."""
    kept = kind if kind in _MEDIA_TYPES and not (kind == "JPEG" and shown.mode == "RGBA") else "PNG"
    try:
        content = _encoded(shown, kept)
        if len(content) > MOST_BYTES and kept == "PNG":
            kept, content = "WEBP", _encoded(shown, "WEBP")
    except Exception:
        raise PictureUnreadable() from None
    return CleanPicture(_MEDIA_TYPES[kept], shown.width, shown.height, content)


def _encoded(shown: Image.Image, kind: str) -> bytes:
    made = BytesIO()
    shown.save(made, kind, quality=_QUALITY)
    return made.getvalue()
