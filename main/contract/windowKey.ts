/** The client key that requests of the window itself are counted and recorded under. It has no secret and stands in no settings. */
export const windowKeyId = 'window';
