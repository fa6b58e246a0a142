/** More of a body than this is not kept, in bytes of UTF-8. */
export const keptBodyBytes = 256 * 1024;

/** Bodies are kept for so long, or as long as records where that is shorter. */
export const keptBodyDays = 7;

/** What stands in a kept body in place of base64: `[left out: image/png, 120 kB]`. */
export const leftOutPattern = /\[left out: ([^,\]]+), ([^\]]+)\]/;
