// A violation of a service's published types, in that service's own words.
import type { Answer } from './answer.ts';
import { statusError } from './statusError.ts';
import type { SurfaceName } from './surface.ts';
import type { Violation } from './wire/requestChecker.ts';

/** `messages[0].content` */
function bracketed(path: readonly string[]): string {
  return path
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}

function openaiWords({ kind, message }: Violation, place: string) {
  if (kind === 'unknown') return { message: `Unknown parameter: '${place}'.`, code: 'unknown_parameter' };
  if (kind === 'missing')
    return { message: `Missing required parameter: '${place}'.`, code: 'missing_required_parameter' };
  return { message: `Invalid value for '${place}': ${message}.`, code: 'invalid_value' };
}

function anthropicWords({ path, kind, message }: Violation): string {
  const words = { unknown: 'Extra inputs are not permitted', missing: 'Field required', wrong: message };
  return `${path.join('.')}: ${words[kind]}`;
}

function geminiWords({ path, kind, message }: Violation): string {
  const name = path.at(-1) ?? '';
  if (kind === 'unknown')
    return `Invalid JSON payload received. Unknown name "${name}" at '${bracketed(path.slice(0, -1))}': Cannot find field.`;
  return `Invalid value at '${bracketed(path)}': ${kind === 'missing' ? 'it is missing' : message}`;
}

export function violationAnswer(surface: SurfaceName, violation: Violation): Answer {
  switch (surface) {
    case 'anthropic':
      return statusError(surface, 400, { message: anthropicWords(violation) });
    case 'gemini':
      return statusError(surface, 400, { message: geminiWords(violation) });
    default: {
      const param = bracketed(violation.path);
      return statusError(surface, 400, { ...openaiWords(violation, param), param });
    }
  }
}

/** For the journal. */
export function violationText({ path, kind, message }: Violation): string {
  return `${bracketed(path) || 'the body'}: ${kind === 'wrong' ? message : kind}`;
}
