// Keeps the page of the phone for the days without signal: the page itself and its files, nothing of an officer. A new
// version waits until the officer says so, or until no window of the old one is open. The server writes VERSION and
// FILES above this text.
const SHELL = '/lapangan/';
const PREFIX = 'lapangan-';
const CACHE = PREFIX + VERSION;

self.addEventListener('install', (event) => event.waitUntil(fillCache()));

async function fillCache() {
  try {
    const cache = await caches.open(CACHE);
    await Promise.all([keepShell(cache), ...FILES.map((path) => keep(cache, path))]);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, path) {
  const answer = await fetch(path, { redirect: 'error' });
  const type = answer.headers.get('content-type') ?? '';
  if (!answer.ok || type.includes('html')) throw new Error(`${path}: ${answer.status} ${type}`);
  await cache.put(path, answer);
}

// The page of another version, or of whoever runs the Wi-Fi, is not ours to keep.
async function keepShell(cache) {
  const answer = await fetch(SHELL, { cache: 'no-cache', redirect: 'error' });
  const page = await answer.clone().text();
  if (!answer.ok || !page.includes(`data-version="${VERSION}"`)) throw new Error(`${SHELL}: not version ${VERSION}`);
  await cache.put(SHELL, answer);
}

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting();
  // In another language the page is another page.
  if (event.data === 'renew') event.waitUntil(caches.open(CACHE).then(keepShell).then(() => event.ports[0].postMessage('renewed'), () => event.ports[0].postMessage('failed')));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const path = request.mode === 'navigate' && url.pathname === SHELL ? SHELL : url.pathname + url.search;
  if (path === SHELL || FILES.includes(path)) event.respondWith(kept(path, request));
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}
