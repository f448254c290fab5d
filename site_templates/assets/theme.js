// Sets the colours that were chosen before anything is shown.
"use strict";
try {
  const chosen = localStorage.getItem("colours");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colours = chosen;
} catch {
  // Nothing may be stored here: the colours follow the system.
}
