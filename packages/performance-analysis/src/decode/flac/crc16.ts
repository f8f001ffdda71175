/** CRC-16 with the polynomial x^16 + x^15 + x^2 + 1, from 0 (RFC 9639 section 9.3), by bytes. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
  return crc;
});

/** The same with another byte, 0, behind. */
const TABLE_AHEAD = TABLE.map((crc) => (crc << 8) ^ TABLE[crc >>> 8]);

/** The checksum of the bytes from `start` to before `end`; 0 if their own checksum is among them and right. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  let at = start;
  // Two bytes at a time: the processor looks both up at once, and waits half as often.
  for (; at + 1 < end; at += 2)
    crc = TABLE_AHEAD[(crc >>> 8) ^ bytes[at]] ^ TABLE[(crc & 0xff) ^ bytes[at + 1]];
  if (at < end) crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >>> 8) ^ bytes[at]];
  return crc;
}
