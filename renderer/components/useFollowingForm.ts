import { useState } from 'react';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export interface FollowingForm<T> {
  values: T;
  setValues(next: T): void;
  /** What the form began with; what was changed is told against it. */
  before: T;
  /** What was typed is saved now: the next news are followed. */
  settle(): void;
}

/** A form's values, as JSON has them. They follow what is saved, here or elsewhere, until somebody types: then they are theirs. */
export function useFollowingForm<T>(saved: T): FollowingForm<T> {
  const [form, setForm] = useState({ seen: saved, before: saved, values: saved });
  let current = form;
  if (!same(saved, form.seen)) {
    const untouched = same(form.values, form.before);
    current = untouched ? { seen: saved, before: saved, values: saved } : { ...form, seen: saved };
    setForm(current);
  }
  return {
    values: current.values,
    before: current.before,
    setValues: (values) => setForm((earlier) => ({ ...earlier, values })),
    settle: () => setForm((earlier) => ({ ...earlier, before: earlier.values })),
  };
}
