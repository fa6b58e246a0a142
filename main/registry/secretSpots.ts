// Where secrets stand in a settings document, as it was read or edited. It knows nothing of vaults.
import { isCredential, isCredentialName } from '../base/isCredential.ts';
import { joinProxy, splitProxy } from '../base/proxyUrl.ts';
import type { HeaderValue, ProxySetting } from '../contract/schemas/endpoint.ts';
import { type Secret, secretSchema } from '../contract/schemas/secret.ts';
import type { Settings } from '../contract/schemas/settings.ts';

/** All that changes, changes the document. */
export interface SecretSpot {
  /** `endpoints[0].accounts[0].secret`. */
  readonly path: string;
  /** The vault reference it gets: `account/<endpointId>/<accountId>`, `clientKey/<id>`, `clientKey/<id>/previous`, `header/<endpointId>/<name>` … */
  readonly ref: string;
  readonly secret: Secret;
  replace(secret: Secret): void;
  /** Puts the text where a request, or a person, looks for the secret: a header's value, a password within its URL. */
  show(text: string): void;
  /** Takes the secret out, and what is nothing without it. */
  remove(): void;
}

/** Only what a document needs for it: any validated one has it. */
export interface EndpointWithSecrets {
  id: string;
  accounts?: { id: string; secret?: Secret }[];
  headers?: Record<string, HeaderValue>;
  proxy?: ProxySetting | null;
  options?: Record<string, unknown>;
}

export interface DocumentWithSecrets {
  network?: { proxy?: ProxySetting | null };
  clientKeys?: { id: string; secret: Secret; previous?: { secret: Secret } | undefined }[];
  endpoints?: EndpointWithSecrets[];
}

function keySpots(document: DocumentWithSecrets): SecretSpot[] {
  return (document.clientKeys ?? []).flatMap((key, index) => {
    const spotIn = (
      holder: { secret: Secret },
      inside: string,
      ref: string,
      remove: () => void,
    ): SecretSpot => {
      const replace = (secret: Secret): void => {
        holder.secret = secret;
      };
      const path = `clientKeys[${index}].${inside}`;
      return { path, ref, secret: holder.secret, replace, show: replace, remove };
    };
    const ref = `clientKey/${key.id}`;
    const present = spotIn(key, 'secret', ref, () => {
      document.clientKeys = document.clientKeys?.filter((one) => one !== key) ?? [];
    });
    const { previous } = key;
    if (!previous) return [present];
    return [present, spotIn(previous, 'previous.secret', `${ref}/previous`, () => void delete key.previous)];
  });
}

function accountSpots({ id, accounts = [] }: EndpointWithSecrets, base: string): SecretSpot[] {
  return accounts.flatMap((account, index) => {
    if (account.secret === undefined) return [];
    const replace = (secret: Secret): void => {
      account.secret = secret;
    };
    return {
      path: `${base}accounts[${index}].secret`,
      ref: `account/${id}/${account.id}`,
      secret: account.secret,
      replace,
      show: replace,
      remove: () => void delete account.secret,
    };
  });
}

/** Null where the value is no secret. */
function secretOfHeader(name: string, value: HeaderValue): Secret | null {
  if (typeof value === 'string') return isCredential(name, value) ? value : null;
  return 'secret' in value ? value.secret : value;
}

function headerSpots({ id, headers = {} }: EndpointWithSecrets, base: string): SecretSpot[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const secret = secretOfHeader(name, value);
    if (secret === null) return [];
    const put = (next: HeaderValue): void => {
      headers[name] = next;
    };
    return {
      path: `${base}headers.${name}`,
      ref: `header/${id}/${name.toLowerCase()}`,
      secret,
      // What neither name nor look would tell must not end up as an ordinary value.
      replace: (next) => put(typeof next === 'string' && !isCredential(name, next) ? { secret: next } : next),
      show: put,
      remove: () => void delete headers[name],
    };
  });
}

function proxySpot(holder: { proxy?: ProxySetting | null }, path: string, ref: string): SecretSpot[] {
  const { proxy } = holder;
  const parts = typeof proxy === 'string' ? splitProxy(proxy) : proxy;
  if (!parts) return [];
  const { url, password } = parts;
  const put = (next: ProxySetting): void => {
    holder.proxy = next;
  };
  return [
    {
      path,
      ref,
      secret: password,
      replace: (secret) =>
        put(typeof secret === 'string' ? joinProxy(url, secret) : { url, password: secret }),
      show: (text) => put(joinProxy(url, text)),
      remove: () => put(url),
    },
  ];
}

type Tree = Record<string, unknown> | unknown[];

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Null where the value is no secret, or holds more than one. */
function secretOfOption(name: string, value: unknown): Secret | null {
  if (typeof value === 'string') return isCredentialName(name) && isCredential(name, value) ? value : null;
  return isTree(value) && isCredentialName(name) ? (secretSchema.safeParse(value).data ?? null) : null;
}

/** Nobody knows what options a user has: their names tell, and those of lists tell for what is in them. */
function optionSpots(id: string, tree: Tree, base: string, inside = '', listName = ''): SecretSpot[] {
  const holder = tree as Record<string, unknown>;
  return Object.entries(tree).flatMap(([key, value]) => {
    const name = Array.isArray(tree) ? listName : key;
    const place = inside === '' ? key : `${inside}.${key}`;
    const secret = secretOfOption(name, value);
    if (secret === null) return isTree(value) ? optionSpots(id, value, base, place, name) : [];
    const put = (next: unknown): void => {
      holder[key] = next;
    };
    return {
      path: `${base}options.${place}`,
      ref: `option/${id}/${place}`,
      secret,
      replace: put,
      show: put,
      remove: () => (Array.isArray(tree) ? put(null) : void delete holder[key]),
    };
  });
}

/** The secrets that stand in an endpoint itself: in its headers, its proxy and its options. `base` goes before their paths. */
export function hiddenSpots(endpoint: EndpointWithSecrets, base = ''): SecretSpot[] {
  return [
    ...headerSpots(endpoint, base),
    ...proxySpot(endpoint, `${base}proxy`, `proxy/${endpoint.id}`),
    ...optionSpots(endpoint.id, endpoint.options ?? {}, base),
  ];
}

/** The password in the settings' own proxy. */
export function networkSpots(document: DocumentWithSecrets): SecretSpot[] {
  return document.network ? proxySpot(document.network, 'network.proxy', 'network/proxy') : [];
}

/** Every place that has a secret, client keys first. The document must have passed `parseSettings`. */
export function secretSpots(document: DocumentWithSecrets): SecretSpot[] {
  return [
    ...keySpots(document),
    ...networkSpots(document),
    ...(document.endpoints ?? []).flatMap((endpoint, index) => {
      const base = `endpoints[${index}].`;
      return [...accountSpots(endpoint, base), ...hiddenSpots(endpoint, base)];
    }),
  ];
}

/** Null for what is written in clear or comes from the environment. */
export function vaultRefOf(secret: Secret): string | null {
  return typeof secret === 'object' && 'vault' in secret ? secret.vault : null;
}

/** The vault references a document holds. */
export function vaultRefs(document: DocumentWithSecrets | Settings): Set<string> {
  return new Set(secretSpots(document).flatMap(({ secret }) => vaultRefOf(secret) ?? []));
}

/** References that `secretSpots` made up, and may therefore be deleted with what they belong to. */
export function isOurRef(ref: string): boolean {
  return /^(?:account\/[^/]+\/[^/]+|clientKey\/[^/]+(?:\/previous~*)?|header\/[^/]+\/[^/]+|proxy\/[^/]+|option\/[^/]+\/.+|network\/proxy~*)$/s.test(
    ref,
  );
}
