// Talks to the office: sends what is sealed, fetches the officer's events. Every answer that is not plainly the
// office's own (a redirect, a page of a portal, an error) leaves all rows where they are.
import { change, got, look, writeMeta } from './store.js';
import { sealAll, settle } from './tally.js';

const PATIENCE = 30_000;
// Even with the longest notes a batch stays below the office's 1 MiB.
const BATCH = 100;
const FIELDS = ['id', 'event', 'date', 'at', 'kind', 'counts', 'note', 'event_new'];

// An answer: { state: ok | offline | signin | other | busy | strange, … }; `other` is an account without a right to this.
async function ask(path, options = {}) {
  let response;
  const asked = Date.now();
  try {
    response = await fetch(path, {
      ...options, redirect: 'error', cache: 'no-store', credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 304) return { state: 'ok', status: 304, ...timed(response, asked) };
    const type = response.headers.get('content-type') ?? '';
    if (response.status === 401) return { state: 'signin' };
    if (!type.includes('json')) return { state: response.ok ? 'strange' : 'busy', status: response.status };
    const body = await response.json();
    if (response.ok) return { state: 'ok', status: response.status, body, etag: response.headers.get('etag'), ...timed(response, asked, body) };
    const state = { 403: 'other', 404: 'other' }[response.status] ?? 'busy';
    return { state, status: response.status, wait: Number(response.headers.get('retry-after')) * 1000 };
  } catch (error) {
    return { state: response ? 'strange' : 'offline', error };
  }
}

// How far the phone's clock is behind the office's, seen from the middle of the request.
function timed(response, asked, body) {
  const office = Date.parse(response.headers.get('x-server-time') ?? body?.server_time ?? '');
  return Number.isNaN(office) ? {} : { skew: office - (asked + Date.now()) / 2 };
}

async function keepTime(answer) {
  if (answer.skew !== undefined) await writeMeta('skew', answer.skew);
}

// Seals and sends everything of `me` that waits. One tab at a time: a tab that finds another at it says `elsewhere`, or, if it
// is patient, takes its turn after it.
export async function send(me, onSending = () => {}, patient = false) {
  const work = () => sendAll(me, onSending);
  if (!navigator.locks) {
    if (sendingHere && !patient) return sendingHere;
    const turn = (sendingHere ?? Promise.resolve()).catch(() => {}).then(work).finally(() => {
      if (sendingHere === turn) sendingHere = undefined;
    });
    return (sendingHere = turn);
  }
  return navigator.locks.request('lapangan-kirim', { ifAvailable: !patient }, (lock) => (lock ? work() : { state: 'elsewhere' }));
}

let sendingHere;

async function sendAll(me, onSending) {
  await sealAll(me.login);
  for (let sent = false; ; sent = true) {
    const { rows, left, device } = await nextBatch(me.login);
    if (!rows.length) return { state: sent ? 'ok' : 'nothing' };
    onSending(rows.length);
    const body = JSON.stringify({
      device, user: me.login, sent_at: new Date().toISOString(), waiting: left,
      entries: rows.map(asSent),
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(`/api/v1/offices/${rows[0].office}/results/batch`, { method: 'POST', headers, body });
    onSending(0);
    if (answer.state !== 'ok') return answer;
    if (!Array.isArray(answer.body?.results)) return { state: 'strange' };
    await keepTime(answer);
    const settled = await settle(rows, answer.body.results);
    if (!settled) return { state: 'strange' };
    await writeMeta(`sent|${me.login}`, Date.now());
  }
}

// A row as the office reads it.
export const asSent = (row) => Object.fromEntries(FIELDS.filter((field) => field in row).map((field) => [field, row[field]]));

// The oldest sealed rows of one office, and how many rows will be left on the phone after them.
function nextBatch(login) {
  return look(['entries', 'meta'], async (store) => {
    const all = await got(store('entries').index('user').getAll(login));
    const sealed = all.filter((row) => row.state === 'sealed').sort((one, other) => (one.id < other.id ? -1 : 1));
    const rows = sealed.filter((row) => row.office === sealed[0].office).slice(0, BATCH);
    return { rows, left: all.length - rows.length, device: await got(store('meta').get('device')) };
  });
}

// Who is signed in and what he takes along; keeps both on the phone. The state `choose` asks for one of many offices.
export async function refresh(known, again = true) {
  const me = known ?? (await whoAmI());
  if (!me.office) return me;
  const pack = await look(['packs'], (store) => got(store('packs').get(me.login)));
  const headers = pack?.etag && pack.office === me.office ? { 'if-none-match': pack.etag } : {};
  const answer = await ask(`/api/v1/offices/${me.office}/field`, { headers });
  if (answer.state === 'other' && known && again) return refresh(undefined, false);
  if (answer.state === 'other' && !known) return { ...answer, guest: { login: me.login, name: me.name } };
  if (answer.state !== 'ok') return answer;
  if (answer.status !== 304 && !Array.isArray(answer.body?.events)) return { state: 'strange' };
  await keepTime(answer);
  const user = answer.status === 304 ? me : { ...answer.body.user, office: me.office };
  await change(['meta', 'packs', 'spots'], async (store) => {
    store('meta').put({ login: user.login, name: user.name, office: user.office }, 'me');
    store('meta').delete('guest');
    store('packs').put({ ...(answer.status === 304 ? pack : { ...answer.body, etag: answer.etag, office: me.office }),
      zone: answer.body?.office?.time_zone ?? pack?.zone, office_name: answer.body?.office?.name ?? pack?.office_name,
      saved: Date.now() }, user.login);
    await forgetSpots(store, user.login, answer.body?.events ?? pack.events);
  });
  return { state: 'ok' };
}

// Makes the officer's choice among several offices known.
export const chooseOffice = (me, office) => writeMeta('me', { ...me, office });

async function whoAmI() {
  const answer = await ask('/api/v1/me');
  if (answer.state !== 'ok' || !answer.body?.login) return answer.state === 'ok' ? { state: 'strange' } : answer;
  await keepTime(answer);
  const { login, name, offices } = answer.body;
  if (offices.length === 1) return { login, name, office: offices[0].code };
  return { state: 'choose', me: { login, name }, offices };
}

// An event made here is the office's from the moment that its list has it; unsent ones stay.
async function forgetSpots(store, login, events) {
  const listed = new Set(events.map((event) => event.id));
  const old = Date.now() - 30 * 24 * 3600_000;
  for (const spot of await got(store('spots').index('user').getAll(login))) {
    if (listed.has(spot.id) || spot.made < old) store('spots').delete(spot.id);
  }
}
