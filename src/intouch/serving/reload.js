// Reloads this page when its own bytes have changed, and tells over it what was just broken.
"use strict";
{
  const { base, page, token } = document.currentScript.dataset;
  const remembered = "intouch-dismissed";
  let events = null;
  let host = null;
  let told = "-";

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const dismissed = () => {
    try {
      return sessionStorage.getItem(remembered);
    } catch {
      return null; // Nothing may be stored here: what was dismissed shows again.
    }
  };

  const hide = () => {
    removeEventListener("keydown", onKey);
    host?.remove();
    host = null;
  };
  const dismiss = () => {
    try {
      sessionStorage.setItem(remembered, told);
    } catch {
      // as above
    }
    hide();
  };
  function onKey(event) {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) dismiss();
  }

  const problem = ({ place, code, message, before, marked, after, remedy }) => {
    const item = make("li", {}, make("p", { className: "message", dir: "auto", textContent: message }));
    item.append(make("p", { className: "where" }, make("code", { textContent: place }), " · ", make("code", { textContent: code })));
    if (before || marked || after) {
      // A mark shows where even when what is meant is the end of the line.
      item.append(make("pre", {}, make("code", {}, before, make("mark", { textContent: marked || " " }), after)));
    }
    if (remedy) item.append(make("p", { textContent: remedy }));
    return item;
  };

  const show = ({ title, text, problems, more }) => {
    hide();
    const close = make("button", { type: "button" }, "Dismiss ", make("kbd", { textContent: "Esc" }));
    close.addEventListener("click", dismiss);
    const head = make("header", {}, make("h2", { id: "title", textContent: title }), close);
    const panel = make("section", { className: "panel", tabIndex: 0 }, head, make("p", { className: "note", textContent: text }));
    panel.setAttribute("role", "alert");
    panel.setAttribute("aria-labelledby", "title");
    if (problems.length) {
      const list = make("ul", {}, ...problems.map(problem));
      const link = make("a", { href: `${base}problems/`, textContent: "See all problems" });
      panel.append(list, make("p", { className: "note" }, more ? `${more}. ` : "", link));
    }
    const style = make("link", { rel: "stylesheet", href: `${base}_intouch/overlay.css` });
    host = make("div", { id: "intouch-trouble" });
    host.attachShadow({ mode: "open" }).append(style);
    // An alert is heard when it comes into a page; it comes when its style is there.
    const frame = host;
    const appear = () => frame.shadowRoot.append(panel);
    style.addEventListener("load", appear);
    style.addEventListener("error", appear);
    document.body.append(host);
    addEventListener("keydown", onKey);
  };

  const tell = async (trouble) => {
    if (trouble === told) return;
    told = trouble;
    if (trouble === "-" || trouble === dismissed()) return hide();
    try {
      const answer = await fetch(`${base}_intouch/trouble.json`);
      const content = await answer.json();
      if (told !== trouble) return; // another came meanwhile
      if (content) show(content);
      else hide();
    } catch {
      told = "-"; // The server has gone; the stream will tell again.
    }
  };

  const open = () => {
    if (events || document.visibilityState === "hidden") return;
    events = new EventSource(`${base}_intouch/events?page=${encodeURIComponent(decodeURIComponent(page))}`);
    events.addEventListener("message", (event) => {
      const [shown, trouble] = event.data.split(" ");
      if (shown !== token) {
        close();
        location.reload();
      } else if (document.body) tell(trouble);
      else addEventListener("DOMContentLoaded", () => tell(trouble), { once: true });
    });
  };
  const close = () => {
    events?.close();
    events = null;
  };
  // A browser has six connections for all the pages of a site: only those that are seen hold one.
  addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
