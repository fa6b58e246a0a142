import type { UsageTotals } from '../../contract/schemas/usage.ts';
import { emptySeries } from './buckets.ts';
import { createDayWindows } from './dayWindows.ts';
import { emptyHeatMap } from './heatMap.ts';
import { emptySums, totalsOf } from './sums.ts';
import type { AnswerTo, Question } from './usageMessages.ts';

type Answer = { [Name in Question['name']]: AnswerTo<Name> }[Question['name']];

/** What is answered while there is no database to ask: nothing, in the shape of something. */
export function emptyAnswer(question: Question, timeZone: string): Answer {
  switch (question.name) {
    case 'list':
      return { records: [], nextCursor: null };
    case 'get':
    case 'bodies':
      return null;
    case 'summary': {
      const none = (): UsageTotals => totalsOf(emptySums());
      return {
        span: question.query.span,
        totals: none(),
        comparison: null,
        today: none(),
        byModel: [],
        byEndpoint: [],
        byAccount: [],
        byClientKey: [],
      };
    }
    case 'series':
      return emptySeries(question.query.span, question.query.now, createDayWindows(timeZone));
    case 'heatMap':
      return emptyHeatMap(question.query.now, createDayWindows(timeZone));
    case 'clientKeyActivity':
      return [];
    case 'facts':
    case 'clear':
      return { records: 0, bytes: 0, oldest: null };
    case 'restore':
      return { days: [], calls: [] };
  }
}
