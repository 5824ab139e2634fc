"""What may come after the base pack, object by object: signatures into the fields that wait for them, and nothing else.

A pack's base is proven byte for byte by its rebuild; this policy proves that no later revision redefines what the base
says. Every object that a revision writes anew is compared with what it was before. Allowed are

1. the catalog, with a document security store (/DSS) added or renewed and /Perms added once; the first revision
   after the base may also name a newer PDF version and its extensions;
2. the form dictionary, with other signature flags (/SigFlags);
3. a signature field of the base, with its empty value filled once;
4. what the security store alone is made of, and objects that did not exist before: nothing older refers to them.

All else is refused, also what a reader would not show. pyHanko's own policy accepts more (annotations, new fields,
metadata) and walks every path through the structure tree: 40 s of CPU time for 60 tagged pages where this takes 1 s.
"""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import DiffPolicy, DiffResult, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

_CATALOG = frozenset({"/DSS", "/Perms", "/AcroForm"})
_FIRST = frozenset({"/Version", "/Extensions"})
_FORM = frozenset({"/SigFlags"})
_FIELD = frozenset({"/V"})


class PlacedFieldsPolicy(DiffPolicy):
    """Signatures in the base's own empty fields, time-stamps and validation data; anything else is suspicious."""

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,  # noqa: ARG002 - the interface's signature
        doc_mdp: MDPPerm | None = None,  # noqa: ARG002 - pyHanko holds the level against it
    ) -> DiffResult:
        """How much the newer revision changes. Raises SuspiciousModification."""
        if new.refs_freed_in_revision():
            raise SuspiciousModification("objects are deleted")
        if old.root_ref != new.root_ref:
            raise SuspiciousModification("the catalog is another object")
        review = _Review(old, new)
        for reference in new.explicit_refs_in_revision():
            review.take(reference)
        level = ModificationLevel.FORM_FILLING if review.signed else ModificationLevel.LTA_UPDATES
        return DiffResult(level, set(review.signed))

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult | SuspiciousModification:
        """Each revision held against the one before it, from the signed one to the last."""
        first = base_revision if isinstance(base_revision, int) else base_revision.revision
        level, fields = ModificationLevel.NONE, set[str]()
        for revision in range(first + 1, reader.xrefs.total_revisions):
            old, new = (reader.get_historical_resolver(number) for number in (revision - 1, revision))
            try:
                found = self.apply(old, new, field_mdp_spec, doc_mdp)
            except SuspiciousModification as error:
                return error
            level = max(level, found.modification_level)
            fields |= found.changed_form_fields
        return DiffResult(level, fields)


class _Review:
    """The objects of one revision against the one before; `signed` are the fields that got a signature."""

    def __init__(self, old: HistoricalResolver, new: HistoricalResolver) -> None:
        self.old, self.new = old, new
        self.root = old.root_ref
        self.form_ref = _reference(old.root, "/AcroForm")
        form = _value(old.root, "/AcroForm")
        self.fields = {field.reference for field in _raw_items(_value(form, "/Fields") if form else None)}
        # What the store refers to may be renewed only if it came with a store: a revision could make a page of the
        # base part of it, and the next one replace that page.
        base = old.reader.get_historical_resolver(0)
        mine = {self.root, self.form_ref, *self.fields, *_values(self.fields, old)}
        self.store = {each for each in _closure(old.root, "/DSS") - mine if _object(base, each) is None}
        self.signed: set[str] = set()

    def take(self, reference: Any) -> None:
        """One object that the revision writes."""
        before = _object(self.old, reference)
        if before is None or reference in self.store or _is_container(before):
            return
        after = _object(self.new, reference)
        if reference == self.root:
            self.catalog(before, after)
        elif reference == self.form_ref:
            _same_but(before, after, _FORM, "the form")
        elif reference in self.fields:
            self.field(before, after)
        elif before != after:
            raise SuspiciousModification(f"object {reference.idnum} of the base is replaced")

    def catalog(self, before: Any, after: Any) -> None:
        _same_but(before, after, _CATALOG | (frozenset() if self.old.revision else _FIRST), "the catalog")
        if "/Perms" in before and _raw(before, "/Perms") != _raw(after, "/Perms"):
            raise SuspiciousModification("the permissions are replaced")
        old_form, new_form = _raw(before, "/AcroForm"), _raw(after, "/AcroForm")
        if isinstance(old_form, generic.DictionaryObject) and isinstance(new_form, generic.DictionaryObject):
            _same_but(old_form, new_form, _FORM, "the form")
        elif old_form != new_form:
            raise SuspiciousModification("the form is another object")

    def field(self, before: Any, after: Any) -> None:
        _same_but(before, after, _FIELD, "a signature field")
        if "/V" in before and _raw(before, "/V") != _raw(after, "/V"):
            raise SuspiciousModification("a signature is replaced or removed")
        if "/V" not in before and "/V" in after and after["/V"]["/Type"] != "/DocTimeStamp":
            self.signed.add(str(after["/T"]))


def _same_but(before: Any, after: Any, allowed: frozenset[str], name: str) -> None:
    """Two dictionaries differ in the allowed entries only. Raises SuspiciousModification."""
    if not isinstance(before, generic.DictionaryObject) or not isinstance(after, generic.DictionaryObject):
        raise SuspiciousModification(f"{name} is no dictionary")
    for entry in before.keys() | after.keys():
        if str(entry) not in allowed and _raw(before, entry) != _raw(after, entry):
            raise SuspiciousModification(f"{name} has another {entry}")


def _values(fields: set[Any], resolver: HistoricalResolver) -> set[Any]:
    """The signatures that the fields hold."""
    return {_reference(_object(resolver, each) or generic.DictionaryObject(), "/V") for each in fields}


def _value(dictionary: Any, entry: str) -> Any:
    return dictionary[entry] if entry in dictionary else None  # noqa: SIM401 - pyHanko's get() does not resolve references


def _raw(dictionary: Any, entry: str) -> Any:
    return dictionary.raw_get(entry) if entry in dictionary else None


def _reference(dictionary: Any, entry: str) -> Any:
    value = _raw(dictionary, entry)
    return value.reference if isinstance(value, generic.IndirectObject) else None


def _raw_items(array: Any) -> list[Any]:
    items = [array.raw_get(index) for index in range(len(array))] if array else []
    return [item for item in items if isinstance(item, generic.IndirectObject)]


def _object(resolver: HistoricalResolver, reference: Any) -> Any:
    """The object in that revision, or None where it does not exist yet."""
    try:
        found = resolver.get_object(reference)
    except (KeyError, PdfReadError):
        return None
    return None if isinstance(found, generic.NullObject) else found


def _is_container(value: Any) -> bool:
    """Cross-reference and object streams hold other objects, each of which is reviewed on its own."""
    return isinstance(value, generic.StreamObject) and "/Type" in value and value["/Type"] in ("/XRef", "/ObjStm")


def _closure(dictionary: Any, entry: str) -> set[Any]:
    """Every object that the entry is made of."""
    found: set[Any] = set()
    waiting = [_raw(dictionary, entry)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if value.reference in found:
                continue
            found.add(value.reference)
            value = value.get_object()
        if isinstance(value, generic.DictionaryObject):
            waiting.extend(_raw(value, name) for name in value)
        elif isinstance(value, generic.ArrayObject):
            waiting.extend(value.raw_get(index) for index in range(len(value)))
    return found
