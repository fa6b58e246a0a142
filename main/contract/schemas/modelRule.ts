import { z } from 'zod';
import { ruleProblem } from '../modelRules.ts';

/** A name, a pattern with `*`, or either behind a `!`: what is left out. */
export const modelRuleSchema = z
  .string()
  .min(1)
  .superRefine((entry, ctx) => {
    const problem = ruleProblem(entry);
    if (problem) ctx.addIssue({ code: 'custom', message: problem });
  });
