"""Values as YAML on one line, written so that our readers, which guess no types, read the same again."""

from typing import Any

import yaml

Value = str | list["Value"] | dict[str, "Value"] | None


class _Dumper(
    yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.representer.BaseRepresenter, yaml.resolver.BaseResolver
):
    """Writes text plain wherever YAML allows it: our readers guess no types."""

    def __init__(self, stream: Any, **options: Any) -> None:
        yaml.emitter.Emitter.__init__(self, stream, width=1 << 30, allow_unicode=True)
        yaml.serializer.Serializer.__init__(self)
        yaml.representer.BaseRepresenter.__init__(self, default_flow_style=True, sort_keys=False)
        yaml.resolver.BaseResolver.__init__(self)
        self.options = options

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class asks with the value
        """Never an alias."""
        return True


_Dumper.add_representer(str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value))
_Dumper.add_representer(list, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value))
_Dumper.add_representer(dict, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value))


def written(value: Value) -> str:
    """A value on one line, in flow style."""
    text = yaml.dump(value, Dumper=_Dumper)
    return str(text).removesuffix("\n").removesuffix("\n...").strip()
