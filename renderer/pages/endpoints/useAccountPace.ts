import { useQuery } from '@tanstack/react-query';
import { useOperations } from '../../api/session.ts';

/** What went through one account within the last hour. */
export interface AccountPace {
  requests: number;
  tokens: number;
}

/** The pace of an endpoint's accounts. Asked for once and again when requests are told of: it polls nothing. */
export function useAccountPace(
  endpointId: string,
  wanted: boolean,
): (accountId: string) => AccountPace | null {
  const { usage } = useOperations();
  const hour = useQuery({ ...usage.summary.queryOptions({ input: { span: '1h' } }), enabled: wanted });
  return (accountId) => {
    if (!hour.data) return null;
    const row = hour.data.byAccount.find(({ key }) => key === `${endpointId}/${accountId}`);
    return { requests: row?.requests ?? 0, tokens: (row?.inputTokens ?? 0) + (row?.outputTokens ?? 0) };
  };
}
