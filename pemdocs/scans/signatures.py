"""Tell whether a PDF is signed: merging its pages would break the signature."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf


def signed(pdf: Pdf) -> bool:
    """Whether a signature field holds a signature, or an author has certified the document (ISO 32000-1, 12.8)."""
    permissions = pdf.Root.get("/Perms")
    certified = isinstance(permissions, Dictionary) and "/DocMDP" in permissions
    return certified or any(_inherited(field, "/FT") == Name.Sig and "/V" in field for field in _fields(pdf))


def _fields(pdf: Pdf) -> Iterator[Object]:
    form = pdf.Root.get("/AcroForm")
    queue = [form.get("/Fields")] if isinstance(form, Dictionary) else []
    queue += [page.obj.get("/Annots") for page in pdf.pages]
    seen: set[tuple[int, int]] = set()
    while queue:
        for each in _list(queue.pop()):
            if isinstance(each, Dictionary) and (not each.is_indirect or each.objgen not in seen):
                seen.add(each.objgen)
                queue.append(each.get("/Kids"))
                yield each


def _list(found: Object | None) -> list[Object]:
    return list(found) if isinstance(found, Array) else []


def _inherited(field: Object, key: str) -> Object | None:
    node: Object | None = field
    for _ in range(32):
        if not isinstance(node, Dictionary) or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if isinstance(node, Dictionary) else None
