// Unwrapping a page into the document, and keeping its links within the shell.
const wired = new WeakMap(); // element → the address that it was given here
const pictures = new Set(); // object URLs of the page that is shown

const unwrap = (html) => new DOMParser().parseFromString(policy.createHTML(html), "text/html");

const KINDS = { svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp", avif: "image/avif", woff2: "font/woff2", woff: "font/woff", ttf: "font/ttf", otf: "font/otf", pdf: "application/pdf", txt: "text/plain" };
const objectUrl = async (path, kept = pictures) => {
  const type = KINDS[path.split(".").pop().toLowerCase()] ?? "application/octet-stream";
  const content = await safe.content(path);
  if (!safe.read) throw new Unreachable(); // locked meanwhile
  const url = URL.createObjectURL(new Blob([content], { type }));
  kept.add(url);
  return url;
};

// The theme's stylesheet once more, with the fonts and pictures that it names: what anybody may see has none of them.
const styling = {
  files: new Set(), // object URLs

  async put() {
    const from = safe.style;
    if (!from || !("adoptedStyleSheets" in document)) return;
    const text = new TextDecoder().decode(await safe.content(from));
    const named = [...text.matchAll(/url\(\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|([^\s"'()\\]*))\s*\)/gi)];
    const urls = await Promise.all(
      named.map(async ([whole, ...told]) => {
        const address = told.find(Boolean);
        const place = address && !/^(data|blob):/.test(address) ? places.resolve(address, from) : null;
        return place && safe.pages?.[place.path] ? `url("${await objectUrl(place.path, this.files)}")` : whole;
      }),
    );
    if (!safe.read) return this.remove();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text.replace(/url\(\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|[^\s"'()\\]*)\s*\)/gi, () => urls.shift()));
    document.adoptedStyleSheets = [sheet];
  },

  remove() {
    if ("adoptedStyleSheets" in document) document.adoptedStyleSheets = [];
    for (const url of this.files) URL.revokeObjectURL(url);
    this.files.clear();
  },
};

const give = (element, attribute, address) => {
  wired.set(element, address);
  element.setAttribute(attribute, address);
};

const wireLink = (link, from, root) => {
  const raw = link.getAttribute("href");
  // A part of the same page is known as that to whoever skips to it.
  if (raw === null || raw.startsWith("#") || wired.get(link) === raw) return;
  const place = places.resolve(raw, from, root);
  if (place === null) return;
  if (safe.feeds.includes(place.path)) give(link, "href", place.path);
  else give(link, "href", places.address(place));
};

const wirePicture = (picture, from) => {
  const raw = picture.getAttribute("src");
  if (raw === null || wired.get(picture) === raw) return;
  if (/^(data|blob):/.test(raw)) return;
  picture.removeAttribute("src");
  const place = places.resolve(raw, from);
  // A picture from elsewhere would tell its host that it was looked at.
  if (place && safe.pages[place.path]) objectUrl(place.path).then((url) => give(picture, "src", url), () => {});
};

// Makes every address within a part of a page one that stays here; nothing of it ever reaches the host.
const wire = (part, from, root) => {
  const within = (selector) => [...(part.matches?.(selector) ? [part] : []), ...part.querySelectorAll(selector)];
  for (const link of within("a[href]")) wireLink(link, from, root);
  for (const picture of within("img[src]")) wirePicture(picture, from);
  for (const element of within("[data-feed]")) {
    const place = places.resolve(element.dataset.feed, from, root);
    if (place && safe.feeds.includes(place.path)) element.dataset.feed = place.path;
  }
  // What is typed or chosen would be written down for the next session, or sent away to be corrected or continued.
  for (const field of within("input, select, textarea")) {
    field.autocomplete = "off";
    field.spellcheck = false;
    field.setAttribute("writingsuggestions", "false");
  }
};
