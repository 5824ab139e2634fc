"""What this machine has: programs, libraries, versions. Asked by `roadmap doctor` only."""

import ctypes
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

_LIBRARIES = {
    "linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("libpango-1.0.0.dylib", "libpangoft2-1.0.0.dylib", "libharfbuzz-subset.0.dylib"),
}


class ThisMachine:
    """Fills ports.Machine."""

    def python(self) -> str:
        """The interpreter's version."""
        return platform.python_version()

    def program(self, name: str) -> str:
        """The first line a program prints for --version, or nothing where it is not installed."""
        path = shutil.which(name)
        if path is None:
            return ""
        try:
            done = subprocess.run([path, "--version"], capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        lines = (done.stdout or done.stderr).decode("utf-8", "replace").strip().splitlines()
        return lines[0] if lines else path

    def package(self, name: str) -> str:
        """The version of an installed Python package, or nothing."""
        try:
            return version(name)
        except PackageNotFoundError:
            return ""

    def missing_libraries(self) -> tuple[str, ...]:
        """Which of the text layout libraries that printing needs cannot be loaded."""
        names = _LIBRARIES.get(sys.platform, _LIBRARIES["linux"])
        return tuple(name for name in names if not _loads(name))

    def install_line(self) -> str:
        """The line that installs the libraries here."""
        if shutil.which("apt-get"):
            return "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        if shutil.which("dnf"):
            return "dnf install -y pango harfbuzz"
        return "brew install pango"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
