"""The NICE workforce framework as a portal: work roles as roles; tasks, knowledge and skills as competencies."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.factories import minimal_files
from tests.sources import Source, yaml

FOLDER = "nice"
GROUPS = {"tasks": "task", "knowledges": "knowledge", "skills": "skill"}
ROLES = "registers/roles.yaml"
COMPETENCIES = "registers/competencies.yaml"
_LEVELS = ("none", "aware", "able", "expert", "guide")


@dataclass(frozen=True)
class Framework:
    """What the files say: items and roles by their identifiers, links (role, item), some to items not there."""

    items: Mapping[str, dict[str, Any]]
    roles: Mapping[str, dict[str, Any]]
    links: tuple[tuple[str, str], ...]

    @property
    def dangling(self) -> tuple[tuple[str, str], ...]:
        """The links that lead to no item."""
        return tuple(link for link in self.links if link[1] not in self.items)


def read_framework(folder: Path) -> Framework:
    """The framework as the files have it; nothing is mended."""
    items = {
        value["uuid"]: {**value, "group": word} for name, word in GROUPS.items() for value in _values(folder, name)
    }
    roles = {value["uuid"]: value for value in _values(folder, "work_roles")}
    links = ((uuid, link["dest-uuid"]) for uuid, role in roles.items() for link in role["related"])
    return Framework(items, roles, tuple(links))


def _values(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    found = json.loads((folder / FOLDER / f"nice-framework-{name}.json").read_text(encoding="utf-8"))
    yield from found["values"]


def nice_files(framework: Framework) -> dict[str, bytes]:
    """The sources of a portal: only the settings and these two registers."""
    files = {"portal.yaml": minimal_files()["portal.yaml"]}
    names = {uuid: competency_id(framework, uuid) for _, uuid in framework.links} | {
        uuid: competency_id(framework, uuid) for uuid in framework.items
    }
    competencies: list[Source] = [_competency(names[uuid], item) for uuid, item in framework.items.items()]
    scale: list[Source] = [{"level": str(level), "name": name} for level, name in enumerate(_LEVELS)]
    roles: list[Source] = [_role(role, names) for role in framework.roles.values()]
    files[COMPETENCIES] = yaml({"scale": scale, "competencies": competencies}).removeprefix("\n").encode()
    files[ROLES] = yaml(roles).removeprefix("\n").encode()
    return files


def competency_id(framework: Framework, uuid: str) -> str:
    """cmp- and the item's own code such as k1082; the whole identifier of an item that does not exist."""
    item = framework.items.get(uuid)
    return f"cmp-{_code(item) if item else uuid}"


def role_id(role: Mapping[str, Any]) -> str:
    """rol- and the role's own code such as og-wrl-015."""
    return f"rol-{_code(role)}"


def _code(value: Mapping[str, Any]) -> str:
    code = str(value["value"]).rpartition(" - ")[2]
    assert re.fullmatch(r"[A-Z0-9-]+", code), code
    return code.lower()


def _title(value: Mapping[str, Any]) -> str:
    return str(value["value"]).rpartition(" - ")[0].strip()


def _competency(key: str, item: Mapping[str, Any]) -> Source:
    text = " ".join(str(item["description"]).split())
    return {"id": key, "title": _title(item), "category": str(item["group"]), "levels": {"1": text}}


def _role(role: Mapping[str, Any], names: Mapping[str, str]) -> Source:
    levels: dict[str, Source] = {names[link["dest-uuid"]]: "1" for link in role["related"]}
    return {
        "id": role_id(role),
        "title": _title(role),
        "line_of_defence": "1",
        "ai_exposure": "medium",
        "population": [{"source": "hr-job-family", "codes": [role_id(role).upper()]}],
        "nice": [str(role["value"]).rpartition(" - ")[2]],
        "competencies": levels,
    }
