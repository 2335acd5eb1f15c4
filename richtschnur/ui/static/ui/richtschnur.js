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
  try { if (localStorage.getItem("richtschnur:keys") === "off") return; } catch { /* keys stay on */ }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("a, button, summary")) target.click(); else target.focus();
});

// What is typed in a form with data-keep survives a closed tab or an ended session, on this device
// only, until a page has said that it is saved.
try {
  const sent = sessionStorage.getItem("richtschnur:sent");
  if (sent && document.querySelector(".messages")) {
    localStorage.removeItem(sent);
    sessionStorage.removeItem("richtschnur:sent");
  }
  for (const form of document.querySelectorAll("form[data-keep]:not([data-keep-version])")) {
    const name = `richtschnur:${form.dataset.keep}`;
    const fields = () => [...form.querySelectorAll("textarea, input[type=text]")];
    const kept = JSON.parse(localStorage.getItem(name) || "{}");
    for (const field of fields()) {
      if (!kept[field.name] || (field.value && !("prefilled" in field.dataset))) continue;
      field.value = kept[field.name];
      if (field.value !== field.defaultValue) field.closest("details")?.setAttribute("open", "");
    }
    form.addEventListener("input", () => {
      localStorage.setItem(name, JSON.stringify(Object.fromEntries(fields().map((f) => [f.name, f.value]))));
    });
    form.addEventListener("submit", () => sessionStorage.setItem("richtschnur:sent", name));
  }
} catch { /* storage is closed: nothing is kept */ }

// What needs a script appears only with one; long contents fold away on small screens.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
if (matchMedia("(max-width: 63.99rem)").matches) {
  for (const fold of document.querySelectorAll("details[data-folds]")) fold.open = false;
}

// A form that takes long says so while one waits.
document.addEventListener("submit", (event) => {
  const status = event.target.querySelector("[data-wait-text]");
  if (status) status.textContent = status.dataset.waitText;
});

// The other language opens at the passage that is being read.
document.querySelector(".tools__languages")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const read = [...document.querySelectorAll(".passage[id]")].find((passage) => passage.getBoundingClientRect().bottom > 100);
  if (link && read && scrollY > 200) link.hash = read.id;
});

// On a phone the staff's navigation scrolls sideways: begin where one is.
const strip = document.querySelector(".county-header--staff .county-header__navigation ul");
const hereInStrip = strip?.querySelector("[aria-current]");
if (hereInStrip && strip.scrollWidth > strip.clientWidth) {
  strip.scrollBy({ left: hereInStrip.getBoundingClientRect().left - strip.getBoundingClientRect().left - 16 });
}

// An address is copied by a button; it says so.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
}

// The first page of a long paper leads on to the page on which a passage or section stands.
const parted = document.querySelector("[data-places]");
const wanted = parted && /^#([ps])(\d+)$/.exec(location.hash);
if (wanted && !document.getElementById(wanted[0].slice(1))) {
  const base = wanted[1] === "p" ? parted.dataset.places : parted.dataset.sections;
  location.replace(base.replace(/\/0\/$/, `/${wanted[2]}/`));
}
