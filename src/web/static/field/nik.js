// The guard that keeps citizens' numbers out, as in src/domain/nik.rs; both are tested with the same cases.
const PROVINCES = [[11, 19], [21, 21], [31, 36], [51, 53], [61, 65], [71, 76], [81, 82], [91, 96]];
// Whatever is no letter separates; what takes no room is not there.
const SEPARATOR = /[^\p{Alphabetic}\p{N}]/u;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;
// The zeros of other scripts whose ten digits follow each other.
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x17e0, 0x1b50, 0x1bb0, 0xa9d0];
// Separators that may stand between two groups of one number.
const MAX_GAP = 3;

// True if the text holds a run of exactly 16 digits, written together or in groups, that could be a NIK.
export function looksLikeNik(text) {
  const characters = [...text.normalize('NFKC').replace(INVISIBLE, '')];
  return [0, MAX_GAP].some((gap) => runs(characters, gap).some(isNik));
}

function runs(characters, gap) {
  const found = [];
  let since = Infinity;
  for (const c of characters) {
    const digit = digitOf(c);
    if (digit !== undefined) {
      if (since <= gap) found[found.length - 1] += digit;
      else found.push(digit);
      since = 0;
    } else {
      since = SEPARATOR.test(c) ? since + 1 : Infinity;
    }
  }
  return found;
}

function digitOf(c) {
  const place = c.codePointAt(0);
  const zero = ZEROS.find((zero) => place >= zero && place < zero + 10);
  return zero === undefined ? undefined : String(place - zero);
}

function isNik(digits) {
  const pair = (at) => Number(digits.slice(at, at + 2));
  const [province, day, month] = [pair(0), pair(6), pair(8)];
  return digits.length === 16
    && PROVINCES.some(([first, last]) => province >= first && province <= last)
    && ((day >= 1 && day <= 31) || (day >= 41 && day <= 71))
    && month >= 1 && month <= 12;
}
