"""Tell whether a PDF is signed: merging its pages would break the signature."""

from __future__ import annotations

from pikepdf import Dictionary, Name, Pdf

from pemdocs.scans import fields, streams


def signed(pdf: Pdf) -> bool:
    """Whether a signature field holds a signature, or an author has certified the document (ISO 32000-1, 12.8)."""
    permissions = pdf.Root.get("/Perms")
    certified = isinstance(permissions, Dictionary) and "/DocMDP" in permissions
    return certified or any("/V" in each and streams.inherited(each, "/FT") == Name.Sig for each in fields.every(pdf))
