// Keeps the proposals of the event form fresh while it is filled in: sends the form as "Periksa" would and takes over
// the parts that depend on venue and days. Without this file the button does the same.
const form = document.querySelector("form[data-live]");
const WATCHED = /^(venue|days\[\d+\]\.(date|until|starts|ends|slots))$/;
let asked = 0;

// What the reader chose in the meantime stays chosen.
function keepChoices(part, fresh) {
  for (const input of part.querySelectorAll("input[type=checkbox], input[type=radio]")) {
    const own = [...fresh.querySelectorAll("input")].find((other) => other.name === input.name && other.value === input.value);
    if (own) own.checked = input.checked;
  }
  for (const [place, details] of [...part.querySelectorAll("details")].entries()) {
    const own = fresh.querySelectorAll("details")[place];
    if (own) own.open = details.open;
  }
}

// The venue is replaced only when it was entered: then what it was taken for is shown, and the focus stays there.
function takeOver(page, isVenueEntered) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    const fresh = page.querySelector(`[data-part="${name}"]`);
    if (!fresh || (name === "venue" ? !isVenueEntered : part.contains(document.activeElement))) continue;
    keepChoices(part, fresh);
    part.replaceWith(document.importNode(fresh, true));
  }
  if (isVenueEntered) document.querySelector("[data-part=venue] :is(button, input)")?.focus();
}

async function refresh(isVenueEntered = false) {
  const turn = ++asked;
  const body = new URLSearchParams(new FormData(form));
  body.set("check", "1");
  const help = document.querySelector("[data-part=help]");
  help?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (turn !== asked || !answer.ok) return;
    takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"), isVenueEntered);
  } catch {
    // Without a connection the form stays as it is; saving will tell.
  } finally {
    if (turn === asked) document.querySelector("[data-part=help]")?.removeAttribute("aria-busy");
  }
}

form?.addEventListener("change", (event) => {
  if (WATCHED.test(event.target.name)) refresh();
});

// Enter asks what is free, as the button does, and leaves the focus where it is.
form?.addEventListener("keydown", (event) => {
  const { name, type } = event.target;
  if (event.key !== "Enter" || !WATCHED.test(name) || type === "checkbox") return;
  event.preventDefault();
  refresh(name === "venue");
});

// One of several venues that were meant.
form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=pick_venue]");
  if (!button) return;
  event.preventDefault();
  form.elements.venue.value = button.value;
  refresh(true);
});

// An offered day goes into the form at once.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=pick_date]");
  const date = form?.elements["days[0].date"];
  if (!button || !date) return;
  event.preventDefault();
  date.value = button.value;
  form.elements["days[0].until"].value = "";
  date.focus();
  refresh();
});
