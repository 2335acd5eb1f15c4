// The editor of a passage: a bar for formatting, a draft every few seconds, how it will look.
"use strict";

const PAUSE = 2000;

for (const form of document.querySelectorAll("form.editor")) {
  const field = form.querySelector("textarea[name=text]:not([hidden])");
  if (field) edit(form, field);
}

function edit(form, field) {
  const said = form.querySelector(".editor__said");
  const bar = form.querySelector(".editor__bar");
  const looks = form.querySelector("[data-looks]");
  const others = document.getElementById("others");
  let kept = field.value, waiting = 0, isSent = false;

  const data = () => {
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.set("text", field.value);
    sent.set("base", form.elements.base.value);
    return sent;
  };
  const keep = async () => {
    clearTimeout(waiting);
    waiting = 0;
    if (field.value === kept || isSent) return;
    const text = field.value;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: data() });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const told = await answer.json();
      kept = text;
      if (said.textContent !== told.said) said.textContent = told.said;
      if (looks) looks.innerHTML = told.html; // escaped by the server, tags of its own only
      if (others) tellOthers(others, told.others);
    } catch {
      said.textContent = form.dataset.failed;
      waiting = setTimeout(keep, PAUSE * 5);
    }
  };

  field.addEventListener("input", () => { waiting ||= setTimeout(keep, PAUSE); });
  field.addEventListener("blur", keep);
  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("pagehide", () => {
    if (!isSent && field.value !== kept && navigator.sendBeacon(form.dataset.draft, data())) kept = field.value;
  });

  if (!bar) return;
  bar.hidden = false;
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const turn = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: turn, ArrowLeft: -turn }[event.key];
    if (!step) return;
    event.preventDefault();
    const here = buttons.indexOf(document.activeElement);
    const next = buttons[(here + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) act(form, field, button);
  });
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const wanted = { b: '[data-sign="**"]', i: '[data-sign="*"]', k: "[data-link]" }[event.key.toLowerCase()];
    if (!wanted) return;
    event.preventDefault();
    act(form, field, bar.querySelector(wanted));
  });
}

function tellOthers(place, lines) {
  if ([...place.children].map((line) => line.textContent).join() === lines.join()) return;
  place.replaceChildren(...lines.map((line) => {
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = line;
    return note;
  }));
}

function act(form, field, button) {
  const { selectionStart: start, selectionEnd: end } = field;
  const chosen = field.value.slice(start, end);
  const words = chosen || form.dataset.words;
  field.focus();
  if (button.dataset.sign) {
    const sign = button.dataset.sign;
    const is = chosen.length > 2 * sign.length && chosen.startsWith(sign) && chosen.endsWith(sign);
    const text = is ? chosen.slice(sign.length, -sign.length) : sign + words + sign;
    const around = field.value.charAt(start - 1) + field.value.charAt(end);
    if (!is && sign === "*" && /[\p{L}\p{N}]/u.test(around)) { put(field, `[${words}]{*}`); return; }
    put(field, text);
    const at = is ? start : start + sign.length;
    field.setSelectionRange(at, at + (is ? text.length : words.length));
  } else if ("link" in button.dataset) {
    put(field, `[${words}](${form.dataset.address})`);
    const at = start + words.length + 3 + form.dataset.address.length;
    field.setSelectionRange(at, at);
  } else {
    const known = [...field.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
    field.setSelectionRange(end, end);
    put(field, `[^${Math.max(0, ...known) + 1}]`);
  }
}

// So that the browser's own undo takes it back.
function put(field, text) {
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
