"""A small certificate authority, made by ``openssl``: signers, a time stamp authority, revocation lists."""

from __future__ import annotations

import subprocess
from pathlib import Path

_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {root}
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:false
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
[stamper]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[ca]
default_ca = own
[own]
dir = {folder}
new_certs_dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
crlnumber = {folder}/crlnumber
certificate = {folder}/root.pem
private_key = {folder}/root.key
default_md = sha256
default_crl_days = 30
policy = any
copy_extensions = none
[any]
commonName = supplied
[tsa]
default_tsa = stamps
[stamps]
dir = {folder}
serial = {folder}/tsaserial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


def openssl(*arguments: str | Path) -> bytes:
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Authority:
    """``folder`` holds ``root.pem`` and what it issues: NAME.pem with NAME.key."""

    def __init__(self, folder: Path, root: str = "Түбір куәлік") -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.config = folder / "openssl.cnf"
        self.config.write_text(_CONFIG.format(folder=folder, root=root), "utf-8")
        (folder / "index.txt").touch()
        for name in ("serial", "crlnumber", "tsaserial"):
            (folder / name).write_text("1000\n")
        self._key("root")
        self._run("req", "-x509", "-new", "-utf8", "-key", self.key("root"), "-out", self.pem("root"),
                  "-days", "7300", "-extensions", "root")  # fmt: skip

    def pem(self, name: str) -> Path:
        return self.folder / f"{name}.pem"

    def key(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def issue(self, name: str, who: str, kind: str = "signer", start: str = "", end: str = "") -> Path:
        """A certificate; ``start`` and ``end`` as ``YYMMDDHHMMSSZ``."""
        self._key(name, rsa=kind == "stamper")
        request = self.folder / f"{name}.csr"
        self._run("req", "-new", "-utf8", "-key", self.key(name), "-out", request, "-subj", f"/CN={who}")
        span = ["-startdate", start, "-enddate", end] if start else ["-days", "3650"]
        self._run(
            "ca", "-batch", "-notext", "-utf8", "-in", request, "-out", self.pem(name), "-extensions", kind, *span
        )
        return self.pem(name)

    def revoke(self, name: str) -> None:
        self._run("ca", "-revoke", self.pem(name))

    def crl(self) -> Path:
        self._run("ca", "-gencrl", "-out", self.folder / "list.crl")
        return self.folder / "list.crl"

    def sign(self, file: Path, name: str = "signer", out: Path | None = None, *more: str) -> Path:
        """A detached CMS beside the file."""
        out = out or file.with_name(file.name + ".p7s")
        openssl("cms", "-sign", "-binary", "-in", file, "-signer", self.pem(name), "-inkey", self.key(name),
                "-outform", "DER", "-out", out, "-md", "sha256", *more)  # fmt: skip
        return out

    def stamp(self, file: Path, out: Path | None = None) -> Path:
        """A time stamp response beside the file."""
        query = self.folder / "query.tsq"
        out = out or file.with_name(file.name + ".tsr")
        self._run("ts", "-query", "-data", file, "-sha256", "-cert", "-out", query)
        self._run("ts", "-reply", "-queryfile", query, "-out", out)
        return out

    def _key(self, name: str, *, rsa: bool = False) -> None:
        kind = ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"] if rsa else ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        openssl("genpkey", "-algorithm", *kind, "-out", self.key(name))

    def _run(self, command: str, *arguments: str | Path) -> None:
        asks = command in {"req", "ca"} or "-reply" in arguments
        openssl(command, *(["-config", str(self.config)] if asks else []), *arguments)
