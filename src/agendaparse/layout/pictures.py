"""The pixels of an image, as pdfium draws it with its mask."""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt

from agendaparse.layout import pdfium

Pixels = npt.NDArray[np.uint8]

_SOLID = 240  # of 255: the mean opacity of a picture that hides what lies under it
_GRAY, _BGR = 1, 2  # pdfium's formats of one and three bytes a pixel; the others have four
_CHANNELS = {_GRAY: 1, _BGR: 3}


def read_pixels(document: int, page: int, image: int) -> Pixels | None:
    """Rows of red, green, blue, alpha (height x width x 4); None for an image that pdfium cannot draw.

    All three are pdfium's handles, the page open.
    """
    bitmap = pdfium.rendered_image(document, page, image)
    if not bitmap:
        return None
    try:
        kind = pdfium.bitmap_format(bitmap)
        width, height, stride = (f(bitmap) for f in (pdfium.bitmap_width, pdfium.bitmap_height, pdfium.bitmap_stride))
        shown = (ctypes.c_uint8 * (stride * height)).from_address(pdfium.bitmap_buffer(bitmap))
        rows = np.frombuffer(shown, np.uint8).reshape(height, stride)
        depth = _CHANNELS.get(kind, 4)
        cells = rows[:, : width * depth].reshape(height, width, depth)
        pixels = np.full((height, width, 4), 255, np.uint8)
        pixels[..., :3] = cells if depth == 1 else cells[..., 2::-1]
        if kind in pdfium.WITH_ALPHA:
            pixels[..., 3] = cells[..., 3]
        return pixels
    finally:
        pdfium.destroy_bitmap(bitmap)


def is_solid(document: int, page: int, image: int) -> bool:
    """Whether nothing shows through the image: drawn inks and logos often lie on a clear ground."""
    pixels = read_pixels(document, page, image)
    return pixels is not None and bool(pixels[..., 3].mean() > _SOLID)
