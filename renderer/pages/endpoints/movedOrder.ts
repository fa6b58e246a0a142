// The order of endpoints after one was moved, and who shares a priority with the one before. Pure.
export interface Ordered {
  id: string;
  priority: number;
}

export interface Order {
  ids: string[];
  /** Those with the priority of the one before them. */
  shared: string[];
}

/** As they stand now. */
function orderOf(endpoints: readonly Ordered[]): Order {
  return {
    ids: endpoints.map(({ id }) => id),
    shared: endpoints.flatMap(({ id, priority }, index) =>
      endpoints[index - 1]?.priority === priority ? [id] : [],
    ),
  };
}

/**
 * `to` is the place among all once it is moved. Put between two that share a priority it joins them; elsewhere it gets one of its own.
 * Those it leaves behind go on sharing.
 */
export function movedOrder(endpoints: readonly Ordered[], id: string, to: number): Order {
  const moved = endpoints.find((endpoint) => endpoint.id === id);
  if (!moved) return orderOf(endpoints);
  const others = endpoints.filter((endpoint) => endpoint !== moved);
  const [above, below] = [others[to - 1], others[to]];
  const joins = above !== undefined && above.priority === below?.priority;
  const own = Math.min(0, ...endpoints.map(({ priority }) => priority)) - 1;
  return orderOf(others.toSpliced(to, 0, { id, priority: joins ? above.priority : own }));
}

/** The same order with one of them on a priority of its own, before those it shared it with. */
export function separated(endpoints: readonly Ordered[], id: string): Order {
  const order = orderOf(endpoints);
  const index = order.ids.indexOf(id);
  const next = order.ids[index + 1];
  const shared = order.shared.filter((one) => one !== id && one !== next);
  return { ids: order.ids, shared };
}
