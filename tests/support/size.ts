/**
 * Whether this is `npm run test:full`, which runs every test at full size, including files named `x.long.test.ts` or
 * `x.long.spec.ts`.
 */
export const IS_FULL = process.env.TEST_SIZE === 'full';

/**
 * Returns `small` in `npm test`, which must be fast because it runs for every change, and `full` in `npm run
 * test:full`.
 */
export const sized = <T>(small: T, full: T): T => (IS_FULL ? full : small);
