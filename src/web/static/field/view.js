// Paints what the phone holds. Reads a model that app.js has loaded, changes the page and nothing else; a number is
// written only where it differs, so that nothing jumps and nothing is read aloud twice.
import { dayKey } from './tally.js';
import { counted, hours, localDate, longDate, nextDate, say, short, states, time } from './words.js';

const RELEASED = ['cancelled', 'postponed', 'not_held'];
const BEFORE = ['proposed', 'confirmed'];

const at = (slot) => document.querySelector(`[data-slot="${slot}"]`);
const all = (selector) => document.querySelectorAll(selector);

function write(element, text) {
  if (element && element.textContent !== String(text)) element.textContent = text;
}

function show(element, visible) {
  if (element && element.hidden === visible) element.hidden = !visible;
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(properties.data ?? {})) element.dataset[name] = value;
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// Puts new contents in place of the old, unless they look the same.
function fill(element, children) {
  const next = make('div', {}, ...children);
  if (element.innerHTML !== next.innerHTML) element.replaceChildren(...next.childNodes);
}

// The events of the officer, day by day; what was made here and the office does not list yet among them.
export function agenda(model) {
  const spots = model.spots.map((spot) => ({ ...spot, state: 'ongoing', teams: [], units: [], crew: [], days: [{ date: spot.date, counts: {} }] }));
  const events = [...(model.pack?.events ?? []), ...spots];
  const items = events.flatMap((event) => event.days.map((day) => ({ event, day, date: day.date })));
  return items.sort((one, other) => (one.date + (one.day.starts ?? '')).localeCompare(other.date + (other.day.starts ?? '')));
}

export const find = (model, { event, date }) => agenda(model).find((item) => item.event.id === event && item.date === date);

export const mainOutcome = (event) => (event.services.includes('activated') || !event.services.length ? 'activated' : event.services[0]);

const dayOf = (model, item) => model.days.get(dayKey(model.me.login, item.event.id, item.date));
const nameOf = (event) => event.venue?.name ?? event.place ?? event.title;
const sum = (counts) => Object.values(counts ?? {}).reduce((total, n) => total + n, 0);

function stateOf(model, { event, date }) {
  const day = model.days.get(dayKey(model.me.login, event.id, date));
  if (day?.finished && [...BEFORE, 'ongoing'].includes(event.state)) return 'done';
  return day?.started && event.state === 'confirmed' ? 'ongoing' : event.state;
}

// True for a day that has passed and of which the office has heard nothing, and this phone keeps nothing.
function isAwaited(model, { event, day, date }, now) {
  const tookPlace = ['confirmed', 'ongoing', 'done'].includes(event.state);
  const counted = Object.keys(day.counts).length > 0 || Object.keys(dayOf(model, { event, date })?.counts ?? {}).length > 0;
  return date < now && tookPlace && event.reporting === 'unreported' && !counted;
}

export function today(model) {
  return localDate(Date.now() + (model.skew ?? 0), model.pack?.zone);
}

export function paint(model) {
  const screen = model.screen;
  for (const section of all('[data-screen]')) show(section, section.dataset.screen === screen);
  show(at('back'), ['event', 'new'].includes(screen));
  show(at('brand'), !['event', 'new'].includes(screen));
  show(at('dock'), screen === 'event');
  paintSync(model);
  paintAlerts(model);
  if (screen === 'event') return paintEvent(model, model.item);
  write(at('heading'), screen === 'new' ? say('new') : say('schedule'));
  if (screen === 'guest') write(at('guest'), say('guest-text', { name: model.guest.name }));
  if (screen === 'guest') write(at('subheading'), model.guest.name);
  else if (screen !== 'opening') write(at('subheading'), screen === 'new' ? longDate(today(model)) : [model.me?.name, model.pack?.office_name].filter(Boolean).join(' · '));
  if (screen === 'schedule') paintSchedule(model);
  if (screen === 'choose') {
    fill(at('offices'), model.offices.map(({ code, name }) => make('button', { className: 'button', type: 'button', textContent: name, data: { action: 'choose', office: code } })));
  }
}

function paintSync(model) {
  const waiting = model.entries.length;
  const { state } = model.net;
  const untouched = state === 'ok' && !waiting && !model.received;
  const shown = model.sending ? 'sending' : state !== 'ok' ? state : waiting > model.rejected ? 'soon' : model.rejected ? 'rejected' : 'ok';
  for (const bar of all('.sync')) bar.dataset.sync = shown;
  write(at('sync-head'), shown === 'ok' && untouched ? say('sync-new') : say(`sync-${shown}`));
  // Before the first tap nothing can have been sent or received.
  for (const queue of ['sent', 'received']) show(document.querySelector(`[data-queue="${queue}"]`).parentElement, !untouched);
  const text = shown === 'signin' && !waiting ? 'sync-signin-none' : `sync-${shown}-text`;
  write(at('sync-text'), shown === 'sending' ? say('sync-ok-text') : say(text, { n: waiting }));
  show(at('sign-in'), ['signin', 'forbidden'].includes(shown));
  show(document.querySelector('[data-action="send"]'), !['signin', 'forbidden'].includes(shown));
  write(document.querySelector('[data-queue="phone"]'), waiting - model.sending);
  write(document.querySelector('[data-queue="sent"]'), model.sending);
  write(document.querySelector('[data-queue="received"]'), model.received);
  write(at('received-at'), model.sentAt ? say('last-sync', { time: time(model.sentAt, model.pack?.zone) }) : '');
}

function paintAlerts(model) {
  const notices = [...model.alerts];
  const minutes = Math.round(Math.abs(model.skew ?? 0) / 60_000);
  if (minutes > 5) notices.push({ tone: 'warn', text: say('skew', { minutes, way: say(model.skew < 0 ? 'skew-fast' : 'skew-slow') }), name: 'skew' });
  for (const [name, n] of model.others) notices.push({ tone: 'warn', text: say('others', { n, name }), name: 'others' });
  const row = ({ tone, text, name, action, label }) => make('div', { className: 'notice', role: tone === 'bad' ? 'alert' : null, data: { tone, alert: name } },
    make('p', { textContent: text }), action ? make('button', { className: 'button small', type: 'button', textContent: label, data: { action } }) : null);
  fill(at('alerts'), notices.map(row));
  show(at('alerts'), notices.length > 0);
}

function paintSchedule(model) {
  const items = agenda(model);
  const now = today(model);
  const upcoming = items.filter((item) => item.date >= now);
  const earlier = items.filter((item) => item.date < now).reverse();
  const byDate = (list) => [...new Set(list.map((item) => item.date))].map((date) => dayBlock(model, date, list.filter((item) => item.date === date), now));
  const nothing = say(model.pack ? 'no-events' : 'first-visit');
  fill(at('days'), upcoming.length ? byDate(upcoming) : [make('div', { className: 'empty' }, make('p', { textContent: nothing }))]);
  fill(at('earlier'), byDate(earlier));
  const missing = earlier.filter((item) => isAwaited(model, item, now)).length;
  write(document.querySelector('[data-slot="earlier-box"] summary'), missing ? say('earlier-missing', { n: missing }) : say('earlier'));
  show(at('earlier-box'), earlier.length > 0);
  const events = new Set(upcoming.map((item) => item.event.id)).size;
  if (model.pack) {
    const held = say('held', { days: 7, events, time: time(model.pack.saved, model.pack.zone) });
    write(at('held'), model.persisted ? `${held}, ${say('held-safe')}` : held);
  }
  const rows = [...model.entries].sort((one, other) => (one.id < other.id ? 1 : -1)).map((entry) => entryRow(model, entry, true));
  fill(at('queue-here'), rows.length ? [make('h2', { textContent: say('log', { n: rows.length }) }), make('ul', { className: 'timeline queue-list' }, ...rows)] : []);
  write(at('device'), model.device ? say('device', { device: model.device }) : '');
}

function dayBlock(model, date, items, now) {
  const lead = date === now ? `${say('today')}, ` : date === nextDate(now) ? `${say('tomorrow')}, ` : '';
  return make('section', { className: 'stack tight' }, make('h2', { textContent: lead + longDate(date) }), ...items.map((item) => card(model, item)));
}

function card(model, item) {
  const { event, day, date } = item;
  const state = stateOf(model, item);
  const own = sum(dayOf(model, item)?.counts);
  const name = nameOf(event);
  const awaited = isAwaited(model, item, today(model));
  const look = awaited ? { textContent: say('unreported'), data: { state: 'unreported' } } : { textContent: states[state], data: { state } };
  return make('a', { className: 'field-card', href: `#/e/${event.id}/${date}`, data: { event: event.id, date } },
    make('span', { className: 'spread' }, make('b', { textContent: hours(day) || say('new') }), make('span', { className: 'state', ...look })),
    make('strong', { textContent: name }),
    name === event.title ? null : make('span', { className: 'small', textContent: event.title }),
    make('span', { className: 'small soft', textContent: [(event.venue?.regions ?? []).join(', '), event.teams.map((team) => team.name).join(', ')].filter(Boolean).join(' · ') }),
    own ? make('span', { className: 'small', textContent: say('counted', { n: own }) }) : null);
}

function paintEvent(model, item) {
  const { event, day, date } = item;
  const own = dayOf(model, item);
  const main = mainOutcome(event);
  const zone = model.pack?.zone;
  write(at('heading'), nameOf(event));
  write(at('subheading'), [longDate(date), hours(day), event.teams.map((team) => team.name).join(', ')].filter(Boolean).join(' · '));
  write(at('main-label'), short(main));
  const office = day.counts[main];
  write(at('office-count'), office === undefined ? say('office-none') : say('office-count', { n: office }));
  const state = stateOf(model, item);
  const warning = RELEASED.includes(state) ? say('released', { state: states[state] }) : date > today(model) ? say('not-today') : '';
  write(at('event-warning'), warning);
  show(at('event-warning'), Boolean(warning));
  show(at('start-box'), BEFORE.includes(state) && date <= today(model));
  show(document.querySelector('.field-end'), ['confirmed', 'ongoing'].includes(state) && date === event.days.at(-1).date && (date <= today(model) || own?.tallied));
  paintCounters(own, main);
  write(at('last'), own?.taps.length ? say('last', { what: counted({ [own.taps.at(-1).outcome]: own.taps.at(-1).n }), time: time(own.taps.at(-1).at, zone) }) : say('last-none'));
  document.querySelector('[data-action="undo"]').disabled = !own?.taps.length;
  fill(at('facts'), facts(model, item));
  const waiting = model.entries.filter((entry) => entry.event === event.id && entry.date === date);
  write(at('log-head'), say('log', { n: waiting.length }));
  const past = (own?.log ?? []).map((entry) => entryRow(model, { ...entry, state: entry.status, note: entry.note && '…' }));
  fill(at('log'), [...waiting.sort((one, other) => (one.id < other.id ? 1 : -1)).map((entry) => entryRow(model, entry)), ...past]);
  show(at('log-box'), waiting.length + past.length > 0);
}

function paintCounters(own, main) {
  for (const button of all('.dock [data-main]')) {
    const plus = button.dataset.action === 'plus';
    button.dataset.outcome = main;
    write(button, plus ? `+1 ${short(main)}` : '−1');
    button.setAttribute('aria-label', `${plus ? '+1' : '−1'} ${short(main)}`);
  }
  for (const output of all('[data-count]')) write(output, own?.counts[output.dataset.count === 'main' ? main : output.dataset.count] ?? 0);
  for (const row of all('[data-counter]')) show(row, row.dataset.counter !== main);
  for (const group of all('[data-group]')) {
    const codes = [...group.querySelectorAll('[data-counter]')].map((row) => row.dataset.counter).filter((code) => code !== main);
    write(group.querySelector('[data-group-count]'), codes.reduce((total, code) => total + (own?.counts[code] ?? 0), 0));
  }
}

// What the officer must know where nobody can be asked.
function facts(model, { event, day }) {
  const venue = event.venue;
  const link = (href, text) => make('a', { className: 'tool', href, textContent: text });
  const call = (phone, name) => (phone ? [link(`tel:${phone}`, phone), ' ', link(`https://wa.me/${phone.replace('+', '')}?text=${encodeURIComponent(say('wa-text', { name: model.me.name, office: model.pack?.office_name, event: event.title }))}`, say('wa'))] : [name]);
  const position = venue?.latitude === null || venue?.latitude === undefined ? null : link(`geo:${venue.latitude},${venue.longitude}?q=${venue.latitude},${venue.longitude}`, say('map'));
  const place = [event.venue ? event.place : '', ...(venue?.regions ?? [])].filter(Boolean).join(', ');
  const crew = event.crew.filter((mate) => mate.login !== model.me.login);
  const rows = [
    ['fact-hours', hours(day) ? [hours(day)] : []],
    ['fact-place', place || position ? [place, ' ', position] : []],
    ['fact-contact', venue?.contact_name || venue?.contact_phone ? [venue.contact_name ?? '', ' ', ...(venue.contact_phone ? call(venue.contact_phone) : [])] : []],
    ['fact-team', event.teams.length ? [event.teams.map((team) => team.name).join(', ')] : []],
    ['fact-crew', crew.flatMap((mate) => [make('div', {}, mate.name, ' ', ...(mate.phone ? call(mate.phone) : []))])],
    ['fact-units', event.units.length ? [event.units.map((unit) => unit.name).join(', ')] : []],
    ['fact-host', event.host_programme ? [event.host_programme] : []],
    ['fact-notes', [event.notes, venue?.notes].filter(Boolean).map((text) => make('p', { textContent: text }))],
  ];
  return rows.filter(([, value]) => value.length).map(([label, value]) => make('div', {}, make('dt', { textContent: say(label) }), make('dd', {}, ...value)));
}

function entryRow(model, entry, named = false) {
  const state = entry.state === 'sealed' ? 'phone' : entry.state;
  const look = { open: 'draft', phone: 'draft', accepted: 'done', duplicate: 'done', held: 'warn', rejected: 'clash' }[state];
  const counts = counted(entry.counts);
  const empty = entry.kind === 'tally' && !counts && !entry.note ? say('kind-nihil') : '';
  const what = [{ start: say('kind-start'), finish: say('kind-finish'), event_new: say('kind-event-new') }[entry.kind], counts, empty, entry.note ? say('kind-note') : ''];
  const why = state === 'held' ? say(`hold-${entry.reason?.replaceAll('_', '-')}`) : state === 'rejected' ? entry.why || say(`reject-${entry.reason?.replaceAll('_', '-')}`) : '';
  const item = named ? agenda(model).find(({ event }) => event.id === entry.event) : null;
  // Of an open entry the moment is a number.
  const moment = typeof entry.at === 'string' ? Date.parse(entry.at) : (entry.at ?? entry.since);
  return make('li', { data: { entry: state } }, make('span', { textContent: time(moment, model.pack?.zone) }),
    make('span', {}, make('span', { className: 'state', textContent: say(`state-${state}`), data: { state: look } }), ' ',
      [item ? nameOf(item.event) : '', ...what].filter(Boolean).join(', '), why ? make('span', { className: 'soft' }, `: ${why}`) : null,
      state === 'rejected' ? make('span', { className: 'cluster' }, make('button', { className: 'button small', type: 'button', textContent: say('export'), data: { action: 'export' } }), make('button', { className: 'button small', type: 'button', textContent: say('discard'), data: { action: 'discard', id: entry.id } })) : null));
}

