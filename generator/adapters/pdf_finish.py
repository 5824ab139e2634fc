"""The finishing touches on a printed pack: XMP, attachments and signature fields, written with pikepdf."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from generator.adapters.pdf import Anchors
from generator.errors import PrintError
from generator.ports import Attachment, PrintJob, SignatureField

NAMESPACE = "urn:roadmap-portal:evidence-pack:1#"
"""The XML namespace of our own XMP properties."""

_NAMESPACES = {
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "ep": NAMESPACE,
}
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_PRINT_LOCKED = 132  # annotation flags: Print (4) and Locked (128)


def finished(pdf: Pdf, job: PrintJob, anchors: Anchors) -> Pdf:
    """The same document with one XMP packet, its attachments and its empty signature fields."""
    _claim(pdf, {**job.properties, "pages": str(len(pdf.pages))})
    _attach(pdf, job)
    _place_fields(pdf, job.fields, anchors)
    return pdf


def _claim(pdf: Pdf, properties: Mapping[str, str]) -> None:
    """(fix 1) WeasyPrint writes one variant's claim; put PDF/UA's and our properties into the same rdf:RDF."""
    packet = bytes(pdf.Root.Metadata.read_bytes())
    head, end, tail = packet.partition(b"</rdf:RDF>")
    if not end or b"<rdf:RDF " not in head:
        raise PrintError("the printed document has no XMP packet", reason="LAYOUT")
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    head = head.replace(b"<rdf:RDF ", b"<rdf:RDF " + declared.encode() + b" ", 1)
    pdf.Root.Metadata = pdf.make_indirect(
        Stream(pdf, head + _descriptions(properties).encode() + end + tail, Type=Name.Metadata, Subtype=Name.XML)
    )


def _descriptions(properties: Mapping[str, str]) -> str:
    for name in properties:
        if not _PROPERTY.fullmatch(name):
            raise PrintError(f"'{name}' cannot name an XMP property", reason="LAYOUT")
    values = "".join(f"<ep:{name}>{escape(value)}</ep:{name}>" for name, value in sorted(properties.items()))
    own = [_property(name, "Text", "external", f"{name} of the evidence pack") for name in sorted(properties)]
    accessible = _property("part", "Integer", "internal", "Part of ISO 14289 that the file claims conformance to")
    schemas = _schema("PDF/UA identification", "pdfuaid", [accessible])
    schemas += _schema("Evidence pack", "ep", own) if own else ""
    return (
        '<rdf:Description rdf:about="" pdfuaid:part="1" />'
        f'<rdf:Description rdf:about="">{values}</rdf:Description>'
        f'<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>'
        "</rdf:Description>"
    )


def _schema(title: str, prefix: str, properties: list[str]) -> str:
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_NAMESPACES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{''.join(properties)}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _property(name: str, value_type: str, category: str, description: str) -> str:
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{value_type}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(description)}</pdfaProperty:description></rdf:li>"
    )


def _attach(pdf: Pdf, job: PrintJob) -> None:
    """(fix 3) Attachments sorted by name, each once, with the job's date and media type instead of the machine's."""
    if not job.attachments:
        return
    date = job.created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    names, associated = Array(), Array()
    for attachment in sorted(job.attachments, key=lambda each: each.name.encode()):
        specification = pdf.make_indirect(_specification(pdf, attachment, date))
        names.append(String(attachment.name))
        names.append(specification)
        associated.append(specification)
    if Name.Names not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=names))
    pdf.Root.AF = associated


def _specification(pdf: Pdf, attachment: Attachment, date: str) -> Dictionary:
    # MD5 is what ISO 32000 asks for here; the manifest carries SHA-256.
    checksum = hashlib.md5(attachment.data, usedforsecurity=False).digest()
    stream = Stream(
        pdf,
        attachment.data,
        Type=Name.EmbeddedFile,
        Subtype=Name("/" + attachment.media_type),
        Params=Dictionary(
            CheckSum=String(checksum), Size=len(attachment.data), CreationDate=String(date), ModDate=String(date)
        ),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(attachment.name),
        UF=String(attachment.name),
        Desc=String(attachment.description),
        AFRelationship=Name("/" + attachment.relationship),
        EF=Dictionary(F=pdf.make_indirect(stream)),
    )


def _place_fields(pdf: Pdf, fields: tuple[SignatureField, ...], anchors: Anchors) -> None:
    """(fix 7) Every field that will ever be signed stands in the base, tagged: later revisions add no widget."""
    if not fields:
        return
    root = pdf.Root.StructTreeRoot
    element = root.K[0] if isinstance(root.K, Array) else root.K
    numbers = root.ParentTree.Nums
    following = max(int(key) for key in list(numbers)[0::2]) + 1
    widgets = Array()
    for offset, field in enumerate(fields):
        page, left, bottom = anchors[field.name]
        widget = _widget(pdf, field, page, (left, bottom))
        widget.StructParent = following + offset
        form = _structure_element(pdf, widget, element, field.label)
        element.K.append(form)
        numbers.append(following + offset)
        numbers.append(form)
        widgets.append(widget)
    if Name.ParentTreeNextKey in root:
        root.ParentTreeNextKey = following + len(fields)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=widgets, SigFlags=0))


def _widget(pdf: Pdf, field: SignatureField, number: int, corner: tuple[float, float]) -> Any:
    page = pdf.pages[number].obj
    left, bottom = corner
    box = [round(left, 3), round(bottom, 3), round(left + field.width, 3), round(bottom + field.height, 3)]
    appearance = Stream(pdf, b"q Q", Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary())
    appearance.BBox = Array([0, 0, _number(field.width), _number(field.height)])
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(field.name),
            TU=String(field.label),
            F=_PRINT_LOCKED,
            P=page,
            Rect=Array([_number(side) for side in box]),
            AP=Dictionary(N=pdf.make_indirect(appearance)),
        )
    )
    if Name.Annots not in page:
        page.Annots = Array()
    page.Annots.append(widget)
    return widget


def _structure_element(pdf: Pdf, widget: Any, parent: Any, label: str) -> Any:
    """(fix 8) /K is the object reference itself: pyHanko's difference analysis does not look into an array."""
    reference = pdf.make_indirect(Dictionary(Type=Name.OBJR, Obj=widget, Pg=widget.P))
    return pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, K=reference, Pg=widget.P, P=parent, Alt=String(label))
    )


def _number(value: float) -> Any:
    """A PDF number without a float's noise."""
    return int(value) if float(value).is_integer() else pikepdf.Object.parse(f"{value:.3f}".encode())
