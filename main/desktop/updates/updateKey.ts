/** Put in when the program is built: base64 of the Ed25519 key's SPKI DER. The environment of a running program has no say in it. */
declare const SLUICE_UPDATE_PUBLIC_KEY: string;

/** Null where the program was built without one; then it takes no update from anybody. */
export function updateKey(): string | null {
  const key = typeof SLUICE_UPDATE_PUBLIC_KEY === 'string' ? SLUICE_UPDATE_PUBLIC_KEY.trim() : '';
  return key === '' ? null : key;
}
