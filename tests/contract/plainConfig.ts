// The configuration loop without files: validates, moves secrets into the vault, compiles, swaps.
import { createHash } from 'node:crypto';
import type { Redactor } from '../../main/base/redact.ts';
import type { Secret } from '../../main/contract/schemas/secret.ts';
import { type Settings, type SettingsInput, settingsSchema } from '../../main/contract/schemas/settings.ts';
import { type ConfigControl, SettingsInvalidError } from '../../main/control/applyConfig.ts';
import { pathText } from '../../main/control/toControlError.ts';
import type { CompiledAccount, Credential, Snapshot } from '../../main/registry/snapshot.ts';
import { createSnapshotHolder, type SnapshotHolder } from '../../main/registry/snapshotHolder.ts';
import type { Vault } from '../../main/store/vault.ts';

async function stored(vault: Vault, ref: string, secret: Secret): Promise<Exclude<Secret, string>> {
  if (typeof secret !== 'string') return secret;
  await vault.set(ref, secret);
  return { vault: ref };
}

async function compile(
  settings: Settings,
  vault: Vault,
  redactor: Redactor,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Snapshot> {
  async function credential(secret: Secret | undefined): Promise<Credential> {
    if (secret === undefined) return { state: 'none' };
    if (typeof secret === 'string') throw new Error('a plain secret was left');
    const source = 'env' in secret ? 'env' : 'vault';
    const value = 'env' in secret ? (env[secret.env] ?? null) : await vault.get(secret.vault);
    if (value === null) return { state: 'missing', source, reason: 'there is no such secret' };
    redactor.add(value);
    return { state: 'ready', source, secret: value };
  }
  const endpoints = await Promise.all(
    settings.endpoints.map(async (endpoint) => {
      const own = await Promise.all(
        endpoint.accounts.map(
          async (account): Promise<CompiledAccount> => ({
            key: `${endpoint.id}/${account.id}`,
            id: account.id,
            name: account.name,
            email: account.email ?? null,
            credential: await credential(account.secret),
            enabled: account.enabled,
            weight: account.weight,
            limits: { ...endpoint.limits, ...account.limits },
          }),
        ),
      );
      const none: CompiledAccount = {
        key: `${endpoint.id}/none`,
        id: 'none',
        name: '',
        email: null,
        credential: { state: 'none' },
        enabled: true,
        weight: 1,
        limits: endpoint.limits,
      };
      return { ...endpoint, accounts: own.length > 0 ? own : [none], models: new Set(endpoint.models) };
    }),
  );
  const clientKeys = await Promise.all(
    settings.clientKeys.map(async (key) => ({
      ...key,
      credential: await credential(key.secret),
      expiresAt: key.expiresAt === null ? null : Date.parse(key.expiresAt),
    })),
  );
  const byHash = clientKeys.flatMap((key) =>
    key.credential.state === 'ready'
      ? [[createHash('sha256').update(key.credential.secret).digest('hex'), key] as const]
      : [],
  );
  return { settings, endpoints, clientKeys, clientKeyByHash: new Map(byHash) };
}

export async function createPlainConfig(options: {
  settings: SettingsInput;
  vault: Vault;
  redactor: Redactor;
  env: Readonly<Record<string, string | undefined>>;
}): Promise<{ config: ConfigControl; snapshots: SnapshotHolder }> {
  const { vault, redactor, env } = options;
  async function apply(document: unknown): Promise<Snapshot> {
    const parsed = settingsSchema.safeParse(document);
    if (!parsed.success)
      throw new SettingsInvalidError(
        parsed.error.issues.map((issue) => ({ path: pathText(issue.path), message: issue.message })),
      );
    const settings = parsed.data;
    for (const endpoint of settings.endpoints)
      for (const account of endpoint.accounts)
        if (account.secret !== undefined)
          account.secret = await stored(vault, `account/${endpoint.id}/${account.id}`, account.secret);
    for (const key of settings.clientKeys)
      key.secret = await stored(vault, `clientKey/${key.id}`, key.secret);
    return compile(settings, vault, redactor, env);
  }
  const snapshots = createSnapshotHolder(await apply(options.settings));
  let last: Promise<unknown> = Promise.resolve();
  const config: ConfigControl = {
    get settings() {
      return snapshots.current.settings;
    },
    edit(change) {
      const run = last.then(async () => {
        const draft = structuredClone(snapshots.current.settings);
        change(draft);
        snapshots.swap(await apply(draft));
        return snapshots.current.settings;
      });
      last = run.catch(() => {});
      return run;
    },
    async reload() {
      snapshots.swap(await compile(snapshots.current.settings, vault, redactor, env));
    },
  };
  return { config, snapshots };
}
