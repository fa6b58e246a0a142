/** The account an endpoint without any runs on: there is nothing to edit or remove. */
export const implicitAccountId = 'none';
