// Going from page to page within one document, as if each were loaded: back, forward, focus and scrolling too.
const EMPTY = { path: "", search: "", hash: "" };
const router = {
  here: EMPTY,
  left: null, // ends what the page's scripts listen to
  restorers: [], // what the page's scripts do when its search changes
  scrolls: new Map(),
  going: 0,

  start() {
    history.scrollRestoration = "manual";
    document.addEventListener("click", (event) => this.clicked(event));
    addEventListener("popstate", () => safe.read && this.show({ back: true }));
    new MutationObserver((records) => {
      if (!safe.read) return;
      for (const { type, target, addedNodes } of records) {
        for (const part of type === "attributes" ? [target] : addedNodes) {
          if (part.nodeType === Node.ELEMENT_NODE) wire(part, this.here.path, document.body.dataset.root);
        }
      }
    }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["href", "src"] });
  },

  clicked(event) {
    const link = event.target.closest?.("a[href]");
    const other = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || !safe.read || event.defaultPrevented || other) return;
    let address = link.getAttribute("href");
    if (!address.startsWith("#")) return;
    event.preventDefault();
    if (!address.startsWith("#/")) address = places.address({ ...this.here, hash: address });
    this.scrolls.set(location.hash, scrollY);
    if (address !== location.hash) history.pushState(null, "", address);
    this.show({});
  },

  async show({ back = false }) {
    const number = ++this.going;
    const place = places.read(location.hash);
    if (place.path === this.here.path) {
      const changed = place.search !== this.here.search;
      this.here = place;
      if (changed) for (const restore of this.restorers) restore();
      return this.settle(back);
    }
    if (!place.path.endsWith(".html")) return this.handOver(place.path, number);
    let page;
    try {
      page = unwrap(new TextDecoder().decode(await safe.content(place.path)));
    } catch (problem) {
      if (number === this.going) this.missed(problem);
      return;
    }
    if (number !== this.going || !safe.read) return;
    this.fill(page, place);
    this.settle(back);
  },

  fill(page, place) {
    this.leave();
    this.here = place;
    this.left = new AbortController();
    const { body } = document;
    for (const element of page.body.querySelectorAll("script, style, link, meta, base, iframe, object, embed")) element.remove();
    wire(page.body, place.path, page.body.dataset.root);
    document.documentElement.lang = page.documentElement.lang || "en";
    for (const name of Object.keys(body.dataset)) delete body.dataset[name];
    Object.assign(body.dataset, page.body.dataset);
    body.replaceChildren(...page.body.childNodes, announcer);
    addLockButton();
    try {
      enhance(...this.seenByScripts());
    } catch (problem) {
      // A page says everything without its script, here as anywhere.
      reportError(problem);
    }
  },

  // What stands in for the browser's own, so that the theme's scripts need not know that they are here.
  seenByScripts() {
    const { signal } = this.left;
    const seenLocation = {
      protocol: location.protocol,
      get href() {
        return document.baseURI.replace(/#.*/, "");
      },
      get search() {
        return router.here.search;
      },
      get hash() {
        return router.here.hash;
      },
      get pathname() {
        return `/${router.here.path}`;
      },
    };
    const seenHistory = {
      replaceState: (_state, _title, address) => {
        const place = places.resolve(address, router.here.path, document.body.dataset.root);
        if (!place || place.path !== router.here.path) return;
        router.here = place;
        history.replaceState(null, "", places.address(place));
      },
    };
    const seenFetch = async (address) => {
      const place = places.resolve(address, router.here.path, document.body.dataset.root);
      if (!place || !safe.pages[place.path]) throw new TypeError("there is no such file");
      return new Response(await safe.content(place.path));
    };
    const listen = (type, listener, options = {}) => {
      if (type === "popstate") this.restorers.push(listener);
      else addEventListener(type, listener, { ...(typeof options === "object" ? options : { capture: options }), signal });
    };
    return [seenLocation, seenHistory, seenFetch, listen];
  },

  // Scroll, focus, and say where one is, as a browser does after loading a page.
  settle(back) {
    for (const marked of document.querySelectorAll(".targeted")) marked.classList.remove("targeted");
    let id = "";
    try {
      id = decodeURIComponent(this.here.hash.slice(1));
    } catch {
      // No part is called that.
    }
    const target = id ? document.getElementById(id) : null;
    const heading = document.querySelector("h1");
    const focused = target ?? heading;
    if (focused && !focused.hasAttribute("tabindex")) focused.tabIndex = -1;
    focused?.focus({ preventScroll: true });
    target?.classList.add("targeted");
    if (back && this.scrolls.has(location.hash)) scrollTo(0, this.scrolls.get(location.hash));
    else if (target) target.scrollIntoView();
    else scrollTo(0, 0);
    announcer.textContent = heading?.textContent ?? "";
  },

  // A file that is no page goes to the browser's downloads.
  async handOver(path, number) {
    if (this.here === EMPTY) this.here = { ...EMPTY, path: "index.html" };
    history.replaceState(null, "", places.address(this.here));
    try {
      const link = Object.assign(document.createElement("a"), { href: await objectUrl(path), download: path.split("/").pop() });
      link.click();
    } catch (problem) {
      // Whoever has locked it meanwhile is told nothing of what failed.
      if (number === this.going) this.missed(problem);
    }
  },

  // Away from the network for a moment: what is open stays open, and says so.
  missed(problem) {
    if (!(problem instanceof Unreachable) || this.here === EMPTY) return trouble.say(problem);
    history.replaceState(null, "", places.address(this.here));
    document.querySelector("#missed")?.remove();
    const words = "That page could not be loaded. Check the connection, and try again.";
    const notice = Object.assign(document.createElement("p"), { id: "missed", className: "notice", textContent: words });
    notice.setAttribute("role", "alert");
    (document.querySelector("main") ?? document.body).prepend(notice);
    scrollTo(0, 0);
  },

  leave() {
    this.left?.abort();
    this.restorers = [];
    for (const url of pictures) URL.revokeObjectURL(url);
    pictures.clear();
  },

  forget() {
    this.going += 1;
    this.leave();
    this.here = EMPTY;
    this.scrolls.clear();
    announcer.textContent = "";
  },
};
const announcer = Object.assign(document.createElement("p"), { className: "unseen" });
announcer.setAttribute("role", "status");
