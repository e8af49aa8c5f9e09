"""Bytes → the parts of a Word file: unpacked within limits, and an error in plain words for what cannot be."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from extractor.errors import DamagedInputError, InputTooLargeError

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all XML that is read from one file. A gazette of 400 pages has 20 MB; what is larger was made to harm."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = {
    W: "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
# ISO "strict" files name the same elements by other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AGAIN = "get the file again, or open it in Word or WPS and save it anew"


@cache
def kind(tag: object) -> str:
    """The name of an element with the usual prefix of its namespace; what is of no namespace known here has none.

    >>> kind("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"), kind("{urn:x}p")
    ('w:p', 'p')
    """
    if not isinstance(tag, str):
        return ""
    space, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    prefix = _SPACES.get(space)
    return f"{prefix}:{name}" if prefix else name


def value(element: Any, name: str = "val") -> str | None:
    """An attribute of the word-processing namespace."""
    found = element.get(f"{{{W}}}{name}")
    return None if found is None else str(found)


def child(element: Any, *path: str) -> Any:
    """The first child, grandchild … of these names (w:), or None."""
    for name in path:
        if element is None:
            return None
        element = element.find(f"{{{W}}}{name}")
    return element


def is_on(element: Any) -> bool:
    """True for a switch that is there and not turned off."""
    return element is not None and (value(element) or "true") not in ("0", "false", "off")


@dataclass(slots=True)
class Package:
    """The parts of a Word file."""

    name: str
    archive: zipfile.ZipFile
    main: str = ""
    left: int = field(default_factory=lambda: MAX_UNPACKED)
    """Bytes that may still be unpacked."""
    _links: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def tree(self, part: str) -> Any:
        """The root element of an XML part, or None where there is no such part.

        Raises:
            DamagedInputError: the part cannot be unpacked or is no XML.
            InputTooLargeError: what was unpacked so far is more than any document has.
        """
        try:
            declared = self.archive.getinfo(part).file_size  # may lie; what is read is limited too
            with self.archive.open(part) as stream:
                data = b"" if declared > self.left else stream.read(self.left + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise DamagedInputError(f"{self.name}: the Word file is damaged ({error}): {_AGAIN}") from error
        self.left -= max(len(data), declared)
        if self.left < 0:
            raise InputTooLargeError(
                f"{self.name}: unpacked the Word file is larger than {MAX_UNPACKED // 1024 // 1024} MB; "
                "no document is: do not open it if you do not know where it comes from"
            )
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedInputError(f"{self.name}: the Word file is damaged ({part}: {error}): {_AGAIN}") from error

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """For each relationship of a part its id, the last word of its type, and the part that it leads to."""
        if part not in self._links:
            folder, _, file = part.rpartition("/")
            root = self.tree(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
            found: dict[str, tuple[str, str]] = {}
            for link in root if root is not None else ():
                if kind(link.tag) == "Relationship" and link.get("TargetMode") != "External":
                    target = link.get("Target") or ""
                    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                    found[link.get("Id") or ""] = (
                        (link.get("Type") or "").rpartition("/")[2],
                        posixpath.normpath(path),
                    )
            self._links[part] = found
        return self._links[part]

    def linked(self, word: str) -> Any:
        """The root of the part that the document is linked to by a type (numbering, styles, footnotes …), or None."""
        return next((self.tree(part) for type_, part in self.links(self.main).values() if type_ == word), None)


def open_package(data: bytes, name: str) -> Package:
    """Open a Word file and find its main part.

    Raises:
        DamagedInputError: a password protects it, it is cut off, or it is no Word file.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise DamagedInputError(
                f"{name}: a password protects the Word file: open it in Word or WPS, remove the password, save it"
            )
        raise DamagedInputError(f"{name} is an old Word document (.doc): open it in Word or WPS and save it as .docx")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise DamagedInputError(f"{name}: the Word file is damaged or cut off ({error}): {_AGAIN}") from error
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise DamagedInputError(f"{name}: a password protects the file: unpack it and parse what is in it")
    package = Package(name, archive)
    package.main = next((part for type_, part in package.links("").values() if type_ == "officeDocument"), "")
    if not package.main and "word/document.xml" in archive.namelist():
        package.main = "word/document.xml"
    if not package.main or package.main not in archive.namelist():
        raise DamagedInputError(f"{name}: there is no document in the Word file: {_AGAIN}")
    return package
