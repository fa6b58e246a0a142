import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../main/contract/schemas/models.ts';
import { useNamesOfList } from '../../components/NamesOnce.tsx';
import cells from '../../components/RowList.module.css';
import type { CellsProps } from '../../components/RowList.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { AbilityWords } from './AbilityWords.tsx';
import classes from './ModelTable.module.css';
import { routeTone } from './modelTone.ts';
import { useRouteWords } from './useRouteWords.ts';

/** One model in the list: six columns, or two lines. */
export function ModelCells({ item: model, tall }: CellsProps<ModelView>) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNamesOfList();
  const words = useRouteWords();
  const { id, routes } = model;
  const [first] = routes;
  const shown = routes.slice(0, routes.length > 3 ? 2 : 3);
  const renamed = first && first.upstreamModel !== id ? first.upstreamModel : null;
  const price = (usd: number | null) => (usd === null ? '–' : format.usdExact(usd));
  const priced = model.inputUsdPerMTok !== null || model.outputUsdPerMTok !== null;
  const mark = first && <StateMark tone={routeTone(first)} label={words(first)} />;
  const name = (
    <span className={cells.name} title={renamed ? `${id} → ${renamed}` : id}>
      <span>{id}</span>
      {renamed && <span className={cells.upstream}>→ {renamed}</span>}
    </span>
  );
  const cost = priced ? `${price(model.inputUsdPerMTok)} / ${price(model.outputUsdPerMTok)}` : '';

  if (tall) {
    return (
      <>
        {mark}
        {name}
        <span className={cells.number}>{cost}</span>
        <span className={`${cells.quiet} ${cells.second}`}>
          {routes.map(({ endpointId }) => names.endpoint(endpointId)).join(', ')}
        </span>
      </>
    );
  }
  return (
    <>
      {mark}
      {name}
      <span
        className={classes.routes}
        title={routes.map((route) => `${names.endpoint(route.endpointId)}: ${words(route)}`).join('\n')}
      >
        {shown.map((route) => (
          <span key={route.endpointId} className={classes.route}>
            {routes.length > 1 && <StateMark tone={routeTone(route)} label={words(route)} />}
            <span>{names.endpoint(route.endpointId)}</span>
          </span>
        ))}
        {routes.length > shown.length && (
          <span className={classes.others}>+{routes.length - shown.length}</span>
        )}
      </span>
      <span className={cells.quiet}>
        <AbilityWords model={model} />
      </span>
      <span
        className={cells.number}
        title={model.contextTokens === null ? undefined : format.exact(model.contextTokens)}
      >
        {model.contextTokens === null ? '' : format.short(model.contextTokens)}
      </span>
      <span className={cells.number} title={priced ? t('models.perMillion') : undefined}>
        {cost}
      </span>
    </>
  );
}
