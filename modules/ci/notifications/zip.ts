/**
 * A zip archive of small text files, the same bytes for the same files on every machine and day: no dates, no owners, no compression, whose
 * result changes with the version of zlib. Format: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import { crc32 } from "./crc32.ts";

const version = 20;
/** 1 January 1980, the first day that the format knows, at midnight. */
const firstDay = 0x21;
/** A file that everybody may read, in the upper half as Unix has it; Lambda unpacks with these rights. */
const readable = 0o100644 * 0x10000;

/** The archive. Files are put in the order of their names. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => ({ name: Buffer.from(name), content: Buffer.from(text) }));
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const about = common(name, content);
    const header = Buffer.concat([numbers([4, 0x04034b50]), about, name, content]);
    const trailer = numbers([2, 0], [2, 0], [2, 0], [4, readable], [4, offset]);
    // "Made by" Unix, so that the rights above count.
    central.push(Buffer.concat([numbers([4, 0x02014b50], [2, 0x0300 + version]), about, trailer, name]));
    local.push(header);
    offset += header.length;
  }
  const directory = Buffer.concat(central);
  const count = entries.length;
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, directory.length], [4, offset], [2, 0]);
  return Buffer.concat([...local, directory, end]);
}

/** What the local header and the directory say alike: flags (names are UTF-8), method (stored), time, sum, sizes, lengths. */
function common(name: Buffer, content: Buffer): Buffer {
  const size = content.length;
  return numbers(
    [2, version],
    [2, 0x0800],
    [2, 0],
    [2, 0],
    [2, firstDay],
    [4, crc32(content)],
    [4, size],
    [4, size],
    [2, name.length],
    [2, 0],
  );
}

/** Little-endian numbers of 2 or 4 bytes. */
function numbers(...fields: readonly (readonly [2 | 4, number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of fields) {
    buffer.writeUIntLE(value, at, size);
    at += size;
  }
  return buffer;
}
