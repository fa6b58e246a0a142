import { describe, expect, it } from 'vitest';
import type { CompiledEndpoint } from '../../../../main/registry/snapshot.ts';
import type { Quirk } from '../../../../main/upstream/quirk.ts';
import { mayRepair, quirksInForce } from '../../../../main/upstream/repair/quirksInForce.ts';

const endpoint = (repairs?: unknown) =>
  ({ options: repairs === undefined ? {} : { repairs } }) as unknown as CompiledEndpoint;
const all = new Set<Quirk>([
  ...(['no-stream-options', 'max-tokens', 'merge-roles', 'plain-schemas'] as const),
  ...(['no-thinking-replay', 'drop:seed'] as const),
]);

describe('quirksInForce', () => {
  it.each([[undefined], [true], [{}], [{ dropOptions: true }], ['yes']])('%j: all', (repairs) => {
    expect([...quirksInForce(endpoint(repairs), all)]).toEqual([...all]);
  });

  it('false: none', () => {
    expect(quirksInForce(endpoint(false), all).size).toBe(0);
    expect(mayRepair(endpoint(false), 'drop:seed')).toBe(false);
  });

  it.each<[string, Quirk]>([
    ['dropOptions', 'drop:seed'],
    ['maxTokens', 'max-tokens'],
    ['roles', 'merge-roles'],
    ['schemas', 'plain-schemas'],
    ['thinking', 'no-thinking-replay'],
    ['streamOptions', 'no-stream-options'],
  ])('%s switches off %s alone', (name, quirk) => {
    const left = quirksInForce(endpoint({ [name]: false }), all);
    expect([...all].filter((one) => !left.has(one))).toEqual([quirk]);
    expect(mayRepair(endpoint({ [name]: false }), quirk)).toBe(false);
  });

  it.each<[string, Quirk]>([
    ['maxTokens', 'most-tokens:8192'],
    ['dropOptions', 'efforts:low,high'],
    ['thinking', 'wants-thinking'],
    ['streamOptions', 'stream-only'],
  ])('%s is the switch of %s', (name, quirk) => {
    expect(mayRepair(endpoint({ [name]: false }), quirk)).toBe(false);
    expect(mayRepair(endpoint({ roles: false }), quirk)).toBe(true);
  });
});
