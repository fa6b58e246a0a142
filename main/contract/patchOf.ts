import { z } from 'zod';

/** The schema with every field optional and without defaults: what is absent stays as it is. */
export function patchOf<T extends z.core.$ZodLooseShape>(schema: z.ZodObject<T>) {
  const shape = Object.fromEntries(
    Object.entries(schema.shape).map(([key, field]) => {
      let inner = field as z.ZodType;
      while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
        inner = inner.unwrap() as z.ZodType;
      return [key, inner.optional()];
    }),
  );
  return z.object(shape) as unknown as z.ZodType<
    Partial<z.output<z.ZodObject<T>>>,
    Partial<z.input<z.ZodObject<T>>>
  >;
}
