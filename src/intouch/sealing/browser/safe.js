// What is open, and whether it stays so: the key is in memory, and is stored only where that was asked for.
const theLock = globalThis.intouchLock; // undefined where its file could not be loaded
const KEPT = `intouch.${theLock?.site}`;
const DAYS = 14;
const IDLE = 15 * 60 * 1000;

const safe = {
  read: null, // opens envelopes; a CryptoKey that cannot be taken out
  pages: null, // path → [name of its envelope, version]
  feeds: [], // files that are no envelopes
  style: "", // the whole stylesheet of a theme that names files
  paths: new Map(), // name → path
  locked: 0, // how often it was locked

  // Whoever has locked it, or left the page, since the passphrase was given wants it to stay so.
  async open(raw, since) {
    const read = await readingKey(raw);
    await this.list(read, since);
  },

  // What there is, and in which version.
  async list(read, since) {
    const { index, site } = theLock;
    const blob = await fetchEnvelope(index, Date.now().toString(36));
    const told = JSON.parse(new TextDecoder().decode(await openEnvelope(read, site, index, blob)));
    if (since !== this.locked) throw new LockedMeanwhile();
    Object.assign(this, { read, pages: Object.setPrototypeOf(told.pages, null), feeds: told.feeds, style: told.style });
    this.paths = new Map(Object.entries(told.pages).map(([path, [name]]) => [name, path]));
  },

  // A page that was published since belongs to a newer list; one that belongs to no list is an old one, served again.
  async content(path) {
    for (const last of [false, true]) {
      const [name, version] = this.pages?.[path] ?? [];
      if (!name) throw new WrongBuild();
      const blob = await fetchEnvelope(name, version);
      if (versionOf(blob) === version) return openEnvelope(this.read, theLock.site, name, blob);
      if (last || !this.read) throw new WrongBuild();
      await this.list(this.read, this.locked);
    }
  },

  forget() {
    this.locked += 1;
    Object.assign(this, { read: null, pages: null, feeds: [], style: "", paths: new Map() });
  },
};

const kept = {
  // A page from a disk shares its storage with every other one.
  possible: location.protocol !== "file:",

  put(where, raw) {
    try {
      if (where === "tab") sessionStorage.setItem(KEPT, base64(raw));
      if (where === "device") localStorage.setItem(KEPT, JSON.stringify({ read: base64(raw), until: Date.now() + DAYS * 864e5 }));
    } catch {
      // Nothing can be stored here: it is asked for again.
    }
  },

  get() {
    if (!this.possible) return null;
    try {
      const tab = sessionStorage.getItem(KEPT);
      if (tab) return bytes(tab);
      const device = JSON.parse(localStorage.getItem(KEPT) ?? "null");
      if (device && device.until > Date.now()) return bytes(device.read);
      localStorage.removeItem(KEPT);
    } catch {
      this.drop();
    }
    return null;
  },

  // Whether it is to stay open however long nobody is there; a page may be left open beyond its days.
  onDevice: () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? "null")?.until > Date.now();
    } catch {
      return false;
    }
  },

  drop() {
    try {
      sessionStorage.removeItem(KEPT);
      localStorage.removeItem(KEPT);
    } catch {
      // Then nothing is there.
    }
  },
};
