// Reloads the page when the site that it came from has changed.
"use strict";
{
  const script = document.currentScript;
  const shown = script.dataset.token;
  const events = new EventSource(script.dataset.events);
  events.addEventListener("message", (event) => {
    if (event.data !== shown) {
      events.close();
      location.reload();
    }
  });
  addEventListener("pagehide", () => events.close());
}
