// What a page does by itself: it asks what is going on, shows it when something has changed, and takes files that are dropped.
"use strict";

const body = document.body;
const told = document.getElementById("told");
const PACE = 1500;

function kept(root) {
  return {
    open: new Set([...root.querySelectorAll("details[open]")].map((each) => each.id)),
    shut: new Set([...root.querySelectorAll("details:not([open])")].map((each) => each.id)),
    ticked: new Map([...root.querySelectorAll("input[type=checkbox]")].map((each) => [each.name + each.value, each.checked])),
    focus: root.contains(document.activeElement) ? path(document.activeElement, root) : null,
  };
}

function path(element, root) {
  const steps = [];
  for (; element && element !== root; element = element.parentElement) {
    steps.unshift([...element.parentElement.children].indexOf(element));
  }
  return steps;
}

function restore(root, before) {
  for (const each of root.querySelectorAll("details")) {
    if (before.open.has(each.id)) each.open = true;
    else if (before.shut.has(each.id)) each.open = false;
  }
  for (const each of root.querySelectorAll("input[type=checkbox]")) {
    const was = before.ticked.get(each.name + each.value);
    if (was !== undefined) each.checked = was;
  }
  if (before.focus) before.focus.reduce((found, step) => found && found.children[step], root)?.focus();
}

// Take in what has changed, part by part; what somebody has opened, ticked and focused stays.
async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  body.dataset.number = fresh.body.dataset.number;
  body.dataset.made = fresh.body.dataset.made;
  body.dataset.busy = fresh.body.dataset.busy;
  const wrong = fresh.getElementById("wrong");
  const shown = document.getElementById("wrong");
  if (wrong && !shown) document.querySelector("h1").before(wrong);
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (!other) { if (part.id === "wrong") part.remove(); continue; }
    if (other.innerHTML === part.innerHTML) continue;
    const before = kept(part);
    if (other.dataset.said && other.dataset.said !== part.dataset.said) told.textContent = other.dataset.said;
    part.replaceWith(other);
    restore(other, before);
    prepare(other);
  }
}

async function pulse() {
  try {
    const now = await (await fetch("/pulse")).json();
    const bar = document.getElementById("progress");
    if (bar && now.busy) {
      const drawn = bar.querySelector("progress");
      if (now.of) { drawn.max = now.of; drawn.value = now.done; } else drawn.removeAttribute("value");
      bar.querySelector(".said").textContent = now.said;
    }
    const busy = now.busy || now.checking || now.looking ? "1" : "0";
    if (String(now.number) !== body.dataset.number || String(now.made) !== body.dataset.made || busy !== body.dataset.busy) await refresh();
  } catch { /* the program has ended: the page stays as it is */ }
  setTimeout(pulse, PACE);
}

function prepare(root) {
  for (const form of root.querySelectorAll("form[data-drop]")) {
    const input = form.querySelector("input[type=file]");
    for (const name of ["dragenter", "dragover"]) form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      if (input.files.length && form.reportValidity()) form.requestSubmit();
    });
  }
  for (const all of root.querySelectorAll("input[data-all]")) {
    all.closest("label").hidden = false;
    all.addEventListener("change", () => {
      for (const each of document.querySelectorAll(`input[name="${all.dataset.all}"]`)) each.checked = all.checked;
    });
  }
}

prepare(document);
if (body.querySelector("[data-live], #progress")) setTimeout(pulse, PACE);
