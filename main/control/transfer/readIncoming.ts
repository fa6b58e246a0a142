// A file's text -> what it brings. It tells formats apart by what stands in them, never by a name.
import type { Endpoint } from '../../contract/schemas/endpoint.ts';
import { parseSettingsBytes } from '../../store/parseSettings.ts';
import { deriveKeys, fits as opens, unsealText } from '../../store/sealedBox.ts';
import { SettingsInvalidError } from '../../store/settingsInvalidError.ts';
import { InputInvalidError } from '../controlErrors.ts';
import { sealedFileSchema } from './exportSettings.ts';
import { isApiTogether, readApiTogether } from './formats/apiTogether.ts';
import {
  isCcSwitchConfig,
  isCcSwitchLinks,
  isCcSwitchSql,
  readCcSwitchConfig,
  readCcSwitchLinks,
  readCcSwitchSql,
} from './formats/ccSwitch.ts';
import { isChannels, readChannels } from './formats/channels.ts';
import { isCherryStudio, readCherryStudio } from './formats/cherryStudio.ts';
import { isClaudeCodeRouter, readClaudeCodeRouter } from './formats/claudeCodeRouter.ts';
import { isCliProxyApi, readCliProxyApi } from './formats/cliProxyApi.ts';
import { isGptLoad, readGptLoad } from './formats/gptLoad.ts';
import { keysIn, readKeyList } from './formats/keyList.ts';
import { isLitellm, readLitellm } from './formats/litellm.ts';
import { isOwnSettings, readOwnSettings } from './formats/ownSettings.ts';
import { isUniApi, readUniApi } from './formats/uniApi.ts';
import { type Incoming, isObject, type Json } from './incoming.ts';

const readable = [
  'settings of Sluice',
  'config.yaml of LiteLLM',
  'channels of one-api or new-api as JSON',
  'apis.json of api-together',
  'api.yaml of uni-api',
  'groups of gpt-load as JSON',
  'the SQL export, config.json or links of cc-switch',
  'data.json of Cherry Studio',
  'config.yaml of CLIProxyAPI',
  'config.json or the data export of claude-code-router',
  'keys alone, one a line',
];

interface Format {
  fits(document: Json): boolean;
  read(document: Json): Incoming;
}

/** By what stands in them. Ours comes last: others may have a section of the same name. */
const formats: readonly Format[] = [
  { fits: isLitellm, read: readLitellm },
  { fits: isApiTogether, read: readApiTogether },
  { fits: isUniApi, read: readUniApi },
  { fits: isCherryStudio, read: readCherryStudio },
  { fits: isClaudeCodeRouter, read: readClaudeCodeRouter },
  { fits: isCliProxyApi, read: readCliProxyApi },
  { fits: isCcSwitchConfig, read: readCcSwitchConfig },
  {
    fits: isOwnSettings,
    // The same guards as for the file itself: names that reach a prototype, nesting without end.
    read: (document) => readOwnSettings(parseSettingsBytes(Buffer.from(JSON.stringify(document)), 'text')),
  },
];

/** Texts that are no document. */
function readPlain(text: string, into: Endpoint | null): Incoming | null {
  if (isCcSwitchSql(text)) return readCcSwitchSql(text);
  if (isCcSwitchLinks(text)) return readCcSwitchLinks(text);
  const keys = keysIn(text);
  if (!keys) return null;
  if (!into)
    throw new InputInvalidError(
      'into',
      'is needed: the file holds keys alone; name the endpoint they belong to',
    );
  return readKeyList(keys, into);
}

/** YAML holds JSON, but for duplicate keys and tabs; the parser is loaded for those who import only. */
async function parse(text: string): Promise<unknown> {
  const bare = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(bare);
  } catch {
    if (/^\s*[[{]/.test(bare)) {
      // Says where the JSON is wrong.
      parseSettingsBytes(Buffer.from(bare), 'text');
    }
  }
  const { parse: parseYaml } = await import('yaml');
  try {
    // A warning would show lines of the text, keys and all, to whoever reads what the process writes.
    return parseYaml(bare, { maxAliasCount: 100, prettyErrors: true, merge: true, logLevel: 'error' });
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n');
    throw new InputInvalidError('text', `is neither JSON nor YAML: ${first.replace(/:$/, '')}`);
  }
}

async function unseal(document: object, passphrase: string | null): Promise<unknown> {
  const sealed = sealedFileSchema.safeParse(document);
  if (!sealed.success) throw new InputInvalidError('text', 'is a damaged export, or one of a newer Sluice');
  if (passphrase === null)
    throw new InputInvalidError('passphrase', 'is needed: the file holds secrets sealed by one');
  const { box } = sealed.data;
  const keys = await deriveKeys(passphrase, { box });
  if (opens(box, keys) === false) throw new InputInvalidError('passphrase', 'does not open the file');
  try {
    return JSON.parse(unsealText(box, keys));
  } catch {
    throw new InputInvalidError('text', 'is damaged: what is sealed in it can not be opened');
  }
}

/**
 * `into` is where keys alone belong. Throws InputInvalidError at `text`, `passphrase` or `into`, or SettingsInvalidError for a
 * wrong field of our own settings.
 */
export async function readIncoming(
  text: string,
  passphrase: string | null,
  into: Endpoint | null = null,
): Promise<Incoming> {
  const plain = readPlain(text, into);
  if (plain) return plain;
  let document: unknown;
  try {
    document = await parse(text);
  } catch (error) {
    if (error instanceof SettingsInvalidError)
      throw new InputInvalidError('text', error.issues[0]?.message ?? 'is not valid JSON');
    throw error;
  }
  if (isObject(document) && 'sluice' in document) document = await unseal(document, passphrase);
  if (isChannels(document)) return readChannels(document);
  if (isGptLoad(document)) return readGptLoad(document);
  if (isObject(document)) {
    const known = document;
    const format = formats.find(({ fits }) => fits(known));
    if (format) return format.read(known);
  }
  throw new InputInvalidError('text', `is none that can be read: ${readable.join(', ')}`);
}
