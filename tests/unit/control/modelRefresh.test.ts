import { afterEach, expect, test } from 'vitest';
import { type ModelListing, plainListing } from '../../../main/contract/modelListing.ts';
import { createModelRefresh, type ModelRefresh } from '../../../main/control/modelRefresh.ts';
import { createModelLists } from '../../../main/registry/modelLists.ts';
import type { CompiledEndpoint, Snapshot } from '../../../main/registry/snapshot.ts';
import type { Probe } from '../../../main/upstream/probe.ts';
import { testLog } from '../store/testLog.ts';
import { compiled } from './samples.ts';

let refresh: ModelRefresh | null = null;
afterEach(() => refresh?.close());

/** Endpoints answer when they are told to. */
function setUp() {
  const asked: { address: string; answer(ids: string[]): Promise<void> }[] = [];
  const modelLists = createModelLists();
  let current = { endpoints: [] } as unknown as Snapshot;
  refresh = createModelRefresh({
    probe: {
      listModels: ({ baseUrl }: CompiledEndpoint) =>
        new Promise<ModelListing[]>((resolve) => {
          asked.push({
            address: baseUrl,
            async answer(ids) {
              resolve(ids.map(plainListing));
              await new Promise(setImmediate);
            },
          });
        }),
    } as unknown as Probe,
    modelLists,
    log: testLog().log,
    monotonic: () => 0,
    current: () => current,
    held: () => false,
    onLearned: () => {},
  });
  return {
    asked,
    modelLists,
    inForce(...endpoints: CompiledEndpoint[]) {
      current = { endpoints } as unknown as Snapshot;
      refresh?.fill(current);
    },
  };
}

test('an endpoint that is put back gets its list again', async () => {
  const { asked, modelLists, inForce } = setUp();
  inForce(compiled());
  await asked[0]?.answer(['m']);
  inForce(compiled());
  expect(asked).toHaveLength(1);
  inForce();
  modelLists.forget('e');
  inForce(compiled());
  await asked[1]?.answer(['m']);
  expect([...(modelLists.names('e') ?? [])]).toEqual(['m']);
});

test('an answer that comes after its endpoint moved, or went, is not taken', async () => {
  const { asked, modelLists, inForce } = setUp();
  inForce(compiled({ baseUrl: 'https://old.test/v1' }));
  inForce(compiled({ baseUrl: 'https://new.test/v1' }));
  await asked[1]?.answer(['new']);
  await asked[0]?.answer(['old']);
  expect(asked.map(({ address }) => address)).toEqual(['https://old.test/v1', 'https://new.test/v1']);
  expect([...(modelLists.names('e') ?? [])]).toEqual(['new']);
  inForce(compiled({ id: 'gone' }));
  inForce();
  await asked[2]?.answer(['late']);
  expect(modelLists.get('gone')).toBeNull();
});
