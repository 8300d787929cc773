"""A page as a picture, with boxes drawn on it: for notebooks and reviews, and rendered only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pypdfium2 as pdfium_doc
from PIL import Image, ImageColor, ImageDraw

from agendaparse.records import Box

# What may say where boxes stand: one or several boxes (tuples or mappings with x0, top, x1, bottom), a column of a
# frame, a whole frame with a column "box", or any of these by colour.
Boxes = Any

_SIDES = ("x0", "top", "x1", "bottom")
_FILL = 48  # of 255: how far a box covers what is printed in it
_MARGIN = 1.0  # points by which its outline stands off


def page_image(document: pdfium_doc.PdfDocument, pdf_page: int, boxes: Boxes, scale: float, color: str) -> Image.Image:
    """The page as displayed, ``scale`` pixels to a point, with the boxes in colour."""
    page = document[pdf_page - 1]
    try:
        image = page.render(scale=scale).to_pil().convert("RGBA")
    finally:
        page.close()
    layer = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(layer)
    for name, own in boxes.items() if _is_by_color(boxes) else ((color, boxes),):
        rgb = ImageColor.getrgb(name)[:3]
        for box in find_boxes(own, pdf_page):
            x0, top, x1, bottom = box
            sides = [scale * v for v in (x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN)]
            draw.rectangle(sides, fill=(*rgb, _FILL), outline=(*rgb, 255), width=max(1, round(scale)))
    return Image.alpha_composite(image, layer).convert("RGB")


def _is_by_color(boxes: Boxes) -> bool:
    return isinstance(boxes, Mapping) and "x0" not in boxes


def find_boxes(boxes: Boxes, pdf_page: int) -> Iterator[Box]:
    """The boxes of a page in whatever says where they stand; rows of other pages and without a box are left out.

    >>> list(find_boxes({"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0}, 1))
    [Box(x0=1.0, top=2.0, x1=3.0, bottom=4.0)]
    """
    columns = getattr(boxes, "columns", None)
    if columns is not None:
        boxes = boxes.loc[boxes["pdf_page"] == pdf_page, "box"] if "pdf_page" in columns else boxes["box"]
    for box in [boxes] if _is_one(boxes) else boxes:
        if isinstance(box, Mapping):
            yield Box(*(float(box[side]) for side in _SIDES))
        elif isinstance(box, Iterable):
            x0, top, x1, bottom = box
            yield Box(float(x0), float(top), float(x1), float(bottom))


def _is_one(boxes: Boxes) -> bool:
    if isinstance(boxes, tuple):
        return len(boxes) == len(_SIDES) and isinstance(boxes[0], (int, float))
    return isinstance(boxes, Mapping)
