// Reduces the JSON Schemas of tools and answers to what Gemini takes everywhere.
import type { WireName } from '../../protocol/dialect.ts';
import { plainSchema } from '../../protocol/gemini/geminiSchema.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';
import { plainName } from './harmlessOptions.ts';

/** The member of that name in either spelling. */
const spelled = (fields: Fields, name: string): string | undefined =>
  Object.keys(fields).find((key) => plainName(key) === plainName(name));

/** The schema of the older field, made from whichever of the two is there: the newer one takes rich schemas, where it is known at all. */
function withPlain(fields: Fields, older: string, newer: string): Fields {
  const [old, rich] = [spelled(fields, older), spelled(fields, newer)];
  const schema = (old && fields[old]) || (rich && fields[rich]);
  if (!isFields(schema)) return fields;
  const others = Object.fromEntries(Object.entries(fields).filter(([key]) => key !== rich));
  return { ...others, [old ?? older]: plainSchema(schema) };
}

/** Gemini refuses an object without properties; a function without parameters needs no schema at all. */
function withoutEmpty(declaration: Fields): Fields {
  const name = spelled(declaration, 'parameters');
  const schema = name && declaration[name];
  if (!isFields(schema) || schema.type !== 'OBJECT' || schema.properties !== undefined) return declaration;
  return Object.fromEntries(Object.entries(declaration).filter(([key]) => key !== name));
}

function plainDeclaration(declaration: unknown): unknown {
  if (!isFields(declaration)) return declaration;
  const plain = withPlain(declaration, 'parameters', 'parametersJsonSchema');
  return withPlain(withoutEmpty(plain), 'response', 'responseJsonSchema');
}

function plainDeclarations(tool: unknown): unknown {
  if (!isFields(tool)) return tool;
  const name = spelled(tool, 'functionDeclarations');
  const declarations = name && tool[name];
  if (!name || !Array.isArray(declarations)) return tool;
  return { ...tool, [name]: declarations.map(plainDeclaration) };
}

/** JSON Schema writes its types small. */
function withSmallTypes(schema: unknown): unknown {
  if (!isFields(schema)) return schema;
  const { type, properties, items, anyOf } = schema;
  return {
    ...schema,
    ...(typeof type === 'string' ? { type: type.toLowerCase() } : {}),
    ...(isFields(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, inner]) => [name, withSmallTypes(inner)]),
          ),
        }
      : {}),
    ...(items === undefined ? {} : { items: withSmallTypes(items) }),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map(withSmallTypes) } : {}),
  };
}

/** For Gemini behind OpenAI's protocol. `strict` promises what a reduced schema can't. */
function plainFunction(tool: unknown): unknown {
  if (!isFields(tool) || !isFields(tool.function) || !isFields(tool.function.parameters)) return tool;
  const { strict: _, ...rest } = tool.function;
  return {
    ...tool,
    function: { ...rest, parameters: withSmallTypes(plainSchema(tool.function.parameters)) },
  };
}

/** A body that was written for this upstream may be plain already. */
function change(draft: BodyDraft, member: string, before: unknown, after: unknown, words: string): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  draft.set(member, after);
  draft.note(words);
}

export function simplifySchemas(draft: BodyDraft, dialect: WireName): void {
  if (dialect !== 'gemini' && dialect !== 'chat') return;
  const tools = draft.read('tools');
  if (Array.isArray(tools)) {
    const plain = tools.map(dialect === 'gemini' ? plainDeclarations : plainFunction);
    change(draft, 'tools', tools, plain, 'simplified tool schemas');
  }
  if (dialect !== 'gemini') return;
  const name = draft.names().find((key) => plainName(key) === 'generationconfig');
  const config = name && draft.read(name);
  if (!name || !isFields(config)) return;
  const plain = withPlain(config, 'responseSchema', 'responseJsonSchema');
  change(draft, name, config, plain, 'simplified the answer schema');
}
