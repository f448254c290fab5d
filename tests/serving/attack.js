// What a hostile page can try against addresses that it knows; tells all that it could read, and what loaded.
async (urls) => {
  const read = [];
  const loaded = [];
  const patience = (ms) => new Promise((done) => setTimeout(done, ms));
  const note = (how, what) => read.push(`${how}: ${what}`);
  window.onerror = (message, source, line) => note("onerror", message);
  const element = (tag, properties, url) => new Promise((done) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.onload = made.onloadedmetadata = () => { loaded.push(`${tag} ${url}`); done(made); };
    made.onerror = () => done(made);
    setTimeout(() => done(made), 800);
    document.body.append(made);
  });
  const before = new Set(Object.getOwnPropertyNames(window));
  const tries = [];
  for (const url of urls) {
    for (const options of [{}, { mode: "no-cors" }, { credentials: "include" }, { method: "POST", body: "x", mode: "no-cors" },
                           { headers: { Accept: "text/html", "X-Evil": "1" } }, { redirect: "manual", mode: "no-cors" }]) {
      const ending = new AbortController();
      setTimeout(() => ending.abort(), 800);
      tries.push(fetch(url, { ...options, signal: ending.signal })
        .then(async (answer) => note("fetch", `${answer.status} ${answer.type} ${await answer.text()}`), (error) => note("fetch", error)));
    }
    tries.push(element("script", { src: url }, url));
    tries.push(element("script", { src: url, type: "module" }, url));
    tries.push(element("link", { rel: "stylesheet", href: url }, url));
    tries.push(element("img", { src: url }, url));
    tries.push(element("video", { src: url }, url));
    for (const [tag, key] of [["object", "data"], ["embed", "src"], ["iframe", "src"]]) {
      tries.push(element(tag, { [key]: url }, url).then((made) => {
        try { note(tag, (made.contentDocument ?? made.getSVGDocument())?.documentElement.outerHTML); } catch (error) { note(tag, error); }
        try { note(tag, made.contentWindow.document.body.innerText); } catch (error) { note(tag, error); }
      }));
    }
    tries.push(new Promise((done) => {
      const events = new EventSource(url);
      events.onmessage = (event) => { note("events", event.data); loaded.push(`events ${url}`); };
      events.onopen = () => loaded.push(`events ${url}`);
      setTimeout(() => { events.close(); done(); }, 700);
    }));
    tries.push(new Promise((done) => {
      const socket = new WebSocket(url.replace("http", "ws"));
      socket.onopen = () => loaded.push(`socket ${url}`);
      socket.onmessage = (event) => note("socket", event.data);
      setTimeout(() => { socket.close(); done(); }, 700);
    }));
    const frame = Object.assign(document.createElement("iframe"), { name: `into${tries.length}` });
    const form = Object.assign(document.createElement("form"), { method: "post", action: url, target: frame.name });
    document.body.append(frame, form);
    form.submit();
    const opened = window.open(url);
    tries.push(patience(800).then(() => {
      for (const look of [() => opened.document.body.innerText, () => opened.location.href, () => opened.name,
                          () => opened.length, () => opened[0].location.href]) {
        try { note("open", look()); } catch (error) { note("open", error); }
      }
      try { note("post", frame.contentDocument?.body.innerText); } catch (error) { note("post", error); }
      opened?.close();
    }));
    try { navigator.sendBeacon(url, "x"); } catch (error) { note("beacon", error); }
  }
  await Promise.all(tries);
  for (const name of Object.getOwnPropertyNames(window)) if (!before.has(name)) note("global", name);
  for (const sheet of document.styleSheets) {
    try { note("sheet", [...sheet.cssRules].map((rule) => rule.cssText).join()); } catch (error) { note("sheet", error); }
  }
  for (const entry of performance.getEntriesByType("resource")) note("timing", `${entry.responseStatus} ${entry.decodedBodySize}`);
  note("page", document.documentElement.outerHTML);
  return JSON.stringify({ read, loaded });
}
