import type { EndpointFormValues } from './endpointForm.ts';
import type { PastedSetup } from './parsePaste.ts';

/** What a pasted text fills in; what it does not speak of stays as it is. A model it names is only an example, and serves to try. */
export function valuesOfPaste(
  setup: PastedSetup,
  values: Pick<EndpointFormValues, 'keys' | 'baseUrl'>,
): Partial<EndpointFormValues> {
  const { baseUrl, keys, kind, proxy, apiVersion } = setup;
  const before = values.keys.split('\n').filter((line) => line.trim() !== '');
  return {
    // A key alone says nothing of the kind where an address stands already.
    ...(baseUrl === null ? {} : { baseUrl, kind }),
    ...(keys.length === 0 ? {} : { keys: [...before, ...keys].join('\n') }),
    ...(proxy === null ? {} : { proxy }),
    ...(apiVersion === null ? {} : { apiVersion }),
  };
}
