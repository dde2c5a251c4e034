// The phone: loads what it holds, shows it, listens to thumbs, and sees to it that what was tapped reaches the office.
// A tap is stored before it is shown. Nothing here waits for the browser's word that there is a network.
import { looksLikeNik } from './nik.js';
import { asSent, chooseOffice, refresh, send } from './office.js';
import { change, got, look, trouble, watch, writeMeta } from './store.js';
import { SEAL_AFTER, addNote, addSpot, dayKey, discard, keepDraft, listEntries, mark, sealAll, tap, undo } from './tally.js';
import { find, paint, today } from './view.js';
import { say } from './words.js';

const LOOK_EVERY = 5_000;
const TRY_AGAIN = [5_000, 15_000, 30_000, 60_000];
const FRESH_FOR = 120_000;
const SEND_BEFORE_OUT = 3_000;

const root = document.documentElement;
const note = document.getElementById('note');
const model = {
  me: null, pack: null, spots: [], days: new Map(), entries: [], others: new Map(), net: { state: 'ok' }, sending: 0,
  alerts: [], screen: 'stranger', item: null, received: 0, rejected: 0,
};
let tries = 0;
let nextTry = 0;
let freshAt = 0;
let worker = null;
let updating = false;

// ---- what the phone holds

async function load() {
  await look(['meta', 'packs', 'spots', 'days', 'entries'], async (store) => {
    const meta = (name) => got(store('meta').get(name));
    model.me = (await meta('me')) ?? null;
    const login = model.me?.login ?? '';
    const own = (name) => got(store(name).index('user').getAll(login));
    model.skew = (await meta('skew')) ?? 0;
    model.device = await meta('device');
    model.sentAt = await meta(`sent|${login}`);
    model.guest = (await meta('guest')) ?? null;
    model.pack = (await got(store('packs').get(login))) ?? null;
    model.spots = await own('spots');
    const days = await own('days');
    model.days = new Map(days.map((day) => [day.key, day]));
    model.received = days.reduce((sum, day) => sum + day.accepted + day.held, 0);
    const entries = await got(store('entries').getAll());
    model.entries = entries.filter((entry) => entry.user === login);
    model.rejected = model.entries.filter((entry) => entry.state === 'rejected').length;
    model.others = new Map();
    for (const { user } of entries.filter((entry) => entry.user !== login)) model.others.set(user, (model.others.get(user) ?? 0) + 1);
  });
}

// Reads everything anew and paints it; one at a time, and once more if something changed meanwhile.
let showing = null;
let again = false;
function show() {
  again = true;
  showing ??= (async () => {
    while (again) {
      again = false;
      await load();
      route();
      paint(model);
    }
  })().finally(() => { showing = null; });
  return showing;
}

function route() {
  const [, page, event, date] = location.hash.split('/');
  const same = model.item?.event.id === event && model.item?.date === date;
  // What the office takes off the list stays open under the thumb.
  model.item = page === 'e' && model.me && !model.guest ? (find(model, { event, date }) ?? (same ? model.item : null)) : null;
  if (model.guest) model.screen = 'guest';
  else if (!model.me) model.screen = model.offices ? 'choose' : model.asked ? 'stranger' : 'opening';
  else model.screen = model.item ? 'event' : page === 'baru' ? 'new' : 'schedule';
}

const here = () => ({ user: model.me.login, office: model.me.office, event: model.item.event.id, date: model.item.date });

const dayHere = () => model.days.get(dayKey(model.me.login, model.item.event.id, model.item.date));

// ---- to the office and back

async function sendNow(patient = false) {
  if (!model.me) return 'nothing';
  const answer = await send(model.me, (rows) => {
    model.sending = rows;
    paint(model);
  }, patient);
  // Nothing was asked of the network, so nothing is known of it.
  if (!['nothing', 'elsewhere'].includes(answer.state)) heard(answer);
  // What the office has taken now counts there, too. Or somebody else is signed in by now, or the officer has moved.
  if (['ok', 'other'].includes(answer.state)) await refreshNow();
  await show();
  return answer.state;
}

async function refreshNow() {
  const before = model.me?.login;
  const answer = await refresh(model.me ?? undefined);
  if (answer.state === 'choose') Object.assign(model, { offices: answer.offices, candidate: answer.me });
  model.asked = true;
  heard({ ...answer, state: { other: 'forbidden', choose: 'ok' }[answer.state] ?? answer.state });
  if (answer.state === 'ok') freshAt = Date.now();
  // Somebody without a right to the field has signed in on this phone: what is its owner's is not shown to him.
  if (before && answer.guest && answer.guest.login !== before) await writeMeta('guest', answer.guest);
  await show();
  if (before && model.me?.login !== before) location.hash = '#/';
}

// Remembers how the office was found, and when to try it again.
function heard(answer) {
  model.net = answer;
  tries = answer.state === 'ok' ? 0 : tries + 1;
  const pause = TRY_AGAIN[Math.min(tries, TRY_AGAIN.length) - 1] ?? 0;
  nextTry = Date.now() + Math.max(answer.wait || 0, pause * (0.75 + Math.random() / 2));
}

// Whatever lies sealed, or open for long enough, goes out as soon as it is time to try.
function lookAfter() {
  if (Date.now() < nextTry || model.sending || !model.me) return;
  const counted = (entry) => entry.state === 'open' && Object.keys(entry.counts).length > 0;
  const due = model.entries.some((entry) => entry.state === 'sealed' || (counted(entry) && Date.now() - entry.since > SEAL_AFTER));
  if (due) guard(sendNow());
  else if (['offline', 'busy', 'strange'].includes(model.net.state)) guard(refreshNow());
}

// Patient is who pressed a button: what lies open then goes out, also if another tab is still at it.
async function visit(patient = false) {
  nextTry = 0;
  const state = await sendNow(patient);
  if (['offline', 'signin', 'busy', 'strange'].includes(state)) return;
  if (model.net.state !== 'ok' || Date.now() - freshAt > FRESH_FOR) await refreshNow();
}

// ---- what thumbs do

const actions = {
  plus: ({ outcome }) => tap(here(), outcome, 1),
  // Down to nothing, be it counted here or by another phone that the office has heard.
  minus: ({ outcome }) => tap(here(), outcome, -1, -countedByOthers(outcome)),
  undo: () => undo(here()),
  start: () => mark(here(), 'start').then(sendSoon),
  finish,
  note: writeNote,
  send: () => visit(true),
  ready: getReady,
  choose: ({ office }) => chooseOffice(model.candidate, office).then(load).then(refreshNow),
  discard: async ({ id }) => (await ask(say('discard-ask'), [['yes', say('discard')], ['no', say('cancel')]])) === 'yes' && discard(id),
  export: exportEntries,
  install: () => installer?.prompt(),
  language: changeLanguage,
  'sign-out': signOut,
  update: () => {
    updating = true;
    worker?.postMessage('take over');
  },
  reload: () => location.reload(),
};

// What the office has of an outcome that did not come from this phone: its sum without what was sent from here.
function countedByOthers(outcome) {
  const { event, date, day } = model.item;
  const waiting = model.entries.filter((entry) => entry.event === event.id && entry.date === date);
  const unsent = waiting.reduce((sum, entry) => sum + (entry.counts?.[outcome] ?? 0), 0);
  const sent = (dayHere()?.counts[outcome] ?? 0) - unsent;
  return Math.max(0, (day.counts[outcome] ?? 0) - sent);
}

function sendSoon() {
  nextTry = 0;
  guard(sendNow());
}

async function finish() {
  const day = dayHere();
  const counted = Object.values(day?.counts ?? {}).some((n) => n !== 0) || Object.keys(model.item.day.counts).length > 0;
  const answers = counted ? [['yes', say('finish-yes')]] : [['nihil', say('finish-nihil')], ['yes', say('finish-later')]];
  const answer = await ask(say(counted ? 'finish-ask' : 'finish-nothing'), [...answers, ['no', say('cancel')]]);
  if (answer === 'no') return;
  await mark(here(), 'finish', { nihil: answer === 'nihil' });
  sendSoon();
}

async function writeNote() {
  const text = note.value.trim();
  if (!checkNote() || !text) return;
  await addNote(here(), text);
  note.value = '';
}

function checkNote() {
  return complain('note-error', looksLikeNik(note.value) ? say('nik') : '');
}

// Shows a complaint beside its field, or takes it away; true if there is none.
function complain(id, text) {
  const place = document.getElementById(id);
  place.textContent = text;
  place.hidden = !text;
  place.classList.toggle('error', Boolean(text));
  return !text;
}

async function makeSpot(form) {
  const data = new FormData(form);
  const [title, place] = ['title', 'place'].map((name) => String(data.get(name)).trim());
  const services = data.getAll('services');
  const wrong = !title ? 'required' : looksLikeNik(title) || looksLikeNik(place) ? 'nik' : services.length ? '' : 'no-service';
  if (!complain('new-error', wrong && say(wrong))) return;
  const date = today(model);
  const id = await addSpot({ user: model.me.login, office: model.me.office, date }, { title, place, services });
  form.reset();
  location.replace(`#/e/${id}/${date}`);
  sendSoon();
}

async function getReady() {
  await navigator.storage?.persist?.();
  await checkPersisted();
  await visit();
  await refreshNow();
}

async function checkPersisted() {
  model.persisted = (await navigator.storage?.persisted?.()) ?? false;
}

// What of the officer the office has not answered, as a batch that a coordinator can post in his place.
async function exportEntries() {
  await sealAll(model.me.login);
  const text = JSON.stringify({ device: model.device, entries: (await listEntries(model.me.login)).map(asSent) }, null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `catatan-${model.device}-${today(model)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function signOut() {
  // What can go out does so first: the question counts what is really left.
  if (!model.guest) await Promise.race([sendNow(true), new Promise((resolve) => { setTimeout(resolve, SEND_BEFORE_OUT); })]);
  await load();
  if (model.entries.length && !model.guest) {
    const answer = await ask(say('sign-out-ask', { n: model.entries.length }), [['no', say('cancel')], ['yes', say('sign-out-yes')]]);
    if (answer !== 'yes') return;
  }
  if (!(await post('/keluar'))) return tell({ tone: 'warn', text: say('sign-out-offline'), name: 'sign-out' });
  await change(['meta'], (store) => {
    store('meta').delete('guest');
    return got(store('meta').delete('me'));
  });
  location.href = '/masuk?kembali=/lapangan/';
}

async function changeLanguage({ value }) {
  if (!(await post('/bahasa', { language: value, kembali: '/lapangan/' }))) return tell({ tone: 'warn', text: say('language-offline'), name: 'language' });
  const active = navigator.serviceWorker?.controller;
  if (active) {
    const { port1, port2 } = new MessageChannel();
    const done = new Promise((resolve) => { port1.onmessage = resolve; });
    active.postMessage('renew', [port2]);
    await done;
  }
  location.reload();
}

// Posts a form whose answer leads elsewhere; true if it arrived.
async function post(path, fields = {}) {
  try {
    const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    return answer.type === 'opaqueredirect' || answer.ok;
  } catch {
    return false;
  }
}

// ---- questions and notices

function ask(text, answers) {
  const dialog = document.querySelector('[data-slot="ask"]');
  document.getElementById('ask-text').textContent = text;
  const buttons = answers.map(([value, label], place) => Object.assign(document.createElement('button'), { className: place ? 'button' : 'button main', type: 'button', textContent: label, value }));
  buttons.forEach((button) => { button.dataset.answer = button.value; });
  document.querySelector('[data-slot="answers"]').replaceChildren(...buttons);
  dialog.showModal();
  // The event of closing comes late: the next question could already stand there, and take the answer of this one.
  return new Promise((resolve) => {
    const answer = (value) => {
      dialog.close();
      resolve(value);
    };
    dialog.onclick = (event) => event.target.value && answer(event.target.value);
    dialog.oncancel = () => answer('no');
  });
}

function tell(notice) {
  model.alerts = [...model.alerts.filter(({ name }) => name !== notice.name), notice];
  paint(model);
}

function forget(name) {
  model.alerts = model.alerts.filter((notice) => notice.name !== name);
}

// What the storage refuses is told at once: what was not stored is not shown as counted.
async function guard(work) {
  try {
    await work;
  } catch (error) {
    tell({ tone: 'bad', text: say(error?.name === 'QuotaExceededError' ? 'full' : 'broken'), name: 'storage' });
  }
}

// ---- the worker

async function keepOffline() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => updating && location.reload());
  navigator.serviceWorker.ready.then(() => { root.dataset.kept = ''; });
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/lapangan/', updateViaCache: 'none' });
  const offer = () => {
    worker = registration.waiting;
    if (worker && registration.active) tell({ tone: 'ok', text: say('update'), name: 'update', action: 'update', label: say('update-yes') });
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  offer();
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && registration.update().catch(() => {}));
}

// ---- listening

let installer = null;

// A button that has gone leaves the focus to what comes next: counting, or the heading.
function keepFocus(button) {
  if (button.checkVisibility() || ![document.body, button].includes(document.activeElement)) return;
  document.querySelector(model.screen === 'event' ? '.dock .plus' : 'h1').focus({ preventScroll: true });
}

function listen() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-action]');
    const action = button && actions[button.dataset.action];
    if (!action || button.disabled) return;
    guard(Promise.resolve(action({ ...button.dataset, value: button.value })).then(() => forget('storage')).then(show).then(() => keepFocus(button)));
  });
  document.querySelector('form[data-action="make"]').addEventListener('submit', (event) => {
    event.preventDefault();
    guard(makeSpot(event.target).then(show));
  });
  note.addEventListener('input', () => model.item && checkNote() && guard(keepDraft(here(), note.value)));
  addEventListener('hashchange', () => guard(show().then(enter)));
  addEventListener('online', () => guard(visit()));
  document.addEventListener('visibilitychange', () => guard(document.visibilityState === 'visible' ? visit() : sendNow()));
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installer = event;
    document.querySelector('[data-action="install"]').hidden = false;
  });
  addEventListener('appinstalled', () => navigator.storage?.persist?.());
  trouble.addEventListener('blocked', () => tell({ tone: 'warn', text: say('blocked'), name: 'tabs' }));
  trouble.addEventListener('outdated', () => tell({ tone: 'warn', text: say('outdated'), name: 'tabs', action: 'reload', label: say('reload') }));
  watch(() => guard(show()));
  setInterval(lookAfter, LOOK_EVERY);
}

// How long this took from the start of the page on is what `loads` measures.
function usable() {
  if (root.dataset.ready === undefined) performance.mark('usable');
  root.dataset.ready = '';
}

// A screen that was just opened begins at its top, with its heading, and with what was being written.
function enter() {
  scrollTo(0, 0);
  document.querySelector('[data-slot="heading"]').focus({ preventScroll: true });
  note.value = model.item ? (dayHere()?.draft ?? '') : '';
  complain('note-error', '');
}

// The phone's own name, which the office sees: short enough to be read out over the telephone.
function newName() {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return `HP-${Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => letters[byte % 32]).join('')}`;
}

// What lies here is shown before the phone is asked for anything else: each start would wait for that.
async function begin() {
  await Promise.all([checkPersisted(), load()]);
  route();
  paint(model);
  if (model.device) return;
  await change(['meta'], async (store) => (await got(store('meta').get('device'))) ?? store('meta').put(newName(), 'device'));
  await show();
}

listen();
await guard(begin());
if (model.item) enter();
// On its very first visit the phone holds nothing that could be shown.
if (model.me) usable();
guard(visit()).finally(usable);
keepOffline().catch(() => {});
