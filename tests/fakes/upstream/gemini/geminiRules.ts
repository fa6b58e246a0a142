// What Gemini refuses though its types allow it, in its own words: calls and answers in pairs, thoughts' signatures sent back.
import { isObject, type Json, objectOr, objectsIn } from '../asked.ts';
import { seal } from '../seal.ts';
import { alwaysThinks, partsOf } from './readGemini.ts';

/** What Google's documentation gives for calls that come from elsewhere. */
const passwords = ['skip_thought_signature_validator', 'context_engineering_is_the_way_to_go'];

export function callSeal(call: Json): string {
  return seal('gemini', JSON.stringify([call.name, call.args ?? {}]));
}

const callsOf = (content: unknown) => partsOf(content).filter(({ functionCall }) => isObject(functionCall));
const answersOf = (content: unknown) =>
  partsOf(content).filter(({ functionResponse }) => isObject(functionResponse));

/** Neighbours of one role are one turn, as streams leave them behind in a chat's history. */
function merged(contents: readonly Json[]): Json[] {
  const turns: Json[] = [];
  for (const content of contents) {
    const last = turns.at(-1);
    const role = content.role ?? 'user';
    if (last?.role === role)
      turns[turns.length - 1] = { role, parts: [...partsOf(last), ...partsOf(content)] };
    else turns.push({ ...content, role });
  }
  return turns;
}

/** The turn that is going on: what came after the user last said something. */
function currentTurn(contents: readonly Json[]): number {
  return contents.findLastIndex((content) => content.role !== 'model' && answersOf(content).length === 0);
}

function signatureRefusal(contents: readonly Json[]): string | null {
  const from = currentTurn(contents);
  for (const [index, content] of contents.entries()) {
    const [first] = callsOf(content);
    if (!first || index < from) continue;
    const { thoughtSignature, functionCall } = first;
    if (thoughtSignature === undefined) {
      const { name } = objectOr(functionCall);
      return `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${name}\` , position ${index + 1}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.`;
    }
    const known =
      thoughtSignature === callSeal(objectOr(functionCall)) || passwords.includes(String(thoughtSignature));
    if (!known) return 'Corrupted thought signature.';
  }
  return null;
}

function pairRefusal(contents: readonly Json[]): string | null {
  for (const [index, content] of contents.entries()) {
    const calls = callsOf(content).length;
    const [answers, asked] = [answersOf(content).length, callsOf(contents[index - 1]).length];
    const next = answersOf(contents[index + 1]).length;
    if (answers !== asked || (calls > 0 && index < contents.length - 1 && next !== calls))
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
    if (calls > 0 && (index === 0 || contents[index - 1]?.role === 'model'))
      return 'Please ensure that function call turn comes immediately after a user turn or after a function response turn.';
    if (partsOf(content).length === 0)
      return `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.\n`;
  }
  return null;
}

function strangeRole(contents: readonly Json[]): boolean {
  return contents.some(({ role }) => role !== undefined && role !== 'user' && role !== 'model');
}

export function geminiRefusal(json: Json, model: string): string | null {
  const contents = merged(objectsIn(json.contents));
  if (contents.length === 0) return '* GenerateContentRequest.contents: contents is not specified\n';
  if (strangeRole(contents)) return 'Please use a valid role: user, model.';
  const config = objectOr(json.generationConfig);
  if ((config.responseSchema ?? config.responseJsonSchema) && config.responseMimeType !== 'application/json')
    return "* GenerateContentRequest.generation_config.response_mime_type: must be 'application/json' when a response schema is set\n";
  const named = objectsIn(json.tools).flatMap(({ functionDeclarations }) => objectsIn(functionDeclarations));
  const bad = named.findIndex(({ name }) => !/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}$/.test(String(name)));
  if (bad >= 0)
    return `* GenerateContentRequest.tools[0].function_declarations[${bad}].name: Invalid function name. Must start with a letter or an underscore.\n`;
  return pairRefusal(contents) ?? (alwaysThinks.test(model) ? signatureRefusal(contents) : null);
}
