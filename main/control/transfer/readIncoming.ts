// A file's text -> what it brings. It tells formats apart by what stands in them, never by a name.
import { parseSettingsBytes } from '../../store/parseSettings.ts';
import { deriveKeys, fits, unsealText } from '../../store/sealedBox.ts';
import { SettingsInvalidError } from '../../store/settingsInvalidError.ts';
import { InputInvalidError } from '../controlErrors.ts';
import { sealedFileSchema } from './exportSettings.ts';
import { isApiTogether, readApiTogether } from './formats/apiTogether.ts';
import { isChannels, readChannels } from './formats/channels.ts';
import { isLitellm, readLitellm } from './formats/litellm.ts';
import { isOwnSettings, readOwnSettings } from './formats/ownSettings.ts';
import { isUniApi, readUniApi } from './formats/uniApi.ts';
import { type Incoming, isObject } from './incoming.ts';

const unknown =
  'is none that can be read: settings of Sluice, config.yaml of LiteLLM, channels of one-api or new-api as JSON, apis.json of api-together, api.yaml of uni-api';

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
  if (fits(box, keys) === false) throw new InputInvalidError('passphrase', 'does not open the file');
  try {
    return JSON.parse(unsealText(box, keys));
  } catch {
    throw new InputInvalidError('text', 'is damaged: what is sealed in it can not be opened');
  }
}

/** Throws InputInvalidError at `text` or `passphrase`, or SettingsInvalidError for a wrong field of our own settings. */
export async function readIncoming(text: string, passphrase: string | null): Promise<Incoming> {
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
  if (isObject(document)) {
    if (isLitellm(document)) return readLitellm(document);
    if (isApiTogether(document)) return readApiTogether(document);
    if (isUniApi(document)) return readUniApi(document);
    // The same guards as for the file itself: names that reach a prototype, nesting without end.
    if (isOwnSettings(document))
      return readOwnSettings(parseSettingsBytes(Buffer.from(JSON.stringify(document)), 'text'));
  }
  throw new InputInvalidError('text', unknown);
}
