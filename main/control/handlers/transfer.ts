import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../contract/schemas/settings.ts';
import type { ImportInput, ImportResult } from '../../contract/schemas/transfer.ts';
import { vaultRefs } from '../../registry/secretSpots.ts';
import { createSettingsCopies } from '../../store/settingsCopies.ts';
import { ConflictError, InputInvalidError, NotFoundError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import { type IdsOnRecord, idsOnRecord } from '../idsOnRecord.ts';
import type { ControlImplementer } from '../implementer.ts';
import { writeOut } from '../putBack.ts';
import { applyImport } from '../transfer/applyImport.ts';
import { exportSettings } from '../transfer/exportSettings.ts';
import type { Incoming } from '../transfer/incoming.ts';
import { type Present, planImport } from '../transfer/planImport.ts';
import { readIncoming } from '../transfer/readIncoming.ts';

/** Settings as they stood around the last import. Secrets that it put others in the place of stand in `before` in clear. */
interface Taken {
  before: Settings;
  after: Settings;
}

export function transferHandlers(os: ControlImplementer, deps: ControlDeps) {
  let last: Taken | null = null;

  function present(settings: Settings, past: IdsOnRecord): Present {
    const { endpoints, networkProxy } = deps.snapshots.current;
    const secrets = new Map(
      endpoints.flatMap(({ accounts }) =>
        accounts.flatMap(({ key, credential }) =>
          credential.state === 'ready' ? [[key, credential.secret] as const] : [],
        ),
      ),
    );
    return {
      settings,
      secretOf: (endpointId, accountId) => secrets.get(`${endpointId}/${accountId}`) ?? null,
      past,
      networkProxy,
    };
  }

  async function incomingOf({ text, passphrase, into }: ImportInput): Promise<Incoming> {
    const endpoint = deps.config.settings.endpoints.find(({ id }) => id === into) ?? null;
    if (into !== undefined && !endpoint)
      throw new InputInvalidError('into', 'names an endpoint that is not there');
    return readIncoming(text, passphrase ?? null, endpoint);
  }

  /** For those who want the old file back after a restart; without it the import is no less safe. */
  function keepCopy(): void {
    const { path, read } = deps.platform.settingsFile;
    const copies = createSettingsCopies({ settingsPath: path, redactor: deps.redactor, now: deps.clock.now });
    try {
      const bytes = read();
      if (bytes) copies.keepBefore(bytes, 'import');
    } catch (error) {
      deps.log.warn('settings.json could not be copied before the import', { error: String(error) });
    }
  }

  return {
    export: os.transfer.export.handler(async ({ input }) => {
      const { passphrase = null } = input;
      const text = await exportSettings(deps.config.settings, { passphrase, vault: deps.vault });
      const day = new Date(deps.clock.now()).toISOString().slice(0, 10);
      return { fileName: `sluice-${day}${passphrase === null ? '' : '-sealed'}.json`, text };
    }),
    plan: os.transfer.plan.handler(async ({ input }) => {
      const incoming = await incomingOf(input);
      return planImport(present(deps.config.settings, await idsOnRecord(deps)), incoming);
    }),
    apply: os.transfer.apply.handler(async ({ input }) => {
      const incoming = await incomingOf(input);
      let result: ImportResult = { added: 0, merged: 0, settings: 0, clientKeys: 0 };
      let before = deps.config.settings;
      const held = new Map<string, string | null>();
      const past = await idsOnRecord(deps);
      keepCopy();
      const after = await deps.config.edit((draft) => {
        before = structuredClone(draft);
        for (const ref of vaultRefs(before)) held.set(ref, deps.config.reveal(ref));
        const choices = {
          endpoints: input.choices,
          settings: input.settings,
          clientKeys: input.clientKeys,
        };
        result = applyImport(draft, present(before, past), incoming, choices);
      });
      const kept = vaultRefs(after);
      writeOut(before, (ref) => (kept.has(ref) ? null : (held.get(ref) ?? null)));
      last = { before, after };
      deps.log.info('settings were imported', { source: incoming.source, ...result });
      return result;
    }),
    undo: os.transfer.undo.handler(async () => {
      const taken = last;
      if (!taken) throw new NotFoundError('There is no import to take back.');
      await deps.config.edit((draft) => {
        if (!isDeepStrictEqual(draft, taken.after))
          throw new ConflictError('Settings were changed since the import. Take its endpoints out by hand.');
        Object.assign(draft, structuredClone(taken.before));
      });
      last = null;
      return { ok: true as const };
    }),
  };
}
