"""The peers of history on pages: two git plug-ins of MkDocs, on the repository that ours is measured on.

Each asks git about page by page. What a plug-in costs is a build with it less the same build without, in the theme
that comes with MkDocs.
"""

import subprocess
import sys
from pathlib import Path

from tests.bench.frame import Sample, child_cpu

PAGES = 40
DATES, AUTHORS = "git-revision-date-localized", "git-authors"


def plugin_cost(repository: Path, plugin: str) -> Sample:
    """What a plug-in adds to a build of PAGES pages of the repository."""
    work_tree(repository)
    room = repository.parent
    plain, with_plugin = (settings(room, repository, *names) for names in ((), (plugin,)))
    return lambda: build(with_plugin, repository) - build(plain, repository)


def work_tree(repository: Path) -> None:
    """Check out the pages and no other file: the plug-ins ask about every file there is, whether it is built or not."""
    names = [f"content/notes/nte-{number}.md" for number in range(PAGES)]
    subprocess.run(["git", "checkout", "-q", "HEAD", "--", *names], cwd=repository, check=True)


def settings(room: Path, repository: Path, *plugins: str) -> Path:
    """The settings of a build with these plug-ins and no other."""
    path = room / f"{'-'.join(['mkdocs', *plugins])}.yml"
    path.write_text(
        f"site_name: Pages\ndocs_dir: {repository / 'content' / 'notes'}\nsite_dir: {room / 'pages'}\n"
        f"theme: mkdocs\nplugins: [{', '.join(plugins)}]\n",
        encoding="utf-8",
    )
    return path


def build(config: Path, repository: Path) -> float:
    """The CPU seconds of one build."""
    return child_cpu([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)], repository)
