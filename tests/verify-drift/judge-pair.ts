/** Compares the judge's verdict on a pair of files with the pair's label, which comes from the native library. */
import {
	judge,
	readTokenizerFile,
	type DriftReport,
	type RefusalReport,
	type Witness
} from '../../src/lib/drift';
import { createTokenizer, parseTokenizerJson } from '../../src/lib/engine';
import { commandLineVerdict, pageVerdict } from '../support/page-verdict';
import { openNative, sameIds, wordsOf, type Ask } from './native';
import { openTransformers } from './transformers-js';
import type { Label, Pair, TokenizerJson } from './types';

export interface Outcome extends Label {
	readonly id: string;
	readonly class: string;
	readonly name: string;
	/** Why the lab's engine cannot read B; `null` if it can. */
	readonly unread: string | null;
	/** `null` if the judge threw an error. */
	readonly verdict: DriftReport['verdict'] | null;
	readonly error: string | null;
	/** Describes how the page's verdict differs from the command line's; `''` if they agree, `null` if not compared. */
	readonly pageDiffers: string | null;
	/** Whether the fingerprints are equal; `null` if a fingerprint is missing because the engine cannot read the file. */
	readonly sameFingerprint: boolean | null;
	/** Parts of the fingerprint that differ. */
	readonly fingerprintParts: readonly string[];
	readonly witnesses: number;
	/** Witnesses that cannot be reproduced, with reasons. */
	readonly wrong: readonly string[];
	readonly judgeMs: number;
}

/** Whether the verdict lets the pair pass the gate. */
export const passes = ({ verdict }: Outcome): boolean =>
	verdict !== null && verdict !== 'silent' && verdict !== 'crash';

export const isInnocent = ({ truth, unread }: Outcome): boolean =>
	truth === 'innocent' && unread === null;

/** Messages from the native library about the regular expressions in a file. */
const UNSEEN = /regex|oniguruma|pattern/i;

/**
 * Whether only the native library can reveal that B does not run: the library aborts on B, or rejects B for a reason
 * that the file does not show. The verdict lists this check as not run.
 */
export const isUndecided = (outcome: Outcome): boolean =>
	passes(outcome) &&
	(outcome.truth === 'aborts' || (outcome.truth === 'refused' && UNSEEN.test(outcome.words ?? '')));

export const mustStop = (outcome: Outcome): boolean =>
	['real', 'refused', 'aborts'].includes(outcome.truth) && !isUndecided(outcome);

/** @param isCompared whether to compare the page with the command line */
export async function judgePair(pair: Pair, label: Label, isCompared: boolean): Promise<Outcome> {
	const { id, class: className, name, a, b } = pair;
	const started = performance.now();
	const { report, error } = await judged(a, b);
	const judgeMs = performance.now() - started;
	// The native library has no output for a file that it can't run.
	const runs = label.truth !== 'refused' && label.truth !== 'aborts';
	const witnesses = witnessesOf(report);
	const reasons = runs ? await reproduce(a, b, witnesses) : witnesses.map(() => null);
	const isReal =
		['innocent', 'aside'].includes(label.truth) &&
		witnesses.some(({ reference }, i) => reference === 'native' && reasons[i] === null);
	const fingerprint = report && 'fingerprint' in report ? report.fingerprint : null;
	return {
		...{ id, class: className, name },
		...(isReal ? { ...label, truth: 'real', words: 'found by the judge' } : label),
		unread: unreadReason(b),
		verdict: report?.verdict ?? null,
		error,
		pageDiffers: isCompared ? await comparePage(a, b) : null,
		sameFingerprint: fingerprint && fingerprint.a !== null ? fingerprint.a === fingerprint.b : null,
		fingerprintParts: fingerprint?.parts ?? [],
		witnesses: witnesses.length,
		wrong: witnesses.flatMap(({ inputs, reference, does }, i) => {
			const shown = `${JSON.stringify(inputs).slice(0, 120)} (${reference}, ${does})`;
			return reasons[i] === null ? [] : [`${shown}: ${reasons[i]}`];
		}),
		judgeMs
	};
}

async function judged(
	a: string,
	b: string
): Promise<{ report: DriftReport | RefusalReport | null; error: string | null }> {
	try {
		const report = await judge(await readTokenizerFile(a), await readTokenizerFile(b));
		return { report, error: null };
	} catch (error) {
		return { report: null, error: wordsOf(error).slice(0, 300) };
	}
}

function witnessesOf(report: DriftReport | RefusalReport | null): readonly Witness[] {
	if (!report || !('output' in report)) return [];
	const ofFields = report.config.flatMap(({ witness }) => (witness ? [witness] : []));
	return [...new Set([...report.output.witnesses, ...ofFields])];
}

function unreadReason(text: string): string | null {
	try {
		createTokenizer(parseTokenizerJson(JSON.parse(text)));
		return null;
	} catch (error) {
		return wordsOf(error).slice(0, 200);
	}
}

async function comparePage(a: string, b: string): Promise<string> {
	const [page, commandLine] = [await pageVerdict(a, b), await commandLineVerdict(a, b)];
	return page === commandLine ? '' : `page: ${page}, command line: ${commandLine}`;
}

/** For each witness, why it cannot be reproduced; `null` if it can be reproduced. */
async function reproduce(
	a: string,
	b: string,
	witnesses: readonly Witness[]
): Promise<(string | null)[]> {
	const programs = new Map<string, readonly Ask[]>();
	const reasons: (string | null)[] = [];
	for (const witness of witnesses) {
		const { reference } = witness;
		const open = reference === 'native' ? openNative : openTransformers;
		const sides = programs.get(reference) ?? [a, b].map(open);
		programs.set(reference, sides);
		reasons.push(await disagreement(witness, sides));
	}
	return reasons;
}

async function disagreement(witness: Witness, sides: readonly Ask[]): Promise<string | null> {
	const decodes = witness.does === 'decode';
	const [a, b] = [await asked(sides[0], witness), await asked(sides[1], witness)];
	if (a.error !== undefined || b.error !== undefined) {
		const isQuoted = (quoted: Witness['a'], { error }: Witness['a']) =>
			(quoted.error === undefined) === (error === undefined);
		if (isQuoted(witness.a, a) && isQuoted(witness.b, b) && a.error !== b.error) return null;
		return `${witness.reference} says ${a.error ?? 'ids'} and ${b.error ?? 'ids'}`;
	}
	const isSame = (one: Witness['a'], other: Witness['a']) =>
		decodes ? one.text === other.text : sameIds(one.ids, other.ids);
	if (isSame(a, b)) return 'both sides agree';
	for (const [name, quoted, real] of [['A', witness.a, a] as const, ['B', witness.b, b] as const])
		if (!isSame(quoted, real))
			return `${name} gives ${JSON.stringify(decodes ? real.text : real.ids).slice(0, 120)}`;
	return null;
}

/** Returns one side's output for a witness, or the error message. */
async function asked(ask: Ask, witness: Witness): Promise<Witness['a']> {
	try {
		return await ask(witness);
	} catch (error) {
		return { ids: [], text: '', error: wordsOf(error) };
	}
}

/**
 * Corrects the label of a pair in which the ids of added tokens differ. The native library ignores the ids that a file
 * gives its added tokens, so this function looks for the first text that transformers.js encodes differently with the
 * two files.
 */
export async function withTransformers(pair: Pair, label: Label): Promise<Label> {
	if (label.truth !== 'innocent' || pair.class !== 'D7') return label;
	const { added_tokens } = JSON.parse(pair.a) as TokenizerJson;
	const texts = [...(pair.probes ?? []), ...added_tokens.map(({ content }) => content)];
	let sides: readonly Ask[];
	try {
		sides = [pair.a, pair.b].map(openTransformers);
	} catch {
		// transformers.js cannot read every file.
		return label;
	}
	const flags = { special: 'parse', addSpecialTokens: false, skipSpecial: false } as const;
	for (const text of texts.filter(Boolean)) {
		const question = { does: 'encode', inputs: [text], ...flags } as const;
		const [a, b] = [await sides[0](question), await sides[1](question)];
		if (sameIds(a.ids, b.ids)) continue;
		const witness: Witness = { reference: 'transformers.js', ...question, a, b };
		return { truth: 'real', witness, words: 'transformers.js only' };
	}
	return label;
}
