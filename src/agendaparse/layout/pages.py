"""The bytes of a PDF -> Pages: characters, words, rules, shapes and images as displayed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pypdfium2 as pdfium_doc
from PIL.Image import Image

from agendaparse.errors import UnreadablePdf
from agendaparse.layout import pdfium
from agendaparse.layout.chars import NO_RUNS, Chars, Fonts, read_chars
from agendaparse.layout.geometry import Display
from agendaparse.layout.images import Boxes, page_image
from agendaparse.layout.lines import Line, Positions, find_rows, join_lines, lines_of
from agendaparse.layout.objects import Drawn, Picture, Shape, read_objects, read_pictures
from agendaparse.layout.pictures import Pixels, is_solid, read_pixels
from agendaparse.layout.visibility import HiddenWord, part_visible
from agendaparse.layout.words import Word, Words, find_words

Found = TypeVar("Found")
# PDF 32000-1, 14.11.2: a page without a usable box is letter size
_LETTER = (0.0, 0.0, 612.0, 792.0)
_PICTURE_SHARE = 0.2  # of the page: pictures that fill less do not make a page without words a picture


@dataclass(frozen=True)
class Page:
    """One page as a person sees it; boxes are in points from its top left corner.

    >>> pages = read_pages(open_pdf(read_bytes("fixtures/pages/two-columns.pdf")))  # doctest: +SKIP
    >>> next(pages).lines[0].text  # doctest: +SKIP
    """

    pdf_page: int  # position in the file, from 1
    display: Display
    chars: Chars
    drawn: Drawn
    words: Words  # those that are seen, in content order
    hidden: tuple[HiddenWord, ...]  # those that are not, and why
    has_ocr_layer: bool  # the words were laid under or over a scan
    document: pdfium_doc.PdfDocument | None = field(default=None, repr=False, compare=False)  # None: nothing to show

    @property
    def width(self) -> float:
        """The displayed width in points."""
        return self.display.width

    @property
    def height(self) -> float:
        """The displayed height in points."""
        return self.display.height

    @property
    def shapes(self) -> list[Shape]:
        """Rules, filled boxes, discs and outlines, in painting order."""
        return self.drawn.shapes

    @property
    def pictures(self) -> list[Picture]:
        """The images, in painting order."""
        return self.drawn.pictures

    @cached_property
    def lines(self) -> list[Line]:
        """The seen words as lines, in reading order: upright ones first."""
        if len(self.upright) == len(self.words):
            return self.upright_lines
        return [*self.upright_lines, *join_lines([w for w in self.words if w.angle])]

    @cached_property
    def upright_lines(self) -> list[Line]:
        """Those of its lines that are not turned."""
        return lines_of(self.upright, self._rows)

    @cached_property
    def rows(self) -> list[list[Word]]:
        """The upright words in rows of print, from the top: lines and tables are made of them."""
        return [[self.upright[i] for i in row] for row in self._rows]

    @cached_property
    def _rows(self) -> list[Positions]:
        return find_rows(self.upright)

    @cached_property
    def upright(self) -> Words:
        """The seen words that are not turned."""
        upright = self.words.places.angle == 0
        return self.words if upright.all() else self.words.only(np.flatnonzero(upright).tolist())

    @cached_property
    def is_picture(self) -> bool:
        """Whether the page has no text of its own but is, in good part, an image."""
        if self.words and not self.has_ocr_layer:
            return False
        area = sum(max(p.box.width, 0) * max(p.box.height, 0) for p in self.pictures)
        return area > _PICTURE_SHARE * self.width * self.height

    def image(self, boxes: Boxes = (), *, scale: float = 2.0, color: str = "red") -> Image:
        """The page as a picture (PIL), with boxes drawn on it; it is rendered anew each time.

        Args:
            boxes: one box or several (tuples, or mappings with x0, top, x1, bottom), a frame's column ``box``, a frame
                (its rows of this page), or a mapping of colours to any of these.
            scale: pixels to a point.
            color: of the boxes that name none.

        Returns:
            The picture; a notebook shows it.

        Raises:
            UnreadablePdf: the page cannot be loaded, or its pack was closed.

        >>> pack.page(54).image(boxes=pack.observations)  # doctest: +SKIP
        >>> pack.page(54).image(boxes={"red": pack.cells, "blue": pack.observations})  # doctest: +SKIP
        """
        if self.document is None or self.document.raw is None:
            raise UnreadablePdf(f"page {self.pdf_page} cannot be shown: it is broken, or its pack was closed")
        return page_image(self.document, self.pdf_page, boxes, scale, color)

    def remembered(self, read: Callable[[Page], Found]) -> Found:
        """What a reader finds on this page, worked out once: several stages ask for the same grids.

        >>> page.remembered(find_grids_anew) is page.remembered(find_grids_anew)  # doctest: +SKIP
        True
        """
        known: dict[Callable[[Page], Any], Any] = self._known
        if read not in known:
            known[read] = read(self)
        found: Found = known[read]
        return found

    @cached_property
    def _known(self) -> dict[Callable[[Page], Any], Any]:
        return {}

    def replacing(self, gone: Collection[Word], pieces: tuple[Word, ...] = ()) -> Page:
        """The same page without some of its words, and with the pieces that are left of them."""
        left = self.words.without(gone)
        return replace(self, words=Words((*left, *pieces)) if pieces else left)


def unread_page(pdf_page: int) -> Page:
    """A page that stands for one that could not be loaded: empty, of letter size."""
    nothing = Chars(
        np.empty(0, "<U1"), np.empty(0, np.int64), np.empty((0, 4)), np.empty((0, 4)), np.empty(0, np.int64), NO_RUNS,
        np.empty(0, np.int8),
    )  # fmt: skip
    return Page(pdf_page, Display(*_LETTER, 0), nothing, Drawn(), Words(), (), has_ocr_layer=False)


class PageReader:
    """Reads the pages of an open document, one after the other.

    pdfium keeps one document's pages apart but is not safe for threads: use a process for each pack.
    """

    def __init__(self, document: pdfium_doc.PdfDocument) -> None:
        self._document = document
        self._handle = pdfium.address(document.raw)
        self._fonts = Fonts()

    def __len__(self) -> int:
        return len(self._document)

    def __iter__(self) -> Iterator[Page | None]:
        return (self.read(number) for number in range(1, len(self) + 1))

    def read(self, pdf_page: int) -> Page | None:
        """The page at this position, from 1; None if pdfium cannot load it."""
        page = self._load(pdf_page)
        if not page:
            return None
        text_page = pdfium.load_text(page)
        try:
            return self._read(pdf_page, page, text_page)
        finally:
            if text_page:
                pdfium.close_text(text_page)
            pdfium.close_page(page)

    def _load(self, pdf_page: int) -> int:
        """The page, with what its annotations print (form fields, text boxes, stamps) made part of it."""
        page: int = pdfium.load_page(self._handle, pdf_page - 1)
        if page and _has_printing_annotation(page) and pdfium.flatten(page, pdfium.FOR_DISPLAY) == pdfium.FLATTENED:
            pdfium.close_page(page)
            page = pdfium.load_page(self._handle, pdf_page - 1)
        return page

    def _read(self, pdf_page: int, page: int, text_page: int) -> Page | None:
        if not text_page:
            return None
        display = _display(page)
        drawn = read_objects(page, display)
        chars = read_chars(text_page, display, drawn.texts, self._fonts)
        seen, hidden, ocr = part_visible(
            find_words(chars), chars.runs, drawn, display, lambda picture: is_solid(self._handle, page, picture.handle)
        )
        return Page(pdf_page, display, chars, drawn, seen, tuple(hidden), ocr, self._document)

    def icons(self, pdf_page: int, largest: float) -> list[Pixels | None]:
        """The pixels of a page's pictures, in the order of ``Page.pictures``; None for those larger than this."""
        page = pdfium.load_page(self._handle, pdf_page - 1)
        if not page:
            return []
        try:
            pictures = read_pictures(page, _display(page))
            return [
                read_pixels(self._handle, page, p.handle) if max(p.box.width, p.box.height) <= largest else None
                for p in pictures
            ]
        finally:
            pdfium.close_page(page)


def _has_printing_annotation(page: int) -> bool:
    for i in range(pdfium.count_annotations(page)):
        annotation = pdfium.annotation(page, i)
        if annotation:
            kind = pdfium.annotation_type(annotation)
            pdfium.close_annotation(annotation)
            if kind in pdfium.PRINTING:
                return True
    return False


_floats = np.zeros(4, np.float32)
_AT = [_floats.ctypes.data + 4 * i for i in range(4)]


def _display(page: int) -> Display:
    """What of the page is shown: the crop box within the media box, and the turn."""
    box = _LETTER
    if pdfium.media_box(page, *_AT):
        box = _ordered(_floats.tolist())
    if pdfium.crop_box(page, *_AT):
        crop = _ordered(_floats.tolist())
        inside = (max(box[0], crop[0]), max(box[1], crop[1]), min(box[2], crop[2]), min(box[3], crop[3]))
        if inside[0] < inside[2] and inside[1] < inside[3]:
            box = inside
    turn = pdfium.page_rotation(page) * 90
    shown = Display(*box, turn)
    # boxes that the page inherits are not seen above; pdfium's own size is then the truth
    width, height = pdfium.page_width(page), pdfium.page_height(page)
    if abs(shown.width - width) > 1 or abs(shown.height - height) > 1:
        w, h = (height, width) if turn in (90, 270) else (width, height)
        shown = Display(0.0, 0.0, w, h, turn)
    return shown


def _ordered(box: list[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
