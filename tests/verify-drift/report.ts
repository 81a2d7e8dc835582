/** Prints the results of a run. */
import { printTable, type Figures } from '../support/program';
import { isInnocent, isUndecided, mustStop, passes, type Outcome } from './judge-pair';

const MIN_REAL_CHANGES = 3000;
/** Minimum number of pairs for which the page's verdict must be compared with the command line's. */
const MIN_COMPARED = 200;
/** Maximum number of pairs to list under each heading. */
const NAMED = 40;

const isStopped = (outcome: Outcome): boolean => !passes(outcome);
const isResave = (outcome: Outcome): boolean => outcome.class === 're-save';
const isChange = (outcome: Outcome): boolean => !isResave(outcome) && mustStop(outcome);

const verdictOf = ({ verdict, error }: Outcome): string => verdict ?? error ?? '';
const partsOf = ({ fingerprintParts }: Outcome): string => fingerprintParts.join(', ');

interface Check {
	readonly what: string;
	readonly of: (outcome: Outcome) => boolean;
	/** Whether a pair fails this check and is therefore listed under the check's heading. */
	readonly isWrong: (outcome: Outcome) => boolean;
	readonly shown: (outcome: Outcome) => string;
	/** Maximum share of pairs that may fail this check, 0 by default; `null` if there is no target. */
	readonly share?: number | null;
}

const CHECKS: readonly Check[] = [
	{ what: 'changes that pass', of: isChange, isWrong: passes, shown: evidence },
	{
		what: 'innocent mutations that are stopped',
		of: (one) => !isResave(one) && isInnocent(one),
		isWrong: isStopped,
		shown: verdictOf,
		share: 0.02
	},
	{
		what: 'innocent re-saves that are stopped',
		of: (one) => isResave(one) && one.truth === 'innocent',
		isWrong: isStopped,
		shown: verdictOf
	},
	{
		what: 'changed re-saves that pass',
		of: (one) => isResave(one) && mustStop(one),
		isWrong: passes,
		shown: evidence
	},
	{
		what: 'changes with the same fingerprint',
		of: mustStop,
		isWrong: ({ sameFingerprint }) => sameFingerprint === true,
		shown: partsOf,
		share: 0.001
	},
	{
		what: 'innocent re-saves with another fingerprint',
		of: (one) => isResave(one) && isInnocent(one),
		isWrong: ({ sameFingerprint }) => sameFingerprint === false,
		shown: partsOf
	},
	{
		what: 'pairs with a witness that does not reproduce',
		of: ({ witnesses, wrong }) => witnesses + wrong.length > 0,
		isWrong: ({ wrong }) => wrong.length > 0,
		shown: ({ wrong }) => wrong[0]
	},
	{
		what: 'other verdicts on the page',
		of: ({ pageDiffers }) => pageDiffers !== null,
		isWrong: ({ pageDiffers }) => pageDiffers !== '',
		shown: ({ pageDiffers }) => pageDiffers ?? ''
	},
	{
		what: 'errors of the judge on files that the engine reads',
		of: () => true,
		isWrong: ({ error, unread }) => error !== null && unread === null,
		shown: verdictOf,
		share: null
	},
	{
		what: 're-saves that change something',
		of: isResave,
		isWrong: mustStop,
		shown: (one) => `${verdictOf(one)}; ${evidence(one)}`,
		share: null
	}
];

function evidence({ truth, words, witness }: Outcome): string {
	if (!witness) return `${truth} (${words ?? ''})`;
	const { does, inputs, a, b } = witness;
	const shown = does === 'decode' ? [a.text, b.text] : [a.ids.slice(0, 12), b.ids.slice(0, 12)];
	return `${does} ${JSON.stringify(inputs).slice(0, 80)} → ${shown.map((side) => JSON.stringify(side)).join(' and ')}`;
}

/**
 * Adds a figure with its target for each check.
 * @param isWhole whether the run covered all classes; if so, the numbers of pairs also have targets
 */
export function noteTargets(
	figures: Figures,
	outcomes: readonly Outcome[],
	isWhole: boolean
): void {
	for (const { what, of, isWrong, share = 0 } of CHECKS) {
		if (share === null) continue;
		const all = outcomes.filter(of);
		const wrong = all.filter(isWrong).length;
		const target = share === 0 ? 'none' : `at most ${100 * share}%`;
		figures.note(what, `${wrong} of ${all.length}`, target, wrong <= share * all.length);
	}
	if (!isWhole) return;
	figures.atLeast('changes tried', outcomes.filter(isChange).length, MIN_REAL_CHANGES);
	const compared = outcomes.filter(({ pageDiffers }) => pageDiffers !== null);
	figures.atLeast('pairs compared with the page', compared.length, MIN_COMPARED);
}

/** Orders D1 to D14 by number, then the other classes by name. */
function classOrder(a: string, b: string): number {
	const number = (name: string) => Number(/^D(\d+)$/.exec(name)?.[1] ?? 99);
	return number(a) - number(b) || a.localeCompare(b);
}

/**
 * Prints the counts for each class, the pairs that fail each check, and the files that only the native library can
 * reject, grouped by reason.
 */
export function printOutcomes(outcomes: readonly Outcome[]): void {
	const classes = [...new Set(outcomes.map((outcome) => outcome.class))].sort(classOrder);
	const rows = [...classes, 'all'].map((name) => {
		const some = name === 'all' ? outcomes : outcomes.filter((outcome) => outcome.class === name);
		const real = some.filter(mustStop);
		const innocent = some.filter(isInnocent);
		const undecided = some.filter(isUndecided).length;
		return [
			...[name, some.length, real.length, real.filter(passes).length, innocent.length],
			...[innocent.filter(isStopped).length],
			...[some.length - real.length - innocent.length - undecided, undecided],
			some.reduce((sum, { witnesses }) => sum + witnesses, 0),
			some.reduce((sum, { wrong }) => sum + wrong.length, 0)
		];
	});
	const head = ['class', 'tried', 'changed', 'passed', 'innocent', 'stopped', 'aside'];
	printTable([...head, 'not checked', 'quoted', 'wrong'], rows);
	const print = (title: string, lines: readonly string[]) => {
		if (lines.length === 0) return;
		console.log(`${title}: ${lines.length}`);
		for (const line of lines.slice(0, NAMED)) console.log(`  ${line}`);
		if (lines.length > NAMED) console.log(`  … and ${lines.length - NAMED} more`);
		console.log();
	};
	for (const { what, of, isWrong, shown } of CHECKS) {
		const wrong = outcomes.filter((one) => of(one) && isWrong(one));
		print(
			what,
			wrong.map((one) => `${one.class}  ${one.id}  ${one.name}: ${shown(one)}`)
		);
	}
	const reasons = outcomes
		.filter(isUndecided)
		.map(({ id, truth, words }) => `${truth}: ${(words ?? '').slice(0, 100)}  ${id}`);
	print('not checked, because only native can tell', reasons.sort());
}
