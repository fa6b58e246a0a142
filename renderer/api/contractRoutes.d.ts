declare module 'virtual:contract-routes' {
  import type { AnyContractRouter } from '@orpc/contract';

  /** The contract without its schemas: methods and paths, made at build time (vite.config.ts). */
  export const routes: AnyContractRouter;
}
