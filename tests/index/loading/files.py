"""Files of every format, made by hand: no program or package writes them for us."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(content: str, *, info: str = "", trailer: str = "", font: str = "", extra: Sequence[str] = ()) -> bytes:
    """A one-page PDF with the given page content; extra objects are numbered from 7."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> /XObject << /I 7 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {font} >>",
        f"<< {info} >>",
        *extra,
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content_of_object in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content_of_object}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return out + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R /Info 6 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def text_pdf(lines: Sequence[str], info: str = "", trailer: str = "") -> bytes:
    """A PDF that paints Latin lines."""
    return pdf(
        f"BT /F1 12 Tf 72 720 Td 14 TL {' '.join(f'({line}) Tj T*' for line in lines)} ET", info=info, trailer=trailer
    )


def arabic_pdf(lines: Sequence[str]) -> bytes:
    """A PDF that paints Arabic lines from left to right, as programs do, and maps the glyphs to characters."""
    codes = {char: 48 + number for number, char in enumerate(sorted(set("".join(lines))))}
    pairs = "\n".join(f"<{code:02X}> <{ord(char):04X}>" for char, code in codes.items())
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def"
        f" 1 begincodespacerange <00> <FF> endcodespacerange {len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap"
        " CMapName currentdict /CMap defineresource pop end end"
    )
    painted = " ".join("<" + "".join(f"{codes[char]:02X}" for char in reversed(line)) + "> Tj T*" for line in lines)
    widths = "/FirstChar 0 /LastChar 255 /Widths [" + "500 " * 256 + "] /ToUnicode 7 0 R"
    stream = f"<< /Length {len(mapping)} >>\nstream\n{mapping}\nendstream"
    return pdf(f"BT /F1 12 Tf 72 720 Td 14 TL {painted} ET", font=widths, extra=[stream])


def image_pdf() -> bytes:
    """A scan: one grey image, no text."""
    pixels = "A" * 64
    image = (
        "<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
        f" /Length {len(pixels)} >>\nstream\n{pixels}\nendstream"
    )
    return pdf("q 500 0 0 700 50 50 cm /I Do Q", extra=[image])


def archive(members: Mapping[str, str]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def docx(paragraphs: Sequence[str], title: str = "", author: str = "", created: str = "") -> bytes:
    """A Word document."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in paragraphs)
    kind = "application/vnd.openxmlformats-"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{kind}package.relationships+xml"/>'
            '<Override PartName="/word/document.xml"'
            f' ContentType="{kind}officedocument.wordprocessingml.document.main+xml"/>'
            f'<Override PartName="/docProps/core.xml" ContentType="{kind}package.core-properties+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
            ' Target="docProps/core.xml"/>'
            "</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
            f"<dcterms:created>{created}</dcterms:created></cp:coreProperties>",
        }
    )


def odt(paragraphs: Sequence[str], title: str) -> bytes:
    """A LibreOffice document."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content xmlns:office="{office}"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f'<office:document-meta xmlns:office="{office}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>",
        }
    )


def epub(paragraphs: Sequence[str], title: str, publisher: str, lang: str) -> bytes:
    """An e-book of one chapter."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container version="1.0"'
            ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>'
            f"<dc:title>{title}</dc:title><dc:publisher>{publisher}</dc:publisher><dc:language>{lang}</dc:language>"
            '</metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>',
        }
    )


def pptx(text: str) -> bytes:
    """A presentation of one slide."""
    kind = "application/vnd.openxmlformats-officedocument.presentationml."
    ppt = "http://schemas.openxmlformats.org/presentationml/2006/main"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}presentation.main+xml"/>'
            f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{kind}slide+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{ppt}" xmlns:r="{_OFFICE}">'
            '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/slide" Target="slides/slide1.xml"/></Relationships>',
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{ppt}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f"<p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>"
            "</p:cSld></p:sld>",
        }
    )
