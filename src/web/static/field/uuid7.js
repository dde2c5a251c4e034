// Ids of version 7 (RFC 9562): sortable by time, and in order within this page even when the clock stands still.
let last = 0;
let sequence = 0;

export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  sequence = now > last ? ((bytes[6] & 7) << 8) | bytes[7] : sequence + 1;
  last = Math.max(now, last);
  if (sequence > 0xfff) {
    last += 1;
    sequence = 0;
  }
  for (let place = 5, rest = last; place >= 0; place -= 1, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = 0x70 | (sequence >> 8);
  bytes[7] = sequence & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
