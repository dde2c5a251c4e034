// The guard that keeps citizens' numbers out, as in src/domain/nik.rs; both are tested with the same cases.
const PROVINCES = [[11, 19], [21, 21], [31, 36], [51, 53], [61, 65], [71, 76], [81, 82], [91, 96]];
const SEPARATOR = /[\p{White_Space}.\-/_,:\u2013\u2010\u2011]/u;
// Separators that may stand between two groups of one number.
const MAX_GAP = 3;

// True if the text holds a run of exactly 16 digits, written together or in groups, that could be a NIK.
export function looksLikeNik(text) {
  const characters = [...text.normalize('NFKC')];
  return [0, MAX_GAP].some((gap) => runs(characters, gap).some(isNik));
}

function runs(characters, gap) {
  const found = [];
  let since = Infinity;
  for (const c of characters) {
    if (/^[0-9]$/.test(c)) {
      if (since <= gap) found[found.length - 1] += c;
      else found.push(c);
      since = 0;
    } else {
      since = SEPARATOR.test(c) ? since + 1 : Infinity;
    }
  }
  return found;
}

function isNik(digits) {
  const pair = (at) => Number(digits.slice(at, at + 2));
  const [province, day, month] = [pair(0), pair(6), pair(8)];
  return digits.length === 16
    && PROVINCES.some(([first, last]) => province >= first && province <= last)
    && ((day >= 1 && day <= 31) || (day >= 41 && day <= 71))
    && month >= 1 && month <= 12;
}
