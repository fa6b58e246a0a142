export type Wire = Record<string, unknown>;
export type ItemStatus = 'completed' | 'incomplete';

/** Where an item stands, and how it tells the client of itself. */
export interface ItemPlace {
  readonly id: string;
  /** `response.output_item.added` and `.done`. */
  tellItem(what: 'added' | 'done', item: Wire): void;
  /** Any other event of the item; its id and index are put to the fields. */
  tell(type: string, fields: Wire): void;
}

/** One item of a response's `output` that is being written. */
export interface OutputItem {
  /** As it stands in `output`. */
  value(): Wire;
  /** Ends what is open and tells that it is done; once closed, it stays so. */
  close(status: ItemStatus): void;
}
