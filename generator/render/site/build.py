"""From drafts to finished pages: one shell around every body, addresses turned into ways from where the page lies."""

from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from generator.render.site import generic, words
from generator.render.site.environment import environment
from generator.render.site.navigation import Navigation, navigation
from generator.render.site.source import Draft, SiteSource
from generator.render.site.special import special_pages
from generator.render.site.values import Shown
from generator.render.theme import Theme
from generator.views.provenance import Provenance, provenance
from generator.views.record_history import RecordHistory, record_history

FOOT = '<footer class="rp-prov">'


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page as HTML, with where it stands in the navigation and the source it is edited in."""

    path: str
    title: str
    html: str
    description: str = ""
    edit_path: str = ""
    section: str = ""  # where it stands in the navigation; empty: nowhere
    name: str = ""
    order: int = 0
    search: bool = True


def site_pages(source: SiteSource, theme: Theme) -> tuple[FinishedPage, ...]:
    """Every page of the site, by address."""
    drafts = all_drafts(source)
    listed = {draft.path: draft.title for draft in drafts.values() if is_listed(draft.path)}
    shell = _Shell(source, environment(theme), navigation(listed))
    return tuple(shell.finished(draft) for _, draft in sorted(drafts.items()))


def all_drafts(source: SiteSource) -> dict[str, Draft]:
    """Drafts by address: the plain page of every kind, replaced where a concept has a page of its own."""
    plain = (*generic.index_pages(source), *generic.record_pages(source))
    drafts = {draft.path: draft for draft in plain}
    drafts.update((draft.path, draft) for draft in special_pages(source))
    return drafts


def is_listed(path: str) -> bool:
    """Index and view pages stand in the navigation, records do not."""
    above = path.rstrip("/").rpartition("/")[0]
    return not above or (above in ("kpis", "registers") and not path.split("/")[1].startswith("kpi-"))


@dataclass(frozen=True)
class _Shell:
    source: SiteSource
    environment: Environment
    navigation: Navigation

    def finished(self, draft: Draft) -> FinishedPage:
        changed = provenance(self.source.judgement, *draft.shows) if draft.shows else None
        edit_path, source_text = self._origin(draft, changed)
        html = self.environment.get_template(draft.template).render(
            **draft.values,
            **self._frame(draft),
            changed=changed,
            source_text=source_text,
            told=self._told(draft.history) if draft.history else None,
        )
        html = with_rest(html, self._rest(draft.path, html))
        section, name, order = self._place(draft.path)
        return FinishedPage(
            draft.path,
            draft.title,
            rooted(html, draft.path),
            description=draft.lede,
            edit_path=edit_path,
            section=section,
            name=name,
            order=order,
            search=draft.search,
        )

    def _told(self, key: str) -> RecordHistory:
        return record_history(self.source.judgement, key, self.source.signatures)

    def _rest(self, path: str, html: str) -> str:
        """A plain table of the records that others link to on this page and that it does not show itself."""
        tables = generic.rest_tables(self.source, path, html)
        return self.environment.get_template("rest.html").render(tables=tables) if tables else ""

    def _frame(self, draft: Draft) -> dict[str, object]:
        return {
            "path": draft.path,
            "title": draft.title,
            "lede": draft.lede,
            "crumbs": draft.crumbs,
            "actions": draft.actions,
            "judged": draft.judged,
            "as_of": self.source.judgement.as_of,
            "section": self.navigation.section_of(draft.path),
            "siblings": self.navigation.siblings(draft.path),
            "above": self.navigation.above(draft.path),
            "sort": draft.template.removesuffix(".html"),
            "edit": Markup("@edit@") if draft.source else "",
            "j": self.source.judgement,
            "settings": self.source.settings,
            "shown": Shown(self.source.portal, self.source.judgement.texts),
        }

    def _place(self, path: str) -> tuple[str, str, int]:
        for order, (section, name, address) in enumerate(self.navigation.entries):
            if address == path:
                return section, name, order
        return "", "", 0

    def _origin(self, draft: Draft, changed: Provenance | None) -> tuple[str, str]:
        """The source that the edit button opens, and what the foot of the page says of sources."""
        root = self.source.content_root
        entry = self.source.portal.entries.get(draft.source)
        if entry is not None and len(draft.shows) == 1:
            line = self.source.lines.get(entry.key, 1)
            return f"{root}{entry.path}", f"{root}{entry.path}:{line}"
        paths = changed.paths if changed else ()
        text = f"{root}{paths[0]}" if len(paths) == 1 else words.plural(len(paths), "source") if paths else ""
        return (f"{root}{entry.path}" if entry else "", text)


def with_rest(html: str, rest: str) -> str:
    """The page with one more section above its foot."""
    before, foot, after = html.rpartition(FOOT)
    return f"{before}{rest}{foot}{after}" if rest and foot else html


def rooted(html: str, path: str) -> str:
    """The HTML with every address that begins at the site's root written from where the page lies."""
    up = "../" * path.count("/") or "./"
    return html.replace(f'href="{words.ROOT}', f'href="{up}').replace(f'src="{words.ROOT}', f'src="{up}')
