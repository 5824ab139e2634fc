"""A small print job that has everything a real pack has: chart, table, contents, attachments, signature fields."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from generator.ports import Attachment, PrintJob, SignatureField

THEME = Path(__file__).resolve().parent.parent / "theme"

STYLE = """
@font-face { font-family: "Pack Sans"; src: url(asset:fonts/Inter-Regular.ttf); font-weight: 400 }
@font-face { font-family: "Pack Sans"; src: url(asset:fonts/Inter-SemiBold.ttf); font-weight: 600 }
@font-face { font-family: "Pack Serif"; src: url(asset:fonts/SourceSerif4-Regular.ttf) }
@font-face { font-family: "Pack Mono"; src: url(asset:fonts/SourceCodePro-Regular.ttf) }
@page { size: A4; margin: 20mm; @bottom-right { content: "Page " counter(page) " of " counter(pages);
  font: 7pt "Pack Sans" } }
html { font: 9pt/13pt "Pack Sans" } h1 { font: 400 20pt "Pack Serif" } code { font: 8pt "Pack Mono" }
section { break-before: page } .sign { width: 200pt; height: 50pt; outline: 0.5pt solid #456 }
table { border-collapse: collapse } th, td { border: 0.5pt solid #888; text-align: left; padding: 2pt }
"""

HTML = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Sample pack</title>
<meta name="author" content="Northmere Bank (fictional)"><link rel="stylesheet" href="asset:pack.css"></head><body>
<h1>Sample pack</h1><p>Commit <code>0123456789abcdef</code>, met \u2713 \u2265 95\u00a0%</p>
<div class="sign" id="seal"></div><div class="sign" id="approver1"></div>
<nav><h2>Contents</h2><p><a href="#kpi">Figures</a></p></nav>
<section><h2 id="kpi">Figures</h2><figure><svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 100 40"
 width="200" height="80"><title>Completion by month</title><rect x="5" y="5" width="20" height="30" fill="#1F5F8B"/>
 <text x="5" y="39" font-size="6">January</text></svg></figure>
<table><caption>Completion</caption><thead><tr><th scope="col">Role</th><th scope="col">Done</th></tr></thead>
<tbody><tr><th scope="row">Fraud analyst</th><td>97</td></tr></tbody></table></section></body></html>"""

ATTACHMENTS = (
    Attachment("roadmap.yaml", b"phases: []\n", "Source: roadmap", "Source", "application/yaml"),
    Attachment("copy-of-roadmap.yaml", b"phases: []\n", "The same bytes", "Data", "application/yaml"),
    Attachment("manifest.json", b"{}", "Manifest", "Data", "application/json"),
)

FIELDS = (
    SignatureField("Seal", "Seal of the organisation", "seal", 200, 50),
    SignatureField("Approver1", "Approval signature 1", "approver1", 200, 50),
    *(SignatureField(f"ArchiveTimestamp{number:02d}", f"Archive time-stamp {number}") for number in range(1, 9)),
)


def sample_job(html: str = HTML, **changes: object) -> PrintJob:
    """A print job of two pages."""
    fonts = {f"asset:fonts/{path.name}": path.read_bytes() for path in (THEME / "packs" / "fonts").glob("*.ttf")}
    job = PrintJob(
        html=html,
        assets={"asset:pack.css": STYLE.encode(), **fonts},
        attachments=ATTACHMENTS,
        fields=FIELDS,
        created=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        properties={"commit": "0" * 40, "pack": "pck-sample", "profile": "demo"},
    )
    return replace(job, **changes)  # type: ignore[arg-type]
