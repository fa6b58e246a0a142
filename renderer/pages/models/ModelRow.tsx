import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../main/contract/schemas/models.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import { AbilityWords } from './AbilityWords.tsx';
import classes from './ModelTable.module.css';
import { routeTone } from './modelTone.ts';
import { useRouteWords } from './useRouteWords.ts';

interface Props {
  model: ModelView;
  index: number;
  count: number;
  top: number;
  height: number;
  /** Two lines instead of six columns. */
  tall: boolean;
  open: boolean;
  /** The one row that Tab comes to. */
  stop: boolean;
  onOpen(id: string): void;
}

export const ModelRow = memo(function ModelRow({
  model,
  index,
  count,
  top,
  height,
  tall,
  open,
  stop,
  onOpen,
}: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const words = useRouteWords();
  const { id, routes } = model;
  const [first] = routes;
  const renamed = first && first.upstreamModel !== id ? first.upstreamModel : null;
  const price = (usd: number | null) => (usd === null ? '–' : format.usdExact(usd));
  const priced = model.inputUsdPerMTok !== null || model.outputUsdPerMTok !== null;
  const shared = {
    type: 'button',
    role: 'option',
    'aria-selected': open,
    'aria-setsize': count,
    'aria-posinset': index + 1,
    'data-index': index,
    tabIndex: stop ? 0 : -1,
    onClick: () => onOpen(id),
    style: { height, transform: `translateY(${top}px)` },
  } as const;
  const mark = first && <StateMark tone={routeTone(first)} label={words(first)} />;
  const name = (
    <span className={classes.name} title={renamed ? `${id} → ${renamed}` : id}>
      <span>{id}</span>
      {renamed && <span className={classes.upstream}>→ {renamed}</span>}
    </span>
  );
  const cost = priced ? `${price(model.inputUsdPerMTok)} / ${price(model.outputUsdPerMTok)}` : '';

  if (tall) {
    return (
      <button {...shared} className={`${classes.row} ${classes.tall}`}>
        {mark}
        {name}
        <span className={classes.number}>{cost}</span>
        <span className={`${classes.quiet} ${classes.second}`}>
          {routes.map(({ endpointId }) => names.endpoint(endpointId)).join(', ')}
        </span>
      </button>
    );
  }
  return (
    <button {...shared} className={classes.row}>
      {mark}
      {name}
      <span
        className={classes.routes}
        title={routes.map((route) => `${names.endpoint(route.endpointId)}: ${words(route)}`).join('\n')}
      >
        {routes.map((route) => (
          <span key={route.endpointId} className={classes.route}>
            {routes.length > 1 && <StateMark tone={routeTone(route)} label={words(route)} />}
            <span>{names.endpoint(route.endpointId)}</span>
          </span>
        ))}
      </span>
      <span className={classes.quiet}>
        <AbilityWords model={model} />
      </span>
      <span
        className={classes.number}
        title={model.contextTokens === null ? undefined : format.exact(model.contextTokens)}
      >
        {model.contextTokens === null ? '' : format.short(model.contextTokens)}
      </span>
      <span className={classes.number} title={priced ? t('models.perMillion') : undefined}>
        {cost}
      </span>
    </button>
  );
});
