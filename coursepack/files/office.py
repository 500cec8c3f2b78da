"""LibreOffice, when it is there: DOCX → PDF and legacy formats → DOCX. Outside the promise of equal bytes.

A document of a stranger may name macros, pictures and texts elsewhere. LibreOffice is told to follow none of it (its
settings), and it is not able to: it runs as ``isolated.program`` with a folder of its own, where all that it may write
lies; it reads that folder and installed programs only, and has no network. Settings hold everywhere, the rest where
``isolated.held`` says so.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from coursepack import isolated, limits
from coursepack.place import CoursepackError, Finding, Place, note

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)

_NOBODY = {"Name": "127.0.0.1", "Port": "9"}  # the discard service

# Settings of the profile, by the names of LibreOffice's own schema (officecfg: Inet.xcs, Office/Common.xcs,
# Office/Writer.xcs, Office/Java.xcs). DisableActiveContent is not among them: formulas are embedded objects and go too.
_SETTINGS: dict[str, dict[str, str]] = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",  # only macros from trusted places, and there is no such place
        "DisableMacrosExecution": "true",
        "OfficeBasic": "0",  # never
        "BlockUntrustedRefererLinks": "true",  # no links out of a document, pictures included
        "ExecutePlugins": "false",
        "DisablePythonRuntime": "true",
        "DisableOLEAutomation": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "0"},  # never updated
    "org.openoffice.Office.Java/VirtualMachine": {"Enable": "false"},
    "org.openoffice.Office.Common/Misc": {"CrashReport": "false"},
    # What a web page under the name of a document asks for goes to a proxy (2: as named here) that nobody is.
    "org.openoffice.Inet/Settings": {"ooInetProxyType": "2", "ooInetNoProxy": ""}
    | {f"ooInet{scheme}Proxy{what}": value for scheme in ("HTTP", "HTTPS", "FTP") for what, value in _NOBODY.items()},
}
_OOR = "http://openoffice.org/2001/registry"

# What a program needs to start on Linux, beside the folder that it is installed in.
_INSTALLED = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/snap", "/nix/store", "/gnu/store"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives"),
    *(
        "/etc/locale.alias",
        "/etc/nsswitch.conf",
        "/var/cache/fontconfig",
        "/var/lib/libreoffice",
        "/var/spool/libreoffice",
    ),
    *("/proc", "/sys/devices/system/cpu"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
)
_FONTS = (".fonts", ".local/share/fonts")
# Nothing else of our environment reaches it: no proxy, no session bus, no display.
_KEPT = ("PATH", "LANG", "LANGUAGE", "TZ", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "PROGRAMFILES", "PROGRAMDATA")

_LACKS: dict[isolated.Guard, str] = {
    "memory": "its memory is not limited",
    "network": "nothing but its own settings keeps it from the network",
    "writing": "nothing but its own settings keeps it from other files",
}


def program() -> str | None:
    """The LibreOffice program, or None."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return next((str(path) for path in _USUAL if path.is_file()), None)


def converted(name: str, data: bytes, target: str, *, read_as: str | None = None) -> bytes:
    """What LibreOffice makes of a document called ``name``: a ``target`` («pdf», «docx»).

    ``read_as`` names its import filter, so that it does not choose another one by the content. Raises
    ``CoursepackError`` when LibreOffice is missing, fails or needs more than ``office-…`` of limits.toml allow.
    """
    result, said = _run({name: data}, target, read_as, Place(name))
    if name not in result:
        raise CoursepackError(f"LibreOffice made no {target.upper()}: {said or 'no reason given'}", Place(name))
    return result[name]


def converted_all(
    files: Mapping[str, bytes], target: str, place: Place, *, read_as: str | None = None
) -> dict[str, bytes]:
    """The same of many files in one run, for it takes seconds to begin; without those that it makes nothing of.
    ``target`` may name its export filter and options («png:draw_png_Export:{…}»)."""
    return _run(files, target, read_as, place)[0] if files else {}


def _run(files: Mapping[str, bytes], target: str, read_as: str | None, place: Place) -> tuple[dict[str, bytes], str]:
    """What is made of each file, by its name, and what LibreOffice said."""
    soffice = program()
    ending = target.partition(":")[0]
    if soffice is None:
        raise CoursepackError(f"LibreOffice is needed to make {ending.upper()} of it", place, "install LibreOffice")
    with _scratch() as scratch:
        sources = {name: scratch / "in" / name for name in files}
        for name, source in sources.items():
            source.write_bytes(files[name])
        command = [soffice, f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless", "--norestore"]
        command += [f"--infilter={read_as}"] if read_as else []
        command += ["--convert-to", target, "--outdir", str(scratch / "out"), *map(str, sources.values())]
        _, said = isolated.program(
            command,
            place=place,
            budget=_budget(),
            writable=[scratch],
            readable=[*map(Path, _INSTALLED), Path(soffice).resolve().parent.parent, *_fonts(Path.home())],
            environment=_environment(scratch),
            scratch=scratch,
        )
        result = {name: scratch / "out" / f"{source.stem}.{ending}" for name, source in sources.items()}
        # A link in its place would be followed by us, who may read everything.
        return {n: path.read_bytes() for n, path in result.items() if path.is_file() and not path.is_symlink()}, said


def convert(path: Path, target: str, folder: Path, *, read_as: str | None = None) -> Path:
    """``converted`` from a file into ``folder``; the new file."""
    result = folder / f"{path.stem}.{target}"
    result.write_bytes(converted(path.name, path.read_bytes(), target, read_as=read_as))
    return result


def to_pdf(path: Path) -> Path:
    """A PDF beside a DOCX, without tags and no PDF/A. Raises ``CoursepackError``."""
    return convert(path, "pdf", path.parent)


def guards(place: Place) -> Iterator[Finding]:
    """A note of what this machine does not hold while LibreOffice opens a document."""
    if lacking := isolated.lacking(_LACKS):
        message = f"LibreOffice opened it with less isolation than usual: on this machine {lacking}"
        yield note("office-guards", message, place, "see docs/security.md")


def _budget() -> isolated.ChildBudget:
    now = limits.now()
    return isolated.ChildBudget(now.office_seconds, now.office_memory, now.office_written, local_sockets=True)


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    """A folder with all that LibreOffice writes: its profile and home, the source, the result. Removed always."""
    with tempfile.TemporaryDirectory(prefix="coursepack-office-", ignore_cleanup_errors=True) as name:
        scratch = Path(name).resolve()
        for part in ("in", "out", "home", "profile/user"):
            (scratch / part).mkdir(parents=True)
        (scratch / "profile/user/registrymodifications.xcu").write_bytes(_settings())
        for fonts, own in zip(_fonts(Path.home()), _fonts(scratch / "home"), strict=True):
            if fonts.is_dir():
                own.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(OSError):  # Windows keeps no fonts there
                    own.symlink_to(fonts.resolve(), target_is_directory=True)
        yield scratch


def _fonts(home: Path) -> list[Path]:
    return [home / folder for folder in _FONTS]


def _settings() -> bytes:
    items = etree.Element(f"{{{_OOR}}}items", nsmap={"oor": _OOR})
    for path, values in _SETTINGS.items():
        item = etree.SubElement(items, "item", {f"{{{_OOR}}}path": f"/{path}"})
        for name, value in values.items():
            prop = etree.SubElement(item, "prop", {f"{{{_OOR}}}name": name, f"{{{_OOR}}}op": "fuse"})
            etree.SubElement(prop, "value").text = value
    return etree.tostring(items, xml_declaration=True, encoding="UTF-8")


def _environment(scratch: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT or name.startswith("LC_")}
    own = dict.fromkeys(("HOME", "USERPROFILE"), str(scratch / "home"))
    temporary = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(scratch))
    return {**kept, **own, **temporary, "SAL_USE_VCLPLUGIN": "svp"}
