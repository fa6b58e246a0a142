/** The user agent of requests that the window sends to try a client key. They are recorded, and make nobody a user of the key. */
export const testAgent = 'Sluice-Test';
