"""What writers of other distributions hand over: nobody has type-checked it."""

from __future__ import annotations

from dataclasses import replace

from coursepack import plugins
from coursepack.files.member import Member
from coursepack.model.artifact import Artifact, Written

_KINDS = {"container": ("file", "zip"), "audience": ("student", "teacher")}


def sound(written: object, point: plugins.PluginPoint) -> Written:
    """``written``, every part of its type. Raises ``PluginError``."""
    if not isinstance(written, Written):
        raise point.error(f"gave {type(written).__name__}, expected Written")
    artifacts = plugins.each(written.artifacts, (Artifact,), point, "its artifacts")
    return Written(
        tuple(_artifact(artifact, point) for artifact in artifacts),
        plugins.findings(written.findings, point),
    )


def _artifact(artifact: Artifact, point: plugins.PluginPoint) -> Artifact:
    for name in ("name", "title", "format"):
        if not isinstance(getattr(artifact, name), str):
            raise point.error(f"gave an artifact whose {name} is no text")
    if artifact.format != point.name:
        raise point.error(f"gave an artifact of the format {artifact.format!r}, expected its own, {point.name!r}")
    for name, expected in _KINDS.items():
        if getattr(artifact, name) not in expected:
            raise point.error(f"gave an artifact whose {name} is none of {', '.join(expected)}")
    members = tuple(plugins.each(artifact.members, (Member,), point, "the members of an artifact"))
    for member in members:
        if not isinstance(member.path, str) or not (isinstance(member.content, bytes) or callable(member.content)):
            raise point.error("gave a member whose path is no text, or whose content is neither bytes nor a function")
    if artifact.container == "file" and len(members) != 1:
        raise point.error(f"gave a file of {len(members)} members, expected one")
    layers = tuple(plugins.each(artifact.layers, (str,), point, "the layers of an artifact"))
    return replace(artifact, members=members, layers=layers)
