import { expect, test } from 'vitest';
import { createOrigins } from '../../../main/control/origins.ts';
import { createProblems } from '../../../main/control/problems.ts';

function setUp() {
  const problems = createProblems({ now: () => 0, onChange: () => {} });
  const asked = () => problems.list().map(({ details }) => details.origin);
  return { origins: createOrigins({ problems }), asked };
}

test('a site is asked about once, and not again once it was refused', () => {
  const { origins, asked } = setUp();
  origins.seen('https://a.test');
  origins.seen('https://a.test');
  expect(asked()).toEqual(['https://a.test']);
  origins.decide('https://a.test', false);
  origins.seen('https://a.test');
  expect(asked()).toEqual([]);
});

test('a site that was allowed elsewhere, in the settings or by hand, is no longer a question', () => {
  const { origins, asked } = setUp();
  origins.seen('https://a.test');
  origins.seen('https://b.test');
  origins.allowed(['https://b.test', 'https://c.test']);
  expect(asked()).toEqual(['https://a.test']);
});

test('no more than a few wait at once', () => {
  const { origins, asked } = setUp();
  for (let site = 0; site < 50; site++) origins.seen(`https://s${site}.test`);
  expect(asked()).toHaveLength(10);
});
