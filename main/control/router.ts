import type { ContractRouterClient } from '@orpc/contract';
import type { Router } from '@orpc/server';
import type { Contract } from '../contract/operations.ts';
import type { ControlDeps } from './deps.ts';
import { aboutHandlers } from './handlers/about.ts';
import { accountHandlers } from './handlers/accounts.ts';
import { clientKeyHandlers } from './handlers/clientKeys.ts';
import { endpointCheckHandlers } from './handlers/endpointChecks.ts';
import { endpointHandlers } from './handlers/endpoints.ts';
import { gatewayHandlers } from './handlers/gateway.ts';
import { liveHandlers } from './handlers/live.ts';
import { logHandlers } from './handlers/logs.ts';
import { modelHandlers } from './handlers/models.ts';
import { portHandlers } from './handlers/port.ts';
import { recordHandlers } from './handlers/records.ts';
import { removedHandlers } from './handlers/removed.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { transferHandlers } from './handlers/transfer.ts';
import { trialHandlers } from './handlers/trials.ts';
import { usageHandlers } from './handlers/usage.ts';
import { vaultHandlers } from './handlers/vault.ts';
import { createImplementer } from './implementer.ts';
import { createRemovedItems } from './removedItems.ts';

/** The operations with their handlers; carriers add nothing but transport. */
export type ControlRouter = Router<Contract, Record<never, never>>;

/** What a caller sees of the router, whichever carrier lies between. */
export type ControlClient = ContractRouterClient<Contract>;

export function createControlRouter(deps: ControlDeps): ControlRouter {
  const os = createImplementer(deps);
  const removed = createRemovedItems(deps.config);
  return os.router({
    gateway: { ...gatewayHandlers(os, deps), ...portHandlers(os, deps) },
    endpoints: { ...endpointHandlers(os, deps, removed), ...endpointCheckHandlers(os, deps) },
    accounts: accountHandlers(os, deps, removed),
    clientKeys: clientKeyHandlers(os, deps, removed),
    removed: removedHandlers(os, removed),
    models: modelHandlers(os, deps),
    records: recordHandlers(os, deps),
    requests: trialHandlers(os, deps),
    usage: usageHandlers(os, deps),
    settings: settingsHandlers(os, deps),
    vault: vaultHandlers(os, deps),
    transfer: transferHandlers(os, deps),
    logs: logHandlers(os, deps),
    about: aboutHandlers(os, deps),
    live: liveHandlers(os, deps),
  });
}
