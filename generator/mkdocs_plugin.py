"""The MkDocs plugin `roadmap-portal`: pages made from content/, beside the hand-written ones.

`mkdocs serve` and `mkdocs build` work as everyone expects: the plugin loads and judges the content below the folder of
mkdocs.yml, adds a virtual page for every page of the portal, and sets the navigation. `roadmap build` hands it pages
that are made already. Generated pages never pass Markdown.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config import Config
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.bootstrap import theme, theme_folder, world
from generator.commands.pages import site, told
from generator.commands.programme import Selection
from generator.errors import ContentError, PortalError
from generator.load.text import conflict_fault
from generator.model.fields import Classification
from generator.ports import Download, Page, Site
from generator.render.site.dates_menu import LIST, Dates, banner, editions_script, with_menu
from generator.render.tokens import stylesheet

STYLES = ("assets/tokens.css", "assets/portal.css")
SCRIPTS = ("assets/portal.js",)
WORKER_SHIM = "assets/worker.js"
EDIT_HERE = 'href="@edit@"'
HAND_WRITTEN_FOOT = (
    '<footer class="rp-prov"><span>Source <code>{source}</code></span>'
    f"<span><a {EDIT_HERE}>Edit this source</a></span></footer>"
)
SEARCH_DIALOG = '<div class="md-search" data-md-component="search" role="dialog">'
ABOUT = "About"
LONGEST_ENTRY = 4000
SEARCH_INDEX = "search/search_index.json"
_TAGS = re.compile(r"<[^<>]+>")
_FOLDER = re.compile(r'(href="\.{1,2}/(?:[^"#?:]*/)?)(#[^"]*)?"')
_FRAME = re.compile(r'<(svg|nav|form|header class="rp-head"|footer)\b.*?</(?:svg|nav|form|header|footer)>', re.DOTALL)


class RoadmapConfig(Config):  # type: ignore[no-untyped-call]
    """Where the content lies beside mkdocs.yml, and who may read the site."""

    content = Type(str, default="content")
    audience = Choice([str(word.value) for word in Classification], default=Classification.INTERNAL.value)


class GeneratedPage(MkDocsPage):
    """A page whose HTML is made already: it is neither read nor rendered."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        self._made = page
        self._folders = config.use_directory_urls
        super().__init__(page.nav[1] if page.nav else page.title, file, config)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """Take the title and the description; there is no Markdown."""
        self.markdown = ""
        self.meta = {  # Material writes these into HTML as they are
            "title": escape(self._made.title),
            "description": escape(self._made.description),
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},  # found by our own entry: the search plugin would parse every page again
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Take the HTML, with the edit link that MkDocs made from repo_url and edit_uri."""
        html = self._made.html if self._folders else _to_files(self._made.html)
        self.content = _edited(html, self.edit_url)
        self.toc = TableOfContents([AnchorLink(self._made.title, "top", 1)])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}


class RoadmapPlugin(BasePlugin[RoadmapConfig]):  # type: ignore[no-untyped-call]
    """Adds the portal's pages to the site."""

    def __init__(self) -> None:
        self.given: Site | None = None  # set by `roadmap build`
        self._made: Site | None = None
        self._dates = Dates()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the theme's overrides, styles and scripts, and watch the content."""
        config.theme.dirs.insert(0, str(Path(theme_folder()) / "overrides"))
        config.extra_css = [*STYLES, *config.extra_css]
        config.extra_javascript.extend(SCRIPTS)
        config.extra.setdefault("generator", False)
        config.extra["polyfills"] = [WORKER_SHIM, *config.extra.get("polyfills", [])]
        if self.given is None:
            config.watch.append(str(self._folder(config) / self.config.content))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add a virtual page for every page of the portal, and set the navigation."""
        made = self.given or self._judged(config)
        self._made = made
        config.copyright = escape(made.footer)
        config.extra["edition"] = escape(made.edition.partition(":")[0])
        self._dates = Dates(made.editions, made.edition.partition(":")[0])
        written = [file.src_uri for file in files.documentation_pages()]
        for file in files.documentation_pages():
            file.edit_uri = self._place(config, file.src_uri)
        _refuse_collisions(made, files)
        for download in (*_own_files(made), *made.downloads):
            files.append(File.generated(config, download.path, content=download.data))
        for page in made.pages:
            files.append(_virtual(page, config))
        config.nav = _navigation(made.pages, written)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - MkDocs' signature
        """Put the pages of records below the section that lists them: its tab is marked while one is read."""
        listed = {page.file.src_uri: page for page in nav.pages}
        for made in self._made.pages if self._made else ():
            file = files.get_file_from_path(f"{made.path}index.md")
            if not made.nav and file is not None and file.page is not None:
                above = _listed_above(made.path, listed)
                file.page.parent = above.parent if above else None
        return nav

    @event_priority(100)
    def _fill_search(self, config: MkDocsConfig) -> None:
        """Add the pages to Material's search index before it is written."""
        search: Any = config.plugins.get("search") or config.plugins.get("material/search")
        index = getattr(search, "search_index", None)
        if index is not None and self._made is not None:
            suffix = "" if config.use_directory_urls else "index.html"
            index.entries.extend(_search_entry(page, suffix) for page in self._made.pages if page.search)

    @event_priority(-100)
    def _copy_search(self, config: MkDocsConfig) -> None:
        """Write the search index as a script too, which is what pages opened from a folder can read."""
        written = Path(config.site_dir) / SEARCH_INDEX
        if written.is_file():
            script = b"var __index = " + written.read_bytes()
            written.with_suffix(".js").write_bytes(script)

    on_post_build = CombinedEvent(_fill_search, _copy_search)

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002 - MkDocs' signature
        """Name the search dialog for screen readers, and add the menu of dates."""
        return with_menu(_with_named_search(output), self._dates, page.url)

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for the page that a server shows instead of a missing one."""
        return _with_named_search(output_content)

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """A hand-written page ends like the others: with its source and a link to edit it."""
        above = banner(self._made.edition if self._made else "", page.url)
        if isinstance(page, GeneratedPage):
            return above + html
        refuse_conflict(page.markdown or "", self._place(config, page.file.src_uri))
        source = escape(self._place(config, page.file.src_uri))
        return above + html + _edited(HAND_WRITTEN_FOOT.format(source=source), page.edit_url)

    def _place(self, config: MkDocsConfig, src_uri: str) -> str:
        """Where a hand-written page lies in the repository."""
        pages = Path(config.docs_dir).resolve()
        folder = self._folder(config)
        return f"{pages.relative_to(folder).as_posix()}/{src_uri}" if pages.is_relative_to(folder) else src_uri

    def _judged(self, config: MkDocsConfig) -> Site:
        try:
            here = world(str(self._folder(config)), content=f"{self.config.content.strip('/')}/")
            return site(here, theme(), Selection(audience=Classification(self.config.audience)))
        except ContentError as error:
            raise PluginError(_told(error, self.config.content)) from None
        except PortalError as error:
            raise PluginError(f"{error.message}. {error.remedy}") from None

    def _folder(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).resolve().parent


def refuse_conflict(markdown: str, place: str) -> None:
    """Raise PluginError where a merge left two versions in a hand-written page."""
    for fault in conflict_fault(markdown):
        raise PluginError(f"{place}: {fault.message}")


def _own_files(made: Site) -> Iterator[Download]:
    """What the pages load: the colours, and the list of editions where there are any."""
    yield Download("assets/tokens.css", stylesheet(theme().tokens).encode())
    if made.editions:
        yield Download(LIST, editions_script(made.editions))


def _to_files(html: str) -> str:
    """The page with links to files instead of folders, which a browser without a server would list."""
    return _FOLDER.sub(r'\1index.html\2"', html)


def _with_named_search(html: str) -> str:
    return html.replace(SEARCH_DIALOG, SEARCH_DIALOG[:-1] + ' aria-label="Search">', 1)


def _search_entry(page: Page, suffix: str) -> dict[str, str]:
    """What the search finds a page by: its words without the frame; text stays escaped, for results are HTML."""
    body = _FRAME.sub(" ", page.html)
    text = re.sub(r"\s+", " ", _TAGS.sub(" ", body)).strip()
    return {"location": f"{page.path}{suffix}", "title": escape(page.title), "text": text[:LONGEST_ENTRY]}


def _told(error: ContentError, content: str) -> str:
    """Every problem in a line; what only follows from another is counted."""
    roots = [told(problem, f"{content}/") for problem in error.problems if not problem.caused_by]
    rest = len(error.problems) - len(roots)
    more = [f"and {rest} more that follow from these"] if rest else []
    return "\n".join(["the content has problems", *roots, *more])


def _virtual(page: Page, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.INCLUDED if page.nav else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, f"{page.path}index.md", content="", inclusion=inclusion)
    file.edit_uri = page.edit_path or None
    file.page = GeneratedPage(page, file, config)
    return file


def _refuse_collisions(site: Site, files: Files) -> None:
    """A virtual page would silently replace a hand-written one of the same path, even under strict."""
    wanted = [f"{page.path}index.md" for page in site.pages] + [download.path for download in site.downloads]
    readme = [f"{page.path}README.md" for page in site.pages]
    taken = sorted(uri for uri in {*wanted, *readme} if uri in files.src_uris)
    if taken:
        lines = [
            f"content/pages/{uri}:1:1: error: the portal makes this page itself; give yours another name"
            for uri in taken
        ]
        raise PluginError("\n".join(["hand-written pages collide with generated ones", *lines]))


def _navigation(pages: tuple[Page, ...], written: list[str]) -> list[dict[str, Any]]:
    """Sections with their index pages in order; hand-written pages last, each by its own title."""
    sections: dict[str, list[dict[str, str]]] = {}
    for page in sorted((page for page in pages if page.nav), key=lambda page: page.order):
        sections.setdefault(page.nav[0], []).append({page.nav[1]: f"{page.path}index.md"})
    nav: list[dict[str, Any]] = [
        {name: items if len(items) > 1 else next(iter(items[0].values()))} for name, items in sections.items()
    ]
    return [*nav, {ABOUT: list(written)}] if written else nav


def _listed_above(path: str, listed: Mapping[str, MkDocsPage]) -> MkDocsPage | None:
    """The nearest page above in the navigation."""
    while path:
        path = path.rstrip("/").rpartition("/")[0]
        path = f"{path}/" if path else ""
        if path and (found := listed.get(f"{path}index.md")):
            return found
    return None


def _edited(html: str, edit_url: str | None) -> str:
    """The page with its edit link, or without one where the repository has no address."""
    if edit_url:
        return html.replace(EDIT_HERE, f'href="{edit_url}"')
    before, found, after = html.partition(f"<span><a {EDIT_HERE}")
    return before + after.partition("</span>")[2] if found else html
