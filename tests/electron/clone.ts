// The structured clone as text, for what crosses between the main process and a page. Both sides run the very same functions:
// the page gets them as source, so neither may use anything from outside itself.

/** Throws DataCloneError, as postMessage does, for functions, symbols and objects that can't be cloned. */
export function encodeClone(value: unknown): string {
  const refuse = (what: string): never => {
    throw new DOMException(`${what} could not be cloned.`, 'DataCloneError');
  };
  const bytes = (view: Uint8Array): string => {
    let binary = '';
    for (let at = 0; at < view.length; at += 32_768)
      binary += String.fromCharCode(...view.subarray(at, at + 32_768));
    return btoa(binary);
  };
  const walk = (item: unknown): unknown => {
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return item;
    if (item === undefined) return ['undefined'];
    if (typeof item === 'number') return Number.isFinite(item) ? item : ['number', String(item)];
    if (typeof item === 'bigint') return ['bigint', String(item)];
    if (typeof item !== 'object') return refuse(String(item));
    if (Array.isArray(item)) return ['array', item.map(walk)];
    if (item instanceof Date) return ['date', item.getTime()];
    if (item instanceof Map) return ['map', [...item].map(([key, entry]) => [walk(key), walk(entry)])];
    if (item instanceof Set) return ['set', [...item].map(walk)];
    if (item instanceof ArrayBuffer) return ['buffer', bytes(new Uint8Array(item))];
    if (item instanceof Uint8Array) return ['bytes', bytes(item)];
    const prototype = Object.getPrototypeOf(item);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
      return refuse(Object.prototype.toString.call(item));
    return ['object', Object.entries(item).map(([key, entry]) => [key, walk(entry)])];
  };
  return JSON.stringify(walk(value));
}

export function decodeClone(text: string): unknown {
  const toBytes = (data: string): Uint8Array<ArrayBuffer> => {
    const binary = atob(data);
    const view = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) view[at] = binary.charCodeAt(at);
    return view;
  };
  const walk = (item: unknown): unknown => {
    if (!Array.isArray(item)) return item;
    const [kind, data] = item;
    if (kind === 'undefined') return undefined;
    if (kind === 'number') return Number(data);
    if (kind === 'bigint') return BigInt(data);
    if (kind === 'array') return data.map(walk);
    if (kind === 'date') return new Date(data);
    if (kind === 'map')
      return new Map(data.map(([key, entry]: [unknown, unknown]) => [walk(key), walk(entry)]));
    if (kind === 'set') return new Set(data.map(walk));
    if (kind === 'buffer') return toBytes(data).buffer;
    if (kind === 'bytes') return toBytes(data);
    return Object.fromEntries(data.map(([key, entry]: [string, unknown]) => [key, walk(entry)]));
  };
  return walk(JSON.parse(text));
}
