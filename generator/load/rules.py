"""The rules that loading itself judges: form of files, fields, ids, links and privacy."""

from generator.errors import Severity
from generator.model.kind import Rule


def _rule(code: str, title: str, why: str, remedy: str) -> Rule:
    return Rule(code, Severity.ERROR, title, why, remedy, "{message}")


LOAD_RULES: tuple[Rule, ...] = (
    _rule(
        "LAY001",
        "Every file belongs to a kind",
        "A misspelt folder or file name would drop evidence without a word.",
        "Rename or move the file to a place of the data model, or delete it.",
    ),
    _rule(
        "PII001",
        "No personal data",
        "Git history cannot be unpublished; people are named in HR's own systems only.",
        "Name a seat or a functional mailbox; keep personal numbers in the records store and cite held_at.",
    ),
    _rule(
        "REF001",
        "Ids are unique",
        "Two records of one id make every link to it ambiguous.",
        "Give one of them its own id.",
    ),
    _rule(
        "REF002",
        "Links name records that exist",
        "A dangling link is evidence that points nowhere.",
        "Correct the id, or add the record.",
    ),
    _rule(
        "REF003",
        "Links name records of the right kind",
        "A role where a module belongs would be counted wrongly.",
        "Name a record of the kind asked for.",
    ),
    _rule(
        "REF004",
        "No circles",
        "A record that depends on itself through others can never be satisfied.",
        "Remove one of the links of the circle.",
    ),
    _rule(
        "SCH001",
        "Fields are known and of their type",
        "An unknown or mistyped field is dropped evidence.",
        "Correct the field's name or value; `roadmap schema` lists them.",
    ),
    _rule("SCH002", "Required fields are there", "A record without it cannot be judged.", "Add the field."),
    _rule(
        "SCH003",
        "Ids have their form",
        "An id is file name, address and anchor at once.",
        "Write a three-letter prefix of the kind and lower-case words joined by hyphens.",
    ),
    _rule(
        "SCH004",
        "A file is named after its id",
        "A record is found by its id; two names for one thing drift apart.",
        "Rename the file or correct the id.",
    ),
    _rule(
        "SRC001", "Files are UTF-8 in NFC", "Other encodings read differently on other machines.", "Save as UTF-8, NFC."
    ),
    _rule(
        "SRC002",
        "No control or invisible characters",
        "They make a text read differently than it is (Trojan Source).",
        "Delete the character, or save the file as the message says.",
    ),
    _rule("SRC003", "Keys stand once", "Readers keep the last of two silently.", "Keep one of them."),
    _rule("SRC004", "No anchors, aliases or merge keys", "They hide and multiply content.", "Write the value out."),
    _rule("SRC005", "No tags", "Tags change how a value is read.", "Delete the tag."),
    _rule("SRC006", "At most 32 levels", "Deep nesting exhausts readers.", "Make the structure flatter."),
    _rule("SRC007", "Files have bounded size", "A huge file stops every build.", "Split the file."),
    _rule("SRC008", "Keys and texts are ordinary", "Keys are text, texts are at most 64 KiB.", "Shorten or split it."),
    _rule("SRC009", "Files are readable", "What cannot be read cannot be judged.", "Correct the syntax at this place."),
    _rule("SRC010", "Tables are rectangular", "A lost quote can swallow a thousand rows.", "Correct the table here."),
)

REMEDIES = {rule.code: rule.remedy for rule in LOAD_RULES}
