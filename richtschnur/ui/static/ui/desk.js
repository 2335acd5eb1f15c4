// The desk works without this file. It keeps what is typed in an answer in this browser until the
// server has it, and turns the keys off and on.
"use strict";

const PREFIX = "richtschnur:";
const DAYS_KEPT = 14;

function readKept(name) {
  try { return JSON.parse(localStorage.getItem(PREFIX + name)); } catch { return null; }
}

function fieldsOf(form) {
  return [...form.querySelectorAll("textarea, input[type=text], input[type=radio]")];
}

function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type !== "radio" || field.checked) values[field.name] = field.value;
  }
  return values;
}

function putIn(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    if (field.type === "radio") field.checked = field.value === values[field.name];
    else field.value = values[field.name];
  }
  form.closest("details")?.setAttribute("open", "");
}

// What was typed on an older version than the one that is shown: beside the form, never over it.
function offer(form, name, kept) {
  const box = form.querySelector("[data-kept-other]");
  const field = form.querySelector("textarea");
  box.querySelector("[data-kept-text]").textContent = kept.values.reason || "";
  box.hidden = false;
  box.querySelector("[data-kept-take]").addEventListener("click", () => {
    field.value = [field.value, kept.values.reason].filter(Boolean).join("\n\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    box.hidden = true;
    field.focus();
  });
  box.querySelector("[data-kept-drop]").addEventListener("click", () => {
    localStorage.removeItem(PREFIX + name);
    box.hidden = true;
    field.focus();
  });
}

// Which window typed it: what another one has saved must not take it away.
function thisTab() {
  const name = `${PREFIX}tab`;
  if (!sessionStorage.getItem(name)) sessionStorage.setItem(name, crypto.getRandomValues(new Uint32Array(2)).join("-"));
  return sessionStorage.getItem(name);
}

// Written on what is not there any more: it is never put over what is stored now.
function store(form, name, version) {
  const isApart = "isStale" in form.dataset;
  const now = { version, isApart, at: Date.now(), tab: thisTab(), values: valuesOf(form) };
  localStorage.setItem(PREFIX + name, JSON.stringify(now));
}

function keep(form) {
  const { keep: name, keepVersion: version } = form.dataset;
  const kept = readKept(name);
  const shown = valuesOf(form).reason || "";
  form.querySelector("[data-kept-note]").hidden = false;
  if ("isStale" in form.dataset) store(form, name, version);
  else if (kept && (kept.values.reason || "").trim() && kept.values.reason !== shown) {
    const isNewer = kept.version === version && !kept.isApart && !("isTyped" in form.dataset);
    if (isNewer) { putIn(form, kept.values); store(form, name, version); }
    else offer(form, name, kept);
  } else if (kept && kept.values.reason === shown && kept.version !== version) {
    localStorage.removeItem(PREFIX + name); // stored already
  }
  form.addEventListener("input", () => store(form, name, version));
}

// The server has it: it says so by the act that can be undone.
function forgetSaved() {
  for (const { dataset } of document.querySelectorAll("[data-saved]")) {
    const kept = readKept(dataset.saved);
    if (kept?.tab === thisTab() && Number(kept.version) < Number(dataset.savedVersion)) {
      localStorage.removeItem(PREFIX + dataset.saved);
    }
  }
}

function forgetOld() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}answer-`));
  for (const name of names) {
    const kept = readKept(name.slice(PREFIX.length));
    if (!kept?.at || kept.at < Date.now() - DAYS_KEPT * 864e5) localStorage.removeItem(name);
  }
}

function switchKeys() {
  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    const button = box.querySelector("button");
    const say = () => {
      const isOff = localStorage.getItem(`${PREFIX}keys`) === "off";
      button.textContent = isOff ? button.dataset.on : button.dataset.off;
    };
    button.addEventListener("click", () => {
      const isOff = localStorage.getItem(`${PREFIX}keys`) === "off";
      localStorage.setItem(`${PREFIX}keys`, isOff ? "on" : "off");
      say();
    });
    say();
    box.hidden = false;
  }
}

try {
  forgetSaved();
  forgetOld();
  for (const form of document.querySelectorAll("form[data-keep-version]")) keep(form);
  switchKeys();
} catch { /* storage is closed: nothing is kept */ }
