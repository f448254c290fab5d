// Where one is: `#/<name of an envelope>~<token>`. What a search or a part of a page is called stays in memory:
// an address goes into the browser's history, and that lies on the disk.
const BASE = "https://sealed.invalid/";
const ADDRESS = /^#\/([0-9a-f]{32})(?:~(\w+))?$/;
const MISSING = "404.html";

const places = {
  details: new Map(), // token → { search, hash }
  tokens: new Map(), // the same, the other way round

  // The place that an address of a page means; null for what lies outside the site.
  resolve(address, from, root = "") {
    let url;
    try {
      url = new URL(address, BASE + from);
    } catch {
      return null;
    }
    if (!url.href.startsWith(BASE)) return null;
    let path = url.pathname;
    // The page for missing addresses names all others from the host's root.
    if (root.startsWith("/") && path.startsWith(root)) path = path.slice(root.length - 1);
    try {
      path = decodeURIComponent(path.slice(1));
    } catch {
      path = MISSING;
    }
    if (path === "" || path.endsWith("/")) path += "index.html";
    return { path, search: url.search, hash: url.hash };
  },

  address({ path, search, hash }) {
    const page = safe.pages[path] ?? safe.pages[MISSING];
    if (!search && !hash) return `#/${page[0]}`;
    const detail = JSON.stringify([search, hash]);
    if (!this.tokens.has(detail)) {
      const token = `p${this.tokens.size + 1}`;
      this.tokens.set(detail, token);
      this.details.set(token, { search, hash });
    }
    return `#/${page[0]}~${this.tokens.get(detail)}`;
  },

  read(address) {
    if (!address.startsWith("#/")) return { path: "index.html", search: "", hash: "" };
    const [, name, token] = ADDRESS.exec(address) ?? [];
    return { path: safe.paths.get(name) ?? MISSING, search: "", hash: "", ...this.details.get(token) };
  },

  forget() {
    this.details.clear();
    this.tokens.clear();
  },
};
