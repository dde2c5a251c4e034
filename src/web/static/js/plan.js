// Watches a proposal while it is computed: takes the progress from the page as it is now, and shows the proposal itself
// once it is there. Without this script the page reloads by itself.
const PAUSE = 700; // ms

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (answer.ok && !answer.redirected) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!fresh.querySelector('[data-running]')) {
        location.reload();
        return;
      }
      const part = document.querySelector('[data-progress]');
      part.replaceChildren(...fresh.querySelector('[data-progress]').childNodes);
    }
  } catch {
    // The network may be back at the next look.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
