// JSON Schemas of the request bodies, made from the SDKs' own types once for each version of them.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

const requestNames = [
  'ChatRequest',
  'CompatibleChatRequest',
  'ResponsesRequest',
  'EmbeddingsRequest',
  'MessagesRequest',
  'MessagesRequest2023',
  'BetaMessagesRequest',
  'BetaMessagesRequest2023',
  'CountTokensRequest',
  'BetaCountTokensRequest',
  'GeminiRequest',
  'GeminiCountRequest',
  'GeminiEmbedding',
  'GeminiEmbeddings',
] as const;
export type RequestName = (typeof requestNames)[number];
export type RequestSchemas = Record<RequestName, Schema>;

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const types = fileURLToPath(new URL('requests.ts', import.meta.url));
const packages = ['openai', '@anthropic-ai/sdk', '@google/genai', 'ts-json-schema-generator'];

/** The cache's name changes with the SDKs and with our own types. */
function cacheFile(): string {
  const hash = createHash('sha256');
  for (const file of [types, fileURLToPath(import.meta.url)]) hash.update(fs.readFileSync(file));
  for (const name of packages) {
    const manifest = fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8');
    hash.update(name).update(String((JSON.parse(manifest) as { version?: unknown }).version));
  }
  const name = `requestSchemas-${hash.digest('hex').slice(0, 16)}.json`;
  return path.join(root, 'node_modules', '.cache', 'sluice', name);
}

function generate(): RequestSchemas {
  const generator = createGenerator({
    path: types,
    tsconfig: path.join(root, 'tsconfig.json'),
    skipTypeCheck: true,
    additionalProperties: false,
    expose: 'all',
    topRef: true,
    jsDoc: 'none',
  });
  const entries = requestNames.map((name) => [name, generator.createSchema(name)] as const);
  return Object.fromEntries(entries) as RequestSchemas;
}

/** A few seconds the first time, then read from node_modules/.cache. */
export function requestSchemas(): RequestSchemas {
  const file = cacheFile();
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as RequestSchemas;
  } catch {
    const schemas = generate();
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // Another process may be at the same: each writes its own and the last one stays.
    const own = `${file}.${process.pid}`;
    fs.writeFileSync(own, JSON.stringify(schemas));
    fs.renameSync(own, file);
    return schemas;
  }
}
