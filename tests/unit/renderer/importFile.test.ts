// What the window makes of a chosen file before the gateway sees it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readIncoming } from '../../../main/control/transfer/readIncoming.ts';
import { importEssence } from '../../../renderer/pages/settings/importFile/importEssence.ts';
import { inflate } from '../../../renderer/pages/settings/importFile/inflate.ts';
import { readImportFile } from '../../../renderer/pages/settings/importFile/readImportFile.ts';
import { zipArchive } from '../../fakes/zipArchive.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'fixtures', 'transfer');
const fixture = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const cherry = fixture('cherry-studio-data.json');

const zip = (...given: Parameters<typeof zipArchive>): Blob => new Blob([zipArchive(...given)]);

const refusal = (file: Blob) =>
  readImportFile(file).then(
    () => 'taken',
    (error) => error.reason,
  );

describe('a zip archive', () => {
  const files = { 'Data/Files/a.txt': 'a picture', 'data.json': cherry, 'metadata.json': '{}' };

  it.each([
    ['packed', zip(files)],
    ['stored', zip(files, { stored: true })],
    ['with a comment behind it', zip(files, { comment: 'PK\x05\x06 is no end' })],
  ])('gives the providers of its data.json: %s', async (_what, archive) => {
    const { source, endpoints } = await readIncoming(await readImportFile(archive), null);
    expect([source, endpoints[0]?.name]).toEqual(['cherry-studio', 'deepseek']);
  });

  it('tells a backup of the database from an archive of something else', async () => {
    expect(await refusal(zip({ 'metadata.json': '{}', 'IndexedDB/x/LOG': '' }))).toBe('database');
    expect(await refusal(zip({ 'photo.txt': 'x' }))).toBe('otherArchive');
  });

  it('is refused where it is cut off, locked or wrong', async () => {
    const whole = zip(files);
    expect(await refusal(whole.slice(0, whole.size - 40))).toBe('damaged');
    expect(await refusal(zip(files, { flags: 1 }))).toBe('damaged');
    const bytes = Buffer.from(await whole.arrayBuffer());
    bytes.fill(0xff, 200, 260);
    expect(await refusal(new Blob([bytes]))).toBe('damaged');
    expect(await refusal(new Blob(['PK']))).toBe('damaged');
  });
});

describe('what is unpacked', () => {
  it('is bounded, whatever the archive says of it', async () => {
    const packed = new Blob([deflateRawSync(Buffer.alloc(100_000))]);
    expect((await inflate(packed, 'deflate-raw', 100_000)).length).toBe(100_000);
    await expect(inflate(packed, 'deflate-raw', 99_999)).rejects.toMatchObject({ reason: 'tooLarge' });
  });

  it('may come from the oldest backups, which are gzip', async () => {
    const text = await readImportFile(new Blob([gzipSync(cherry)]));
    expect((await readIncoming(text, null)).source).toBe('cherry-studio');
  });

  it('is too large where even its essence is', async () => {
    expect(await refusal(new Blob([`apis: [${'x'.repeat(250_000)}]`]))).toBe('tooLarge');
  });
});

describe('the essence', () => {
  it.each([
    'cherry-studio-data.json',
    'cc-switch.sql',
    'cc-switch-config.json',
    'claude-code-router.json',
    'claude-code-router-export.json',
    'cli-proxy-api.yaml',
    'gpt-load-export.json',
  ])('of %s brings all that the whole brings', async (name) => {
    const whole = await readIncoming(fixture(name), null);
    expect(await readIncoming(importEssence(fixture(name)), null)).toEqual(whole);
  });

  it('leaves conversations, prompts and databases where they are', () => {
    expect(importEssence(cherry)).not.toContain('private conversation');
    expect(importEssence(fixture('cc-switch.sql'))).not.toMatch(/It''s SQL|Planted/);
    expect(importEssence(fixture('claude-code-router-export.json'))).not.toContain('base64');
  });

  it('changes nothing of what it does not know', () => {
    for (const text of ['{"apis": [', '{"endpoints": []}', 'model_list: []', 'sk-made-up-list-key-000001'])
      expect(importEssence(text)).toBe(text);
  });
});
