import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../api/session.ts';
import { useAway } from '../api/useAway.ts';
import classes from './GatewayFoot.module.css';
import { gatewayTone } from './gatewayTone.ts';
import { StateMark } from './StateMark.tsx';

/** On every page: is it on, and where. Nothing while nobody knows. */
export function GatewayFoot() {
  const { t } = useTranslation();
  const { data } = useQuery(useOperations().gateway.status.queryOptions());
  const away = useAway();
  return (
    <div className={classes.foot}>
      {data && !away && (
        <>
          <span className={classes.state}>
            <StateMark tone={gatewayTone(data)} />
            {t(`gateway.${data.state}`)}
          </span>
          {data.state === 'on' && <span className={classes.port}>:{data.port}</span>}
        </>
      )}
    </div>
  );
}
