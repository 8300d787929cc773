"""pdfium's functions behind bare prototypes: a call costs a third of a checked ctypes call.

Handles are plain integers here and out-parameters are addresses of numpy buffers, so that one ``map``
fills an array for thousands of characters without a Python object for each. Only this folder calls it.
"""

from __future__ import annotations

import ctypes as c
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import pypdfium2.raw as pdfium_c

_HANDLE = c.c_size_t
Call = Callable[..., Any]


def address(handle: Any) -> int:
    """The integer behind a handle or function of pypdfium2, as the bare prototypes take it."""
    value = c.cast(handle, c.c_void_p).value
    return value or 0


def _bare(name: str, result: Any, *arguments: Any) -> Call:
    return c.CFUNCTYPE(result, *arguments)(address(getattr(pdfium_c, name)))


load_page = _bare("FPDF_LoadPage", _HANDLE, _HANDLE, c.c_int)
close_page = _bare("FPDF_ClosePage", None, _HANDLE)
page_rotation = _bare("FPDFPage_GetRotation", c.c_int, _HANDLE)
crop_box = _bare("FPDFPage_GetCropBox", c.c_int, _HANDLE, *[_HANDLE] * 4)
media_box = _bare("FPDFPage_GetMediaBox", c.c_int, _HANDLE, *[_HANDLE] * 4)
page_width = _bare("FPDF_GetPageWidthF", c.c_float, _HANDLE)
page_height = _bare("FPDF_GetPageHeightF", c.c_float, _HANDLE)

load_text = _bare("FPDFText_LoadPage", _HANDLE, _HANDLE)
close_text = _bare("FPDFText_ClosePage", None, _HANDLE)
count_chars = _bare("FPDFText_CountChars", c.c_int, _HANDLE)
get_text = _bare("FPDFText_GetText", c.c_int, _HANDLE, c.c_int, c.c_int, _HANDLE)
char_unicode = _bare("FPDFText_GetUnicode", c.c_uint, _HANDLE, c.c_int)
char_generated = _bare("FPDFText_IsGenerated", c.c_int, _HANDLE, c.c_int)
char_loose_box = _bare("FPDFText_GetLooseCharBox", c.c_int, _HANDLE, c.c_int, _HANDLE)
char_tight_box = _bare("FPDFText_GetCharBox", c.c_int, _HANDLE, c.c_int, *[_HANDLE] * 4)
char_origin = _bare("FPDFText_GetCharOrigin", c.c_int, _HANDLE, c.c_int, _HANDLE, _HANDLE)
char_matrix = _bare("FPDFText_GetMatrix", c.c_int, _HANDLE, c.c_int, _HANDLE)
char_size = _bare("FPDFText_GetFontSize", c.c_double, _HANDLE, c.c_int)
char_object = _bare("FPDFText_GetTextObject", _HANDLE, _HANDLE, c.c_int)

count_objects = _bare("FPDFPage_CountObjects", c.c_int, _HANDLE)
page_object = _bare("FPDFPage_GetObject", _HANDLE, _HANDLE, c.c_int)
form_count = _bare("FPDFFormObj_CountObjects", c.c_int, _HANDLE)
form_object = _bare("FPDFFormObj_GetObject", _HANDLE, _HANDLE, c.c_ulong)
object_type = _bare("FPDFPageObj_GetType", c.c_int, _HANDLE)
object_bounds = _bare("FPDFPageObj_GetBounds", c.c_int, _HANDLE, *[_HANDLE] * 4)
object_matrix = _bare("FPDFPageObj_GetMatrix", c.c_int, _HANDLE, _HANDLE)
object_transparent = _bare("FPDFPageObj_HasTransparency", c.c_int, _HANDLE)
fill_color = _bare("FPDFPageObj_GetFillColor", c.c_int, _HANDLE, *[_HANDLE] * 4)
stroke_color = _bare("FPDFPageObj_GetStrokeColor", c.c_int, _HANDLE, *[_HANDLE] * 4)
stroke_width = _bare("FPDFPageObj_GetStrokeWidth", c.c_int, _HANDLE, _HANDLE)
text_font = _bare("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
text_mode = _bare("FPDFTextObj_GetTextRenderMode", c.c_int, _HANDLE)
font_name = _bare("FPDFFont_GetBaseFontName", _HANDLE, _HANDLE, _HANDLE, _HANDLE)
font_flags = _bare("FPDFFont_GetFlags", c.c_int, _HANDLE)
font_ascent = _bare("FPDFFont_GetAscent", c.c_int, _HANDLE, c.c_float, _HANDLE)
font_descent = _bare("FPDFFont_GetDescent", c.c_int, _HANDLE, c.c_float, _HANDLE)

rendered_image = _bare("FPDFImageObj_GetRenderedBitmap", _HANDLE, _HANDLE, _HANDLE, _HANDLE)
bitmap_format = _bare("FPDFBitmap_GetFormat", c.c_int, _HANDLE)
bitmap_width = _bare("FPDFBitmap_GetWidth", c.c_int, _HANDLE)
bitmap_height = _bare("FPDFBitmap_GetHeight", c.c_int, _HANDLE)
bitmap_stride = _bare("FPDFBitmap_GetStride", c.c_int, _HANDLE)
bitmap_buffer = _bare("FPDFBitmap_GetBuffer", _HANDLE, _HANDLE)
destroy_bitmap = _bare("FPDFBitmap_Destroy", None, _HANDLE)

path_mode = _bare("FPDFPath_GetDrawMode", c.c_int, _HANDLE, _HANDLE, _HANDLE)
path_count = _bare("FPDFPath_CountSegments", c.c_int, _HANDLE)
path_segment = _bare("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, c.c_int)
segment_point = _bare("FPDFPathSegment_GetPoint", c.c_int, _HANDLE, _HANDLE, _HANDLE)
segment_type = _bare("FPDFPathSegment_GetType", c.c_int, _HANDLE)

TEXT, PATH, IMAGE, SHADING, FORM = (
    pdfium_c.FPDF_PAGEOBJ_TEXT,
    pdfium_c.FPDF_PAGEOBJ_PATH,
    pdfium_c.FPDF_PAGEOBJ_IMAGE,
    pdfium_c.FPDF_PAGEOBJ_SHADING,
    pdfium_c.FPDF_PAGEOBJ_FORM,
)
WITH_ALPHA = (pdfium_c.FPDFBitmap_BGRA, getattr(pdfium_c, "FPDFBitmap_BGRA_Premul", 5))
MOVE_TO, LINE_TO, BEZIER_TO = (
    pdfium_c.FPDF_SEGMENT_MOVETO,
    pdfium_c.FPDF_SEGMENT_LINETO,
    pdfium_c.FPDF_SEGMENT_BEZIERTO,
)


def run(calls: Iterable[Any]) -> None:
    """Make all the calls of a ``map`` at C speed and drop what they return."""
    deque(calls, 0)
