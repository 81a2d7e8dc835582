/** Whether `npm run test:full` runs: every test at its full size, and the files named `x.long.test.ts` or `x.long.spec.ts`. */
export const IS_FULL = process.env.TEST_SIZE === 'full';

/** The first value in `npm test`, which every change waits for; the second in `npm run test:full`. */
export const sized = <T>(small: T, full: T): T => (IS_FULL ? full : small);
