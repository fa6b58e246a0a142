// Bytes -> JSON -> settings, each step with errors that name the place and never quote the file, which may hold secrets.
import type { z } from 'zod';
import { JsonSyntaxError, skipValue } from '../base/jsonMembers.ts';
import { type Settings, settingsSchema } from '../contract/schemas/settings.ts';
import { SettingsInvalidError, type SettingsIssue } from './settingsInvalidError.ts';

export type JsonObject = Record<string, unknown>;

const maximumDepth = 64;

function refuse(path: string, message: string): never {
  throw new SettingsInvalidError([{ path, message }]);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `line 3, column 7: a colon is expected`. */
function syntaxProblem(text: string): string {
  const bytes = Buffer.from(text);
  try {
    const end = skipValue(bytes, 0);
    const rest = bytes.toString('utf8', end);
    const gap = rest.search(/\S/);
    if (gap < 0) return 'is not valid JSON';
    return `is not valid JSON: something follows its end, ${placeOf(bytes, end + gap)}`;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) return 'is not valid JSON';
    return `is not valid JSON: ${error.message.replace(/ at byte \d+$/, '')}, ${placeOf(bytes, error.offset)}`;
  }
}

function placeOf(bytes: Buffer, offset: number): string {
  const lines = bytes.toString('utf8', 0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** `['modelMapping', 'gpt-4.1', 0]` -> `modelMapping["gpt-4.1"][0]`. */
function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(key))) text += text ? `.${String(key)}` : String(key);
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text;
}

/** Names that reach an object's prototype have no business in settings. */
function refuseHostileNames(value: unknown, path: PropertyKey[]): void {
  if (path.length > maximumDepth) refuse(pathText(path.slice(0, 3)), 'is nested too deeply');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (name === '__proto__') refuse(pathText(at), 'is not allowed as a name');
    refuseHostileNames(inner, at);
  }
}

/** The JSON object in a settings file. Throws SettingsInvalidError whose path is `fileName` where it is none. */
export function parseSettingsBytes(bytes: Uint8Array, fileName: string): JsonObject {
  let text: string;
  try {
    // `fatal`: a damaged byte must not turn into a silently different name. A byte order mark is taken off.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    refuse(fileName, 'is not UTF-8 text');
  }
  if (!/\S/.test(text)) refuse(fileName, 'is empty');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    refuse(fileName, syntaxProblem(text));
  }
  if (!isObject(document)) refuse(fileName, 'must hold a JSON object');
  refuseHostileNames(document, []);
  return document;
}

function issueOf(issue: z.core.$ZodIssue): SettingsIssue {
  const path = pathText(issue.path) || 'settings.json';
  if (issue.code === 'invalid_union' || issue.code === 'unrecognized_keys') {
    if (issue.path.at(-1) === 'secret')
      return { path, message: 'must be a text that is not empty, {"env":"NAME"} or {"vault":"ref"}' };
  }
  if (issue.code === 'invalid_key') {
    const reason = issue.issues[0]?.message ?? 'is not allowed as a name';
    return { path, message: reason.replace(/^Invalid \w+: /, '') };
  }
  return { path, message: issue.message.replace(/^(Invalid input|Too \w+|Invalid \w+): /, '') };
}

/** The settings in a document, defaults filled in, unknown fields kept. Throws SettingsInvalidError with every wrong field. */
export function parseSettings(document: unknown): Settings {
  const result = settingsSchema.safeParse(document);
  if (result.success) return result.data;
  throw new SettingsInvalidError(result.error.issues.map(issueOf));
}
