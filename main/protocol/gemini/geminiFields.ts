// Google reads both `inlineData` and `inline_data`. What is a map of the user's own names (arguments, properties) is never touched.
import { type Fields, isFields, optionalFields, optionalList, requiredFields } from '../hub/reader.ts';

const camel = (name: string): string =>
  name.replace(/(?<=.)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The object with its own member names in camelCase; where both spellings stand, camelCase counts. */
export function camelFields(fields: Fields): Fields {
  if (!Object.keys(fields).some((name) => name.includes('_'))) return fields;
  const renamed = Object.entries(fields).map(([name, value]) => [camel(name), value]);
  return {
    ...Object.fromEntries(renamed),
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !name.includes('_'))),
  };
}

/** Throws GatewayError `invalid_request` where `value` is no object. */
export function requiredMembers(value: unknown, path: string): Fields {
  return camelFields(requiredFields(value, path));
}

/** Null where it is absent. Throws GatewayError `invalid_request` where it is no object. */
export function optionalMembers(fields: Fields, name: string, path = ''): Fields | null {
  const value = optionalFields(fields, name, path);
  return value ? camelFields(value) : null;
}

/** A list; Google takes an object in its place for a list of one. Throws GatewayError `invalid_request` for anything else. */
export function optionalItems(fields: Fields, name: string, path = ''): readonly unknown[] {
  const value = fields[name];
  return isFields(value) ? [value] : optionalList(fields, name, path);
}

/** For answers, where nothing unknown may throw: an empty object in place of what is none. */
export const membersOf = (value: unknown): Fields => (isFields(value) ? value : {});

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
