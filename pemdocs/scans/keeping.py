"""Tell what each thing in a PDF may hold, and take the rest away: what programs, cameras and people say of it."""

from __future__ import annotations

from pikepdf import Name, Object

CODING = ("/Filter", "/DecodeParms", "/Length")
FORM = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group")
PICTURE = (
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask", "/Mask",
    "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte",
)  # fmt: skip
PATTERN = (
    "/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Resources", "/Matrix",
    "/Shading", "/ExtGState",
)  # fmt: skip
PRIVATE = (
    "/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OPI", "/Ref", "/OC",
    "/Thumb", "/Alternates", "/Measure", "/PtData",
)  # fmt: skip
"""What is said of a thing of which nobody knows all that it may hold."""


def exact(name: str) -> Name | str:
    """A name as a key, in whatever its letters are coded."""
    if name.isascii():
        return name
    coded = name[1:].encode("utf-8", "surrogateescape")
    found = Object.parse(b"/" + b"".join(b"#%02x" % each for each in coded))
    return found if isinstance(found, Name) else name


def only(thing: Object, keys: tuple[str, ...]) -> None:
    """Leave these keys and the coding of its data alone; numbers that other places share are written out."""
    for key, value in list(thing.items()):
        if value is None or (key not in keys and key not in CODING):
            del thing[exact(key)]
        elif key not in CODING and not isinstance(value, Object):
            thing[key] = value


def forget(thing: Object) -> None:
    """Take away what is private."""
    for key in PRIVATE:
        if key in thing:
            del thing[key]
