"""Signatures and time stamps of others: what is sound, and that each forgery is found. ``openssl`` judges as well."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core, tsp
from asn1crypto import ocsp as asn1ocsp
from asn1crypto import pdf as asn1pdf
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp

from coursepack.cli import cli
from coursepack.files.package import Package
from coursepack.place import CoursepackError
from coursepack.registrar.archive import archive
from coursepack.registrar.signatures import digests, package_signatures, store
from coursepack.registrar.signatures.protocol import SignatureResult, Trust
from coursepack.registrar.verify import verify
from tests.registrar.authority import Authority
from tests.registrar.conftest import REGISTERED

WHO = "Ахметова Айгүл"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("ca") / "own")
    made.issue("signer", WHO)
    made.issue("revoked", "Бұрынғы Қызметкер")
    made.issue("expired", "Ескі Куәлік", start="200101000000Z", end="210101000000Z")
    made.issue("tsa", "Уақыт белгісі", "stamper")
    made.revoke("revoked")
    made.crl()
    return made


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("ca") / "other", "Бөтен түбір")
    made.issue("signer", WHO)
    made.issue("tsa", "Бөтен уақыт", "stamper")
    return made


@pytest.fixture(scope="module")
def trust(own: Authority) -> Trust:
    return store.read([own.pem("root")], [own.folder / "list.crl"], None)


def judged(folder: Path, trust: Trust) -> dict[str, list[SignatureResult]]:
    found: dict[str, list[SignatureResult]] = {}
    for one in package_signatures.judge(Package.of_path(folder), trust):
        found.setdefault(one.file, []).append(one)
    return found


def codes(found: list[SignatureResult]) -> list[str]:
    return [f.code for one in found for f in one.findings if f.severity != "note"]


def changed(path: Path, act: Callable[[cms.ContentInfo], object]) -> None:
    """Change the structure of a CMS and write it again."""
    content = cms.ContentInfo.load(path.read_bytes())
    act(content)
    path.write_bytes(content.dump(force=True))


def attribute(content: cms.ContentInfo, name: str) -> cms.CMSAttribute:
    (found,) = [a for a in content["content"]["signer_infos"][0]["signed_attrs"] if a["type"].native == name]
    return found


def other_digest(content: cms.ContentInfo) -> None:
    attribute(content, "message_digest")["values"][0] = cms.OctetString(digests.of_bytes(b"another text", "sha256"))


def gost(content: cms.ContentInfo) -> None:
    info = content["content"]["signer_infos"][0]
    info["digest_algorithm"] = cms.DigestAlgorithm({"algorithm": "1.2.643.7.1.1.2.2"})
    info["signature_algorithm"] = cms.SignedDigestAlgorithm({"algorithm": "1.2.643.7.1.1.3.2"})
    attribute(content, "message_digest")["values"][0] = cms.OctetString(digests.of_bytes(b"text", "streebog256"))


def flipped(path: Path, back: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[-back] ^= 1
    path.write_bytes(data)


def openssl_says(file: Path, signature: Path, own: Authority) -> bool:
    """The verdict of ``openssl cms -verify`` or ``ts -verify``."""
    root = str(own.pem("root"))
    command = ["cms", "-verify", "-binary", "-inform", "DER", "-in", str(signature), "-content", str(file)]
    command += ["-CAfile", root, "-purpose", "any", "-out", "/dev/null"]
    if signature.suffix == ".tsr":
        command = ["ts", "-verify", "-data", str(file), "-in", str(signature), "-CAfile", root]
    return subprocess.run(["openssl", *command], capture_output=True).returncode == 0


def test_each_forgery_is_found_and_openssl_agrees(
    own: Authority, other: Authority, trust: Trust, tmp_path: Path
) -> None:
    expected: dict[str, list[str]] = {}

    def case(name: str, ending: str, *found: str) -> Path:
        (tmp_path / name).write_bytes(b"text")
        expected[f"{name}{ending}"] = list(found)
        return tmp_path / name

    own.sign(case("good", ".p7s"))
    own.sign(case("pem", ".cms"), out=tmp_path / "pem.cms")
    text = subprocess.run(["openssl", "cms", "-cmsout", "-inform", "DER", "-in", str(tmp_path / "pem.cms")],
                          capture_output=True).stdout  # fmt: skip
    assert b"PKCS7" in text or b"MIME" in text
    own.sign(case("attached", ".p7m"), out=tmp_path / "attached.p7m", name="signer")
    own.stamp(case("stamped", ".tsr"))
    own.sign(case("file-changed", ".p7s", "signature-digest")).with_suffix("").write_bytes(b"texT")
    flipped(own.sign(case("flipped", ".p7s", "signature-forged")))
    changed(own.sign(case("attribute", ".p7s", "signature-digest", "signature-forged")), other_digest)
    other.sign(case("chain", ".p7s", "signature-unproven"))
    own.sign(case("revoked", ".p7s", "signature-revoked"), name="revoked")
    own.sign(case("expired", ".p7s", "signature-expired"), name="expired")
    own.sign(case("not-for-signing", ".p7s"), name="tsa")
    own.stamp(case("stamp-of-another", ".tsr", "signature-stamp")).with_suffix("").write_bytes(b"other")
    flipped(own.stamp(case("stamp-forged", ".tsr", "signature-forged")))
    other.stamp(case("stamp-chain", ".tsr", "signature-unproven"))
    (case("junk", ".p7s", "signature-broken").with_name("junk.p7s")).write_bytes(b"signature")
    (case("junk-stamp", ".tsr", "signature-broken").with_name("junk-stamp.tsr")).write_bytes(b"\x30\x03\x02\x01\x02")
    (case("cut", ".p7s", "signature-broken").with_name("cut.p7s")).write_bytes(
        (tmp_path / "good.p7s").read_bytes()[:-9]
    )
    changed(own.sign(case("gost", ".p7s", "signature-unjudged")), gost)
    changed(own.sign(case("gost-other", ".p7s", "signature-digest", "signature-unjudged")), gost)
    (tmp_path / "gost-other").write_bytes(b"texT")
    own.sign(case("alone", ".p7s", "signature-file-missing")).with_suffix("").unlink()
    case("letter", ".asc", "signature-unjudged").with_name("letter.asc").write_bytes(b"-----BEGIN PGP SIGNATURE-----\n")
    case("letter", ".sig", "signature-broken").with_name("letter.sig").write_bytes(b"junk")

    found = judged(tmp_path, trust)
    assert {name: codes(each) for name, each in found.items()} == expected
    for name, (one,) in found.items():
        if name.startswith(("gost", "alone", "letter", "expired", "revoked")):
            continue  # openssl knows no GOST, is given no list, and asks the time of the certificate elsewhere
        assert openssl_says(tmp_path / one.of, tmp_path / name, own) == (one.state == "valid"), name
    (good,) = found["good.p7s"]
    assert (good.state, good.signer, good.chain) == ("valid", WHO, (WHO, "Түбір куәлік"))
    assert good.claimed
    assert good.claimed.endswith("Z")
    assert found["stamped.tsr"][0].stamped
    assert [one.state for one in found["gost.p7s"]] == ["unjudged"]
    (unknown,) = judged_one(tmp_path, "good", Trust())
    assert (unknown.state, codes([unknown])) == ("unproven", ["signature-unproven"])


def judged_one(folder: Path, name: str, trust: Trust) -> list[SignatureResult]:
    alone = folder / "alone-folder"
    alone.mkdir(exist_ok=True)
    for file in folder.glob(f"{name}*"):
        if file.is_file():
            shutil.copy(file, alone)
    (found,) = judged(alone, trust).values()
    shutil.rmtree(alone)
    return found


def test_a_stamp_inside_a_signature_proves_when(own: Authority, other: Authority, tmp_path: Path) -> None:
    """The certificate has expired years later; what was stamped before stays proven, what was not does not."""
    later = Trust(store.read([own.pem("root")], [], None).roots, at="2040-01-01")
    for name, stamper in (("with", own), ("without", None), ("foreign", other)):
        (tmp_path / name).write_bytes(b"text")
        path = own.sign(tmp_path / name)
        if stamper:
            value = tmp_path / "value"
            content = cms.ContentInfo.load(path.read_bytes())
            info = content["content"]["signer_infos"][0]
            value.write_bytes(info["signature"].native)
            token = tsp.TimeStampResp.load(stamper.stamp(value).read_bytes())["time_stamp_token"]
            info["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [token]}]
            path.write_bytes(content.dump())
            value.unlink()
            value.with_name("value.tsr").unlink()
    found = judged(tmp_path, later)
    assert codes(found["with.p7s"]) == []
    assert found["with.p7s"][0].stamped
    assert codes(found["without.p7s"]) == ["signature-expired"]
    assert found["without.p7s"][0].findings[-2].severity == "warning"
    assert codes(found["foreign.p7s"]) == ["signature-unproven", "signature-expired"]
    assert found["foreign.p7s"][0].state == "unproven"


def test_checksums_of_gost_are_those_of_the_standard() -> None:
    """GOST R 34.11-2012, A.1 (RFC 6986, 10.1): the first example."""
    example = b"012345678901234567890123456789012345678901234567890123456789012"
    short = "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
    long = "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
    long += "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
    assert [(digests.of_bytes(example, f"streebog{bits}") or b"").hex() for bits in (256, 512)] == [short, long]


def test_signatures_inside_a_pdf(own: Authority, trust: Trust, tmp_path: Path) -> None:
    from pyhanko import keys
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers, timestamps

    from tests.registrar.papers import one_page

    pems: Any = keys  # has no types
    pdf_objects: Any = generic
    loaded: Any = signers.SimpleSigner  # has no types
    signer = loaded.load(str(own.key("signer")), str(own.pem("signer")), ca_chain_files=())
    assert signer
    with (tmp_path / "good.pdf").open("wb+") as out:
        plain = tmp_path / "plain.bin"
        plain.write_bytes(one_page())
        with plain.open("rb") as source:
            signers.sign_pdf(
                IncrementalPdfFileWriter(source), signers.PdfSignatureMetadata(field_name="Қол"), signer, output=out
            )
    data = (tmp_path / "good.pdf").read_bytes()
    stamper = timestamps.DummyTimeStamper(
        tsa_cert=pems.load_cert_from_pemder(str(own.pem("tsa"))),
        tsa_key=pems.load_private_key_from_pemder(str(own.key("tsa")), None),
    )
    with (tmp_path / "good.pdf").open("rb") as source, (tmp_path / "stamped.pdf").open("wb+") as out:
        signers.PdfTimeStamper(stamper).timestamp_pdf(IncrementalPdfFileWriter(source), "sha256", output=out)
    (tmp_path / "changed.pdf").write_bytes(data.replace(b"(Syllabus)", b"(syllabus)"))
    (tmp_path / "comment.pdf").write_bytes(data + b"\n% more\n")
    with (tmp_path / "good.pdf").open("rb") as source, (tmp_path / "added.pdf").open("wb") as out:
        turned: Any = IncrementalPdfFileWriter(source)
        page = turned.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = pdf_objects.NumberObject(180)
        turned.update_container(page)
        turned.write(out)
    (tmp_path / "unsigned.pdf").write_bytes(one_page())
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7 /ByteRange junk")
    found = judged(tmp_path, trust)
    assert {name: codes(each) for name, each in found.items()} == {
        "added.pdf": ["signature-digest"],
        "changed.pdf": ["signature-digest"],
        "comment.pdf": [],
        "damaged.pdf": ["signature-broken"],
        "good.pdf": [],
        "stamped.pdf": [],
    }
    assert [(one.state, one.signer, bool(one.stamped)) for one in found["stamped.pdf"]] == [
        ("valid", WHO, False),
        ("valid", "Уақыт белгісі", True),
    ]
    assert (found["good.pdf"][0].signer, found["good.pdf"][0].kind) == (WHO, "pdf")


def test_archive_takes_signatures_along_and_refuses_those_of_other_bytes(
    made: Path, own: Authority, tmp_path: Path
) -> None:
    for name in ("src", "out"):
        shutil.copytree(made / name, tmp_path / name)
    product, source = tmp_path / "out/sample/sample.zip", tmp_path / "src/sample/кітап 1.txt"
    own.sign(product)
    own.stamp(source)
    done = archive(tmp_path / "out/sample", tmp_path / "bags", REGISTERED, [tmp_path / "src"])
    found = verify(done.path, store.read([own.pem("root")], [], None))
    assert [(one.file, one.of, one.state) for one in found.signatures] == [
        ("data/products/sample.zip.p7s", "data/products/sample.zip", "valid"),
        ("data/sources/кітап 1.txt.tsr", "data/sources/кітап 1.txt", "valid"),
    ]
    assert done.path.name != next((made / "bags").iterdir()).name
    product.with_name("sample.xml.p7s").write_bytes(product.with_name("sample.zip.p7s").read_bytes())
    with pytest.raises(CoursepackError, match="the signature does not match the file"):
        archive(tmp_path / "out/sample", tmp_path / "more", REGISTERED, [tmp_path / "src"])


def test_verify_says_who_signed(bag: Path, own: Authority) -> None:
    own.sign(bag / "tagmanifest-sha512.txt")
    run = CliRunner()
    root = ["--trust", str(own.pem("root")), "--crl", str(own.folder / "list.crl")]
    done = run.invoke(cli, ["verify", "--json", *root, str(bag)])
    (record,) = json.loads(done.output)
    (one,) = record["signatures"]
    assert (done.exit_code, one["state"], one["signer"], one["of"]) == (0, "valid", WHO, "tagmanifest-sha512.txt")
    (bag / "tagmanifest-sha512.txt.p7s").write_bytes(b"signature")
    assert run.invoke(cli, ["verify", *root, str(bag)]).exit_code == 1
    with pytest.raises(CoursepackError, match="holds no certificate"):
        store.read([bag / "bagit.txt"], [], None)
    with pytest.raises(CoursepackError, match="expected YYYY-MM-DD"):
        store.read([], [], "1.1.2027")


def test_without_the_libraries_it_is_told(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bag / "tagmanifest-sha512.txt.p7s").write_bytes(b"signature")
    monkeypatch.setattr(package_signatures, "_LIBRARIES", ("no_such_library",))
    (finding,) = verify(bag).findings
    assert (finding.code, finding.severity) == ("signature-unjudged", "warning")
    assert finding.advice == 'install them: pip install "coursepack[sign]"'
    with pytest.raises(CoursepackError, match="libraries for it are not installed"):
        store.read([bag / "bagit.txt"], [], None)


def test_a_foreign_trust_store_is_no_change_of_the_bag(bag: Path, own: Authority, other: Authority) -> None:
    own.sign(bag / "tagmanifest-sha512.txt")
    run = CliRunner()
    done = run.invoke(cli, ["verify", "--trust", str(other.pem("root")), str(bag)])
    assert done.exit_code == 1
    assert "the certificate does not lead to a trusted one [signature-unproven]" in done.output
    assert f"{bag}: complete and unchanged, but the identity of the signer is not proven" in done.output
    assert "not as it was archived" not in done.output
    (bag / "data/products/sample.xml").write_bytes(b"<quiz> </quiz>")
    done = run.invoke(cli, ["verify", "--trust", str(other.pem("root")), str(bag)])
    assert f"{bag}: not as it was archived" in done.output


# --- answers about revocation ----------------------------------------------------------------------------------------


def answer(by: Authority, about: Authority, name: str, revoked: dt.datetime | None = None) -> bytes:
    """An OCSP response of ``by`` about a certificate of ``about``."""
    issuer = x509.load_pem_x509_certificate(about.pem("root").read_bytes())
    signer = x509.load_pem_x509_certificate(by.pem("root").read_bytes())
    key = serialization.load_pem_private_key(by.key("root").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    now = dt.datetime.now(dt.UTC)
    made = ocsp.OCSPResponseBuilder().add_response(
        cert=x509.load_pem_x509_certificate(about.pem(name).read_bytes()),
        issuer=issuer,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=now - dt.timedelta(days=1),
        next_update=now + dt.timedelta(days=1),
        revocation_time=revoked,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    made = made.responder_id(ocsp.OCSPResponderEncoding.HASH, signer)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def carrying(path: Path, response: bytes) -> None:
    """Put an answer into a CMS as CAdES does (revocation-values)."""
    whole = asn1ocsp.OCSPResponse.load(response)["response_bytes"]["response"].parsed
    values = core.Sequence(contents=b"\xa1" + _long(core.SequenceOf([whole], spec=type(whole)).dump()))

    def act(content: cms.ContentInfo) -> None:
        kind = cms.CMSAttributeType("1.2.840.113549.1.9.16.2.24")
        held = cms.SetOfAny([core.Any.load(values.dump())])
        content["content"]["signer_infos"][0]["unsigned_attrs"] = [{"type": kind, "values": held}]

    changed(path, act)


def _long(data: bytes) -> bytes:
    size = len(data)
    return (bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")) + data


@pytest.mark.parametrize("inside", [True, False])
def test_answers_about_revocation_are_judged_offline(
    own: Authority, other: Authority, tmp_path: Path, inside: bool
) -> None:
    """A sound answer says whether a certificate was revoked; one that another signed says nothing."""
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    unknown = "signature-revocation"
    for name, response, expected in (
        ("good", answer(own, own, "signer"), ("valid", [])),
        ("revoked", answer(own, own, "signer", yesterday), ("invalid", ["signature-revoked"])),
        ("forged", answer(other, own, "signer", yesterday), ("valid", [unknown])),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.txt").write_bytes(b"text")
        path = own.sign(folder / "a.txt")
        kept = tmp_path / f"{name}.ors"
        kept.write_bytes(response)
        if inside:
            carrying(path, response)
        trust = store.read([own.pem("root")], [] if inside else [kept], None)
        (found,) = judged(folder, trust)["a.txt.p7s"]
        told = [one.code for one in found.findings if one.code.startswith("signature-rev")]
        assert (found.state, told) == expected, name


def in_cms(path: Path, response: bytes, own: Authority) -> None:
    """Among the ``crls`` of the CMS (RFC 5940)."""
    other = {"other_rev_info_format": "1.3.6.1.5.5.7.16.2", "other_rev_info": asn1ocsp.OCSPResponse.load(response)}

    def act(content: cms.ContentInfo) -> None:
        content["content"]["crls"] = [cms.RevocationInfoChoice({"other": cms.OtherRevocationInfoFormat(other)})]

    changed(path, act)


def archival(path: Path, response: bytes, own: Authority) -> None:
    """In Adobe's signed attribute (ISO 32000-2, 12.8.3.3.2); what is signed is signed again."""
    value = core.Sequence(contents=b"\xa1" + _long(core.SequenceOf([core.Any.load(response)], spec=core.Any).dump()))
    key = serialization.load_pem_private_key(own.key("signer").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)

    def act(content: cms.ContentInfo) -> None:
        info = content["content"]["signer_infos"][0]
        kind = cms.CMSAttributeType("1.2.840.113583.1.1.8")
        values = asn1pdf.SetOfRevocationInfoArchival([asn1pdf.RevocationInfoArchival.load(value.dump())])
        held = cms.CMSAttribute({"type": kind, "values": values})
        info["signed_attrs"] = cms.CMSAttributes([*info["signed_attrs"], held])
        info["signature"] = key.sign(info["signed_attrs"].untag().dump(force=True), ec.ECDSA(hashes.SHA256()))

    changed(path, act)


@pytest.mark.parametrize("put", [in_cms, archival])
def test_answers_are_found_wherever_a_cms_carries_them(
    own: Authority, other: Authority, tmp_path: Path, put: Callable[[Path, bytes, Authority], None]
) -> None:
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    for name, response, expected in (
        ("good", answer(own, own, "signer"), ("valid", [])),
        ("revoked", answer(own, own, "signer", yesterday), ("invalid", ["signature-revoked"])),
        ("forged", answer(other, own, "signer", yesterday), ("valid", ["signature-revocation"])),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(b"text")
        put(own.sign(tmp_path / name / "a.txt"), response, own)
        (found,) = judged(tmp_path / name, store.read([own.pem("root")], [], None))["a.txt.p7s"]
        told = [one.code for one in found.findings if one.code.startswith("signature-rev")]
        assert (found.state, told) == expected, (name, [str(one) for one in found.findings])


def test_answers_are_found_in_the_store_of_a_pdf(own: Authority, tmp_path: Path) -> None:
    """The DSS of PAdES (ETSI EN 319 142-1, 5.4.2), and a revocation list in it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    from tests.registrar.papers import one_page

    loaded: Any = signers.SimpleSigner  # has no types
    dss: Any = DocumentSecurityStore
    signer = loaded.load(str(own.key("signer")), str(own.pem("signer")), ca_chain_files=())
    plain, signed = tmp_path / "plain.bin", tmp_path / "signed.bin"
    plain.write_bytes(one_page())
    with plain.open("rb") as source, signed.open("wb+") as out:
        signers.sign_pdf(
            IncrementalPdfFileWriter(source), signers.PdfSignatureMetadata(field_name="A"), signer, output=out
        )
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    answers = {"good": answer(own, own, "signer"), "revoked": answer(own, own, "signer", yesterday)}
    for name, response in answers.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(signed.read_bytes())
        with path.open("rb+") as out:
            dss.add_dss(out, sig_contents=None, ocsps=[asn1ocsp.OCSPResponse.load(response)], crls=[])
    (tmp_path / "without.pdf").write_bytes(signed.read_bytes())
    found = judged(tmp_path, store.read([own.pem("root")], [], None))
    assert {
        name: (one.state, [each.code for each in one.findings if each.code.startswith("signature-rev")])
        for name, (one,) in found.items()
    } == {
        "good.pdf": ("valid", []),
        "revoked.pdf": ("invalid", ["signature-revoked"]),
        "without.pdf": ("valid", ["signature-revocation"]),
    }


def test_an_archive_time_stamp_is_named(own: Authority, trust: Trust, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    path = own.sign(tmp_path / "a.txt")
    token = tsp.TimeStampResp.load(own.stamp(tmp_path / "a.txt").read_bytes())["time_stamp_token"]

    def act(content: cms.ContentInfo) -> None:
        kind = cms.CMSAttributeType("0.4.0.1733.2.4")
        held = cms.SetOfAny([core.Any.load(token.dump())])
        content["content"]["signer_infos"][0]["unsigned_attrs"] = [{"type": kind, "values": held}]

    changed(path, act)
    (tmp_path / "a.txt.tsr").unlink()
    (found,) = judged(tmp_path, trust)["a.txt.p7s"]
    (named,) = [one.message for one in found.findings if one.code == "signature-archive-stamp"]
    assert named.startswith("renewed for the archive (CAdES-A, archive-time-stamp v3): by Уақыт белгісі on ")
    assert "its own signature holds" in named
    assert found.state == "valid"
