"""The limits that fields set are kept: a number beyond them is refused where it stands."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.kinds import KINDS
from generator.kinds.budget import BudgetLine
from generator.kinds.risk import Score
from generator.model.record import Value
from tests.factories import edited, judged, minimal_files


def classes(base: type[Value]) -> Iterator[type[Value]]:
    for found in base.__subclasses__():
        if found.__module__.startswith("generator."):
            yield found
        yield from classes(found)


def beyond(info: FieldInfo) -> Iterator[Decimal]:
    """Numbers just outside of a field's limits."""
    for item in info.metadata:
        for name, step in (("ge", -1), ("gt", 0), ("le", 1), ("lt", 0)):
            limit = getattr(item, name, None)
            if limit is not None:
                yield Decimal(str(limit)) + step


LIMITED = [
    pytest.param(record, name, str(number), id=f"{record.__name__}.{name}={number}")
    for record in dict.fromkeys(classes(Value))
    for name, info in record.model_fields.items()
    for number in beyond(info)
]


def test_there_are_limits() -> None:
    assert KINDS
    assert len(LIMITED) >= 10


@pytest.mark.parametrize(("record", "name", "number"), LIMITED)
def test_a_number_beyond_its_limit_is_refused(record: type[Value], name: str, number: str) -> None:
    with pytest.raises(ValidationError) as caught:
        record.model_validate({record.model_fields[name].alias or name: number})
    assert name in [detail["loc"][0] for detail in caught.value.errors() if detail["type"] != "missing"]


def test_what_is_allowed_is_told() -> None:
    problem = judged(edited(minimal_files(), "registers/risks.yaml", "likelihood: 4", "likelihood: 9")).roots[0]
    assert (problem.code, problem.message) == ("SCH001", 'inherent.likelihood: expected 5 or less, found "9"')
    problem = judged(edited(minimal_files(), "curriculum/modules/mod-basics.md", "minutes: 40", "minutes: 0")).roots[0]
    assert problem.message == 'minutes: expected more than 0, found "0"'


@pytest.mark.parametrize(("record", "name", "text"), [(Score, "likelihood", "4"), (BudgetLine, "amount", "4.00")])
def test_digits_are_those_of_ascii(record: type[Value], name: str, text: str) -> None:
    other = text.replace("0", "\u0660").replace("4", "1\u0664")
    with pytest.raises(ValidationError) as caught:
        record.model_validate({name: other})
    assert name in [detail["loc"][0] for detail in caught.value.errors() if detail["type"] != "missing"]
