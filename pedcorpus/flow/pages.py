"""Pages as pictures: drawn from the originals one at a time, the latest kept at hand while a desk is open."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from pedcorpus.corpus import StoredDocument
from pedcorpus.errors import InputError, UsageError
from pedcorpus.flow.originals import original_bytes
from pedcorpus.review import NoPicture, PagePicture
from pedcorpus.settings import Workspace

__all__ = ["PageShelf"]

_KEPT = 24  # pages; half a megabyte each
_DPI = 180
_PDF_HEAD = 1024  # bytes in which a PDF names itself


class PageShelf:
    """Pages of a workspace's originals."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        self._turn = Lock()  # the PDF library draws for one thread at a time

    def picture(self, stored: StoredDocument, page: int) -> PagePicture | NoPicture:
        """Page `page`, counted from 1, of a document."""
        key = (stored.document.id, page)
        with self._turn:
            if key not in self._kept:
                drawn = self._drawn(stored, page)
                if isinstance(drawn, NoPicture):
                    return drawn
                self._kept[key] = drawn
            self._kept.move_to_end(key)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def _drawn(self, stored: StoredDocument, page: int) -> PagePicture | NoPicture:
        from pedcorpus.parse.page_image import draw_page  # loads pymupdf, which a review without pages does not need

        try:
            data = original_bytes(self._workspace, stored)
            if b"%PDF-" not in data[:_PDF_HEAD]:
                return NoPicture("no_page")
            drawing = draw_page(data, page, dpi=_DPI)
        except UsageError as error:
            return NoPicture("original_gone", str(error))
        except InputError as error:
            return NoPicture("cannot_be_drawn", str(error))
        return PagePicture(drawing.png, drawing.width_pt, drawing.height_pt)
