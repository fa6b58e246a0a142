// The compiled configuration a request runs on. It is frozen: an edit builds a new one and swaps the reference.
import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import type { Limits } from '../contract/schemas/limits.ts';
import type { Settings } from '../contract/schemas/settings.ts';

/** A secret as it was found when the configuration was compiled. */
export type Credential =
  | { readonly state: 'ready'; readonly source: 'env' | 'vault'; readonly secret: string }
  | { readonly state: 'locked' | 'missing'; readonly source: 'env' | 'vault'; readonly reason: string }
  /** No secret is set: right for servers that need no key. */
  | { readonly state: 'none' };

export interface CompiledAccount {
  /** `<endpointId>/<accountId>`: what runtime state (counters, breaker, cooldown) is kept under. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Not to be used either while the endpoint's headers or proxy lack a secret of theirs: then it says so. */
  readonly credential: Credential;
  readonly enabled: boolean;
  readonly weight: number;
  /** Its own limits over the endpoint's. */
  readonly limits: Limits;
}

export interface CompiledEndpoint {
  readonly id: string;
  readonly name: string;
  readonly kind: EndpointKind;
  /** Without trailing slash. */
  readonly baseUrl: string;
  readonly enabled: boolean;
  readonly priority: number;
  readonly weight: number;
  /** Costs nothing. */
  readonly free: boolean;
  /** Never empty: an endpoint without accounts has one of id `none` without credential. */
  readonly accounts: readonly CompiledAccount[];
  /** The names that were written down; none: what its own list says. */
  readonly models: ReadonlySet<string>;
  /** Names and patterns that clients do not get by either, without the `!`. */
  readonly excludedModels: readonly string[];
  readonly modelMapping: Readonly<Record<string, string>>;
  /** Secrets in headers, proxy and options stand in them as they are sent; what can't be read is left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface CompiledClientKey {
  readonly id: string;
  readonly name: string;
  readonly credential: Credential;
  readonly enabled: boolean;
  readonly models: readonly string[];
  readonly limits: Limits;
  readonly budgetUsdPerDay: number | null;
  /** Unix milliseconds. */
  readonly expiresAt: number | null;
  /** The secret it had before. */
  readonly previous: PreviousCredential | null;
}

/** A replaced secret that works until its time is over. Unix milliseconds. */
export interface PreviousCredential {
  readonly credential: Credential;
  readonly since: number | null;
  readonly until: number;
}

export interface Snapshot {
  readonly settings: Settings;
  /** What `network.proxy` says, its password in it. */
  readonly networkProxy: string | null;
  readonly endpoints: readonly CompiledEndpoint[];
  readonly clientKeys: readonly CompiledClientKey[];
  /** SHA-256 (hex) of the secret -> key. Keys whose secret is locked or missing are not in it. */
  readonly clientKeyByHash: ReadonlyMap<string, CompiledClientKey>;
  /** The same for replaced secrets, also for those whose time is over. None of them is the secret of a key now. */
  readonly clientKeyByOldHash: ReadonlyMap<string, CompiledClientKey>;
}

/** Looks up the secret behind `{"vault":"ref"}` or `{"env":"NAME"}`, resolved before compiling. */
export type CredentialLookup = (secret: { vault: string } | { env: string }) => Credential;
