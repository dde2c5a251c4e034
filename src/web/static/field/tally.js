// Taps become entries. A tap goes into the open entry of its (user, event, day) and into the day's own sums in one
// transaction; an entry is sealed under its own id at most once a minute and before each send, and never changes then.
import { change, got, look } from './store.js';
import { uuid7 } from './uuid7.js';

export const SEAL_AFTER = 60_000;
const TAPS_KEPT = 20;
const LOG_KEPT = 30;

export const dayKey = (user, event, date) => `${user}|${event}|${date}`;
const openId = (where) => `open|${dayKey(where.user, where.event, where.date)}`;
const blankDay = ({ user, event, date }) => ({
  key: dayKey(user, event, date), user, event, date, counts: {}, taps: [], log: [], accepted: 0, held: 0, tallied: false,
});

// Counts one outcome up, or down to `floor`. `where` is { user, office, event, date }.
export function tap(where, outcome, n, floor = 0) {
  return change(['entries', 'days'], async (store) => {
    const day = await loadDay(store, where);
    if (n < 0 && (day.counts[outcome] ?? 0) + n < floor) return;
    await count(store, where, day, outcome, n);
    day.taps = [...day.taps, { outcome, n, at: Date.now() }].slice(-TAPS_KEPT);
    store('days').put(day);
  });
}

// Takes the last tap back, wherever it is by now: what was sent already is undone by an entry of its own.
export function undo(where) {
  return change(['entries', 'days'], async (store) => {
    const day = await loadDay(store, where);
    const last = day.taps.pop();
    if (!last) return;
    await count(store, where, day, last.outcome, -last.n);
    store('days').put(day);
  });
}

// Adds a note; it travels with the next entry that carries a count, so that it alone never reports a day.
export function addNote(where, text) {
  return change(['entries', 'days'], async (store) => {
    const open = await openEntry(store, where);
    open.note = open.note ? `${open.note}\n${text}` : text;
    store('entries').put(open);
    const day = await loadDay(store, where);
    day.draft = '';
    store('days').put(day);
  });
}

// Keeps what is being written across a reload.
export function keepDraft(where, text) {
  return change(['days'], async (store) => {
    const day = await loadDay(store, where);
    day.draft = text;
    store('days').put(day);
  });
}

// Says that the event begins or ends; `nihil` says that nobody came.
export function mark(where, kind, { nihil = false } = {}) {
  return change(['entries', 'days'], async (store) => {
    const day = await loadDay(store, where);
    if (kind === 'start') day.started = Date.now();
    if (kind === 'finish') {
      day.finished = Date.now();
      await sealOne(store, await got(store('entries').get(openId(where))), day);
    }
    if (nihil) {
      store('entries').put(sealed({ ...where, counts: {} }, 'tally'));
      day.tallied = true;
    }
    const waiting = await got(store('entries').get(openId(where)));
    const note = kind === 'finish' && waiting?.note;
    if (note) store('entries').delete(waiting.id);
    store('entries').put(sealed(note ? { ...where, note } : where, kind));
    store('days').put(day);
  });
}

// An event made on the spot: known here at once, and to the office with the next send.
export function addSpot({ user, office, date }, { title, place, services }) {
  const id = uuid7();
  const spot = { id, user, office, date, title, place, services, made: Date.now() };
  const described = place ? { title, place, services } : { title, services };
  return change(['entries', 'spots'], async (store) => {
    store('spots').put(spot);
    store('entries').put(sealed({ user, office, event: id, date, event_new: described }, 'event_new'));
    return id;
  });
}

// Seals every open entry of the user.
export function sealAll(user) {
  return change(['entries', 'days'], async (store) => {
    const entries = await got(store('entries').index('user').getAll(user));
    for (const entry of entries.filter((one) => one.state === 'open')) {
      const day = await loadDay(store, entry);
      await sealOne(store, entry, day);
      store('days').put(day);
    }
  });
}

// Puts the office's answers into effect: what it has is deleted here, what it rejects is kept and shown. Answers whose
// id is unknown change nothing. Returns how many rows were settled.
export function settle(rows, results) {
  const answers = new Map(results.map((result) => [result?.id, result]));
  return change(['entries', 'days'], async (store) => {
    let settled = 0;
    for (const { id } of rows) {
      const row = await got(store('entries').get(id));
      const answer = answers.get(id);
      const taken = ['accepted', 'duplicate', 'held'].includes(answer?.status);
      if (!row || (!taken && answer?.status !== 'rejected')) continue;
      settled += 1;
      if (!taken) {
        const why = (answer.errors ?? []).map((error) => error.message).filter(Boolean).join(' ');
        store('entries').put({ ...row, state: 'rejected', reason: answer.reason ?? 'malformed', why });
        continue;
      }
      store('entries').delete(id);
      const day = await loadDay(store, row);
      const held = answer.status === 'held';
      day[held ? 'held' : 'accepted'] += 1;
      day.log = [{ id, at: row.at, kind: row.kind, counts: row.counts, note: Boolean(row.note), status: answer.status,
        reason: answer.reason, answered: Date.now() }, ...day.log].slice(0, LOG_KEPT);
      store('days').put(day);
    }
    return settled;
  });
}

// Throws a rejected entry away, at the officer's word; the day's own sums go back.
export function discard(id) {
  return change(['entries', 'days'], async (store) => {
    const row = await got(store('entries').get(id));
    if (row?.state !== 'rejected') return;
    store('entries').delete(id);
    const day = await loadDay(store, row);
    for (const [outcome, n] of Object.entries(row.counts ?? {})) day.counts[outcome] = (day.counts[outcome] ?? 0) - n;
    store('days').put(day);
  });
}

export const listEntries = (user) => look(['entries'], (store) => got(store('entries').index('user').getAll(user)));

async function loadDay(store, where) {
  return (await got(store('days').get(dayKey(where.user, where.event, where.date)))) ?? blankDay(where);
}

async function openEntry(store, where) {
  const { user, office, event, date } = where;
  const found = await got(store('entries').get(openId(where)));
  return found ?? { id: openId(where), user, office, event, date, state: 'open', counts: {}, since: Date.now() };
}

async function count(store, where, day, outcome, n) {
  let open = await openEntry(store, where);
  if (Date.now() - open.since > SEAL_AFTER && Object.keys(open.counts).length) {
    await sealOne(store, open, day);
    open = await openEntry(store, where);
  }
  open.counts[outcome] = (open.counts[outcome] ?? 0) + n;
  open.at = Date.now();
  store('entries').put(open);
  day.counts[outcome] = (day.counts[outcome] ?? 0) + n;
}

// What cancels itself out is not worth an entry; a note without any count waits.
async function sealOne(store, open, day) {
  if (!open) return;
  const counts = Object.fromEntries(Object.entries(open.counts).filter(([, n]) => n !== 0));
  const counted = Object.keys(counts).length > 0;
  if (!counted && open.note && !day.tallied) return;
  store('entries').delete(open.id);
  if (!counted && !open.note) return;
  const { user, office, event, date, note, at } = open;
  store('entries').put(sealed(note ? { user, office, event, date, counts, note } : { user, office, event, date, counts }, 'tally', at));
  day.tallied = true;
}

function sealed(fields, kind, at = Date.now()) {
  return { ...fields, id: uuid7(), kind, state: 'sealed', at: new Date(at).toISOString() };
}
