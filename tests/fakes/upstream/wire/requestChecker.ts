// Says what in a request the service's published types do not allow.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type RequestName, requestSchemas } from './requestSchemas.ts';

export type { RequestName } from './requestSchemas.ts';

export interface Violation {
  /** Names and indexes from the body's root to what is wrong. */
  readonly path: readonly string[];
  readonly kind: 'unknown' | 'missing' | 'wrong';
  readonly message: string;
}

export type RequestChecker = (name: RequestName, body: unknown) => Violation | null;

/** The branch of a union an error belongs to: its schema's path up to the last choice, with where in the body it was made. */
function branchOf({ schemaPath, instancePath }: ErrorObject): string {
  const end = [...schemaPath.matchAll(/\/(?:anyOf|oneOf)\/\d+/g)].at(-1);
  return end ? `${schemaPath.slice(0, end.index + end[0].length)} ${instancePath}` : '';
}

const tags = /\/(type|role)$/;

/** Branches that were never meant: their tag is another one. */
function meant(errors: readonly ErrorObject[]): ErrorObject[] {
  const isTag = ({ keyword, instancePath }: ErrorObject) =>
    (keyword === 'const' || keyword === 'enum') && tags.test(instancePath);
  const foreign = errors.filter(isTag).map(({ schemaPath, instancePath }) => ({
    schema: schemaPath.slice(0, schemaPath.lastIndexOf('/properties/') + 1),
    instance: instancePath.replace(tags, ''),
  }));
  const left = errors.filter(
    ({ schemaPath, instancePath, keyword }) =>
      keyword !== 'anyOf' &&
      !foreign.some(
        ({ schema, instance }) => schemaPath.startsWith(schema) && instancePath.startsWith(instance),
      ),
  );
  return left.length > 0 ? left : errors.filter(({ keyword }) => keyword !== 'anyOf');
}

function pathOf(error: ErrorObject): string[] {
  const parts = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const params = error.params as { additionalProperty?: string; missingProperty?: string };
  const name = params.additionalProperty ?? params.missingProperty;
  return name === undefined ? parts : [...parts, name];
}

function violationOf(errors: readonly ErrorObject[]): Violation {
  const rank = { additionalProperties: 2, required: 1 } as Record<string, number>;
  // The deepest error says most; among equals a name that nobody knows says more than a type that does not fit.
  const [worst] = meant(errors).toSorted(
    (a, b) =>
      pathOf(b).length - pathOf(a).length ||
      (rank[b.keyword] ?? 0) - (rank[a.keyword] ?? 0) ||
      branchOf(a).length - branchOf(b).length,
  );
  if (!worst) return { path: [], kind: 'wrong', message: 'is not allowed' };
  const kinds: Record<string, Violation['kind']> = { additionalProperties: 'unknown', required: 'missing' };
  const allowed = (worst.params as { allowedValue?: unknown; allowedValues?: unknown }) ?? {};
  const value = allowed.allowedValue ?? allowed.allowedValues;
  const message = `${worst.message ?? 'is wrong'}${value === undefined ? '' : `: ${JSON.stringify(value)}`}`;
  return { path: pathOf(worst), kind: kinds[worst.keyword] ?? 'wrong', message };
}

export function createRequestChecker(): RequestChecker {
  const schemas = requestSchemas();
  const ajv = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true });
  const compiled = new Map<RequestName, ValidateFunction>();
  return (name, body) => {
    const validate = compiled.get(name) ?? ajv.compile(schemas[name]);
    compiled.set(name, validate);
    return validate(body) ? null : violationOf(validate.errors ?? []);
  };
}
