"""Pathways, certifications and the permissions that they open."""

from typing import Annotated, Literal

from pydantic import Field

from generator.kinds.common import Owned
from generator.kinds.links import BodyRef, CertificationRef, ModuleRef, OwnerRef, PermissionRef, RoleRef, SystemRef
from generator.model.fields import Count, Text
from generator.model.kind import Kind, PageSpec, YamlList
from generator.model.record import Administrative, Entity, Value


class Pathway(Owned):
    """An ordered way through modules for some roles."""

    title: Text = Field(description="Name of the pathway.")
    roles: tuple[RoleRef, ...] = Field(description="Roles that follow it.")
    steps: tuple[ModuleRef, ...] = Field(description="Modules in order.")
    leads_to: CertificationRef | None = Field(None, description="The certification at its end.")


class SomeOf(Value):
    """So many of these modules."""

    n: Count = Field(gt=0, description="How many.")
    modules: tuple[ModuleRef, ...] = Field(description="Of which modules.")


class Requires(Value):
    """What a certification asks for."""

    all_of: tuple[ModuleRef, ...] = Field((), description="Every one of these modules.")
    any_of: tuple[ModuleRef, ...] = Field((), description="At least one of these modules.")
    n_of: SomeOf | None = Field(None, description="So many of these modules.")

    def met_by(self, modules: frozenset[str]) -> bool:
        """Whether these completed modules are enough."""
        return (
            modules.issuperset(self.all_of)
            and (not self.any_of or not modules.isdisjoint(self.any_of))
            and (self.n_of is None or len(modules.intersection(self.n_of.modules)) >= self.n_of.n)
        )

    def modules(self) -> tuple[str, ...]:
        """Every module that is named, in written order."""
        return (*self.all_of, *self.any_of, *(self.n_of.modules if self.n_of else ()))


class Certification(Owned):
    """What a person holds after passing modules."""

    title: Text = Field(description="Name on the certificate.")
    kind: Literal["micro", "full"] = Field("full", description="Micro-certification or full certificate.")
    requires: Requires = Field(description="Modules to pass.")
    valid_months: Count | None = Field(None, description="Months until it expires.")
    issued_by: BodyRef = Field(description="The body that issues it.")
    credential: Literal["none", "open-badge-3.0"] = Field("none", description="Form of the credential.")
    grants: tuple[PermissionRef, ...] = Field((), description="Permissions that it opens.")


class Permission(Entity):
    """An entitlement in a system that asks for a certification."""

    title: Text | None = Field(None, description="Name of the permission.")
    system: SystemRef = Field(description="The AI system.")
    entitlement: Text = Field(description="What the holder may do.")
    requires: CertificationRef = Field(description="The certification that is asked for.")
    on_expiry: Literal["suspend", "review", "none"] = Field(description="What happens when the certificate expires.")
    grace_days: Count = Field(0, description="Days between expiry and consequence.")
    owner: Annotated[OwnerRef | None, Administrative()] = Field(None, description="Who answers for the entitlement.")


PATHWAY = Kind(
    "pathway",
    Pathway,
    YamlList("curriculum/pathways.yaml"),
    "Pathway",
    "Pathways",
    prefix="pth",
    page=PageSpec("pathways/", anchor=True),
    pack_section="curriculum-matrix",
)
CERTIFICATION = Kind(
    "certification",
    Certification,
    YamlList("curriculum/certifications.yaml"),
    "Certification",
    "Certifications",
    prefix="crt",
    page=PageSpec("certifications/{id}/"),
    pack_section="permissions",
)
PERMISSION = Kind(
    "permission",
    Permission,
    YamlList("curriculum/permissions.yaml"),
    "Permission",
    "Permissions",
    prefix="prm",
    page=PageSpec("permissions/", anchor=True),
    pack_section="permissions",
)
KINDS = (PATHWAY, CERTIFICATION, PERMISSION)
