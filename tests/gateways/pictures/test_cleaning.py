"""Pictures from outside: what is taken, what is refused, and that nothing hidden gets through."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pactdesk.core.units.errors import PactError
from pactdesk.gateways.pictures.cleaning import MEDIA_TYPES, MOST_BYTES, clean_picture
from pactdesk.gateways.pictures.errors import (
    PictureKindRefused,
    PictureMissing,
    PictureTooBig,
    PictureTooManyPixels,
    PictureUnreadable,
)
from pactdesk.messages.catalogue import LANGUAGES, say
from tests.support.laws import cases

GPS, ORIENTATION = 0x8825, 0x0112
SECRET = b"31.2304N 121.4737E"


def picture(
    kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (6, 4), **how: object
) -> bytes:
    made = BytesIO()
    Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 128)).save(made, kind, **how)
    return made.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    checked = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + checked


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose head claims a size that its few bytes blow up to."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_a_picture_of_each_kind_is_kept_with_its_size(kind: str, media_type: str) -> None:
    kept = clean_picture(picture(kind))
    assert (kept.media_type, kept.width, kept.height) == (media_type, 6, 4)
    with Image.open(BytesIO(kept.content)) as again:
        assert again.size == (6, 4)


def test_where_and_with_what_a_picture_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(GPS)[1] = "N"
    sent = picture("JPEG", exif=exif, comment=SECRET)
    assert SECRET in sent
    kept = clean_picture(sent)
    assert (kept.width, kept.height) == (4, 6)
    assert SECRET not in kept.content
    with Image.open(BytesIO(kept.content)) as again:
        assert not again.getexif()
        assert "comment" not in again.info


def test_colours_under_full_transparency_do_not_get_through() -> None:
    made = BytesIO()
    Image.new("RGBA", (2, 2), (12, 34, 56, 0)).save(made, "PNG")
    with Image.open(BytesIO(clean_picture(made.getvalue()).content)) as again:
        assert again.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize(
    "rider", [b"<script>alert(1)</script>", b"PK\x03\x04 a second file", b"%PDF-1.7"]
)
def test_what_rides_behind_a_picture_is_left_behind(kind: str, rider: bytes) -> None:
    assert rider not in clean_picture(picture(kind) + rider).content


@pytest.mark.parametrize(
    "sent",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a<script>",
        b"%PDF-1.7",
        b"BM" + bytes(60),
        b"\x00\x00\x00\x18ftypheic",
        b"PK\x03\x04",
        b"hello",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_picture_by_its_content_is_refused(sent: bytes) -> None:
    with pytest.raises((PictureKindRefused, PictureUnreadable)):
        clean_picture(sent)


@pytest.mark.parametrize(
    "size", [(8_000, 5_001), (20_000, 5_000), (50_000, 50_000), (2**31 - 1, 1)]
)
def test_a_bomb_is_refused_by_what_its_head_claims(size: tuple[int, int]) -> None:
    with pytest.raises(PictureTooManyPixels):
        clean_picture(png_claiming(*size))


def test_a_text_in_a_png_that_blows_up_is_no_picture() -> None:
    rider = zlib.compress(bytes(70 * 1024 * 1024), 9)
    whole = picture()
    sent = whole[:33] + chunk(b"zTXt", b"Comment\x00\x00" + rider) + whole[33:]
    with pytest.raises((PictureKindRefused, PictureUnreadable)):
        clean_picture(sent)


def test_too_many_bytes_and_none_are_refused() -> None:
    with pytest.raises(PictureTooBig) as refused:
        clean_picture(bytes(MOST_BYTES + 1))
    assert "8" in say(refused.value, "zh")
    with pytest.raises(PictureMissing):
        clean_picture(b"")


def test_half_a_picture_is_refused() -> None:
    noise = BytesIO()
    Image.effect_noise((80, 80), 90).save(noise, "PNG")
    with pytest.raises(PictureUnreadable):
        clean_picture(noise.getvalue()[:2000])


HEADS = [
    b"",
    picture("PNG"),
    picture("JPEG"),
    picture("GIF"),
    picture("WEBP"),
    picture("PNG", "RGBA"),
]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Anything, and pictures with bytes changed, cut off or put in."""
    whole = bytearray(draw(st.sampled_from(HEADS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(whole)))
        whole[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=6))
    return bytes(whole) + draw(st.binary(max_size=40))


@given(files())
@settings(max_examples=cases(400))
def test_whatever_is_sent_becomes_a_picture_or_a_sentence(sent: bytes) -> None:
    try:
        kept = clean_picture(sent)
    except PactError as problem:
        sentences = [say(problem, language).strip() for language in LANGUAGES]
    else:
        sentences = []
        assert kept.media_type in MEDIA_TYPES
        assert clean_picture(kept.content).width == kept.width
    assert all(sentences)
