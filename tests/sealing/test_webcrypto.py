"""Our vectors in a browser and the browser's vectors here: both mean the same slots and envelopes."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path

import pytest

from browsing import chromium
from hosting import hosted
from intouch.sealing import slots
from intouch.sealing.envelopes import envelope_name, opened, sealed
from intouch.sealing.keys import derived
from intouch.sealing.lockfile import Lock, lock_value

pytestmark = pytest.mark.browser

PARTS = Path(__file__).parent.parent.parent / "src" / "intouch" / "sealing" / "browser" / "envelopes.js"

# The shell's own file opens; this seals, written from the description in docs/security.md alone.
SEALING = """
const hmac = async (key, data) => {
  const made = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", made, data));
};
const expand = async (key, info, salt, length = 32) => {
  const made = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text(`intouch 1 ${info}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, made, length * 8));
};
const padme = (size) => {
  if (size <= 4096) return 4096;
  const exponent = Math.floor(Math.log2(size));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(size / step) * step;
};
const sealEnvelope = async (root, path, content) => {
  const none = new Uint8Array();
  const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const [read, siv, names] = await Promise.all(["read", "siv", "names"].map((n) => expand(root, n, none)));
  const site = hex(await expand(root, "site", none, 16));
  const name = hex(await hmac(names, text(path))).slice(0, 32);
  const body = new Uint8Array(padme(8 + content.length));
  new DataView(body.buffer).setBigUint64(0, BigInt(content.length));
  body.set(content, 8);
  const bound = text(`intouch 1\\0${site}\\0${name}`);
  const sid = await hmac(siv, new Uint8Array([...bound, ...body]));
  const own = await expand(read, "envelope", sid);
  const key = await crypto.subtle.importKey("raw", own, "AES-GCM", false, ["encrypt"]);
  const cipher = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: bound };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, key, body));
  return [name, base64(new Uint8Array([...sid, ...sealed]))];
};
"""
OPENING = """async ([slot, site, passphrase, name, blob]) => {
  const raw = await openSlot(slot, site, passphrase);
  if (!raw) return null;
  return base64(await openEnvelope(await readingKey(raw), site, name, bytes(blob)));
}"""


def test_a_browser_opens_what_we_seal_and_we_open_what_it_seals(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<script>{PARTS.read_text()}{SEALING}</script>")
    dice = random.Random(20261123)
    with chromium() as browser, hosted(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        for size in (0, 1, 4_087, 4_088, 4_089, 10_000, 70_000):
            root, content = dice.randbytes(32), dice.randbytes(size)
            keys, path = derived(root), f"people/p{size}-ü/index.html"
            name = envelope_name(keys, path)
            blob = sealed(keys, name, content)
            words = f"pass phrase {size} ﬁ é"
            slot = lock_value(Lock(keys.site, (slots.filled(keys, words, iterations=100_000),)))["slots"]
            assert isinstance(slot, list)
            given = [slot[0], keys.site, words.replace("é", "e\u0301"), name, base64.b64encode(blob).decode()]
            made = page.evaluate(OPENING, json.loads(json.dumps(given)))
            assert base64.b64decode(made) == content
            given[2] = f"{words}."
            assert page.evaluate(OPENING, given) is None
            theirs = page.evaluate(
                "([root, path, content]) => sealEnvelope(bytes(root), path, bytes(content))",
                [base64.b64encode(root).decode(), path, base64.b64encode(content).decode()],
            )
            assert theirs == [name, base64.b64encode(blob).decode()]
            assert opened(keys, theirs[0], base64.b64decode(theirs[1])) == content


TAMPERING = """async ([site, name, key, blob, tries]) => {
  const read = await readingKey(bytes(key));
  const whole = bytes(blob);
  const dice = new Uint32Array(4 * tries);
  for (let at = 0; at < dice.length; at += 16384) crypto.getRandomValues(dice.subarray(at, at + 16384));
  const changed = (n) => {
    const [kind, place, bit, size] = dice.subarray(4 * n, 4 * n + 4);
    const other = whole.slice();
    if (kind % 8 === 0) return whole.subarray(0, place % whole.length);
    if (kind % 8 === 1) return new Uint8Array([...whole, size & 255]);
    other[kind % 8 === 2 ? place % 32 : place % whole.length] ^= 1 << (bit % 8);
    return other;
  };
  const opens = async (blob, name) => {
    try {
      await openEnvelope(read, site, name, blob);
      return 1;
    } catch (problem) {
      return problem instanceof WrongBuild ? 0 : 1;
    }
  };
  let accepted = 0;
  for (let n = 0; n < tries; n += 1) accepted += await opens(changed(n), name);
  accepted += await opens(whole, "0".repeat(32));
  return [accepted, await opens(whole, name)];
}"""


def test_a_browser_accepts_none_of_ten_thousand_tampered_envelopes(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<script>{PARTS.read_text()}</script>")
    keys = derived(bytes(range(32)))
    name = envelope_name(keys, "people/index.html")
    given = (base64.b64encode(data).decode() for data in (keys.read, sealed(keys, name, b"Ann" * 500)))
    with chromium() as browser, hosted(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        assert page.evaluate(TAMPERING, [keys.site, name, *given, 10_000]) == [0, 1]
