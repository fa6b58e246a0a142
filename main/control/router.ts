import type { ContractRouterClient } from '@orpc/contract';
import type { Router } from '@orpc/server';
import type { Contract } from '../contract/operations.ts';
import type { ControlDeps } from './deps.ts';

/** The operations with their handlers; carriers add nothing but transport. */
export type ControlRouter = Router<Contract, Record<never, never>>;

/** What a caller sees of the router, whichever carrier lies between. */
export type ControlClient = ContractRouterClient<Contract>;

export declare function createControlRouter(deps: ControlDeps): ControlRouter;
