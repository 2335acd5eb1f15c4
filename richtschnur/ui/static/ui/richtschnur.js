// Pages work without this file; it only makes them nicer.
"use strict";

// An error summary is read at once.
document.getElementById("errors")?.focus();

// A second click on a sent form does nothing; coming back with the browser opens it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Keys for the desk: an element with data-key="j" is followed, pressed or focused by that key.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing) { if (event.key === "Escape") typing.blur(); return; }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("a, button")) target.click(); else target.focus();
});

// What is typed in a form with data-keep survives a closed tab or an ended session, on this device
// only, until a page has said that it is saved.
try {
  const sent = sessionStorage.getItem("richtschnur:sent");
  if (sent && document.querySelector(".messages")) {
    localStorage.removeItem(sent);
    sessionStorage.removeItem("richtschnur:sent");
  }
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const name = `richtschnur:${form.dataset.keep}`;
    const fields = () => [...form.querySelectorAll("textarea, input[type=text]")];
    const kept = JSON.parse(localStorage.getItem(name) || "{}");
    for (const field of fields()) if (kept[field.name] && !field.value) field.value = kept[field.name];
    form.addEventListener("input", () => {
      localStorage.setItem(name, JSON.stringify(Object.fromEntries(fields().map((f) => [f.name, f.value]))));
    });
    form.addEventListener("submit", () => sessionStorage.setItem("richtschnur:sent", name));
  }
} catch { /* storage is closed: nothing is kept */ }
