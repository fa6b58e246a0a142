import type { SpendingMode } from './schemas/spending.ts';

/** Requests may be spent on every endpoint. */
export const normalSpending = Object.freeze({ mode: 'normal' }) satisfies SpendingMode;
