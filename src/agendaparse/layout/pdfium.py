"""pdfium's functions behind bare prototypes: a call costs a fifth of a checked ctypes call.

Handles are plain integers here and out-parameters are addresses of numpy buffers, so that one ``map``
fills an array for thousands of characters without a Python object for each. Only this folder calls it.
"""

from __future__ import annotations

import ctypes as c
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import pypdfium2.raw as pdfium_c

Call = Callable[..., Any]

_OUT = c.c_size_t  # a handle that a function gives: an integer, 0 for none
# A handle or address that a function takes. Of all types ctypes takes this one fastest; an index between two of them is
# declared as one too (it goes by a register, of which pdfium reads the lower half), one behind them is left undeclared
# (it goes as a C int).
_IN = c.c_void_p


def address(handle: Any) -> int:
    """The integer behind a handle or function of pypdfium2, as the bare prototypes take it."""
    value = c.cast(handle, c.c_void_p).value
    return value or 0


def held(handle: int) -> Any:
    """The handle ready to be passed many times: ctypes need not look at it anew for each call."""
    return _IN(handle)


def _bare(name: str, result: Any, *arguments: Any) -> Call:
    """A function that is over in no time: the interpreter's lock is kept, giving it back costs as much as the call."""
    return c.PYFUNCTYPE(result, *arguments)(address(getattr(pdfium_c, name)))


def _long(name: str, result: Any, *arguments: Any) -> Call:
    """A function that works for a while: other threads may run."""
    return c.CFUNCTYPE(result, *arguments)(address(getattr(pdfium_c, name)))


load_page = _long("FPDF_LoadPage", _OUT, _IN, c.c_int)
close_page = _bare("FPDF_ClosePage", None, _IN)
page_rotation = _bare("FPDFPage_GetRotation", c.c_int, _IN)
crop_box = _bare("FPDFPage_GetCropBox", c.c_int, _IN, *[_IN] * 4)
media_box = _bare("FPDFPage_GetMediaBox", c.c_int, _IN, *[_IN] * 4)
page_width = _bare("FPDF_GetPageWidthF", c.c_float, _IN)
page_height = _bare("FPDF_GetPageHeightF", c.c_float, _IN)

count_annotations = _bare("FPDFPage_GetAnnotCount", c.c_int, _IN)
annotation = _bare("FPDFPage_GetAnnot", _OUT, _IN)
annotation_type = _bare("FPDFAnnot_GetSubtype", c.c_int, _IN)
close_annotation = _bare("FPDFPage_CloseAnnot", None, _IN)
flatten = _long("FPDFPage_Flatten", c.c_int, _IN, c.c_int)

load_text = _long("FPDFText_LoadPage", _OUT, _IN)
close_text = _bare("FPDFText_ClosePage", None, _IN)
count_chars = _bare("FPDFText_CountChars", c.c_int, _IN)
get_text = _bare("FPDFText_GetText", c.c_int, _IN, c.c_int, c.c_int, _IN)
char_unicode = _bare("FPDFText_GetUnicode", c.c_uint, _IN)
char_generated = _bare("FPDFText_IsGenerated", c.c_int, _IN)
char_loose_box = _bare("FPDFText_GetLooseCharBox", c.c_int, _IN, _IN, _IN)
char_tight_box = _bare("FPDFText_GetCharBox", c.c_int, _IN, _IN, *[_IN] * 4)
char_origin = _bare("FPDFText_GetCharOrigin", c.c_int, _IN, _IN, _IN, _IN)
char_matrix = _bare("FPDFText_GetMatrix", c.c_int, _IN, _IN, _IN)
char_size = _bare("FPDFText_GetFontSize", c.c_double, _IN)
char_object = _bare("FPDFText_GetTextObject", _OUT, _IN)

count_objects = _bare("FPDFPage_CountObjects", c.c_int, _IN)
page_object = _bare("FPDFPage_GetObject", _OUT, _IN)
form_count = _bare("FPDFFormObj_CountObjects", c.c_int, _IN)
form_object = _bare("FPDFFormObj_GetObject", _OUT, _IN, c.c_ulong)
object_type = _bare("FPDFPageObj_GetType", c.c_int, _IN)
object_bounds = _bare("FPDFPageObj_GetBounds", c.c_int, _IN, *[_IN] * 4)
object_matrix = _bare("FPDFPageObj_GetMatrix", c.c_int, _IN, _IN)
object_transparent = _bare("FPDFPageObj_HasTransparency", c.c_int, _IN)
fill_color = _bare("FPDFPageObj_GetFillColor", c.c_int, _IN, *[_IN] * 4)
stroke_color = _bare("FPDFPageObj_GetStrokeColor", c.c_int, _IN, *[_IN] * 4)
stroke_width = _bare("FPDFPageObj_GetStrokeWidth", c.c_int, _IN, _IN)
text_font = _bare("FPDFTextObj_GetFont", _OUT, _IN)
text_mode = _bare("FPDFTextObj_GetTextRenderMode", c.c_int, _IN)
font_name = _bare("FPDFFont_GetBaseFontName", _OUT, _IN, _IN, _IN)
font_flags = _bare("FPDFFont_GetFlags", c.c_int, _IN)
font_ascent = _bare("FPDFFont_GetAscent", c.c_int, _IN, c.c_float, _IN)
font_descent = _bare("FPDFFont_GetDescent", c.c_int, _IN, c.c_float, _IN)

rendered_image = _long("FPDFImageObj_GetRenderedBitmap", _OUT, _IN, _IN, _IN)
bitmap_format = _bare("FPDFBitmap_GetFormat", c.c_int, _IN)
bitmap_width = _bare("FPDFBitmap_GetWidth", c.c_int, _IN)
bitmap_height = _bare("FPDFBitmap_GetHeight", c.c_int, _IN)
bitmap_stride = _bare("FPDFBitmap_GetStride", c.c_int, _IN)
bitmap_buffer = _bare("FPDFBitmap_GetBuffer", _OUT, _IN)
destroy_bitmap = _bare("FPDFBitmap_Destroy", None, _IN)

path_mode = _bare("FPDFPath_GetDrawMode", c.c_int, _IN, _IN, _IN)
path_count = _bare("FPDFPath_CountSegments", c.c_int, _IN)
path_segment = _bare("FPDFPath_GetPathSegment", _OUT, _IN)
segment_point = _bare("FPDFPathSegment_GetPoint", c.c_int, _IN, _IN, _IN)
segment_type = _bare("FPDFPathSegment_GetType", c.c_int, _IN)

TEXT, PATH, IMAGE, SHADING, FORM = (
    pdfium_c.FPDF_PAGEOBJ_TEXT,
    pdfium_c.FPDF_PAGEOBJ_PATH,
    pdfium_c.FPDF_PAGEOBJ_IMAGE,
    pdfium_c.FPDF_PAGEOBJ_SHADING,
    pdfium_c.FPDF_PAGEOBJ_FORM,
)
# Annotations that print text of their own: typed into a form, a text box, a stamp.
PRINTING = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)
FLATTENED, FOR_DISPLAY = pdfium_c.FLATTEN_SUCCESS, pdfium_c.FLAT_NORMALDISPLAY
WITH_ALPHA = (pdfium_c.FPDFBitmap_BGRA, getattr(pdfium_c, "FPDFBitmap_BGRA_Premul", 5))
MOVE_TO, LINE_TO, BEZIER_TO = (
    pdfium_c.FPDF_SEGMENT_MOVETO,
    pdfium_c.FPDF_SEGMENT_LINETO,
    pdfium_c.FPDF_SEGMENT_BEZIERTO,
)


def run(calls: Iterable[Any]) -> None:
    """Make all the calls of a ``map`` at C speed and drop what they return."""
    deque(calls, 0)
