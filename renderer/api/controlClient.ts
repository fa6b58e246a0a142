import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../main/contract/operations.ts';

/** Every operation of the gateway, whichever transport lies between. */
export type ControlClient = ContractRouterClient<Contract>;
