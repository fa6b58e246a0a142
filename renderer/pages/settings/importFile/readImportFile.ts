// A chosen file -> the text that the gateway is asked about. What it is, its first bytes say, and never its name.

import { importEssence } from './importEssence.ts';
import { ImportFileError } from './importFileError.ts';
import { inflate } from './inflate.ts';
import { packedEntry, zipEntries } from './zipEntry.ts';

/** As much as the gateway takes. */
const mostCharacters = 240_000;
/** As much as is unpacked, in bytes: conversations of years lie beside the providers. */
const mostUnpacked = 128 * 1024 * 1024;

/** Cherry Studio's backup: its data.json. */
async function zipText(archive: Blob): Promise<string> {
  const entries = await zipEntries(archive);
  const data = entries.find(({ name }) => name === 'data.json');
  if (!data) {
    // Newer ones copy the folders of the program's database instead, but for what goes to a phone.
    const database = entries.some(({ name }) => /^(?:IndexedDB|Local Storage)\//.test(name));
    throw new ImportFileError(database ? 'database' : 'otherArchive');
  }
  const { packed, format } = await packedEntry(archive, data);
  return inflate(packed, format, mostUnpacked);
}

/** Throws ImportFileError with the reason. */
export async function readImportFile(file: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  let text: string;
  if (first === 0x50 && second === 0x4b) text = await zipText(file);
  else text = await inflate(file, first === 0x1f && second === 0x8b ? 'gzip' : null, mostUnpacked);
  const essence = importEssence(text);
  if (essence.length > mostCharacters) throw new ImportFileError('tooLarge');
  return essence;
}
