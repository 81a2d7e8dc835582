/** Report of a run. */
import { printTable, type Figures } from '../support/program';
import { isUndecided, mustStop, passes, type Outcome } from './pair-judge';

const MAX_STOPPED_SHARE = 0.02;
const MIN_REAL_CHANGES = 3000;
/** Pairs on which page and command line must be compared. */
const MIN_COMPARED = 200;
/** Share of changes whose fingerprints may be the same. */
const MAX_SAME_SHARE = 0.001;
/** Misses of each kind that are named. */
const NAMED = 40;

const isInnocent = ({ truth, unread }: Outcome): boolean => truth === 'innocent' && unread === null;

/** D1 to D14 in order, then the others by name. */
function classOrder(a: string, b: string): number {
	const number = (name: string) => Number(/^D(\d+)$/.exec(name)?.[1] ?? 99);
	return number(a) - number(b) || a.localeCompare(b);
}

/** Prints counts per class: tried, passed, stopped and wrongly quoted. */
export function printClasses(outcomes: readonly Outcome[]): void {
	const classes = [...new Set(outcomes.map((outcome) => outcome.class))].sort(classOrder);
	const rows = [...classes, 'all'].map((name) => {
		const some = name === 'all' ? outcomes : outcomes.filter((outcome) => outcome.class === name);
		const real = some.filter(mustStop);
		const innocent = some.filter(isInnocent);
		const undecided = some.filter(isUndecided).length;
		return [
			name,
			some.length,
			real.length,
			real.filter(passes).length,
			innocent.length,
			innocent.filter((outcome) => !passes(outcome)).length,
			some.length - real.length - innocent.length - undecided,
			undecided,
			some.reduce((sum, { witnesses }) => sum + witnesses, 0),
			some.reduce((sum, { wrong }) => sum + wrong.length, 0)
		];
	});
	const head = ['class', 'tried', 'changed', 'passed', 'innocent', 'stopped', 'aside'];
	printTable([...head, 'not checked', 'quoted', 'wrong'], rows);
}

/** Notes the targets of a run. @param whole whether it was complete, so that it must have tried enough changes */
export function noteTargets(figures: Figures, outcomes: readonly Outcome[], whole: boolean): void {
	/** At most this share of some outcomes may be wrong. */
	const atMost = (
		what: string,
		all: readonly Outcome[],
		isWrong: (outcome: Outcome) => boolean,
		share = 0
	) => {
		const wrong = all.filter(isWrong).length;
		const target = share === 0 ? 'none' : `at most ${100 * share}%`;
		figures.note(what, `${wrong} of ${all.length}`, target, wrong <= share * all.length);
	};
	const isStopped = (outcome: Outcome) => !passes(outcome);
	const mutations = outcomes.filter((outcome) => !isResave(outcome));
	const resaves = outcomes.filter(isResave);
	const real = mutations.filter(mustStop);
	const { changed, resaves: fingerprinted } = fingerprintGroups(outcomes);
	atMost('changes that pass', real, passes);
	if (whole) figures.atLeast('changes tried', real.length, MIN_REAL_CHANGES);
	atMost(
		'innocent mutations that are stopped',
		mutations.filter(isInnocent),
		isStopped,
		MAX_STOPPED_SHARE
	);
	const unchanged = resaves.filter(({ truth }) => truth === 'innocent');
	atMost('innocent re-saves that are stopped', unchanged, isStopped);
	atMost('changed re-saves that pass', resaves.filter(mustStop), passes);
	atMost('changes with the same fingerprint', changed, isSame, MAX_SAME_SHARE);
	atMost('innocent re-saves with another fingerprint', fingerprinted, isOther);
	const wrong = outcomes.reduce((sum, outcome) => sum + outcome.wrong.length, 0);
	const quoted = outcomes.reduce((sum, outcome) => sum + outcome.witnesses, 0);
	figures.note('witnesses that do not reproduce', `${wrong} of ${quoted}`, 'none', wrong === 0);
	const compared = outcomes.filter(({ pageDiffers }) => pageDiffers !== null);
	if (whole) figures.atLeast('pairs compared with the page', compared.length, MIN_COMPARED);
	atMost('other verdicts on the page', compared, ({ pageDiffers }) => pageDiffers !== '');
}

const isResave = (outcome: Outcome): boolean => outcome.class === 're-save';
const isSame = ({ sameFingerprint }: Outcome): boolean => sameFingerprint === true;
const isOther = ({ sameFingerprint }: Outcome): boolean => sameFingerprint === false;

/** Pairs whose fingerprints must differ, and pairs whose fingerprints must be the same. */
const fingerprintGroups = (outcomes: readonly Outcome[]) => ({
	changed: outcomes.filter(mustStop),
	resaves: outcomes.filter((outcome) => isResave(outcome) && isInnocent(outcome))
});

/** Names of the pairs that missed a target, and of the files that a library changed. */
export function namedPairs(outcomes: readonly Outcome[]): string {
	const { changed, resaves } = fingerprintGroups(outcomes);
	const partsOf = ({ fingerprintParts }: Outcome) => fingerprintParts.join(', ');
	const verdictOf = ({ verdict, error }: Outcome) => verdict ?? error ?? '';
	const lists: readonly (readonly [
		title: string,
		isNamed: (outcome: Outcome) => boolean,
		shown: (outcome: Outcome) => string
	])[] = [
		['Changes that pass', (one) => mustStop(one) && passes(one), evidence],
		['Innocent, but stopped', (one) => isInnocent(one) && !passes(one), verdictOf],
		[
			'Errors of the judge on files that the engine reads',
			({ error, unread }) => error !== null && unread === null,
			verdictOf
		],
		[
			'Other verdicts on the page',
			({ pageDiffers }) => Boolean(pageDiffers),
			({ pageDiffers }) => pageDiffers ?? ''
		],
		['Witnesses that do not reproduce', ({ wrong }) => wrong.length > 0, ({ wrong }) => wrong[0]],
		['Changes with the same fingerprint', (one) => changed.includes(one) && isSame(one), partsOf],
		[
			'Innocent re-saves with another fingerprint',
			(one) => resaves.includes(one) && isOther(one),
			partsOf
		],
		[
			'Re-saves that change something',
			(one) => isResave(one) && mustStop(one),
			(one) => `${verdictOf(one)}; ${evidence(one)}`
		]
	];
	return lists
		.map(([title, isNamed, shown]) => {
			const some = outcomes.filter(isNamed);
			if (some.length === 0) return '';
			const lines = some
				.slice(0, NAMED)
				.map((outcome) => `  ${outcome.class}  ${outcome.id}  ${outcome.name}: ${shown(outcome)}`);
			const more = some.length > NAMED ? [`  … and ${some.length - NAMED} more`] : [];
			return [`${title}: ${some.length}`, ...lines, ...more].join('\n');
		})
		.filter(Boolean)
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
