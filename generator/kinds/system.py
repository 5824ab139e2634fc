"""AI systems that staff use or oversee."""

from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import CertificationRef, RiskRef, RoleRef
from generator.model.fields import Text
from generator.model.kind import Kind, PageSpec, YamlList
from generator.model.record import Administrative


class System(Owned):
    """An AI system, its class under the AI Act, who uses and who oversees it."""

    title: Text = Field(description="Name of the system.")
    purpose: Text = Field(description="What it is used for.")
    status: Annotated[Literal["live", "planned", "retired"], Administrative()] = Field(
        "live", description="State of the system."
    )
    ai_act_class: Literal["prohibited", "high-risk", "limited", "minimal"] = Field(
        description="Class under the AI Act."
    )
    used_by: tuple[RoleRef, ...] = Field((), description="Roles that use it.")
    oversight_roles: tuple[RoleRef, ...] = Field((), description="Roles that oversee it.")
    requires_certification: CertificationRef | None = Field(None, description="What its overseers must hold.")
    risks: tuple[RiskRef, ...] = Field((), description="Risks that it brings.")


SYSTEM = Kind(
    "system",
    System,
    YamlList("registers/systems.yaml"),
    "AI system",
    "AI systems",
    prefix="sys",
    page=PageSpec("systems/{id}/"),
    pack_section="risks",
)
KINDS = (SYSTEM,)
