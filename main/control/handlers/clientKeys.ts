// Client keys. The secret of one is shown when it is issued, claimed or rotated, and never again.

import { slug, uniqueId } from '../../base/uniqueId.ts';
import type { ClientKeyView } from '../../contract/schemas/views.ts';
import { windowKeyId } from '../../contract/windowKey.ts';
import { environmentKeyId } from '../../registry/compileSnapshot.ts';
import type { CompiledClientKey } from '../../registry/snapshot.ts';
import type { ClientKeyActivity } from '../../store/usage/usageStore.ts';
import { VaultError } from '../../store/vault.ts';
import { ConflictError, UnavailableError } from '../controlErrors.ts';
import { newClientSecret } from '../defaultKey.ts';
import type { ControlDeps } from '../deps.ts';
import { given } from '../given.ts';
import { endOverdue } from '../graceEnds.ts';
import { idsOnRecord } from '../idsOnRecord.ts';
import type { ControlImplementer } from '../implementer.ts';
import { clientKeyIn, compiledClientKey } from '../lookUp.ts';
import { type PutBack, putBackClientKey } from '../putBack.ts';
import type { RemovedItems } from '../removedItems.ts';
import { testClientKey } from '../testClientKey.ts';
import { clientKeyView } from '../views/clientKeyView.ts';

const minuteMs = 60_000;

const isoTime = (time: number): string => new Date(time).toISOString();

function secretOf(key: CompiledClientKey): string {
  const { credential } = key;
  if (credential.state === 'ready') return credential.secret;
  if (credential.state === 'locked') throw new VaultError('locked', credential.reason);
  const reason = credential.state === 'missing' ? credential.reason : 'it has none';
  throw new UnavailableError(`The secret of client key "${key.name || key.id}" can't be read: ${reason}`);
}

export function clientKeyHandlers(os: ControlImplementer, deps: ControlDeps, removed: RemovedItems) {
  /** Who uses a key is nice to know; without it the keys are shown all the same. */
  async function activity(): Promise<Map<string, ClientKeyActivity>> {
    try {
      const rows = await deps.usage.clientKeyActivity();
      return new Map(rows.map((row) => [row.clientKeyId, row]));
    } catch (error) {
      deps.log.warn('the use of client keys could not be read', {
        error: error instanceof Error ? error.message : String(error),
      });
      return new Map();
    }
  }

  async function showAll(): Promise<ClientKeyView[]> {
    const seen = await activity();
    const { clientKeys, settings } = deps.snapshots.current;
    return clientKeys.map((key) =>
      clientKeyView(
        key,
        settings.clientKeys.find((written) => written.id === key.id) ?? null,
        deps.accountStates.readClientKey(key.id),
        seen.get(key.id) ?? null,
        deps.clock.now(),
      ),
    );
  }

  async function show(id: string): Promise<ClientKeyView> {
    const key = compiledClientKey(deps.snapshots.current, id);
    const view = (await showAll()).find((candidate) => candidate.id === key.id);
    if (!view) throw new ConflictError(`Client key "${id}" was removed meanwhile.`);
    return view;
  }

  /** Known to the redactor before it is anywhere else. */
  function issue(): string {
    const secret = newClientSecret();
    deps.redactor.add(secret);
    return secret;
  }

  return {
    list: os.clientKeys.list.handler(() => showAll()),
    create: os.clientKeys.create.handler(async ({ input }) => {
      const secret = issue();
      let id = '';
      const past = (await idsOnRecord(deps)).clientKeys;
      await deps.config.edit((draft) => {
        const taken = draft.clientKeys.map((key) => key.id);
        id = uniqueId(slug(input.name) || 'key', [...past, ...taken, environmentKeyId, windowKeyId]);
        draft.clientKeys.push({
          id,
          name: input.name,
          secret,
          enabled: input.enabled,
          models: input.models,
          limits: input.limits,
          budgetUsdPerDay: input.budgetUsdPerDay,
          expiresAt: input.expiresAt,
        });
      });
      return { key: await show(id), secret };
    }),
    update: os.clientKeys.update.handler(async ({ input }) => {
      await deps.config.edit((draft) => {
        const key = clientKeyIn(draft, deps.snapshots.current, input.id);
        const { limits, ...plain } = given(input.patch);
        Object.assign(key, plain);
        if (limits) Object.assign(key.limits, given(limits));
      });
      return show(input.id);
    }),
    remove: os.clientKeys.remove.handler(async ({ input }) => {
      let putBack: PutBack = () => {};
      await deps.config.edit((draft) => {
        putBack = putBackClientKey(draft, deps.snapshots.current, deps.config.reveal, input.id);
        draft.clientKeys = draft.clientKeys.filter((key) => key.id !== input.id);
      });
      const undo = removed.keep((draft) => {
        putBack(draft);
        endOverdue(draft, deps.clock.now());
      });
      return { ok: true as const, undo };
    }),
    rotate: os.clientKeys.rotate.handler(async ({ input }) => {
      const secret = issue();
      await deps.config.edit((draft) => {
        const key = clientKeyIn(draft, deps.snapshots.current, input.id);
        const since = deps.clock.now();
        const until = since + input.graceMinutes * minuteMs;
        // It keeps its place in the vault; the new one gets another.
        if (until > since)
          key.previous = { secret: key.secret, since: isoTime(since), until: isoTime(until) };
        else delete key.previous;
        key.secret = secret;
        delete key.unseen;
      });
      return { key: await show(input.id), secret };
    }),
    endPrevious: os.clientKeys.endPrevious.handler(async ({ input }) => {
      await deps.config.edit((draft) => {
        delete clientKeyIn(draft, deps.snapshots.current, input.id).previous;
      });
      return show(input.id);
    }),
    claim: os.clientKeys.claim.handler(async ({ input }) => {
      const secret = secretOf(compiledClientKey(deps.snapshots.current, input.id));
      // Edits are serialised: of two that claim at once, one finds the mark gone.
      await deps.config.edit((draft) => {
        const key = clientKeyIn(draft, deps.snapshots.current, input.id);
        if (key.unseen !== true)
          throw new ConflictError(
            `Client key "${input.id}" has been shown already. Rotate it for a new one.`,
          );
        delete key.unseen;
      });
      return { key: await show(input.id), secret };
    }),
    copy: os.clientKeys.copy.handler(({ input }) => {
      const key = compiledClientKey(deps.snapshots.current, input.id);
      if (!deps.platform.copyText)
        throw new UnavailableError('There is no clipboard here; it works in the desktop window only.');
      deps.platform.copyText(secretOf(key));
      return { ok: true as const };
    }),
    test: os.clientKeys.test.handler(async ({ input }) => {
      const secret = secretOf(compiledClientKey(deps.snapshots.current, input.id));
      const { state, host, port } = deps.lifecycle.status();
      if (state !== 'on')
        throw new UnavailableError('The gateway is switched off. Switch it on, then test again.');
      const tested = await testClientKey({ host, port, secret, model: input.model }, deps.clock);
      return { ...tested, text: tested.text === null ? null : deps.redactor.redact(tested.text) };
    }),
  };
}
