// Keeps a page up to date: the server says when something has changed, then the part marked `data-live-part` and the
// line of status are taken from the page as it is now. Without this script the page says when it was read.
const line = document.querySelector('[data-live]');
const part = document.querySelector('[data-live-part]');
let readAt = line.textContent;
let mark;
let busy = false;
let again = false;

const say = (words) => { line.textContent = `${words} · ${readAt}`; };

async function renew() {
  again = busy;
  if (busy) return;
  busy = true;
  part.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    // Signed out meanwhile: the page to sign in on is no news.
    if (answer.ok && !answer.redirected) show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    say(line.dataset.off);
  }
  part.removeAttribute('aria-busy');
  busy = false;
  if (again) renew();
}

function show(fresh) {
  const focused = part.contains(document.activeElement) && document.activeElement.getAttribute('href');
  part.replaceChildren(...fresh.querySelector('[data-live-part]').childNodes);
  // Whoever was on a link with the keyboard stays on it.
  if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  readAt = fresh.querySelector('[data-live]').textContent;
  say(line.dataset.on);
}

const stream = new EventSource(line.dataset.live);
stream.onopen = () => say(line.dataset.on);
stream.onerror = () => say(line.dataset.off);
stream.onmessage = (event) => {
  if (mark !== undefined && mark !== event.data) renew();
  mark = event.data;
};
