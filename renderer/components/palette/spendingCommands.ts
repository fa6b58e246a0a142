import type { TFunction } from 'i18next';
import type { SpendingInput, SpendingMode } from '../../../main/contract/schemas/spending.ts';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { endpointName } from '../endpointName.ts';
import type { Command } from './command.ts';

type Key = `palette.${'spendNormal' | 'spendFree' | 'pause' | 'pauseHour'}`;

interface Deps {
  spending: SpendingMode;
  endpoints: readonly EndpointView[];
  t: TFunction;
  inBoth(key: Key | 'spending.title'): string[];
  set(input: SpendingInput): void;
}

/** Every spending mode but the one in force. Found by what they are called; listed at once only where there is something to end. */
export function spendingCommands({ spending, endpoints, t, inBoth, set }: Deps): Command[] {
  const command = (name: Key, input: SpendingInput, first = false): Command => ({
    id: name,
    group: 'action',
    name: String(t(name)),
    words: [...inBoth(name), ...inBoth('spending.title')],
    first,
    run: () => set(input),
  });
  const inUse = endpoints.filter(({ enabled }) => enabled);
  const { mode } = spending;
  const commands: Command[] = [];
  if (mode !== 'normal') commands.push(command('palette.spendNormal', { mode: 'normal' }, true));
  if (mode !== 'free' && inUse.some(({ free }) => free))
    commands.push(command('palette.spendFree', { mode: 'free' }));
  commands.push(command('palette.pauseHour', { mode: 'paused', minutes: 60 }));
  if (mode !== 'paused' || spending.until !== null)
    commands.push(command('palette.pause', { mode: 'paused' }));
  for (const endpoint of inUse) {
    const name = endpointName(endpoint, t);
    commands.push({
      id: `spend ${endpoint.id}`,
      group: 'action',
      name: t('palette.spendOne', { name }),
      words: inBoth('spending.title'),
      run: () => set({ mode: 'endpoint', endpointId: endpoint.id, minutes: 60 }),
    });
  }
  return commands;
}
