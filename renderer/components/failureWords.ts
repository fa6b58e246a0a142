// Puts the gateway's error codes into the user's language. Codes of others, and of later versions, have no words here.
import type { TFunction } from 'i18next';
import { type ErrorCode, errorCatalogue } from '../../main/contract/errorCodes.ts';

/** Null for a code the gateway does not know; then what was said stands for itself. */
export function failureWords(code: string | null, t: TFunction): string | null {
  return code !== null && Object.hasOwn(errorCatalogue, code) ? t(`failure.code.${code as ErrorCode}`) : null;
}
