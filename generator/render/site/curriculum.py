"""Roles, the matrix, modules, competencies, certificates, permissions and pathways."""

from collections.abc import Iterator

from generator.kinds.matrix import Requirement
from generator.model.judgement import Judgement
from generator.render.site import words
from generator.render.site.calendar_files import role_calendar
from generator.render.site.generic import link_panels
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.render.site.tables import ACCESS
from generator.views.matrix import MatrixView, matrix
from generator.views.modules import ModuleView, module, modules
from generator.views.people import counted
from generator.views.registers import certifications, competencies, pathways, permissions
from generator.views.roles import RoleView, role, roles

LINES = {1: "first line of defence", 2: "second line of defence", 3: "third line of defence"}


def role_pages(source: SiteSource) -> Iterator[Draft]:
    """The list of roles and a page each: what must I do by when."""
    lines = roles(source.judgement)
    people = words.plural(counted(line.head_count for line in lines), "person", "people")
    yield Draft(
        "roles/",
        "Roles",
        "roles.html",
        {"lines": lines},
        lede=f"{words.plural(len(lines), 'role')}, {people}. Choose yours to see what you must do.",
        actions=(("Matrix", "matrix/"), ("Calendar", "calendar/")),
        shows=tuple(line.ref.key for line in lines),
        source=lines[0].ref.key if lines else "",
    )
    for line in lines:
        yield role_page(role(source.judgement, line.ref.key))


def role_page(view: RoleView) -> Draft:
    """One role."""
    return Draft(
        view.ref.url,
        view.ref.title,
        "role.html",
        {"role": view},
        lede=_role_lede(view),
        crumbs=(
            Crumb("Role", "roles/"),
            Crumb(LINES.get(view.line_of_defence, "")),
            Crumb(f"{view.ai_exposure} AI exposure"),
        ),
        actions=(("Matrix", "matrix/"), ("Sessions", "calendar/"), ("Calendar file", role_calendar(view.ref.url))),
        shows=(view.ref.key, *(duty.cell.key for duty in view.duties if duty.cell.key)),
        source=view.ref.key,
        history=view.ref.key,
    )


def _role_lede(view: RoleView) -> str:
    if not view.duties:
        return "No module is mandatory for this role today."
    amount = f"{words.plural(len(view.duties), 'module is', 'modules are')} mandatory for you"
    if view.next_due is None or view.next_due.due is None:
        return f"{amount}."
    due, takes = words.plain_day(view.next_due.due), words.minutes(view.next_due.minutes)
    return f"{amount}. The next date is {due}; it takes {takes}."


def matrix_pages(source: SiteSource) -> Iterator[Draft]:
    """Who must take what."""
    view = matrix(source.judgement)
    yield Draft(
        "matrix/",
        "Curriculum matrix",
        "matrix.html",
        {"view": view},
        lede=_matrix_lede(view),
        crumbs=(Crumb("Roles", "roles/"), Crumb(f"in force on {words.plain_day(view.as_of)}")),
        actions=(("Modules", "modules/"),),
        shows=tuple(entry.key for entry in source.portal.entries_of(Requirement)),
        source=next((entry.key for entry in source.portal.entries_of(Requirement)), ""),
    )


def _matrix_lede(view: MatrixView) -> str:
    undecided = len(view.undecided)
    open_pairs = (
        f"{words.plural(undecided, 'pair is', 'pairs are')} undecided" if undecided else "every pair is decided"
    )
    size = f"{words.plural(len(view.rows), 'role')} by {words.plural(len(view.columns), 'module')}"
    return f"{size}: {view.mandatory} mandatory, {view.optional} optional; {open_pairs}."


def module_pages(source: SiteSource) -> Iterator[Draft]:
    """The catalogue and a page each."""
    lines = modules(source.judgement)
    signed = sum(line.sign_off.good for line in lines)
    yield Draft(
        "modules/",
        "Modules",
        "modules.html",
        {"lines": lines},
        lede=f"{words.plural(len(lines), 'module')}; the sign-off of {signed} holds today.",
        actions=(("Matrix", "matrix/"), ("Sign-offs", "sign-offs/")),
        shows=tuple(line.ref.key for line in lines),
    )
    for line in lines:
        yield module_page(source, module(source.judgement, line.ref.key))


def module_page(source: SiteSource, view: ModuleView) -> Draft:
    """One module."""
    return Draft(
        view.ref.url,
        view.ref.title,
        "module.html",
        {"module": view, **link_panels(source, view.ref.key)},
        lede=_module_lede(view),
        crumbs=(Crumb("Module", "modules/"), Crumb(view.ref.key), Crumb(f"version {view.version}")),
        actions=tuple((f"Enrol: {title}" if len(view.enrol) > 1 else "Enrol", url) for title, url in view.enrol),
        shows=(view.ref.key, *(one.ref.key for one in view.sign_off.sign_offs)),
        source=view.ref.key,
        history=view.ref.key,
    )


def _module_lede(view: ModuleView) -> str:
    reach = (
        f"mandatory for {words.plural(len(view.mandatory_for), 'role')}"
        if view.mandatory_for
        else "mandatory for no role"
    )
    people = f", {words.plural(view.people, 'person', 'people')}" if view.mandatory_for else ""
    return f"{words.minutes(view.minutes)}, {view.delivery}; {reach}{people}."


def register_pages(source: SiteSource) -> Iterator[Draft]:
    """Competencies, certificates, permissions and pathways."""
    j = source.judgement
    skills = competencies(j)
    yield Draft(
        "competencies/",
        "Competencies",
        "competencies.html",
        {"views": skills},
        lede=f"{words.plural(len(skills), 'competency', 'competencies')}: what each level means, who needs it.",
        crumbs=(Crumb("Roles", "roles/"),),
        shows=tuple(one.ref.key for one in skills),
    )
    for one in skills:
        yield Draft(
            one.ref.url,
            one.ref.title,
            "competency.html",
            {"view": one, **link_panels(source, one.ref.key)},
            lede=f"{words.plural(len(one.roles), 'role needs', 'roles need')} it; {len(one.modules)} modules teach it.",
            crumbs=(Crumb("Competency", "competencies/"), Crumb(one.category)),
            shows=(one.ref.key,),
            source=one.ref.key,
            history=one.ref.key,
        )
    yield from _certificates(source)


def _certificates(source: SiteSource) -> Iterator[Draft]:
    j = source.judgement
    found = certifications(j)
    yield Draft(
        "certifications/",
        "Certifications",
        "certifications.html",
        {"views": found},
        lede=f"{words.plural(len(found), 'certificate')}, what each needs and what it lets people do.",
        crumbs=(Crumb("Roles", "roles/"),),
        shows=tuple(one.ref.key for one in found),
    )
    for one in found:
        lasts = f"valid {words.plural(one.valid_months, 'month')}" if one.valid_months else "without expiry"
        yield Draft(
            one.ref.url,
            one.ref.title,
            "certification.html",
            {"view": one, **link_panels(source, one.ref.key)},
            lede=f"Earned by {one.rule} {words.plural(len(one.needs), 'module')}, {lasts}.",
            crumbs=(Crumb("Certification", "certifications/"), Crumb(one.kind)),
            shows=(one.ref.key,),
            source=one.ref.key,
            history=one.ref.key,
        )
    yield from _permissions_and_pathways(j)


def _permissions_and_pathways(j: Judgement) -> Iterator[Draft]:
    lines = permissions(j)
    yield Draft(
        "permissions/",
        "Permissions",
        "permissions.html",
        {"lines": lines},
        lede=f"{words.plural(len(lines), 'permission')} in AI systems, each bound to a certificate.",
        crumbs=(Crumb("Roles", "roles/"),),
        actions=(("Who should have them (table)", ACCESS),),
        shows=tuple(line.ref.key for line in lines),
    )
    ways = pathways(j)
    yield Draft(
        "pathways/",
        "Pathways",
        "pathways.html",
        {"views": ways},
        lede=f"{words.plural(len(ways), 'pathway')} through the modules, one a group of roles.",
        crumbs=(Crumb("Roles", "roles/"),),
        shows=tuple(way.ref.key for way in ways),
    )
