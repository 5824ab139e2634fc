"""The house of the code: layers, a core without machine or clock, sizes that bound the tail."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator"
SHELL = ("__main__.py", "cli", "mkdocs_plugin.py", "mkdocs_plugin", "bootstrap.py", "adapters")
CLOCKS = {
    f"{owner}.{name}"
    for owner in ("datetime", "date", "datetime.datetime", "datetime.date")
    for name in ("now", "utcnow", "today")
}
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def core_modules() -> list[Path]:
    return [path for path in modules() if path.relative_to(PACKAGE).parts[0] not in SHELL]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: Function) -> int:
    """Lines of a function from its def to its end, the docstring left out."""
    docstring = 0
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        docstring = (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def says_why(path: Path) -> bool:
    """A long file is allowed when a comment at its top says why it is long."""
    head = path.read_text(encoding="utf-8").splitlines()[:15]
    return any(line.startswith("# Long because") for line in head)


def test_imports_follow_the_layers() -> None:
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as c; c()"]
    result = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", core_modules(), ids=name_of)
def test_core_reads_no_clock_and_opens_no_file(path: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in CLOCKS:
            found.append(f"{name_of(path)}:{node.lineno}: reads the clock ({ast.unparse(node.func)})")
        if isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input", "exec", "eval"}:
            found.append(f"{name_of(path)}:{node.lineno}: calls {node.func.id}()")
    assert found == []


@pytest.mark.parametrize("path", core_modules(), ids=name_of)
def test_core_opens_no_connection(path: Path) -> None:
    # import-linter sees a standard package as a whole, and urllib.parse is harmless.
    banned = {"urllib.request", "http.client", "http.server", "ftplib", "smtplib", "ssl"}
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            imported.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    assert imported & banned == set()


def test_files_are_short_or_say_why() -> None:
    long = [
        f"{name_of(path)}: {lines} lines"
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES and not says_why(path)
    ]
    assert long == []


def test_functions_are_short() -> None:
    long = [
        f"{name_of(path)}:{function.lineno}: {function.name} has {lines} lines"
        for path in modules()
        for function in functions(path)
        if (lines := body_lines(function)) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_functions_take_few_parameters() -> None:
    # A click command takes one parameter an option: the rule is for everything behind the command line.
    many = [
        f"{name_of(path)}:{function.lineno}: {function.name} takes {count} parameters"
        for path in modules()
        if "cli" not in path.relative_to(PACKAGE).parts
        for function in functions(path)
        if (count := parameters(function)) > MAX_PARAMETERS
    ]
    assert many == []


def parameters(function: Function) -> int:
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_public_things_have_a_docstring() -> None:
    bare = [
        f"{name_of(path)}:{node.lineno}: {node.name}"
        for path in modules()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    heavy = "weasyprint pyhanko pikepdf scipy mkdocs xlsxwriter openpyxl cryptography"
    code = f"import sys, generator.__main__; print([m for m in '{heavy}'.split() if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.strip(), result.stderr) == (0, "[]", "")
