// Lists that are rearranged: the buttons work without a reload, and entries can be dragged.
"use strict";

const live = document.querySelector("[data-live]");

for (const form of document.querySelectorAll("form[data-arrange]")) arrange(form);

function arrange(form) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.classList.contains("move")) return;
    event.preventDefault();
    event.stopPropagation();
    if (button.getAttribute("aria-disabled") === "true") return;
    const sent = new FormData(form);
    sent.set("act", button.value);
    send(form, sent, button.id);
  });
  letDrag(form);
}

async function send(form, sent, focus) {
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.getElementById("arranged");
    const present = document.getElementById("arranged");
    if (!list) { location.assign(answer.url); return; }
    present.replaceWith(document.adoptNode(list));
    live.textContent = page.querySelector(".messages")?.textContent.trim() ?? "";
    const target = document.getElementById(focus);
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
    letDrag(form);
  } catch {
    location.reload();
  }
  form.removeAttribute("aria-busy");
}

function letDrag(form) {
  const list = form.querySelector("#arranged");
  const entries = [...list.querySelectorAll("[data-name]")];
  let moved = null;
  for (const entry of entries) {
    const handle = entry.querySelector("[data-handle]");
    handle.hidden = false;
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", () => { entry.draggable = true; });
    handle.addEventListener("pointerup", () => { entry.draggable = false; });
    entry.addEventListener("dragstart", (event) => {
      moved = entry;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", entry.dataset.name);
    });
    entry.addEventListener("dragover", (event) => {
      if (!moved || moved === entry) return;
      event.preventDefault();
      entry.classList.add("arranged__entry--over");
    });
    entry.addEventListener("dragleave", () => entry.classList.remove("arranged__entry--over"));
    entry.addEventListener("dragend", () => { entry.draggable = false; moved = null; });
    entry.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!moved || moved === entry) return;
      const sent = new FormData(form);
      sent.delete("chosen");
      sent.set("act", form.dataset.act);
      sent.set("moved", moved.dataset.name);
      const name = moved.dataset.name;
      if (form.dataset.act === "to") sent.set("before", entry.dataset.name);
      else sent.set("behind", entries[entries.indexOf(entry) - 1]?.dataset.name ?? "");
      send(form, sent, `down-${name}`);
    });
  }
}
