// The texts that the server has put into the page, in its language; dates, times and counts in words.
const given = JSON.parse(document.getElementById('words').textContent);
const locale = document.documentElement.lang === 'en' ? 'en-GB' : 'id-ID';
const PASARAN = ['Legi', 'Pahing', 'Pon', 'Wage', 'Kliwon'];
const DAY = 86_400_000;

export const { outcomes, states, slots } = given;

export const say = (id, values = {}) => (given.words[id] ?? id).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

// The short name of a service as the dock says it, the long one of anything else.
export const short = (outcome) => given.main[outcome] ?? outcomes[outcome] ?? outcome;

export const signed = (n) => (n < 0 ? `−${-n}` : `+${n}`);

// "+2 aktivasi, −1 belum merasa perlu".
export const counted = (counts) => Object.entries(counts ?? {}).filter(([, n]) => n).map(([outcome, n]) => `${signed(n)} ${short(outcome)}`).join(', ');

export const time = (at, zone) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);

// "Sabtu Pahing, 21 November".
export function longDate(date) {
  const noon = new Date(`${date}T12:00:00Z`);
  const part = (options) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(noon);
  const pasaran = PASARAN[(Math.floor(noon / DAY) + 719_163) % 5];
  return `${part({ weekday: 'long' })} ${pasaran}, ${part({ day: 'numeric', month: 'long' })}`;
}

// "2026-11-21" at a moment in a zone.
export const localDate = (at, zone) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);

export const nextDate = (date) => new Date(Date.parse(`${date}T12:00:00Z`) + DAY).toISOString().slice(0, 10);

// "08.00–11.00", or the names of the slots.
export function hours({ starts, ends, slots: codes = [] }) {
  const written = (hour) => (locale === 'id-ID' ? hour.replace(':', '.') : hour);
  if (starts) return ends ? `${written(starts)}–${written(ends)}` : written(starts);
  return codes.map((code) => slots[code]).join(', ');
}
