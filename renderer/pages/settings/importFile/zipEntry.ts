// One entry of a zip archive, found by the archive's own list at its end: of a backup of gigabytes only what is wanted is read.
// Format: PKWARE APPNOTE 4.3.12 and 4.3.16. Archives beyond 4 GiB (Zip64) and encrypted entries are not read.
import { ImportFileError } from './importFileError.ts';

export interface ZipEntry {
  name: string;
  /** Where its own header stands. */
  offset: number;
  packedSize: number;
  method: number;
  encrypted: boolean;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** The list of a backup with very many files. */
const largestList = 32 * 1024 * 1024;

const viewOf = async (part: Blob): Promise<DataView> => new DataView(await part.arrayBuffer());

/** The archive's list. Throws ImportFileError where it is none, or is cut off. */
export async function zipEntries(archive: Blob): Promise<ZipEntry[]> {
  // A comment of up to 64 KiB may stand behind the end's 22 bytes.
  const tail = await viewOf(archive.slice(Math.max(0, archive.size - 22 - 0xffff)));
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== endSignature) end -= 1;
  if (end < 0) throw new ImportFileError('damaged');
  const size = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  if (size > largestList || start + size > archive.size) throw new ImportFileError('damaged');
  const list = await viewOf(archive.slice(start, start + size));
  const decoder = new TextDecoder();
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= list.byteLength && list.getUint32(at, true) === entrySignature; ) {
    const nameLength = list.getUint16(at + 28, true);
    if (at + 46 + nameLength > list.byteLength) throw new ImportFileError('damaged');
    entries.push({
      name: decoder.decode(new Uint8Array(list.buffer, at + 46, nameLength)),
      offset: list.getUint32(at + 42, true),
      packedSize: list.getUint32(at + 20, true),
      method: list.getUint16(at + 10, true),
      encrypted: (list.getUint16(at + 8, true) & 1) === 1,
    });
    at += 46 + nameLength + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
  }
  return entries;
}

/** What an entry holds, still packed, and how. */
export async function packedEntry(
  archive: Blob,
  entry: ZipEntry,
): Promise<{ packed: Blob; format: 'deflate-raw' | null }> {
  const header = archive.slice(entry.offset, entry.offset + 30);
  if (entry.encrypted || header.size < 30) throw new ImportFileError('damaged');
  const local = await viewOf(header);
  if (local.getUint32(0, true) !== localSignature) throw new ImportFileError('damaged');
  if (entry.method !== 0 && entry.method !== 8) throw new ImportFileError('damaged');
  const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  if (start + entry.packedSize > archive.size) throw new ImportFileError('damaged');
  return {
    packed: archive.slice(start, start + entry.packedSize),
    format: entry.method === 8 ? 'deflate-raw' : null,
  };
}
