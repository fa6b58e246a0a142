// Reads a client's request field by field. What is wrong is named by its path; what is unknown is left alone.
import { GatewayError } from '../../base/gatewayError.ts';
import type { JsonObject } from './turn.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The 400 for a field that is not what it must be. `path` as in `messages[2].content`. */
export function wrongField(path: string, wanted: string): GatewayError {
  return new GatewayError('invalid_request', `"${path}" must be ${wanted}.`, { param: path });
}

/** Null where the field is absent or null. Throws GatewayError `invalid_request` where it is something else. */
export function optionalText(fields: Fields, name: string, path = ''): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw wrongField(path + name, 'a string');
  return value;
}

export function requiredText(fields: Fields, name: string, path = ''): string {
  const value = optionalText(fields, name, path);
  if (value === null) throw wrongField(path + name, 'a string');
  return value;
}

export function optionalNumber(fields: Fields, name: string, path = ''): number | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongField(path + name, 'a number');
  return value;
}

export function optionalBoolean(fields: Fields, name: string, path = ''): boolean | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw wrongField(path + name, 'true or false');
  return value;
}

export function optionalFields(fields: Fields, name: string, path = ''): Fields | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (!isFields(value)) throw wrongField(path + name, 'an object');
  return value;
}

/** An empty list where the field is absent or null. */
export function optionalList(fields: Fields, name: string, path = ''): readonly unknown[] {
  const value = fields[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrongField(path + name, 'a list');
  return value;
}

export function requiredFields(value: unknown, path: string): Fields {
  if (!isFields(value)) throw wrongField(path, 'an object');
  return value;
}

/** What JSON.parse made is JSON. */
export const asJsonObject = (fields: Fields): JsonObject => fields as JsonObject;
