"""The site from one state of the sources: what the MkDocs plugin, `build` and `publish` share."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from generator.commands.programme import Programme, Selection, load_programme, with_texts
from generator.commands.texts import rendered_texts
from generator.commands.world import World
from generator.errors import ContentError, Position, Problem, Severity
from generator.load import Loaded
from generator.model.fields import Classification
from generator.ports import Page, Site
from generator.render.site.build import FinishedPage, site_pages
from generator.render.site.source import SiteSource
from generator.render.theme import Theme


def site(world: World, theme: Theme, selection: Selection) -> Site:
    """Every page of the site in that state. Raises ContentError when the content has errors."""
    programme = load_programme(world, selection).clean()
    programme = with_texts(programme, rendered_texts(world, programme.judgement.portal))
    source = site_source(programme)
    pages = tuple(_page(page) for page in site_pages(source, theme))
    commit = programme.commit
    created = commit.committed if commit else datetime.combine(source.judgement.as_of, time(), UTC)
    return Site(pages, (), commit.id if commit and selection.commit else "", created, _footer(source, selection.audience))


def site_source(programme: Programme) -> SiteSource:
    """What the pages are rendered from."""
    if programme.settings is None:
        raise ContentError((*programme.problems, _NO_SETTINGS))
    return SiteSource(
        programme.judgement,
        programme.settings,
        commit=programme.commit,
        lines=source_lines(programme.loaded),
        problems=programme.problems,
        withheld=len(programme.loaded.portal.entries) - len(programme.judgement.portal.entries),
        content_root=programme.source.root,
    )


def source_lines(loaded: Loaded) -> Mapping[str, int]:
    """Record key -> the line in which it begins."""
    return {key: loaded.position(key).line for key in loaded.portal.entries}


def told(problem: Problem, root: str = "content/") -> str:
    """A problem in one line: place, severity, code, message."""
    place = problem.position
    return f"{root}{place.path}:{place.line}:{place.column}: {problem.severity}: {problem.code} {problem.message}"


def _page(page: FinishedPage) -> Page:
    nav = (page.section, page.name) if page.section else ()
    return Page(page.path, page.title, page.html, page.edit_path, page.description, nav, page.order, page.search)


def _footer(source: SiteSource, audience: Classification) -> str:
    """What stands below every page: nothing that changes with each build."""
    settings = source.settings
    parts = [settings.organisation, settings.programme, f"Classification: {str(audience.value).upper()}"]
    return " · ".join([*parts, *([settings.seal.label] if settings.seal.profile == "demo" else [])])


_NO_SETTINGS = Problem(
    "POR002", Severity.ERROR, "the portal's settings are missing", Position("portal.yaml"), remedy="run: roadmap init"
)
