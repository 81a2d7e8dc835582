import { VERDICTS, type Severity, type Verdict } from '../types';

/** The worse of two. */
export const worse = <V extends Verdict>(a: V, b: V): V =>
	VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b;

/** The worst of some; null for none. */
export const worst = (severities: readonly Severity[]): Severity | null =>
	severities.length === 0 ? null : severities.reduce(worse);
