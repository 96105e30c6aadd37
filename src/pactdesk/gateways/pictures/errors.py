"""Why a picture is not taken."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class PictureMissing(PactError):
    """Nothing was sent where a picture should be."""


class PictureTooBig(PactError):
    """A file of `size` MB; `largest` is the limit."""


class PictureKindRefused(PactError):
    """By its content, the file is none of `kinds`."""


class PictureTooManyPixels(PactError):
    """A picture of `width` by `height`; `most` million pixels are the limit."""


class PictureUnreadable(PactError):
    """The file begins like a picture, but cannot be decoded whole."""
