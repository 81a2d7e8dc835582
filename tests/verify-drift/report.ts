/** Report of a run. */
import { isUndecided, mustStop, passes, type Outcome } from './pair-judge';

const MAX_STOPPED_SHARE = 0.02;
const MIN_REAL_CHANGES = 3000;
/** Pairs on which page and command line must be compared. */
const MIN_COMPARED = 200;
/** Share of changes whose fingerprints must differ. */
const MIN_TOLD_APART = 0.999;
/** Misses of each kind that are named. */
const NAMED = 40;

const isInnocent = ({ truth, unread }: Outcome): boolean => truth === 'innocent' && unread === null;

/** D1 to D14 in order, then the others by name. */
function classOrder(a: string, b: string): number {
	const number = (name: string) => Number(/^D(\d+)$/.exec(name)?.[1] ?? 99);
	return number(a) - number(b) || a.localeCompare(b);
}

/** Counts per class: tried, passed, stopped and wrongly quoted. */
export function classTable(outcomes: readonly Outcome[]): string {
	const classes = [...new Set(outcomes.map((outcome) => outcome.class))].sort(classOrder);
	const header = [
		'class',
		'tried',
		'changed',
		'passed',
		'innocent',
		'stopped',
		'aside',
		'not checked',
		'quoted',
		'wrong'
	];
	const rows = [...classes, 'all'].map((name) => {
		const some = name === 'all' ? outcomes : outcomes.filter((outcome) => outcome.class === name);
		const real = some.filter(mustStop);
		const innocent = some.filter(isInnocent);
		return [
			name,
			some.length,
			real.length,
			real.filter(passes).length,
			innocent.length,
			innocent.filter((outcome) => !passes(outcome)).length,
			some.length - real.length - innocent.length - some.filter(isUndecided).length,
			some.filter(isUndecided).length,
			some.reduce((sum, { witnesses }) => sum + witnesses, 0),
			some.reduce((sum, { wrong }) => sum + wrong.length, 0)
		].map(String);
	});
	const widths = header.map((name, i) =>
		Math.max(name.length, ...rows.map((row) => row[i].length))
	);
	return [header, ...rows]
		.map((row) =>
			row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')
		)
		.join('\n');
}

export interface Target {
	readonly name: string;
	readonly met: boolean;
	readonly found: string;
}

/** @param whole whether the run was complete, so that it must have tried enough changes */
export function targets(outcomes: readonly Outcome[], whole: boolean): Target[] {
	const mutations = outcomes.filter((outcome) => outcome.class !== 're-save');
	const real = mutations.filter(mustStop);
	const passed = real.filter(passes);
	const innocent = mutations.filter(isInnocent);
	const stopped = innocent.filter((outcome) => !passes(outcome));
	const resaves = outcomes.filter((outcome) => outcome.class === 're-save');
	const stoppedResaves = resaves.filter(
		(outcome) => outcome.truth === 'innocent' && !passes(outcome)
	);
	const passedResaves = resaves.filter((outcome) => mustStop(outcome) && passes(outcome));
	const wrong = outcomes.reduce((sum, outcome) => sum + outcome.wrong.length, 0);
	const quoted = outcomes.reduce((sum, outcome) => sum + outcome.witnesses, 0);
	const fingerprinted = fingerprintGroups(outcomes);
	const equalChanges = fingerprinted.changed.filter((one) => one.sameFingerprint === true).length;
	const otherResaves = fingerprinted.resaves.filter((one) => one.sameFingerprint === false).length;
	const compared = outcomes.filter(({ pageDiffers }) => pageDiffers !== null);
	const unlike = compared.filter(({ pageDiffers }) => pageDiffers !== '').length;
	const share = innocent.length === 0 ? 0 : stopped.length / innocent.length;
	return [
		{
			name: 'no change passes',
			met: passed.length === 0,
			found: `${passed.length} of ${real.length} pass`
		},
		...(whole
			? [
					{
						name: `at least ${MIN_REAL_CHANGES} changes`,
						met: real.length >= MIN_REAL_CHANGES,
						found: `${real.length} tried`
					}
				]
			: []),
		{
			name: 'at most 2 % of innocent mutations are stopped',
			met: share <= MAX_STOPPED_SHARE,
			found: `${stopped.length} of ${innocent.length} (${(100 * share).toFixed(1)} %)`
		},
		{
			name: 'no innocent re-save is stopped',
			met: stoppedResaves.length === 0,
			found: `${stoppedResaves.length} of ${resaves.length}`
		},
		{
			name: 'no changed re-save passes',
			met: passedResaves.length === 0,
			found: `${passedResaves.length} of ${resaves.filter(mustStop).length}`
		},
		{
			name: 'at least 99.9 % of changes have another fingerprint',
			met: equalChanges <= (1 - MIN_TOLD_APART) * fingerprinted.changed.length,
			found: `${equalChanges} of ${fingerprinted.changed.length} have the same`
		},
		{
			name: 'every innocent re-save has the same fingerprint',
			met: otherResaves === 0,
			found: `${otherResaves} of ${fingerprinted.resaves.length} do not`
		},
		{
			name: 'every quoted witness reproduces',
			met: wrong === 0,
			found: `${wrong} of ${quoted} do not`
		},
		{
			name: `page and command line give the same verdict${whole ? ` on at least ${MIN_COMPARED} pairs` : ''}`,
			met: unlike === 0 && (!whole || compared.length >= MIN_COMPARED),
			found: `${unlike} of ${compared.length} differ`
		}
	];
}

/** Pairs by whether their fingerprints are equal: natively changed ones, re-saves and mutations that change nothing. */
const fingerprintGroups = (outcomes: readonly Outcome[]) => {
	const isResave = (outcome: Outcome) => outcome.class === 're-save';
	return {
		changed: outcomes.filter(mustStop),
		resaves: outcomes.filter((outcome) => isResave(outcome) && isInnocent(outcome)),
		harmless: outcomes.filter((outcome) => !isResave(outcome) && isInnocent(outcome))
	};
};

/** Changes that the fingerprint misses, innocent files that it tells apart, and harmless changes that it ignores. */
export function fingerprintTable(outcomes: readonly Outcome[]): string {
	const { changed, resaves, harmless } = fingerprintGroups(outcomes);
	const equal = (some: readonly Outcome[]) => some.filter((one) => one.sameFingerprint === true);
	const classes = [...new Set(harmless.map((outcome) => outcome.class))].sort(classOrder);
	const named = (some: readonly Outcome[]) =>
		some.slice(0, NAMED).map((one) => {
			const parts = one.fingerprintParts.join(', ');
			return `  ${one.class}  ${one.id}  ${one.name}${parts && `: ${parts}`}`;
		});
	const missed = equal(changed);
	const apart = resaves.filter((one) => one.sameFingerprint === false);
	return [
		`Fingerprints of natively changed pairs: ${changed.length - missed.length} of ${changed.length} differ (${percent(changed.length - missed.length, changed.length)})`,
		...named(missed),
		`Fingerprints of re-saves that change nothing: ${resaves.length - apart.length} of ${resaves.length} are equal`,
		...named(apart),
		`Fingerprints of mutations that change nothing: ${equal(harmless).length} of ${harmless.length} are equal (${percent(equal(harmless).length, harmless.length)})`,
		...classes.map((name) => {
			const some = harmless.filter((outcome) => outcome.class === name);
			return `  ${name}: ${equal(some).length} of ${some.length}`;
		})
	].join('\n');
}

const percent = (part: number, whole: number): string =>
	whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(2)} %`;

/** Names of the pairs that missed a target. */
export function misses(outcomes: readonly Outcome[]): string {
	const lists: readonly (readonly [string, readonly Outcome[], (outcome: Outcome) => string])[] = [
		[
			'Changes that pass',
			outcomes.filter((outcome) => mustStop(outcome) && passes(outcome)),
			evidence
		],
		[
			'Innocent, but stopped',
			outcomes.filter((outcome) => isInnocent(outcome) && !passes(outcome)),
			({ verdict, error }) => verdict ?? error ?? ''
		],
		[
			'Errors of the judge on files that the engine reads',
			outcomes.filter(({ error, unread }) => error !== null && unread === null),
			({ error }) => error ?? ''
		],
		[
			'Other verdicts on the page',
			outcomes.filter(({ pageDiffers }) => Boolean(pageDiffers)),
			({ pageDiffers }) => pageDiffers ?? ''
		],
		[
			'Witnesses that do not reproduce',
			outcomes.filter(({ wrong }) => wrong.length > 0),
			({ wrong }) => wrong[0]
		]
	];
	return lists
		.filter(([, some]) => some.length > 0)
		.map(([title, some, shown]) => {
			const lines = some
				.slice(0, NAMED)
				.map((outcome) => `  ${outcome.class}  ${outcome.id}  ${outcome.name}: ${shown(outcome)}`);
			const more = some.length > NAMED ? [`  … and ${some.length - NAMED} more`] : [];
			return [`${title}: ${some.length}`, ...lines, ...more].join('\n');
		})
		.join('\n\n');
}

/** Files that only native can refuse, by its reasons; `''` for none. */
export function undecidedTable(outcomes: readonly Outcome[]): string {
	const some = outcomes.filter(isUndecided);
	if (some.length === 0) return '';
	const reasons = some.map(({ truth, words }) => `${truth}: ${(words ?? '').slice(0, 100)}`);
	const lines = [...new Set(reasons)].map(
		(reason) => `  ${reasons.filter((one) => one === reason).length} × ${reason}`
	);
	return [`Not checked, because only native can tell: ${some.length}`, ...lines].join('\n');
}

function evidence({ truth, words, nativeWitness }: Outcome): string {
	if (!nativeWitness) return `${truth} (${words ?? ''})`;
	const { does, inputs, a, b } = nativeWitness;
	const shown = does === 'decode' ? [a.text, b.text] : [a.ids.slice(0, 12), b.ids.slice(0, 12)];
	return `${does} ${JSON.stringify(inputs).slice(0, 80)} → ${shown.map((side) => JSON.stringify(side)).join(' and ')}`;
}

/** Every re-saved file by name, with the labels of native and the judge. */
export function resaveTable(outcomes: readonly Outcome[]): string {
	const some = outcomes.filter((outcome) => outcome.class === 're-save');
	const changed = some.filter(mustStop);
	const lines = changed.map(
		(outcome) => `  ${outcome.name}: ${outcome.verdict ?? 'error'}; ${evidence(outcome)}`
	);
	const innocent = some.filter(({ truth }) => truth === 'innocent');
	const stopped = innocent.filter((outcome) => !passes(outcome));
	return [
		`Re-saves that change something: ${changed.length} of ${some.length}`,
		...lines,
		`Re-saves that change nothing: ${innocent.length}, of which ${stopped.length} are stopped`,
		...stopped.map((outcome) => `  ${outcome.name}: ${outcome.verdict ?? outcome.error}`)
	].join('\n');
}
