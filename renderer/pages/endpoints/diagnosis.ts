// What a running diagnosis has told so far, put together for the page. Pure.
import type { CheckEvent, CheckStep, CheckStepName } from '../../../main/contract/schemas/check.ts';

export interface AccountDiagnosis {
  id: string;
  steps: readonly CheckStep[];
  /** Null while it is not through. */
  ok: boolean | null;
  models: readonly string[];
}

export interface Diagnosis {
  /** Steps of the endpoint as a whole, up to the TLS handshake. */
  way: readonly CheckStep[];
  accounts: readonly AccountDiagnosis[];
}

export const nothingTold: Diagnosis = { way: [], accounts: [] };

function withStep(steps: readonly CheckStep[], step: CheckStep): CheckStep[] {
  const others = steps.filter(({ name }) => name !== step.name);
  const index = steps.findIndex(({ name }) => name === step.name);
  return index < 0 ? [...others, step] : others.toSpliced(index, 0, step);
}

export function withEvent(diagnosis: Diagnosis, event: CheckEvent): Diagnosis {
  if (event.type === 'plan') {
    return { way: [], accounts: event.accounts.map((id) => ({ id, steps: [], ok: null, models: [] })) };
  }
  if (event.type === 'step' && event.account === null)
    return { ...diagnosis, way: withStep(diagnosis.way, event.step) };
  const accounts = diagnosis.accounts.map((account) => {
    if (account.id !== event.account) return account;
    if (event.type === 'account') return { ...account, ok: event.ok, models: event.models };
    return { ...account, steps: withStep(account.steps, event.step) };
  });
  return { ...diagnosis, accounts };
}

export type Verdict = 'running' | 'ok' | 'partly' | 'failed';

/** `partly`: some of several accounts answer, or all do and a stream broke. */
export function verdictOf({ accounts, way }: Diagnosis, running: boolean): Verdict {
  if (running) return 'running';
  const good = accounts.filter(({ ok }) => ok === true);
  if (good.length === 0) return 'failed';
  const broken = [...way, ...accounts.flatMap(({ steps }) => steps)].some(({ state }) => state === 'failed');
  return broken || good.length < accounts.length ? 'partly' : 'ok';
}

/** What is wrong with an account, where something is. */
export function faultOf(steps: readonly CheckStep[]): CheckStep | null {
  return steps.find(({ state }) => state === 'failed') ?? null;
}

/** Accounts whose credential is refused: nothing but a new one helps them. */
export function refusedAccounts({ accounts }: Diagnosis): string[] {
  const hopeless = new Set(['key-refused', 'sign-in-refused']);
  return accounts
    .filter(({ steps }) => steps.some(({ state, code }) => state === 'failed' && hopeless.has(code)))
    .map(({ id }) => id);
}

/** The steps that are to come, so that the page keeps its height while they do. */
function expectedSteps(baseUrl: string): CheckStepName[] {
  const way: CheckStepName[] = baseUrl.startsWith('demo:') ? [] : ['address', 'dns', 'connect'];
  if (baseUrl.startsWith('https:')) way.push('tls');
  return [...way, 'credential', 'models', 'chat', 'stream'];
}

export interface StepRow {
  name: CheckStepName;
  step: CheckStep | null;
}

/** Where a later one was left out, it never came to this one. */
const notTried: Omit<CheckStep, 'name'> = {
  state: 'skipped',
  ms: 0,
  code: 'not-tried',
  facts: {},
  said: null,
  detail: '',
  mends: [],
};

/** Every step of one account in its order: what was told, and null for what is still to come, or never will where one failed. */
export function stepRows(diagnosis: Diagnosis, baseUrl: string): StepRow[] {
  const told = [...diagnosis.way, ...(diagnosis.accounts[0]?.steps ?? [])];
  const stepOf = (name: CheckStepName) => told.find((step) => step.name === name);
  return expectedSteps(baseUrl).map((name, index, names) => {
    const leftOut = names.slice(index).some((later) => stepOf(later)?.state === 'skipped');
    return { name, step: stepOf(name) ?? (leftOut ? { name, ...notTried } : null) };
  });
}

/** The same row without the button that leads to a field for keys. */
export function withoutKeyMends(row: StepRow): StepRow {
  if (!row.step) return row;
  return {
    ...row,
    step: { ...row.step, mends: row.step.mends.filter(({ do: what }) => what !== 'replace-key') },
  };
}
