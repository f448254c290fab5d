// Opening slots and envelopes; the formats are those of keys.py, slots.py and envelopes.py.
const VERSION = 1;
const text = (string) => new TextEncoder().encode(string);
const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const base64 = (data) => btoa(String.fromCharCode(...data));

class WrongBuild extends Error {}
class Unreachable extends Error {}
class LockedMeanwhile extends Error {}

// Nothing is derived from slots that are not exactly as they should be; the limits are those of lockfile.py.
const isBase64 = (value, size) => typeof value === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(value) && value.length === Math.ceil(size / 3) * 4 && bytes(value).length === size;
const isName = (value) => typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
const isSlot = ({ kdf, iterations, salt, nonce, wrapped }) =>
  kdf === "PBKDF2-HMAC-SHA256" && Number.isInteger(iterations) && iterations >= 1e5 && iterations <= 1e7 && isBase64(salt, 16) && isBase64(nonce, 12) && isBase64(wrapped, 48);
const isLock = (lock) => {
  try {
    const { version, site, index, slots } = lock;
    return version === VERSION && isName(site) && isName(index) && Array.isArray(slots) && slots.length >= 1 && slots.length <= 8 && slots.every(isSlot);
  } catch {
    return false;
  }
};

// The key of a slot, or null where the passphrase is another's.
const openSlot = async (slot, site, passphrase) => {
  const typed = await crypto.subtle.importKey("raw", text(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const stretch = { name: "PBKDF2", hash: "SHA-256", salt: bytes(slot.salt), iterations: slot.iterations };
  const key = await crypto.subtle.deriveKey(stretch, typed, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const cipher = { name: "AES-GCM", iv: bytes(slot.nonce), additionalData: text(`intouch 1 slot\0${site}`) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(cipher, key, bytes(slot.wrapped)));
  } catch {
    return null;
  }
};

// The key of whichever slot the passphrase opens, as soon as one does; null where none does.
const openAny = ({ slots, site }, passphrase) =>
  new Promise((resolve, reject) => {
    let left = slots.length;
    const tried = (raw) => (raw ? resolve(raw) : --left || resolve(null));
    for (const slot of slots) openSlot(slot, site, passphrase).then(tried, reject);
  });

// How the list of all envelopes tells one content of a page from another: the first bytes of its identity.
const versionOf = (blob) => Array.from(blob.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");

const readingKey = (read) => crypto.subtle.importKey("raw", read, "HKDF", false, ["deriveKey"]);

const openEnvelope = async (read, site, name, blob) => {
  const derive = { name: "HKDF", hash: "SHA-256", salt: blob.subarray(0, 32), info: text("intouch 1 envelope") };
  const cipher = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: text(`intouch 1\0${site}\0${name}`) };
  let body;
  try {
    const key = await crypto.subtle.deriveKey(derive, read, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    body = new Uint8Array(await crypto.subtle.decrypt(cipher, key, blob.subarray(32)));
  } catch {
    throw new WrongBuild();
  }
  const length = Number(new DataView(body.buffer).getBigUint64(0));
  if (length > body.length - 8) throw new WrongBuild();
  return body.subarray(8, 8 + length);
};

// Envelopes come as scripts, because a page opened from a disk may load nothing else.
const waiting = new Map();
Object.defineProperty(globalThis, "intouchEnvelope", { value: (name, data) => waiting.get(name)?.(data) });

const policy = globalThis.trustedTypes?.createPolicy("intouch", {
  createHTML: (html) => html,
  createScriptURL: (address) => {
    if (!/^e\/[0-9a-f]{32}\.js(\?[\w.-]*)?$/.test(address)) throw new TypeError("not an envelope");
    return address;
  },
}) ?? { createHTML: (html) => html, createScriptURL: (address) => address };

const loadEnvelope = (name, version) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const done = () => {
      waiting.delete(name);
      script.remove();
    };
    waiting.set(name, (data) => {
      done();
      resolve(bytes(data));
    });
    script.onload = () => waiting.has(name) && (done(), reject(new WrongBuild()));
    script.onerror = () => (done(), reject(new Unreachable()));
    // The name stays when the content changes: a browser's old copy must not stand in for the new one.
    const query = location.protocol === "file:" ? "" : `?${version}`;
    script.src = policy.createScriptURL(`e/${name}.js${query}`);
    document.head.append(script);
  });

// What is wanted twice at once, such as a picture that a page shows twice, is loaded once.
const loading = new Map();
const fetchEnvelope = (name, version) => {
  if (!loading.has(name)) loading.set(name, loadEnvelope(name, version).finally(() => loading.delete(name)));
  return loading.get(name);
};
