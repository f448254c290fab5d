// The locked page: asks for the passphrase, opens, and locks again.
const ask = (selector) => lockScreen.querySelector(selector);
let lockScreen;
let lastTouch = Date.now();

const trouble = {
  words: (problem) =>
    problem instanceof WrongBuild
      ? "This page is from another build than what it should open. Reload it."
      : "A part could not be loaded. Check the connection, then reload.",

  // Something went wrong after unlocking: never a matter of the passphrase.
  say(problem) {
    lock({ said: this.words(problem) });
    const again = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: "Reload" });
    again.addEventListener("click", () => location.reload());
    ask("#lock-said").append(again);
  },
};

const addLockButton = () => {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", id: "lock-now", textContent: "Lock" });
  button.addEventListener("click", () => lock({ forget: true }));
  const tools = document.querySelector("header .tools");
  if (tools) tools.append(button);
  else document.body.prepend(button);
};

const reveal = (shown) => {
  const button = ask("#reveal");
  ask("#passphrase").type = shown ? "text" : "password";
  button.textContent = shown ? "Hide" : "Show";
  button.setAttribute("aria-pressed", String(shown));
};

const lock = ({ said = "", forget = false, focus = true } = {}) => {
  safe.forget();
  places.forget();
  router.forget();
  styling.remove();
  if (forget) kept.drop();
  ask("#unlock").reset();
  reveal(false);
  ask("#passphrase").removeAttribute("aria-invalid");
  ask("#lock-said").textContent = said;
  for (const name of Object.keys(document.body.dataset)) delete document.body.dataset[name];
  document.body.replaceChildren(lockScreen);
  document.documentElement.lang = "en";
  document.title = "Locked";
  if (focus) ask("#passphrase").focus();
};

const enter = async (raw, since) => {
  await safe.open(raw, since);
  document.title = "Unlocked";
  lastTouch = Date.now();
  styling.put().catch(() => {}); // a page says everything without it
  await router.show({});
};

const unlock = async (event) => {
  event.preventDefault();
  const button = ask("#open");
  const field = ask("#passphrase");
  if (button.getAttribute("aria-disabled") === "true") return;
  const passphrase = field.value;
  const keep = new FormData(ask("#unlock")).get("keep") ?? "";
  button.setAttribute("aria-disabled", "true");
  button.textContent = "Unlocking …";
  ask("#lock-said").textContent = "";
  field.removeAttribute("aria-invalid");
  const since = safe.locked;
  try {
    const raw = await openAny(theLock, passphrase);
    if (since !== safe.locked) return;
    if (!raw) {
      ask("#lock-said").textContent = "Wrong passphrase";
      field.setAttribute("aria-invalid", "true");
      field.select();
      field.focus();
      return;
    }
    await enter(raw, since);
    if (safe.read) kept.put(keep, raw);
    raw.fill(0);
    ask("#unlock").reset();
  } catch (problem) {
    if (!(problem instanceof LockedMeanwhile)) trouble.say(problem);
  } finally {
    button.removeAttribute("aria-disabled");
    button.textContent = "Unlock";
  }
};

const refuse = (words) => {
  ask("#lock-trouble").textContent = words;
  ask("#lock-trouble").hidden = false;
};

const begin = async () => {
  const raw = kept.get();
  if (!raw) return ask("#passphrase").focus();
  try {
    await enter(raw, safe.locked);
  } catch (problem) {
    if (problem instanceof WrongBuild) kept.drop();
    if (!(problem instanceof LockedMeanwhile)) trouble.say(problem);
  }
};

const watchIdleness = () => {
  const look = () => {
    if (safe.read && !kept.onDevice() && Date.now() - lastTouch >= IDLE) lock({ forget: true, said: "Locked after 15 minutes without a touch." });
  };
  // A computer that wakes from sleep may tell of the first touch before any timer: that one comes too late.
  const touched = () => {
    look();
    lastTouch = Date.now();
  };
  for (const type of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) addEventListener(type, touched, { passive: true, capture: true });
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
};

const start = () => {
  lockScreen = document.querySelector("#lock");
  ask(".lock-unscripted").remove();
  if (window.top !== window.self) return refuse("This page does not open inside another one. Open it in a tab of its own.");
  if (!theLock) return refuse("A part could not be loaded. Check the connection, then reload.");
  if (!isLock(theLock)) return refuse("This page is from another build than what it should open. Reload it.");
  if (!globalThis.crypto?.subtle) return refuse("Browsers decrypt only on https pages, on this computer’s own (127.0.0.1), and from files. Open this page at its https address.");
  ask("#unlock").hidden = false;
  ask("#lock-note").hidden = false;
  ask("#keep").hidden = !kept.possible;
  ask("#unlock").addEventListener("submit", unlock);
  ask("#reveal").addEventListener("click", () => reveal(ask("#passphrase").type === "password"));
  router.start();
  watchIdleness();
  // Locked in one tab, locked in all that were remembered together.
  addEventListener("storage", (event) => {
    if ((event.key === KEPT || event.key === null) && event.newValue === null && safe.read && !kept.onDevice()) lock({ forget: true, focus: false });
  });
  // Whoever leaves the page leaves it locked; a copy that the browser keeps for Back has nothing in it.
  addEventListener("pagehide", () => lock({ focus: false }));
  addEventListener("pageshow", (event) => event.persisted && begin());
  begin();
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
