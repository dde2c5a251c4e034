// The board by hand: a card is dragged to another day or team. The server decides by the same rules as the form behind
// "Pindahkan…", which does the same without dragging; what it answers is shown and announced. Fingers scroll: they move
// events by that form.

const THRESHOLD = 6; // px before a press becomes a drag
const EDGE = 48; // px from the edge of the window where it scrolls along
const STEP = 12; // px that it scrolls by

const board = () => document.getElementById('papan');
const announce = (text) => { document.getElementById('kabar-papan').textContent = text; };

let drag = null;

function press(event) {
  const card = event.target.closest('.card[data-movable]');
  const isLink = event.target.closest('.actions a, button');
  if (!card || isLink || event.button !== 0 || event.pointerType === 'touch' || drag || !board().dataset.drop) return;
  drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, target: null };
}

function move(event) {
  if (!drag || drag.sending || event.pointerId !== drag.pointer) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.ghost) {
    if (Math.hypot(dx, dy) < THRESHOLD) return;
    lift();
  }
  drag.ghost.style.transform = `translate(${drag.left + dx}px, ${drag.top + dy}px)`;
  if (event.clientY < EDGE) window.scrollBy(0, -STEP);
  if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, STEP);
  aim(cellAt(event.clientX, event.clientY));
}

// The card itself stays in its cell, pale; a copy of it follows the pointer.
function lift() {
  const { card, pointer } = drag;
  const box = card.getBoundingClientRect();
  const ghost = card.cloneNode(true);
  for (const name of Object.keys(ghost.dataset)) if (name !== 'state') delete ghost.dataset[name];
  ghost.classList.add('ghost');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  ghost.style.inlineSize = `${box.width}px`;
  document.body.append(ghost);
  card.classList.add('lifted');
  card.setPointerCapture(pointer);
  Object.assign(drag, { ghost, left: box.left, top: box.top });
  announce(board().dataset.lifted);
}

// The cell under the pointer with the day that is meant: a cell of several days is divided among them.
function cellAt(x, y) {
  const cell = document.elementsFromPoint(x, y).map((element) => element.closest('td[data-team]')).find(Boolean);
  if (!cell) return null;
  const box = cell.getBoundingClientRect();
  const place = Math.min(cell.colSpan - 1, Math.max(0, Math.floor(((x - box.left) / box.width) * cell.colSpan)));
  return { cell, team: cell.dataset.team, date: addDays(cell.dataset.date, place) };
}

function addDays(date, days) {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function aim(target) {
  drag.target?.cell.classList.remove('aim');
  target?.cell.classList.add('aim');
  drag.target = target;
}

function release(event) {
  if (!drag || drag.sending || event.pointerId !== drag.pointer) return;
  if (!drag.ghost) {
    drag = null;
    return;
  }
  // The click that follows a drag opens nothing.
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
  const { card, target } = drag;
  const same = target && target.team === card.dataset.team && target.date === card.dataset.date;
  if (!target || same) return putBack(board().dataset.cancelled);
  send(card, target);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function putBack(text) {
  const { card, ghost } = drag;
  aim(null);
  ghost?.remove();
  card.classList.remove('lifted');
  drag = null;
  if (text) announce(text);
}

async function send(card, target) {
  drag.sending = true;
  const { event: id, version, date, team } = card.dataset;
  announce(board().dataset.sending);
  board().setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(`${board().dataset.drop}/${id}`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ version, dari: date, ke: target.date, tim_dari: team, tim_ke: target.team }),
    });
    // Signed out meanwhile: the page itself leads to the form for it.
    if (answer.redirected) return location.reload();
    if (![200, 409, 412, 422].includes(answer.status)) throw new Error(String(answer.status));
    const notice = parse(await answer.text()).querySelector('.notice');
    // Moved, or moved by somebody else: in both cases the board is not what it was.
    if (answer.ok || answer.status === 412) await refresh(id);
    putBack();
    say(notice);
  } catch {
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.dataset.tone = 'bad';
    notice.textContent = board().dataset.failed;
    putBack();
    say(notice);
  } finally {
    board().removeAttribute('aria-busy');
  }
}

function say(notice) {
  const place = document.getElementById('pesan-papan');
  place.replaceChildren(notice);
  announce([...notice.querySelectorAll('p')].map((line) => line.textContent).join(' ') || notice.textContent);
  const { top } = place.getBoundingClientRect();
  if (top < 0) place.scrollIntoView({ block: 'nearest' });
}

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

// Takes the board anew from the server; the focus goes to the card that was moved.
async function refresh(id) {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = parse(await answer.text());
  const fresh = page.getElementById('papan');
  if (!fresh) return location.reload();
  board().replaceWith(fresh);
  const summary = page.getElementById('ringkasan');
  if (summary) document.getElementById('ringkasan')?.replaceWith(summary);
  fresh.querySelector(`.card[data-event="${CSS.escape(id)}"] .place`)?.focus({ preventScroll: true });
}

document.addEventListener('pointerdown', press);
document.addEventListener('pointermove', move);
document.addEventListener('pointerup', release);
document.addEventListener('pointercancel', () => { if (drag && !drag.sending) putBack(); });
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && drag && !drag.sending) putBack(board().dataset.cancelled);
});
// Links inside cards would be dragged by the browser itself.
document.addEventListener('dragstart', (event) => {
  if (event.target.closest?.('.card[data-movable]')) event.preventDefault();
});

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
