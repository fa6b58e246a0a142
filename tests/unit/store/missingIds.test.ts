import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';
import { withIds } from '../../../main/store/missingIds.ts';

describe('withIds', () => {
  it('makes a base URL alone a whole endpoint', () => {
    const document = withIds({
      endpoints: [
        { baseUrl: 'http://localhost:11434' },
        {
          baseUrl: 'https://api.deepseek.com',
          accounts: [{ secret: { env: 'A' } }, { secret: { env: 'B' } }],
        },
        { id: 'deepseek', baseUrl: 'https://x.test' },
      ],
    });
    const { endpoints } = settingsSchema.parse(document);
    expect(endpoints.map(({ id, accounts }) => [id, accounts.map((account) => account.id)])).toEqual([
      ['localhost', []],
      ['deepseek-2', ['a1', 'a2']],
      ['deepseek', []],
    ]);
  });

  it('names client keys after their names', () => {
    expect(
      withIds({ clientKeys: [{ name: 'Cherry Studio' }, { name: '' }, { id: 'key' }] }).clientKeys,
    ).toMatchObject([{ id: 'cherry-studio' }, { id: 'key-2' }, { id: 'key' }]);
  });

  it('hands back the same document where nothing is missing, and leaves what is wrong to the schema', () => {
    for (const document of [
      {},
      { endpoints: [] },
      { endpoints: [{ id: 'a', accounts: [{ id: 'b' }] }] },
      { endpoints: 'wrong', clientKeys: [7] },
    ]) {
      expect(withIds(document)).toBe(document);
    }
  });
});
