// What lies on the phone (IndexedDB), and nothing of what it means.
//   meta     by name: who is signed in, a guest without the field's rights on his phone, the phone's own name, the clock's
//            difference, when was sent last
//   packs    by login: the officer's events as the office gave them
//   spots    by id: events made on this phone that the office does not list yet
//   days     by user|event|date: what was tapped on that day on this phone, and what became of it
//   entries  by id: what the office has not answered yet: open (still growing), sealed (never changes), rejected
const NAME = 'lapangan';
const VERSION = 1;
let opening;

// Tells the page that another tab is in the way (`blocked`) or that a newer page needs the database (`outdated`).
export const trouble = new EventTarget();

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore('meta');
      db.createObjectStore('packs');
      for (const [name, keyPath] of [['spots', 'id'], ['days', 'key'], ['entries', 'id']]) {
        db.createObjectStore(name, { keyPath }).createIndex('user', 'user');
      }
    };
    request.onblocked = () => trouble.dispatchEvent(new Event('blocked'));
    request.onerror = () => {
      opening = undefined;
      reject(request.error);
    };
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => {
        db.close();
        trouble.dispatchEvent(new Event('outdated'));
      };
      db.onclose = () => { opening = undefined; };
      resolve(db);
    };
  });
  return opening;
}

// The answer of a single request.
export function got(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Runs `work` in one transaction; resolves after it is on the disk, and changes nothing if it fails.
async function run(mode, names, work) {
  const transaction = (await open()).transaction(names, mode, { durability: 'strict' });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
  done.catch(() => {});
  try {
    const value = await work((name) => transaction.objectStore(name));
    await done;
    return value;
  } catch (error) {
    try { transaction.abort(); } catch { /* it has ended by itself */ }
    throw error;
  }
}

const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null;

export async function change(names, work) {
  const value = await run('readwrite', names, work);
  tabs?.postMessage('changed');
  return value;
}

export const look = (names, work) => run('readonly', names, work);

// Calls back when another tab has changed something.
export function watch(callback) {
  if (tabs) tabs.onmessage = callback;
}

export const readMeta = (name) => look(['meta'], (store) => got(store('meta').get(name)));

export const writeMeta = (name, value) => change(['meta'], (store) => got(store('meta').put(value, name)));
